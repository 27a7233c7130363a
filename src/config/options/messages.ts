import type { Table } from '../option.ts';

/** Seconds: the longest relative validity period that a network can be asked for is 63 weeks (TS 23.040 9.2.3.12.1). */
const LONGEST_VALIDITY = 63 * 7 * 86_400;

export const messages = {
  description: 'What a message may be.',
  options: {
    maxSegments: {
      type: 'integer',
      description: 'A text that needs more segments than this is refused. One segment is 160 characters, or 70 with Cyrillic.',
      since: '0.1.0',
      unit: 'segments',
      default: 10,
      example: 10,
      minimum: 1,
      maximum: 255,
    },
    validFor: {
      description: 'How long a message is worth sending, by purpose, when the request gives no validFor. Later it expires unsent.',
      options: {
        otp: validFor('codes', 300),
        urgent: validFor('urgent messages', 86_400),
        service: validFor('service messages', 86_400),
        promotional: validFor('offers', 86_400),
      },
    },
    quota: {
      description:
        'How many messages of a purpose that goes past all others one API key may send in any hour; more is refused with 429. 0 takes the limit away.',
      options: {
        otp: quota('codes'),
        urgent: quota('urgent messages'),
      },
    },
  },
} as const satisfies Table;

function validFor<const Default extends number>(what: string, seconds: Default) {
  return {
    type: 'integer',
    description: `For ${what}.`,
    since: '0.1.0',
    unit: 's',
    default: seconds,
    example: seconds,
    minimum: 1,
    maximum: LONGEST_VALIDITY,
  } as const;
}

function quota(what: string) {
  return {
    type: 'integer',
    description: `For ${what}.`,
    since: '0.1.0',
    unit: 'messages',
    default: 60,
    example: 60,
    minimum: 0,
    maximum: 1_000_000,
  } as const;
}
