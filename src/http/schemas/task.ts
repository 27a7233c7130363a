import { Type } from 'typebox';
import { TASK_KINDS } from '../../store/records/inbound-rules.ts';
import { Instant, NOT_BLANK, Nullable, OneOf, pageParameters } from './common.ts';

export const Task = Type.Object(
  {
    id: Type.String(),
    kind: OneOf(TASK_KINDS, {
      description:
        '`optOutUnsure`: the client may have asked for an end of texts, and offers wait a day; `visit`: they may want to move or cancel a visit; `wrongNumber`: nothing is sent there any more; `notFollowed`: a fault kept Simpost from doing what should follow after a text; `confirmed`: they will come, and nobody has to do anything; `unclear`: what they answered to a text about an occasion needs a person; `lowRating`: they were not content; `untold`: a text about an occasion could not be sent, somebody should tell them; `call`: they want to be told on the telephone; `rule`: a rule of the site asks somebody to read it; `dialogue`: a dialogue leaves the client to a person; `own`: somebody at the desk wrote it, see `text`.',
    }),
    contact: Type.String({ description: 'The number that it is about.' }),
    name: Nullable(Type.String(), { description: 'Of the contact with this number, where there is one; of up to three who share it.' }),
    inbound: Nullable(Type.String(), { description: 'Id of what the client wrote.' }),
    occasion: Nullable(Type.String(), { description: 'The occasion: its kind, `/` and its external id.' }),
    text: Nullable(Type.String(), { description: 'What somebody at the desk wrote; to whom may read replies, and not to a technician.' }),
    at: Instant('Since when.'),
    doneAt: Nullable(Instant('When somebody had looked at it.')),
    doneBy: Nullable(Type.String(), { description: 'Id of the API key that said so.' }),
  },
  { $id: 'Task', additionalProperties: false, description: 'What a person is asked to look at.' },
);

export const TaskQuery = Type.Object(
  {
    ...pageParameters,
    contact: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'About this number alone, in any usual writing.' })),
    all: Type.Optional(Type.Boolean({ default: false, description: 'Also what is done.' })),
  },
  { additionalProperties: false },
);

export const CreateTask = Type.Object(
  {
    to: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'The number that it is about, in any usual writing.',
      examples: ['050 123 45 67'],
    }),
    text: Type.String({ ...NOT_BLANK, maxLength: 500, description: 'What is to be done, in your own words; no client ever reads it.' }),
  },
  { $id: 'CreateTask', additionalProperties: false, examples: [{ to: '050 123 45 67', text: 'Call about the results on Friday' }] },
);
