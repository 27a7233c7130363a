import type { Table } from '../option.ts';

export const log = {
  description: 'The log, JSON lines on standard error. It never holds texts, codes or whole numbers.',
  options: {
    level: {
      type: 'string',
      description: 'The least weighty line that is still written.',
      since: '0.1.0',
      values: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      default: 'info',
      example: 'info',
    },
  },
} as const satisfies Table;
