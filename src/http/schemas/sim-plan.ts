import { type Static, Type } from 'typebox';
import { SIM_ALERTS } from '../../store/records/sim-life.ts';
import { Instant, NOT_BLANK, Nullable, OneOf } from './common.ts';

/** The plan of a SIM, and what will become of it; a part of what `GET /v1/sims` shows. */
export const planOfSim = {
  package: Nullable(
    Type.Object(
      {
        size: Type.Integer({ minimum: 1, description: 'Segments of a month.' }),
        used: Type.Integer({ minimum: 0 }),
        left: Type.Integer({ minimum: 0 }),
        renewsAt: Instant('When the next month of the plan begins.'),
        endsAt: Nullable(Instant('When it ends at the pace of the last week, if that is before.')),
      },
      { additionalProperties: false },
    ),
    { description: 'Segments that are paid with its plan (`package`), by what was sent from here.' },
  ),
  toppedUpAt: Nullable(Instant('The last top-up, by the balance or as somebody said.')),
  topUpBy: Nullable(Instant('Until when its operator wants the next (`topUpDays`).')),
  paidAt: Nullable(Instant('The last segment that cost money.')),
  payBy: Nullable(Instant('Until when its operator wants the next (`paidDays`).')),
  warmUpDay: Nullable(Type.Integer({ minimum: 1 }), {
    description: 'Which of its first days it is, in which its caps grow (`warmUpDays`).',
  }),
  outlook: Type.Array(Type.String(), { description: 'What will become of it, in words.' }),
};

export const examplePlan = {
  package: { size: 1000, used: 880, left: 120, renewsAt: '2026-12-01T00:00:00.000Z', endsAt: '2026-11-28T10:00:00.000Z' },
  toppedUpAt: '2026-11-01T09:00:00.000Z',
  topUpBy: '2027-01-30T09:00:00.000Z',
  paidAt: null,
  payBy: null,
  warmUpDay: null,
  outlook: [
    'The package ends in 6 days: 120 of 1000 segments are left, at 20 a day; it is renewed in 8 days.',
    'Top it up within 68 days: its operator ends a SIM that was not topped up for 90 days.',
  ],
};

export const SimPlan = Type.Object(
  { sim: Type.String({ description: 'ICCID.' }), ...planOfSim },
  { $id: 'SimPlan', additionalProperties: false, examples: [{ sim: '8938001234567890123', ...examplePlan }] },
);
export type SimPlan = Static<typeof SimPlan>;

export const TopUp = Type.Object(
  {
    at: Type.Optional(Type.String({ maxLength: 64, format: 'date-time', description: 'When: RFC 3339 with an offset; now unless given.' })),
  },
  { $id: 'TopUp', additionalProperties: false, examples: [{ at: '2026-11-22T09:00:00+02:00' }] },
);

/** What `sim.attention` tells. */
export const SimAttention = Type.Object(
  {
    sim: Type.String({ description: 'ICCID.' }),
    kind: OneOf(SIM_ALERTS),
    sentence: Type.String({ description: 'What it is, and what to do, in words.' }),
  },
  {
    $id: 'SimAttention',
    additionalProperties: false,
    description: 'A SIM that needs somebody: told once, until it is over.',
    examples: [
      {
        sim: '8938001234567890123',
        kind: 'packageEnding',
        sentence: 'The package ends in 6 days: 120 of 1000 segments are left, at 20 a day; it is renewed in 8 days.',
      },
    ],
  },
);
export type SimAttention = Static<typeof SimAttention>;

export const RetirementOfSim = Type.Object(
  { successor: Type.String({ description: 'ICCID.' }), reason: Type.String(), at: Instant('Since when.') },
  { additionalProperties: false },
);

export const AllowanceOfSim = Type.Object(
  {
    segments: Type.Integer({ minimum: 1, description: 'Urgent segments that may still go past its caps.' }),
    until: Instant('Until when.'),
    reason: Type.String(),
  },
  { additionalProperties: false },
);

export const Allow = Type.Object(
  {
    segments: Type.Integer({ minimum: 1, maximum: 500, description: 'How many urgent segments may go past its caps.' }),
    seconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 86_400, default: 3600, description: 'For how long.' })),
    reason: Type.String({ ...NOT_BLANK, maxLength: 200, description: 'Why, for whoever reads the audit log.' }),
  },
  { $id: 'Allow', additionalProperties: false, examples: [{ segments: 60, reason: 'The doctor is ill: 60 visits of today.' }] },
);

export const Allowed = Type.Object(
  { sim: Type.String({ description: 'ICCID.' }), allowance: Nullable(AllowanceOfSim) },
  { $id: 'Allowed', additionalProperties: false },
);
export type Allowed = Static<typeof Allowed>;

export const Retire = Type.Object(
  {
    successor: Type.String({ minLength: 1, maxLength: 64, description: 'The SIM that its clients know from now on: an ICCID or a name.' }),
    reason: Type.String({ ...NOT_BLANK, maxLength: 200, description: 'Why, for whoever reads the audit log.' }),
  },
  { $id: 'Retire', additionalProperties: false, examples: [{ successor: 'front desk 2', reason: 'The contract ends.' }] },
);

export const Retired = Type.Object(
  { sim: Type.String({ description: 'ICCID.' }), retired: Nullable(RetirementOfSim) },
  { $id: 'Retired', additionalProperties: false },
);
export type Retired = Static<typeof Retired>;
