import type { Static } from 'typebox';
import type { Webhook as WebhookSchema } from '../../../http/schemas/webhook.ts';
import { webhookWords as words } from './words.ts';

export type Webhook = Static<typeof WebhookSchema>;

/** An event in words, or as it is called where nobody has words for it. */
export const eventName = (event: string): string => words.maybe(event) ?? event;
