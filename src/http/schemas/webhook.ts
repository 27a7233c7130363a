import { type Static, Type } from 'typebox';
import { DELIVERY_REASONS } from '../../store/records/event.ts';
import { DELIVERY_STATES } from '../../store/records/webhook.ts';
import { Instant, Nullable, OneOf, pageParameters } from './common.ts';
import { EVENT_TYPES } from './event.ts';

const FAMILIES = [...new Set(EVENT_TYPES.map((type) => `${type.slice(0, type.indexOf('.'))}.*`))];

const Url = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: 'Where events are posted. A public address, or one that `[webhooks] allow` names.',
});
const Events = Type.Array(OneOf(['*', ...FAMILIES, ...EVENT_TYPES]), {
  minItems: 1,
  maxItems: 50,
  uniqueItems: true,
  description: 'Which events: a name, `message.*` for a family, `*` for all.',
});

const secret = Type.String({ description: 'The key of the signature (Standard Webhooks). It is shown this once.' });

export const Webhook = Type.Object(
  {
    id: Type.String(),
    source: OneOf(['file', 'api'], { description: '`file`: it stands in the configuration, and is changed there.' }),
    url: Type.String(),
    events: Type.Array(Type.String()),
    previousSecretUntil: Nullable(Instant('Until then calls are signed with the secret of before too.')),
    createdAt: Nullable(Instant('When it was added.')),
    goneSince: Nullable(
      Instant('Since when it is not called, because it answered 410 Gone: until it is changed, or something is sent to it again.'),
    ),
  },
  {
    $id: 'Webhook',
    additionalProperties: false,
    description: 'An address that is told of events.',
    examples: [
      {
        id: 'whk_5f0c1d2e3a4b5c6d7e8f9a0b',
        source: 'api',
        url: 'https://clinic.example/sms',
        events: ['message.*', 'inbound.received'],
        previousSecretUntil: null,
        createdAt: '2026-11-22T10:00:00.000Z',
        goneSince: null,
      },
    ],
  },
);
export type Webhook = Static<typeof Webhook>;

export const WebhookWithSecret = Type.Object(
  { ...Webhook.properties, secret },
  { $id: 'WebhookWithSecret', additionalProperties: false, description: 'A webhook that was just added, or has a new secret.' },
);

export const CreateWebhook = Type.Object(
  { url: Url, events: Type.Optional(Events) },
  {
    $id: 'CreateWebhook',
    additionalProperties: false,
    examples: [{ url: 'https://clinic.example/sms', events: ['message.*', 'inbound.received'] }],
  },
);

export const ChangeWebhook = Type.Object(
  { url: Type.Optional(Url), events: Type.Optional(Events) },
  { $id: 'ChangeWebhook', additionalProperties: false, minProperties: 1, examples: [{ events: ['inbound.received'] }] },
);

export const WebhookRemoved = Type.Object(
  { id: Type.String(), removed: Type.Literal(true) },
  { $id: 'WebhookRemoved', additionalProperties: false, description: 'It is told of nothing any more.' },
);

export const WebhookDelivery = Type.Object(
  {
    delivery: Type.Integer({ description: 'Its number, to have it sent again.' }),
    event: Type.String({ description: 'The id of the event, as in `webhook-id`.' }),
    type: OneOf(EVENT_TYPES),
    about: Nullable(Type.String(), { description: 'The id of the message, inbound message or call that it tells of.' }),
    state: OneOf(DELIVERY_STATES, { description: '`pending` while it is still tried, `failed` once it is given up.' }),
    tries: Type.Integer(),
    createdAt: Instant('When it happened.'),
    nextTryAt: Nullable(Instant('When it is tried next.')),
    settledAt: Nullable(Instant('When it was delivered or given up.')),
    status: Nullable(Type.Integer(), { description: 'The HTTP status that ended it well.' }),
    reason: Nullable(OneOf(DELIVERY_REASONS), {
      description:
        'Why the last try failed, for programs; more may come, and null also where it is none of these. `status`: an answer other than 2xx; `uncalled`: it had said before that it is `gone`; `hungUp`: it closed without an answer; `noWay`: nothing leads there; `forbidden`: the name leads where the box does not call.',
    }),
    error: Nullable(Type.String(), { description: 'What went wrong at the last try. What the other side wrote is never kept.' }),
  },
  { $id: 'WebhookDelivery', additionalProperties: false, description: 'What became of one event at one webhook.' },
);
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const ResendDeliveries = Type.Object(
  {
    deliveries: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 500, description: 'These.' })),
    failedSince: Type.Optional(
      Type.String({ maxLength: 64, format: 'date-time', description: 'All that were given up of what happened since then.' }),
    ),
  },
  {
    $id: 'ResendDeliveries',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    examples: [{ failedSince: '2026-11-22T00:00:00+02:00' }],
  },
);

export const DeliveriesResent = Type.Object(
  { resent: Type.Integer({ description: 'How many are due again.' }) },
  { $id: 'DeliveriesResent', additionalProperties: false },
);

export const WebhookParams = Type.Object({ id: Type.String({ description: 'As `GET /v1/webhooks` gave it.' }) });
export const DeliveryQuery = Type.Object(
  { ...pageParameters, state: Type.Optional(OneOf(DELIVERY_STATES)) },
  { additionalProperties: false },
);
