import { type Static, Type } from 'typebox';
import { PURPOSES } from '../../base/purpose.ts';
import { NOT_BLANK, OneOf } from './common.ts';

const YEAR = 366 * 86_400;

const Seconds = (description: string) => Type.Integer({ minimum: 0, maximum: YEAR, description });

const Word = Type.String({ ...NOT_BLANK, maxLength: 40 });

const only = { additionalProperties: false } as const;

const When = Type.Union(
  [
    Type.Object({ on: OneOf(['booked', 'moved'], { description: 'It is new, or has another time than the client was told.' }) }, only),
    Type.Object(
      { status: Type.String({ minLength: 1, maxLength: 40, description: 'It has this status; `*` for any that has no step of its own.' }) },
      only,
    ),
    Type.Object({ before: Seconds('So many seconds before its time.') }, only),
    Type.Object({ after: Seconds('So many seconds after its time.') }, only),
    Type.Object(
      {
        days: Type.Integer({ minimum: -366, maximum: 366, description: 'So many days after its day; negative before it.' }),
        at: Type.Optional(
          Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'At this time where the client is; else at its own.' }),
        ),
      },
      only,
    ),
    Type.Object({ places: Type.Integer({ minimum: 0, maximum: 10_000, description: 'At most so many are ahead (`data.place`).' }) }, only),
    Type.Object({ silence: Seconds('Neither the client nor its status has moved for so many seconds.') }, only),
  ],
  { description: 'When it is told: one of these.' },
);

const Template = Type.String({ minLength: 1, maxLength: 100 });

const Step = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$', description: 'One in its sequence.' }),
    when: When,
    template: Type.Union([Template, Type.Array(Template, { minItems: 2, maxItems: 10 })], {
      description: 'The template, or several of which each client gets one for good, so that they can be measured.',
    }),
    purpose: Type.Optional(OneOf(PURPOSES)),
    topic: Type.Optional(Type.String({ maxLength: 40, description: 'In place of the topic of the sequence.' })),
    ifPast: Type.Optional(
      OneOf(['skip', 'send'], { description: 'What becomes of it where its moment is past when it is planned.', default: 'skip' }),
    ),
    unless: Type.Optional(Type.Array(Word, { maxItems: 20, description: 'Statuses, answers and marks with which it is left out.' })),
    again: Type.Optional(
      Type.Object(
        {
          every: Type.Integer({ minimum: 3600, maximum: YEAR, description: 'Seconds.' }),
          times: Type.Integer({ minimum: 1, maximum: 20 }),
        },
        { ...only, description: 'Told again so often.' },
      ),
    ),
    asks: Type.Optional(OneOf(['rating'], { description: 'A digit in the answer is a rating.' })),
    joins: Type.Optional(
      Type.Boolean({ description: 'Told in one text with the same step of other occasions of the client on that day.' }),
    ),
  },
  only,
);

const sequence = {
  topic: Type.String({ minLength: 1, maxLength: 40, description: 'The topic of its messages, which a client may end alone.' }),
  ends: Type.Array(Word, { maxItems: 20, description: 'The statuses with which nothing is told any more that depends on time.' }),
  repeats: Type.Optional(Type.Object({ every: Type.Integer({ minimum: 1, maximum: 1000 }), unit: OneOf(['day', 'month', 'year']) }, only)),
  tells: Type.Optional(
    OneOf(['time', 'status'], { description: 'What a client is told who asks (STATUS): when it is, or its status; nothing unless given.' }),
  ),
  steps: Type.Array(Step, { maxItems: 50 }),
};

export const SetSequence = Type.Object(sequence, {
  $id: 'SetSequence',
  additionalProperties: false,
  description: 'What is told of one kind of occasion. Durations in seconds.',
  examples: [
    {
      topic: 'visit',
      ends: ['done'],
      steps: [{ name: 'dayBefore', when: { days: -1, at: '18:00' }, template: 'visit.reminder.dayBefore', joins: true }],
    },
  ],
});
export type SetSequence = Static<typeof SetSequence>;

export const Sequence = Type.Object(
  { kind: Type.String(), own: Type.Boolean({ description: 'Whether the site has changed it.' }), shipped: Type.Boolean(), ...sequence },
  { $id: 'Sequence', additionalProperties: false, description: 'What is told of one kind of occasion.' },
);
export type Sequence = Static<typeof Sequence>;

export const SequenceParams = Type.Object({
  kind: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description: 'The kind of occasion.' }),
});
