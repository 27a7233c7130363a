import type { Static } from 'typebox';
import type { Webhook as WebhookSchema } from '../../../http/schemas/webhook.ts';

export type Webhook = Static<typeof WebhookSchema>;
