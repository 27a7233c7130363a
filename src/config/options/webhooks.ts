import type { Table } from '../option.ts';

export const webhooks = {
  description: 'Webhooks that are added by API (POST /v1/webhooks). They lead to public addresses only, unless allowed here.',
  options: {
    allow: {
      type: 'texts',
      description:
        'Networks and addresses that they may lead to besides. Whoever may add webhooks can then make the box ask whatever is there.',
      since: '0.1.0',
      format: 'network',
      default: [],
      example: ['192.168.1.0/24'],
    },
  },
} as const satisfies Table;

export const webhook = {
  description: 'An address that is told of events; one [[webhook]] for each.',
  list: true,
  options: {
    url: {
      type: 'string',
      description: 'Where events are posted as JSON, signed as Standard Webhooks says.',
      since: '0.1.0',
      format: 'url',
      example: 'http://127.0.0.1:9000/sms',
    },
    secret: {
      type: 'string',
      description:
        'The key of the signature: whsec_ and the base64 of 24 to 64 random octets. Make one so:\necho "whsec_$(openssl rand -base64 32)"',
      since: '0.1.0',
      format: 'webhookSecret',
      secret: true,
      example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    },
    previousSecret: {
      type: 'string',
      description:
        'The secret of before, while a receiver still knows only that: calls are signed with both. Take it out once the receiver knows the new one.',
      since: '0.1.0',
      format: 'webhookSecret',
      secret: true,
      optional: true,
      example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    },
    events: {
      type: 'texts',
      description:
        'Which events: names such as "message.delivered", "inbound.received" and "call.missed", "message.*" for a family, "*" for all.',
      since: '0.1.0',
      format: 'eventType',
      default: ['*'],
      example: ['*'],
    },
  },
} as const satisfies Table;
