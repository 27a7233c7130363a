import { PURPOSES } from '../../base/purpose.ts';
import type { Table } from '../option.ts';

/** Segments, or recipients. */
const MOST_PER_SIM = 1_000_000;

export const simDefaults = {
  description:
    'How much may go through each SIM, so that its operator does not take it for a spammer and block it. 0 takes a limit away. What is past a limit waits, or goes through another SIM. Offers (promotional) get at most half of each.',
  options: {
    perMinute: cap('In any minute.', 'segments', 10),
    perHour: cap('In any hour.', 'segments', 100),
    perDay: cap('In any 24 hours.', 'segments', 0),
    perMonth: cap('From the reset day to the next.', 'segments', 0),
    uniquePerDay: cap('Different recipients in any 24 hours.', 'recipients', 200),
    uniquePerMonth: cap('Different recipients from the reset day to the next.', 'recipients', 0),
    resetDay: {
      type: 'integer',
      description:
        'The day on which the month of the plan begins, at midnight in site.timeZone; the last of the month where it is shorter.',
      since: '0.1.0',
      unit: 'day of the month',
      default: 1,
      example: 1,
      minimum: 1,
      maximum: 31,
    },
    offerGapMin: {
      type: 'integer',
      description: 'The least time between two offers.',
      since: '0.1.0',
      unit: 's',
      default: 5,
      example: 5,
      minimum: 0,
      maximum: 3600,
    },
    offerGapMax: {
      type: 'integer',
      description: 'The most, by chance, since offers at the beat of a clock are what operators look for; 0 never waits.',
      since: '0.1.0',
      unit: 's',
      default: 20,
      example: 20,
      minimum: 0,
      maximum: 3600,
    },
    package: {
      type: 'integer',
      description:
        'Segments of a month that are paid with the plan, from the reset day on: they cost nothing, and GET /v1/sims says when they end. 0: no package.',
      since: '0.1.0',
      unit: 'segments',
      default: 0,
      example: 1000,
      minimum: 0,
      maximum: MOST_PER_SIM,
    },
    packagePrefixes: {
      type: 'texts',
      description: 'How the numbers begin that the package covers; all unless given.',
      since: '0.1.0',
      format: 'prefix',
      default: [],
      example: ['+380'],
    },
    topUpDays: days('Its operator ends a SIM that was not topped up for so long; the event sim.attention tells in time. 0: never.', 90),
    paidDays: days('The same of a SIM with which nothing was paid for so long. 0: never.', 180),
    warmUpDays: days('For how long the caps of a new SIM grow from day to day, until they are whole. 0: they are whole at once.', 14),
    prices: {
      type: 'texts',
      description:
        'What a segment costs: how the numbers begin, the price, the currency of ISO 4217; the longest beginning that fits holds. Without a beginning: all others.',
      since: '0.1.0',
      format: 'price',
      default: [],
      example: ['+380 0.65 UAH', '4.20 UAH'],
    },
  },
} as const satisfies Table;

export const simChoice = {
  description: 'Which SIM sends a message that names none.',
  options: {
    patience: {
      type: 'integer',
      description:
        'How long a service message or an offer may wait for the SIM that its client knows, because it was written to from that one or wrote to it; then any SIM sends it. 0 never waits.',
      since: '0.1.0',
      unit: 's',
      default: 60,
      example: 60,
      minimum: 0,
      maximum: 3600,
    },
  },
} as const satisfies Table;

export const sim = {
  description:
    'A SIM card, by the number printed on it; one [[sim]] for each that has a name, a PIN or limits of its own. Others are used as well.',
  list: true,
  options: {
    iccid: {
      type: 'string',
      description: 'Its ICCID, 18 to 22 digits, in quotes. GET /v1/sims shows it.',
      since: '0.1.0',
      format: 'iccid',
      example: '89380062300012345678',
    },
    name: {
      type: 'string',
      description: 'A name that requests may give as sim, instead of the ICCID.',
      since: '0.1.0',
      format: 'name',
      optional: true,
      example: 'front desk',
    },
    pin: {
      type: 'string',
      description: 'Its PIN, if it asks for one. It is tried once; a PUK is never entered.',
      since: '0.1.0',
      format: 'pin',
      optional: true,
      secret: true,
      example: '0000',
    },
    roaming: {
      type: 'boolean',
      description: 'Lets it send while it is in a network abroad. Roaming with a partner in its own country is always allowed.',
      since: '0.1.0',
      default: false,
      example: true,
    },
    missedCallOptsOut: {
      type: 'boolean',
      description:
        'A call to it ends offers to the caller, as the text STOP does: print its number below your offers. Only for a SIM that nobody calls for another reason.',
      since: '0.1.0',
      default: false,
      example: true,
    },
    balanceBelow: {
      type: 'integer',
      description:
        'Less money than this on it, in the currency of the SIM, and the event sim.balanceLow tells so; 0 never. Needs balance.every.',
      since: '0.1.0',
      unit: 'currency',
      default: 0,
      example: 20,
      minimum: 0,
      maximum: 1_000_000,
    },
    enabled: {
      type: 'boolean',
      description: 'Whether anything is sent through it; what comes in is taken either way.',
      since: '0.1.0',
      default: true,
      example: true,
    },
    purposes: {
      type: 'texts',
      description: 'What may go through it: ["otp"] reserves it for codes.',
      since: '0.1.0',
      format: 'purpose',
      default: PURPOSES,
      example: ['otp', 'urgent'],
    },
    weight: {
      type: 'integer',
      unit: 'parts',
      description:
        'Its share beside other SIMs that are free and suit as well: one of weight 3 gets three times what one of weight 1 gets of new clients, codes and urgent messages.',
      since: '0.1.0',
      default: 1,
      example: 3,
      minimum: 1,
      maximum: 100,
    },
    perMinute: ownCap('In any minute', 'segments', 20),
    perHour: ownCap('In any hour', 'segments', 200),
    perDay: ownCap('In any 24 hours', 'segments', 1000),
    perMonth: ownCap('From the reset day to the next', 'segments', 5000),
    uniquePerDay: ownCap('Different recipients in any 24 hours', 'recipients', 100),
    uniquePerMonth: ownCap('Different recipients from the reset day to the next', 'recipients', 250),
    resetDay: {
      type: 'integer',
      description: 'The day on which the month of its plan begins, instead of what simDefaults says.',
      since: '0.1.0',
      unit: 'day of the month',
      optional: true,
      example: 15,
      minimum: 1,
      maximum: 31,
    },
    offerGapMin: ownGap('at least', 10),
    offerGapMax: ownGap('at most', 60),
    prefixes: {
      type: 'texts',
      description: 'How the numbers begin that it may carry; all numbers unless given.',
      since: '0.1.0',
      format: 'prefix',
      default: [],
      example: ['+380'],
    },
    preferredPrefixes: {
      type: 'texts',
      description: 'How the numbers begin that it is preferred for, such as those of its own operator, before a cheaper one.',
      since: '0.1.0',
      format: 'prefix',
      default: [],
      example: ['+38067', '+38068'],
    },
    package: ownCap('Paid with its plan in a month', 'segments', 1000),
    packagePrefixes: {
      type: 'texts',
      description: 'How the numbers begin that its package covers; what simDefaults says unless given.',
      since: '0.1.0',
      format: 'prefix',
      default: [],
      example: ['+380'],
    },
    topUpDays: ownDays('A top-up is wanted so often', 90),
    paidDays: ownDays('Something paid is wanted so often', 180),
    warmUpDays: ownDays('Its caps grow for so long', 14),
    prices: {
      type: 'texts',
      description: 'What a segment costs through it; where there is none, what simDefaults says.',
      since: '0.1.0',
      format: 'price',
      default: [],
      example: ['+38067 0 UAH', '+380 0.85 UAH'],
    },
  },
} as const satisfies Table;

function cap<const Default extends number>(description: string, unit: 'segments' | 'recipients', limit: Default) {
  return { type: 'integer', description, since: '0.1.0', unit, default: limit, example: limit, minimum: 0, maximum: MOST_PER_SIM } as const;
}

function ownCap(when: string, unit: 'segments' | 'recipients', example: number) {
  return {
    type: 'integer',
    description: `${when}, instead of what simDefaults says.`,
    since: '0.1.0',
    unit,
    optional: true,
    example,
    minimum: 0,
    maximum: MOST_PER_SIM,
  } as const;
}

function ownGap(when: string, example: number) {
  return {
    type: 'integer',
    description: `Time between two offers, ${when}, instead of what simDefaults says.`,
    since: '0.1.0',
    unit: 's',
    optional: true,
    example,
    minimum: 0,
    maximum: 3600,
  } as const;
}

function days(description: string, example: number) {
  return { type: 'integer', description, since: '0.1.0', unit: 'days', default: 0, example, minimum: 0, maximum: 400 } as const;
}

function ownDays(what: string, example: number) {
  return {
    type: 'integer',
    description: `${what}, instead of what simDefaults says.`,
    since: '0.1.0',
    unit: 'days',
    optional: true,
    example,
    minimum: 0,
    maximum: 400,
  } as const;
}
