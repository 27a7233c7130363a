import { type Static, Type } from 'typebox';
import { MODEM_REASONS } from '../../base/modem-reason.ts';
import { PURPOSES } from '../../base/purpose.ts';
import { CAP_NAMES } from '../../store/records/plan.ts';
import { Instant, Nullable, OneOf } from './common.ts';
import { AllowanceOfSim, examplePlan, planOfSim, RetirementOfSim } from './sim-plan.ts';

const MODEM_STATES = ['absent', 'opening', 'identifying', 'unlocking', 'registering', 'ready', 'degraded', 'failed'] as const;

const left = {
  amount: Nullable(Type.Number(), { description: 'Of money; null where the operator told only of a package.' }),
  currency: Nullable(Type.String(), { description: 'ISO 4217.' }),
  package: Nullable(Type.Object({ left: Type.Number(), unit: Type.String() }, { additionalProperties: false }), {
    description: 'What is left of a package, in `SMS`, `min`, `MB` or `GB`.',
  }),
  checkedAt: Instant('When the operator said so.'),
};

const ModemNote = Type.Object(
  {
    code: OneOf(['sharedImei', 'otherProgram', 'simBusy', 'notAnnounced', 'noReports', 'notDeleted', 'storageFilling', 'segmentsRefused']),
    sentence: Type.String(),
    count: Nullable(Type.Integer(), { description: 'Of messages or segments; of `storageFilling` percent.' }),
    detail: Nullable(Type.String(), { description: 'Of `otherProgram` which, of `segmentsRefused` the cause: `CMS-50`.' }),
  },
  { additionalProperties: false },
);

/** What `sim.balanceLow` tells. */
export const SimBalance = Type.Object(
  { sim: Type.String({ description: 'ICCID.' }), ...left },
  {
    $id: 'SimBalance',
    additionalProperties: false,
    description: 'A SIM with less left than `balanceBelow`.',
    examples: [
      {
        sim: '8938001234567890123',
        amount: 4.5,
        currency: 'UAH',
        package: { left: 12, unit: 'SMS' },
        checkedAt: '2026-11-22T10:00:00.000Z',
      },
    ],
  },
);
export type SimBalance = Static<typeof SimBalance>;

/** What `sim.barred`, `sim.silent` and `sim.restored` tell. */
export const SimStanding = Type.Object(
  {
    sim: Type.String({ description: 'ICCID.' }),
    standing: OneOf(['well', 'barred', 'silent']),
    cause: Nullable(Type.String(), { description: 'Of the last segment that was refused, where it is barred: `CMS-50`.' }),
    at: Instant('When it was noticed.'),
  },
  {
    $id: 'SimStanding',
    additionalProperties: false,
    description: 'How a SIM stands with its operator from now on.',
    examples: [{ sim: '8938001234567890123', standing: 'barred', cause: 'CMS-50', at: '2026-11-22T10:00:00.000Z' }],
  },
);
export type SimStanding = Static<typeof SimStanding>;

export const Sim = Type.Object(
  {
    iccid: Type.String(),
    name: Nullable(Type.String(), { description: 'Its name in the configuration.' }),
    imsi: Nullable(Type.String()),
    number: Nullable(Type.String(), { description: 'Its own number, where the SIM knows it.' }),
    smsc: Nullable(Type.String(), {
      description: 'The number of the SMSC on the SIM, while it is in a modem; without one nothing can be sent.',
    }),
    state: OneOf(['ready', 'notReady', 'absent'], { description: '`absent`: seen before, in no modem now.' }),
    trouble: Nullable(
      Type.Object(
        {
          kind: OneOf(['barred', 'silent']),
          since: Instant('When it was noticed.'),
          sentence: Type.String({ description: 'What is wrong, in words.' }),
          nextStep: Type.String({ description: 'What a person should do about it.' }),
        },
        { additionalProperties: false },
      ),
      {
        description:
          '`barred`: the network takes nothing through it, so nothing is sent but one message after 1, 6 and 24 hours. `silent`: what is sent is taken, and no reports come.',
      },
    ),
    purposes: Type.Array(OneOf(PURPOSES), { description: 'What may go through it; nothing where it is not `enabled`.' }),
    weight: Type.Integer({ minimum: 1, description: 'Its share beside other SIMs that suit as well.' }),
    pausedPurposes: Type.Array(OneOf(PURPOSES), { description: 'What is not sent through it while paused; see `/v1/sending`.' }),
    caps: Type.Array(
      Type.Object(
        { name: OneOf(CAP_NAMES), used: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
      { description: 'Its limits (`[simDefaults]`, `[[sim]]`) that are not 0, and what is used of them. Every try counts.' },
    ),
    waitsUntil: Nullable(Instant('When a cap that is reached gives way.')),
    waitsFor: Nullable(Type.String(), { description: 'Which cap that is, and what it holds back, in words.' }),
    allowance: Nullable(AllowanceOfSim, { description: 'What an owner lets go past them (`PUT /v1/sims/{iccid}/allowance`).' }),
    operator: Nullable(Type.String()),
    signalDbm: Nullable(Type.Integer()),
    lastSeenAt: Nullable(Instant('When it was last found in a modem.')),
    balance: Nullable(Type.Object(left, { additionalProperties: false }), {
      description: 'What the operator said is left on it, when it was last asked (`balance.every`).',
    }),
    retired: Nullable(RetirementOfSim, { description: 'Where it sends no more: which SIM its clients know now, and why.' }),
    ...planOfSim,
    counters: Type.Object(
      {
        sent: Type.Integer({ minimum: 0, description: 'Segments.' }),
        delivered: Type.Integer({ minimum: 0, description: 'Segments.' }),
        failed: Type.Integer({ minimum: 0, description: 'Segments.' }),
        received: Type.Integer({ minimum: 0, description: 'Segments.' }),
      },
      { additionalProperties: false },
    ),
  },
  {
    $id: 'Sim',
    additionalProperties: false,
    description: 'A card: the number that clients see, with its counters.',
    examples: [
      {
        iccid: '8938001234567890123',
        name: 'front desk',
        imsi: '255011234567890',
        number: '+380931112233',
        smsc: '+380672021111',
        state: 'ready',
        trouble: null,
        purposes: ['otp', 'urgent', 'service', 'promotional'],
        weight: 1,
        pausedPurposes: [],
        caps: [{ name: 'perHour', used: 17, limit: 100 }],
        waitsUntil: null,
        waitsFor: null,
        allowance: null,
        operator: 'Kyivstar',
        signalDbm: -73,
        lastSeenAt: '2026-11-22T10:00:00.000Z',
        balance: { amount: 25, currency: 'UAH', package: { left: 150, unit: 'SMS' }, checkedAt: '2026-11-22T09:00:00.000Z' },
        retired: null,
        ...examplePlan,
        counters: { sent: 1204, delivered: 1180, failed: 3, received: 77 },
      },
    ],
  },
);
export type Sim = Static<typeof Sim>;

export const Modem = Type.Object(
  {
    imei: Nullable(Type.String()),
    port: Nullable(Type.String(), { description: 'Null for a modem that is plugged in nowhere.' }),
    usbPath: Nullable(Type.String(), {
      description: 'The USB socket that it is in, or was last: bus and chain of hub ports, as `lsusb -t` counts them.',
    }),
    sharedImei: Type.Boolean({ description: 'Others answer the same IMEI now, as some pools do: they are told apart by their ports.' }),
    name: Nullable(Type.String()),
    manufacturer: Nullable(Type.String()),
    model: Nullable(Type.String()),
    profile: Nullable(Type.String(), {
      description:
        'By which profile it is spoken to (`firmware-config/profiles`): `generic` where none is for its make. Null until it said what it is.',
    }),
    state: OneOf(MODEM_STATES),
    reason: OneOf(MODEM_REASONS, { description: 'What the first sentence says, for whoever says it in another language.' }),
    notes: Type.Array(ModemNote, { description: 'What is wrong besides, although it may be of use.' }),
    sentence: Type.String({ description: 'How it is, in words, the notes included.' }),
    nextStep: Nullable(Type.String(), { description: 'What a person should do about it, if anything.' }),
    sim: Nullable(Type.String(), { description: 'ICCID of the card in it.' }),
  },
  {
    $id: 'Modem',
    additionalProperties: false,
    description: 'A device: on its port, or, once it is gone, as it last was.',
    examples: [
      {
        imei: '867648012345678',
        port: '/dev/serial/by-id/usb-HUAWEI_Mobile-if00-port0',
        usbPath: '1-1.4',
        sharedImei: false,
        name: null,
        manufacturer: 'huawei',
        model: 'E3372',
        profile: 'huawei-e3372',
        state: 'ready',
        reason: 'ready',
        notes: [],
        sentence: 'Ready.',
        nextStep: null,
        sim: '8938001234567890123',
      },
    ],
  },
);
export type Modem = Static<typeof Modem>;
