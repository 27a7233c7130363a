import { type Static, Type } from 'typebox';
import { SCOPES } from '../scopes.ts';
import { Instant, NOT_BLANK, Nullable, OneOf } from './common.ts';

const Name = { description: 'What uses it.' };
const SCOPES_ARE =
  'What it may do: `send` everything, or `send:` and a purpose; `read` its own messages, what clients wrote, who called and how the box is; `inbox` only what clients wrote and who called; `read:all` the messages of every key too; `operate`; `admin`.';
const AllowFrom = Type.Array(Type.String({ maxLength: 60 }), {
  maxItems: 50,
  description: 'Addresses and networks (CIDR) that it may be used from; none for anywhere.',
});
const cap = (of: string) =>
  Type.Integer({ minimum: 0, maximum: 100_000, description: `Messages that it may hand over in any ${of}; 0 for no cap.` });
const Weight = Type.Integer({ minimum: 1, maximum: 100, description: 'Its share of the queue beside other keys.' });

export const ApiKey = Type.Object(
  {
    id: Type.String(),
    name: Type.String(Name),
    prefix: Type.String({ description: 'How the key begins, to tell keys apart.' }),
    scopes: Type.Array(Type.String(), { description: SCOPES_ARE }),
    weight: Weight,
    createdAt: Instant('When it was made.'),
    expiresAt: Nullable(Instant('From then on it opens nothing.')),
    lastUsedAt: Nullable(Instant('When it last opened something.')),
    allowFrom: AllowFrom,
    perHour: cap('hour'),
    perDay: cap('24 hours'),
  },
  {
    $id: 'ApiKey',
    additionalProperties: false,
    description: 'An API key, without its secret.',
    examples: [
      {
        id: 'key_5f0c1d2e3a4b5c6d7e8f9a0b',
        name: 'front desk',
        prefix: 'simpost_Zk3vQ9',
        scopes: ['send:service', 'read'],
        weight: 1,
        createdAt: '2026-11-22T10:00:00.000Z',
        expiresAt: null,
        lastUsedAt: '2026-11-22T10:05:00.000Z',
        allowFrom: ['192.168.1.0/24'],
        perHour: 100,
        perDay: 0,
      },
    ],
  },
);
export type ApiKey = Static<typeof ApiKey>;

export const CreatedKey = Type.Object(
  { ...ApiKey.properties, key: Type.String({ description: 'The key itself. It is shown this once, and kept nowhere.' }) },
  { $id: 'CreatedKey', additionalProperties: false, description: 'An API key that was just made.' },
);
export type CreatedKey = Static<typeof CreatedKey>;

export const CreateKey = Type.Object(
  {
    name: Type.String({ ...NOT_BLANK, maxLength: 100, ...Name }),
    scopes: Type.Array(OneOf(SCOPES), { minItems: 1, uniqueItems: true, description: SCOPES_ARE }),
    weight: Type.Optional(Weight),
    expiresAt: Type.Optional(
      Type.String({ maxLength: 64, format: 'date-time', description: 'RFC 3339 with an offset; never unless given.' }),
    ),
    allowFrom: Type.Optional(AllowFrom),
    perHour: Type.Optional(cap('hour')),
    perDay: Type.Optional(cap('24 hours')),
  },
  { $id: 'CreateKey', additionalProperties: false, examples: [{ name: 'front desk', scopes: ['send:service', 'read'] }] },
);

export const KeyRevoked = Type.Object(
  { id: Type.String(), revoked: Type.Literal(true) },
  { $id: 'KeyRevoked', additionalProperties: false, description: 'The key opens nothing any more.' },
);

export const KeyParams = Type.Object({ id: Type.String({ description: 'As `GET /v1/keys` gave it.' }) });
