import type { Table } from '../option.ts';

/** Seconds: webhooks are tried for two days and carry the text each time. */
const SHORTEST_RETENTION = 3 * 86_400;

/** Seconds. */
const LONGEST_RETENTION = 3650 * 86_400;

export const store = {
  description: 'Where messages, replies and API keys are kept.',
  options: {
    path: {
      type: 'string',
      description:
        'The data folder; it is made if it is not there. A path that is not absolute counts from the folder of this file (from the environment: from the working directory).',
      since: '0.1.0',
      format: 'folder',
      default: '/var/lib/simpost',
      example: '/var/lib/simpost',
      essential: true,
    },
  },
} as const satisfies Table;

export const backup = {
  description: 'Copies of the store that the daemon makes by itself, each checked before it counts.',
  options: {
    every: {
      type: 'integer',
      description: 'From one backup to the next; 0 makes none.',
      since: '0.1.0',
      unit: 's',
      default: 86_400,
      example: 86_400,
      minimum: 0,
      maximum: 2_592_000,
    },
    directory: {
      type: 'string',
      description:
        'Where they go; the folder "backups" in the data folder unless set. Name another disk, so that they outlive the one that the store is on.',
      since: '0.1.0',
      format: 'folder',
      optional: true,
      example: '/mnt/usb/simpost',
    },
    keep: {
      type: 'integer',
      description: 'How many of them are kept. They hold texts that retention has erased since: every times keep is how long.',
      since: '0.1.0',
      unit: 'backups',
      default: 7,
      example: 7,
      minimum: 1,
      maximum: 1000,
    },
  },
} as const satisfies Table;

export const retention = {
  description: 'How long what people wrote is kept. Later the text is erased; number, status, history and totals stay.',
  options: {
    text: {
      description: 'From acceptance, or from receipt. A text that may still be sent is never erased.',
      options: {
        otp: {
          type: 'integer',
          description: 'Of codes; one whose message is final is erased at once.',
          since: '0.1.0',
          unit: 's',
          default: 86_400,
          example: 86_400,
          minimum: 0,
          maximum: LONGEST_RETENTION,
        },
        urgent: kept('Of urgent messages.'),
        service: kept('Of service messages.'),
        promotional: kept('Of offers.'),
        inbound: kept('Of what clients write, with the raw PDUs.'),
      },
    },
  },
} as const satisfies Table;

function kept(what: string) {
  return {
    type: 'integer',
    description: what,
    since: '0.1.0',
    unit: 's',
    default: 2_592_000,
    example: 2_592_000,
    minimum: SHORTEST_RETENTION,
    maximum: LONGEST_RETENTION,
  } as const;
}
