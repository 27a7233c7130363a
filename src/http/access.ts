import type { Scope } from './scopes.ts';

/** Who may use a route: whoever has one of the scopes; nobody needs any for one that is open. */
export type Access = 'open' | readonly Scope[];

const SEND = ['send', 'send:otp', 'send:urgent', 'send:service', 'send:promotional'] as const;

/** Every route there is, and who may use it. One that is missing here keeps the daemon from starting. */
export const ACCESS: Readonly<Record<string, Access>> = {
  'POST /v1/messages': SEND,
  'POST /v1/messages/batch': SEND,
  'GET /v1/messages': ['read'],
  'GET /v1/messages/:id': ['read'],
  'DELETE /v1/messages/:id': SEND,
  'POST /v1/messages/:id/resolve': SEND,
  'POST /v1/segments/preview': [...SEND, 'read'],
  'GET /v1/costs': ['read:all'],
  'POST /v1/costs/estimate': [...SEND, 'read'],
  'GET /v1/missed': ['read'],
  'POST /v1/missed/:id': SEND,
  'POST /v1/otp': ['send', 'send:otp'],
  'POST /v1/otp/:id/verify': ['send', 'send:otp'],
  'GET /v1/inbound': ['inbox'],
  'GET /v1/inbound/:id': ['inbox'],
  'GET /v1/calls': ['inbox'],
  'GET /v1/events': ['read', 'inbox'],
  'GET /v1/sims': ['read'],
  'POST /v1/sims/:iccid/ussd': ['admin'],
  'GET /v1/sims/:iccid/forwarding': ['admin'],
  'PUT /v1/sims/:iccid/forwarding': ['admin'],
  'DELETE /v1/sims/:iccid/forwarding': ['admin'],
  'GET /v1/modems': ['read'],
  'GET /v1/modems/:modem/trace': ['operate'],
  'PUT /v1/modems/:modem/trace': ['operate'],
  'GET /v1/sending': ['read', 'operate'],
  'PUT /v1/sending': ['operate'],
  'GET /v1/time': ['read', 'operate'],
  'PUT /v1/time': ['operate'],
  'GET /v1/keys': ['admin'],
  'POST /v1/keys': ['admin'],
  'DELETE /v1/keys/:id': ['admin'],
  'GET /v1/audit': ['admin'],
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /openapi.json': 'open',
  'GET /faults': 'open',
};
