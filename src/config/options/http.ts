import type { Table } from '../option.ts';

export const http = {
  description: 'The HTTP API.',
  options: {
    listen: {
      type: 'string',
      description:
        'Address and port of the API, such as 127.0.0.1:8025 or [::1]:8025; port 0 takes any free one. Anything but this machine itself (loopback) is refused unless there is a certFile, or insecureLan is true.',
      since: '0.1.0',
      format: 'listen',
      default: '127.0.0.1:8025',
      example: '127.0.0.1:8025',
      essential: true,
    },
    setupListen: {
      type: 'string',
      description:
        'Where a new box may be set up from its network after `simpost setup-token`, over TLS: for an hour after its start, while it has neither owner nor API key.',
      since: '0.1.0',
      format: 'listen',
      default: '0.0.0.0:8443',
      example: '0.0.0.0:8443',
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
    certFile: {
      type: 'string',
      description:
        'A certificate in PEM, with those between it and its root: the API then speaks TLS. `simpost tls init` makes one. A path that is not absolute counts from the folder of this file.',
      since: '0.1.0',
      format: 'folder',
      optional: true,
      example: '/var/lib/simpost/tls/server.crt',
    },
    keyFile: {
      type: 'string',
      description: 'The private key of certFile, in PEM, for the user of the daemon alone.',
      since: '0.1.0',
      format: 'folder',
      optional: true,
      example: '/var/lib/simpost/tls/server.key',
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
