import type { Static } from 'typebox';
import type { Webhook as WebhookSchema } from '../../../http/schemas/webhook.ts';
import { webhookWords as words } from './words.ts';

/** A webhook, as the API has it. */
export type Webhook = Static<typeof WebhookSchema>;

/** What it is told of, in words; one event alone is told by its name. */
export const eventName = (event: string): string => words.maybe(event) ?? event;
