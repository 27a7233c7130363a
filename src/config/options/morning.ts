import type { Table } from '../option.ts';

export const morning = {
  description: 'A text to the owner every morning: how many visits there are today, how many are confirmed, how long the SIMs last.',
  options: {
    phone: {
      type: 'string',
      description: 'To whom it goes. While it is not set, nobody gets it.',
      since: '0.1.0',
      format: 'fullNumber',
      optional: true,
      example: '+380501234567',
    },
    at: {
      type: 'string',
      description: 'When, by the clocks of the site.',
      since: '0.1.0',
      format: 'timeOfDay',
      default: '08:30',
      example: '08:30',
    },
  },
} as const satisfies Table;
