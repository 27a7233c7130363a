import { type Static, Type } from 'typebox';
import { Instant, NOT_BLANK, Nullable, OneOf } from './common.ts';
import { Price } from './cost.ts';

export const NotifyOccasions = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 40, examples: ['visit'] }),
    from: Instant('Those that begin then or later.'),
    until: Instant('Those that begin before then.'),
    resource: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'Those with one doctor, bay or site; else all.' })),
    action: OneOf(['cancel', 'late', 'tell'], {
      description: '`cancel`: they are off. `late`: each is later by `minutes`, and is told its new time. `tell`: nothing but the text.',
    }),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
    text: Type.Optional(Type.String({ ...NOT_BLANK, maxLength: 2000, description: 'In words of your own, with fields as in a template.' })),
    template: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'In place of the shipped one of the action.' })),
    go: Type.Optional(Type.Boolean({ default: false, description: 'Do it; else only count and cost are told.' })),
    count: Type.Optional(Type.Integer({ minimum: 0, description: 'How many there are, as a person has read it: needed above 20.' })),
  },
  {
    $id: 'NotifyOccasions',
    additionalProperties: false,
    examples: [
      {
        kind: 'visit',
        from: '2026-11-24T00:00:00+02:00',
        until: '2026-11-25T00:00:00+02:00',
        resource: 'dr-koval',
        action: 'late',
        minutes: 40,
      },
    ],
  },
);
export type NotifyOccasions = Static<typeof NotifyOccasions>;

export const OccasionNotice = Type.Object(
  {
    id: Nullable(Type.String(), { description: 'To undo it; null where nothing is done.' }),
    count: Type.Integer({ minimum: 0, description: 'How many occasions it concerns.' }),
    atOnce: Type.Integer({
      minimum: 0,
      description: 'Those told at once, at any hour: they would come in vain. The others when they may be written to.',
    }),
    untold: Type.Integer({
      minimum: 0,
      description: 'Those whom no text can reach: they want none, or something is missing that it would name.',
    }),
    segments: Type.Integer({ minimum: 0 }),
    cost: Nullable(Price, { description: 'Null where no price is known.' }),
    sample: Nullable(Type.String(), { description: 'What the first of them would read.' }),
    undoUntil: Nullable(Instant('Until when it can be undone; then it begins.')),
  },
  { $id: 'OccasionNotice', additionalProperties: false, description: 'What news for many would do, or will.' },
);
export type OccasionNotice = Static<typeof OccasionNotice>;

export const NoticeUndone = Type.Object(
  { id: Type.String(), undone: Type.Literal(true) },
  { $id: 'NoticeUndone', additionalProperties: false },
);
