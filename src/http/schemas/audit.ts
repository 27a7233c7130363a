import { type Static, Type } from 'typebox';
import { AUDIT_ACTIONS } from '../../store/records/audit.ts';
import { Instant, Nullable, pageParameters } from './common.ts';

export const AuditEntry = Type.Object(
  {
    seq: Type.Integer({ minimum: 1, description: 'Counts up from 1 without a gap.' }),
    at: Instant('When it was asked.'),
    actor: Type.String({ description: 'The id of an API key or a user, `cli:` and a user of the system, `setup`, or `daemon`.' }),
    action: Type.String({ description: `What was asked: ${AUDIT_ACTIONS.map((a) => `\`${a}\``).join(', ')}.` }),
    target: Nullable(Type.String(), { description: 'What it was done to: an id, an ICCID, a port; null for the whole box.' }),
    detail: Type.Record(Type.String(), Nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()])), {
      description:
        'What else was asked. Numbers of people are masked. Of `message.accept`, which is written each hour: how many messages of each purpose came since the entry before.',
    }),
    hash: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description:
        'SHA-256, hex, over the hash of the entry before (64 zeros before the first), a line feed, and the JSON array of seq, at in milliseconds, actor, action, target, and detail as a JSON string with its fields in order.',
    }),
  },
  {
    $id: 'AuditEntry',
    additionalProperties: false,
    description: 'Somebody in charge did something.',
    examples: [
      {
        seq: 12,
        at: '2026-11-22T10:00:00.000Z',
        actor: 'key_5f0c1d2e3a4b5c6d7e8f9a0b',
        action: 'sending.set',
        target: null,
        detail: { state: 'paused' },
        hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
    ],
  },
);
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditQuery = Type.Object(
  {
    ...pageParameters,
    since: Type.Optional(Type.String({ maxLength: 64, format: 'date-time', description: 'Asked at or after: RFC 3339 with an offset.' })),
  },
  { additionalProperties: false },
);
