import type { Table } from '../option.ts';

export const balance = {
  description: 'What is left on the SIMs, asked by USSD and shown in GET /v1/sims.',
  options: {
    every: {
      type: 'integer',
      description: 'How often each SIM is asked; 0 never, else at least 300. Most operators answer for nothing, but not all: look it up.',
      since: '0.1.0',
      unit: 's',
      default: 0,
      example: 21_600,
      minimum: 0,
      maximum: 2_678_400,
    },
    operatorsFile: {
      type: 'string',
      description:
        'A JSON file with codes and patterns of your own operators, which come before the bundled ones; the manual shows one. A path that is not absolute counts from the folder of this file.',
      since: '0.1.0',
      format: 'folder',
      optional: true,
      example: '/etc/simpost/operators.json',
    },
  },
} as const satisfies Table;
