import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf, pageParameters, Shared } from './common.ts';

export const Conversation = Type.Object(
  {
    contact: Type.String({ description: 'E.164, a short code, or the letters of an alphanumeric sender.' }),
    name: Nullable(Type.String(), { description: 'Of the contact with this number, where there is one; of up to three who share it.' }),
    at: Instant('When the client last wrote or called.'),
    unseen: Type.Integer({ minimum: 0, description: 'Texts and calls that nobody at the desk has seen.' }),
    last: Type.Object(
      {
        kind: OneOf(['text', 'mms', 'call']),
        id: Type.String({ description: 'Of the inbound message or the call.' }),
        text: Nullable(Type.String(), { description: 'What they wrote; null for anything but a text, and once it was erased.' }),
        meaning: Nullable(Type.String(), { description: 'What Simpost took it for, as in `GET /v1/inbound`.' }),
      },
      { additionalProperties: false, description: 'What the client did last.' },
    ),
    tasks: Type.Integer({ minimum: 0, description: 'Open tasks about the client (`GET /v1/tasks`).' }),
  },
  {
    $id: 'Conversation',
    additionalProperties: false,
    description: 'A client who wrote or called.',
    examples: [
      {
        contact: '+380501234567',
        name: 'Олена Коваль',
        at: '2026-11-22T10:05:00.000Z',
        unseen: 1,
        last: { kind: 'text', id: 'in_5f0c1d2e3a4b5c6d7e8f9a0b', text: 'ПЕРЕНОС', meaning: 'visit' },
        tasks: 1,
      },
    ],
  },
);
export type Conversation = Static<typeof Conversation>;

export const Conversations = Type.Object(
  {
    data: Type.Array(Shared('Conversation')),
    nextCursor: Nullable(Type.String(), {
      description: 'Give it as `cursor` for what follows; null when nothing does. A page may be short, and still have a next one.',
    }),
    unseen: Type.Integer({ minimum: 0, description: 'Clients with something that nobody has seen; at most 1,000 are counted.' }),
  },
  { $id: 'Conversations', additionalProperties: false },
);

export const ConversationQuery = Type.Object(
  {
    ...pageParameters,
    unseen: Type.Optional(Type.Boolean({ default: false, description: 'Only those with something that nobody has seen.' })),
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Digits of a number, words of a text, or beginnings of words of a name, among the newest 5,000 texts and calls.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const SeeConversation = Type.Object(
  {
    until: Type.String({
      maxLength: 64,
      format: 'date-time',
      description: 'What came until then was seen, RFC 3339 with an offset: the `at` of the newest that was shown.',
    }),
  },
  { $id: 'SeeConversation', additionalProperties: false, examples: [{ until: '2026-11-22T10:05:00.000Z' }] },
);

export const ConversationSeen = Type.Object(
  { contact: Type.String(), unseen: Type.Integer({ minimum: 0, description: 'Clients with something that nobody has seen.' }) },
  { $id: 'ConversationSeen', additionalProperties: false },
);
