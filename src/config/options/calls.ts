import type { Table } from '../option.ts';

export const calls = {
  description: 'Calls to the SIMs. They are never answered; each is kept and told of, so that somebody can call back.',
  options: {
    hangUpAfter: {
      type: 'integer',
      description: 'How long a call may ring before it is hung up; 0 lets it ring until the caller gives up.',
      since: '0.1.0',
      unit: 's',
      default: 0,
      example: 20,
      minimum: 0,
      maximum: 120,
    },
  },
} as const satisfies Table;
