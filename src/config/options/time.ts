import type { Table } from '../option.ts';

export const time = {
  description: 'Whether the clock of the machine is to be believed.',
  options: {
    trust: {
      type: 'string',
      description:
        'Whether the clock is believed: "auto" believes it when the time service of the system, two sources of the mobile network, a battery clock, the host of a virtual machine or a person confirms it; until then codes and urgent messages go at once, service messages after a minute, and offers, schedules and expiry wait. "always" believes it from the start.',
      since: '0.1.0',
      values: ['auto', 'always'],
      default: 'auto',
      example: 'auto',
    },
  },
} as const satisfies Table;
