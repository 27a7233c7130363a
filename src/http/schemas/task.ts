import { Type } from 'typebox';
import { TASK_KINDS } from '../../store/records/inbound-rules.ts';
import { Instant, Nullable, OneOf, pageParameters } from './common.ts';

export const Task = Type.Object(
  {
    id: Type.String(),
    kind: OneOf(TASK_KINDS, {
      description:
        '`optOutUnsure`: the client may have asked for an end of texts, and offers wait a day; `visit`: they may want to move or cancel a visit; `wrongNumber`: nothing is sent there any more; `notFollowed`: a fault kept Simpost from doing what should follow after a text; `confirmed`: they will come, and nobody has to do anything; `unclear`: what they answered to a text about an occasion needs a person; `lowRating`: they were not content; `untold`: a text about an occasion could not be sent, somebody should tell them; `call`: they want to be told on the telephone; `rule`: a rule of the site asks somebody to read it; `dialogue`: a dialogue leaves the client to a person.',
    }),
    contact: Type.String({ description: 'The number that it is about.' }),
    name: Nullable(Type.String(), { description: 'Of the contact with this number, where there is one; of up to three who share it.' }),
    inbound: Nullable(Type.String(), { description: 'Id of what the client wrote.' }),
    occasion: Nullable(Type.String(), { description: 'The occasion: its kind, `/` and its external id.' }),
    at: Instant('Since when.'),
    doneAt: Nullable(Instant('When somebody had looked at it.')),
    doneBy: Nullable(Type.String(), { description: 'Id of the API key that said so.' }),
  },
  { $id: 'Task', additionalProperties: false, description: 'What a person is asked to look at.' },
);

export const TaskQuery = Type.Object(
  { ...pageParameters, all: Type.Optional(Type.Boolean({ default: false, description: 'Also what is done.' })) },
  { additionalProperties: false },
);
