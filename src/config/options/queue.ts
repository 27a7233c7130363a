import type { Table } from '../option.ts';

export const queue = {
  description: 'How long the queue may grow, in segments that are not sent yet. 0 takes a limit away.',
  options: {
    softLimit: {
      type: 'integer',
      description: 'From here on each answer has queueDelaySeconds: about how long the message will wait for its turn.',
      since: '0.1.0',
      unit: 'segments',
      default: 10_000,
      example: 10_000,
      minimum: 0,
      maximum: 100_000_000,
    },
    hardLimit: {
      type: 'integer',
      description:
        'From here on nothing more is taken: 503 with Retry-After. Codes and urgent messages, which go past all others, are taken until a tenth more.',
      since: '0.1.0',
      unit: 'segments',
      default: 1_000_000,
      example: 1_000_000,
      minimum: 0,
      maximum: 100_000_000,
    },
  },
} as const satisfies Table;

export const delivery = {
  description: 'How messages are handed to the network.',
  options: {
    answerLimit: {
      type: 'integer',
      description:
        'How long the modem may take to answer after a segment was handed to it. A shorter limit makes more outcomes uncertain, because the network may accept what nobody waits for any more; 130 covers what networks and modems are allowed.',
      since: '0.1.0',
      unit: 's',
      default: 130,
      example: 130,
      minimum: 1,
      maximum: 600,
    },
    refuseCopies: {
      type: 'boolean',
      description:
        'Whether the service centre is asked to refuse what is sent again after a doubt, where it still holds the first copy (TP-RD). That takes a modem that leaves the reference of a segment as it is given; whether one does shows at its second segment, and one that does not is not asked again. Where the profile of a modem says that it does, it is tried also without this.',
      since: '0.1.0',
      default: false,
      example: true,
    },
    uncertain: {
      description:
        'What becomes of a segment of which nobody knows whether it went out: "resend" sends it once more, flagged possibleDuplicate; "hold" leaves it to a person.',
      options: {
        otp: uncertain('codes', 'resend'),
        urgent: uncertain('urgent messages', 'resend'),
        service: uncertain('service messages', 'resend'),
        promotional: uncertain('offers', 'hold'),
      },
    },
    uncertainAfter: {
      description: 'How long a late answer or a delivery report may still settle it before "resend" sends it again.',
      options: {
        otp: uncertainAfter('codes', 30),
        urgent: uncertainAfter('urgent messages', 120),
        service: uncertainAfter('service messages', 900),
        promotional: uncertainAfter('offers, where they are resent', 900),
      },
    },
  },
} as const satisfies Table;

export const missed = {
  description:
    'What becomes of messages whose time came while the box was off: "send" sends those that are still worth sending, "list" holds them in GET /v1/missed for a person, "drop" expires them.',
  options: {
    after: {
      type: 'integer',
      description: 'What is later than this counts as missed.',
      since: '0.1.0',
      unit: 's',
      default: 3600,
      example: 3600,
      minimum: 60,
      maximum: 2_592_000,
    },
    otp: whenMissed('codes', 'drop'),
    urgent: whenMissed('urgent messages', 'send'),
    service: whenMissed('service messages', 'list'),
    promotional: whenMissed('offers', 'list'),
  },
} as const satisfies Table;

function uncertain<const Default extends 'resend' | 'hold'>(what: string, action: Default) {
  return {
    type: 'string',
    description: `For ${what}.`,
    since: '0.1.0',
    values: ['resend', 'hold'],
    default: action,
    example: action,
  } as const;
}

function uncertainAfter<const Default extends number>(what: string, seconds: Default) {
  return {
    type: 'integer',
    description: `For ${what}.`,
    since: '0.1.0',
    unit: 's',
    default: seconds,
    example: seconds,
    minimum: 0,
    maximum: 86_400,
  } as const;
}

function whenMissed<const Default extends 'send' | 'list' | 'drop'>(what: string, rule: Default) {
  return {
    type: 'string',
    description: `For ${what}.`,
    since: '0.1.0',
    values: ['send', 'list', 'drop'],
    default: rule,
    example: rule,
  } as const;
}
