import { type Static, Type } from 'typebox';
import { TRUST_REASONS } from '../../dispatch/trust.ts';
import { Instant, OneOf } from './common.ts';

export const Time = Type.Object(
  {
    now: Instant('What the clock of the box says.'),
    trusted: Type.Boolean({ description: 'Whether it is believed. While it is not, offers, schedules, erasure and expiry wait.' }),
    reason: OneOf(TRUST_REASONS, { description: 'Who confirms it, or why nobody does.' }),
    sentence: Type.String({ description: 'The same for a person, with what to do.' }),
  },
  {
    $id: 'Time',
    additionalProperties: false,
    description: 'The clock of the box, and whether it is to be believed.',
    examples: [
      {
        now: '2026-11-22T10:00:00.000Z',
        trusted: true,
        reason: 'synchronized',
        sentence: 'The clock is trusted, because the time service of the system has set it.',
      },
    ],
  },
);
export type Time = Static<typeof Time>;

export const ConfirmTime = Type.Object(
  { trusted: Type.Boolean({ description: 'True: a person has compared the clock and it is right. False takes that back.' }) },
  { $id: 'ConfirmTime', additionalProperties: false, examples: [{ trusted: true }] },
);
