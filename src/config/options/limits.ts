import type { Table } from '../option.ts';

export const limits = {
  description: 'How much one program may ask of the API, so that none of them shuts the others out. 0 takes a limit away.',
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
      description: 'Batches that are read at a time, of up to 8 MB each. What is more is answered 503, and may come again a second later.',
      since: '0.1.0',
      unit: 'batches',
      default: 8,
      example: 8,
      minimum: 0,
      maximum: 100,
    },
  },
} as const satisfies Table;
