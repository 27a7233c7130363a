import { rfc3339 } from '../base/clock.ts';
import { faultIn } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { DeliveryRecord } from '../store/records/webhook.ts';
import { auditEntry } from './audit-entry.ts';
import type { WebhookFacts } from './desks.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { JSON_TYPE } from './idempotency.ts';
import { listPage } from './list-page.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import {
  ChangeWebhook,
  CreateWebhook,
  DeliveryQuery,
  ResendDeliveries,
  type Webhook,
  type WebhookDelivery,
  WebhookParams,
} from './schemas/webhook.ts';
import type { Slices } from './slices.ts';

const tags = ['webhooks'];

/** Webhooks: added, changed and removed, what was called of each, and once more. */
export function webhookRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const { clock, webhooks } = parts;

  app.get(
    '/v1/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        tags,
        summary: 'Webhooks',
        description: 'Those of the configuration and those that were added by API.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of webhooks.', schema: listOf('Webhook') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request) => pageOf('webhooks', (await webhooks.list()).map(shown), (w) => `${w.createdAt ?? ''} ${w.id}`, pageIn(request.query)),
  );

  app.post(
    '/v1/webhooks',
    {
      schema: {
        operationId: 'createWebhook',
        tags,
        summary: 'Add a webhook',
        description:
          'What happens from the answer on is told. The answer has the secret of the signature, this once. The address must be public, or named in `[webhooks] allow`: it is held against that again with each call, and no redirect is followed.',
        body: CreateWebhook,
        response: answers({ 201: { description: 'Added.', schema: Shared('WebhookWithSecret') } }, [
          ...BODY_FAULTS,
          'webhookRefused',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { url, events = ['*'] } = request.body;
      const { webhook, secret } = await webhooks.create({ url, events }, (id) =>
        auditEntry(clock, request, 'webhook.create', id, { host: new URL(url).host, events: events.join(' ') }),
      );
      return reply.code(201).send({ ...shown(webhook), secret });
    },
  );

  app.put(
    '/v1/webhooks/:id',
    {
      schema: {
        operationId: 'changeWebhook',
        tags,
        summary: 'Change a webhook',
        description:
          'Its address or its events; what is due of it is called at the new address. The secret stays. One that said that it is gone is called again.',
        params: WebhookParams,
        body: ChangeWebhook,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('Webhook') } }, [
          ...BODY_FAULTS,
          'notFound',
          'webhookConfigured',
          'webhookRefused',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { url, events } = request.body;
      const detail = { host: url !== undefined && URL.canParse(url) ? new URL(url).host : undefined, events: events?.join(' ') };
      return shown(await webhooks.change(id, request.body, auditEntry(clock, request, 'webhook.change', id, detail)));
    },
  );

  app.delete(
    '/v1/webhooks/:id',
    {
      schema: {
        operationId: 'removeWebhook',
        tags,
        summary: 'Remove a webhook',
        description: 'What is due of it is not called any more.',
        params: WebhookParams,
        response: answers({ 200: { description: 'Removed.', schema: Shared('WebhookRemoved') } }, [
          'requestInvalid',
          'notFound',
          'webhookConfigured',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const url = (await webhooks.list()).find((one) => one.id === id)?.url;
      const host = url === undefined ? undefined : new URL(url).host;
      await webhooks.remove(id, auditEntry(clock, request, 'webhook.remove', id, { host }));
      return { id, removed: true };
    },
  );

  app.post(
    '/v1/webhooks/:id/secret',
    {
      schema: {
        operationId: 'rotateWebhookSecret',
        tags,
        summary: 'Give a webhook a new secret',
        description: 'For 24 hours calls are signed with the new one and the one of before; a receiver knows them by either.',
        params: WebhookParams,
        response: answers({ 200: { description: 'The new secret.', schema: Shared('WebhookWithSecret') } }, [
          'requestInvalid',
          'notFound',
          'webhookConfigured',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { webhook, secret } = await webhooks.rotate(id, auditEntry(clock, request, 'webhook.rotate', id));
      return { ...shown(webhook), secret };
    },
  );

  app.get(
    '/v1/webhooks/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        tags,
        summary: 'What was called of a webhook',
        description: 'The newest first. What is settled is kept for a week.',
        params: WebhookParams,
        querystring: DeliveryQuery,
        response: answers({ 200: { description: 'A page of deliveries.', schema: listOf('WebhookDelivery') } }, [
          'requestInvalid',
          'cursorInvalid',
          'notFound',
        ]),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { state } = request.query;
      const page = await listPage(slices, pageIn(request.query), (part) => webhooks.deliveries(id, state, part), shapeDelivery);
      return reply.header('content-type', JSON_TYPE).send(page);
    },
  );

  app.post(
    '/v1/webhooks/:id/resend',
    {
      schema: {
        operationId: 'resendDeliveries',
        tags,
        summary: 'Call a webhook again',
        description:
          'About these deliveries, or about all that were given up of what happened since a time. Each has its whole row of tries again, and the `webhook-id` that it had. A webhook that said that it is gone is called again.',
        params: WebhookParams,
        body: ResendDeliveries,
        response: answers({ 200: { description: 'How many are due again.', schema: Shared('DeliveriesResent') } }, [
          ...BODY_FAULTS,
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { deliveries, failedSince } = request.body;
      const detail = { deliveries: deliveries?.length, failedSince };
      const entry = auditEntry(clock, request, 'webhook.resend', id, detail);
      return { resent: await webhooks.resend(id, deliveries ?? { failedSince: sinceIn(failedSince ?? '') }, entry) };
    },
  );
}

function sinceIn(written: string): number {
  const ms = readInstant(written);
  if (ms !== undefined) return ms;
  const why = 'is no time that exists; write it as RFC 3339 with an offset';
  throw faultIn('requestInvalid', 'failedSince', why);
}

const shown = ({ id, source, url, events, previousUntil, createdAt, goneSince }: WebhookFacts): Webhook => ({
  id,
  source,
  url,
  events: [...events],
  previousSecretUntil: previousUntil === null ? null : rfc3339(previousUntil),
  createdAt: createdAt === null ? null : rfc3339(createdAt),
  goneSince: goneSince === null ? null : rfc3339(goneSince),
});

const shapeDelivery = ({ delivery, event, createdAt, dueAt, settledAt, ...rest }: DeliveryRecord): WebhookDelivery => ({
  ...rest,
  delivery,
  event: event.id,
  type: event.type,
  about: event.message?.id ?? event.inbound?.id ?? event.call?.id ?? event.dialogue?.id ?? null,
  createdAt: rfc3339(createdAt),
  nextTryAt: dueAt === null ? null : rfc3339(dueAt),
  settledAt: settledAt === null ? null : rfc3339(settledAt),
});
