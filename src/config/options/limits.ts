import type { Table } from '../option.ts';

export const limits = {
  description:
    'What no program may do, nor one gone wrong, nor a stolen key: more is refused with 429. Offers to one number are left to [caps]. 0 takes a limit away.',
  options: {
    requestsPerSecond: {
      type: 'integer',
      description:
        'Requests of one API key, of one user, or of one address that has neither, in a second; a whole batch is one. What is more is answered 429.',
      since: '0.1.0',
      unit: 'requests',
      default: 100,
      example: 100,
      minimum: 0,
      maximum: 100_000,
    },
    connections: {
      type: 'integer',
      description: 'Connections to the API at a time. What is more is closed at once.',
      since: '0.1.0',
      unit: 'connections',
      default: 500,
      example: 500,
      minimum: 0,
      maximum: 60_000,
    },
    batchesAtOnce: {
      type: 'integer',
      description:
        'Batches that are read at a time, of up to 8 MB each. What is more waits for its turn, for five seconds at most; then it is answered 503, and may come again a second later.',
      since: '0.1.0',
      unit: 'batches',
      default: 8,
      example: 8,
      minimum: 0,
      maximum: 100,
    },
    recipientPerHour: limit('Messages to one number in an hour, from all keys.', 5),
    recipientPerDay: limit('Messages to one number in 24 hours, from all keys.', 20),
    otpPerTenMinutes: limit('Codes to one number in ten minutes, from all keys.', 3),
    adjacentNumbers: limit(
      'Different numbers next to each other (less than a hundred apart) in ten minutes. At this many no more goes to numbers like these for an hour, and the event limits.adjacentNumbers says so. Offers do not count.',
      10,
    ),
    costPerDay: {
      type: 'string',
      description:
        'What messages of 24 hours may cost together, by the prices of [[sim]] and [simDefaults] in this currency; nothing more is taken then but our own replies to clients, and the alert costReached says so. No limit where it is not set.',
      since: '0.1.0',
      format: 'money',
      optional: true,
      example: '300 UAH',
    },
  },
} as const satisfies Table;

function limit<const Default extends number>(description: string, most: Default) {
  return {
    type: 'integer',
    description,
    since: '0.1.0',
    unit: 'messages',
    default: most,
    example: most,
    minimum: 0,
    maximum: 100_000,
  } as const;
}
