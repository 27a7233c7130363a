import type { Table } from '../option.ts';

export const http = {
  description: 'The HTTP API.',
  options: {
    listen: {
      type: 'string',
      description:
        'Address and port of the API, such as 127.0.0.1:8025 or [::1]:8025; port 0 takes any free one. Anything but this machine itself (loopback) is refused unless insecureLan is true.',
      since: '0.1.0',
      format: 'listen',
      default: '127.0.0.1:8025',
      example: '127.0.0.1:8025',
      essential: true,
    },
    hosts: {
      type: 'texts',
      description:
        'Names by which the box is called besides its addresses, "localhost", and the name of this machine. A request for another name is answered 421, since a page of somebody else could have its own name lead here.',
      since: '0.1.0',
      format: 'hostName',
      default: [],
      example: ['sms.clinic.example'],
    },
    insecureLan: {
      type: 'boolean',
      description:
        'Allows listen to name an address that other machines reach. API keys and texts then cross the network in the clear, readable by whoever listens in: only for a network that you trust whole.',
      since: '0.1.0',
      default: false,
      example: true,
    },
  },
} as const satisfies Table;
