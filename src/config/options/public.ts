import type { Table } from '../option.ts';

export const publicPages = {
  description:
    'Pages for clients, on a port of their own where nothing else can be reached: how to get no more texts. Put a web server with a certificate before it that is reached from outside.',
  options: {
    listen: {
      type: 'string',
      description: 'Address and port of the pages. While it is not set there are none, and no text may hold {optOutLink}.',
      since: '0.1.0',
      format: 'listen',
      optional: true,
      example: '127.0.0.1:8026',
    },
    baseUrl: {
      type: 'string',
      description: 'How clients reach them: what links begin with. The shorter, the cheaper the texts.',
      since: '0.1.0',
      format: 'baseUrl',
      optional: true,
      example: 'https://s.clinic.example',
    },
  },
} as const satisfies Table;
