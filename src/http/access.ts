import { ROLES, type Role } from '../store/records/user.ts';
import { heldScopes, SCOPES, type Scope } from './scopes.ts';

/**
 * Who may use a route: whoever has one of the scopes, by a key or by a role; `anyone` with a key or a session; everybody, where it is
 * `open`, as soon as the box has an owner or a key; or `always` everybody.
 */
export type Access = 'always' | 'open' | 'anyone' | readonly Scope[];

/** What the roles of people hold. A technician sees no text, and numbers masked. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  desk: ['send', 'read:all'],
  readOnly: ['read:all'],
  technician: ['read:all', 'operate'],
};

const SEND = ['send', 'send:otp', 'send:urgent', 'send:service', 'send:promotional'] as const;

/** Every route there is, and who may use it. One that is missing here keeps the daemon from starting. */
export const ACCESS: Readonly<Record<string, Access>> = {
  'POST /v1/messages': SEND,
  'POST /v1/messages/batch': SEND,
  'GET /v1/messages': ['read'],
  'GET /v1/messages/:id': ['read'],
  'DELETE /v1/messages/:id': SEND,
  'POST /v1/messages/:id/resolve': SEND,
  'POST /v1/messages/:id/release': ['operate'],
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
  'POST /v1/persons/export': ['admin'],
  'POST /v1/persons/erase': ['admin'],
  'GET /v1/alerts': ['read', 'operate'],
  'POST /v1/alerts/test': ['admin'],
  'GET /v1/webhooks': ['admin'],
  'POST /v1/webhooks': ['admin'],
  'PUT /v1/webhooks/:id': ['admin'],
  'DELETE /v1/webhooks/:id': ['admin'],
  'POST /v1/webhooks/:id/secret': ['admin'],
  'GET /v1/webhooks/:id/deliveries': ['admin'],
  'POST /v1/webhooks/:id/resend': ['admin'],
  'GET /v1/sims': ['read'],
  'POST /v1/sims/:iccid/top-up': ['operate'],
  'PUT /v1/sims/:iccid/retirement': ['operate'],
  'DELETE /v1/sims/:iccid/retirement': ['operate'],
  'POST /v1/sims/:iccid/ussd': ['admin'],
  'GET /v1/sims/:iccid/forwarding': ['admin'],
  'PUT /v1/sims/:iccid/forwarding': ['admin'],
  'DELETE /v1/sims/:iccid/forwarding': ['admin'],
  'GET /v1/modems': ['read'],
  'GET /v1/modems/:modem/trace': ['operate'],
  'PUT /v1/modems/:modem/trace': ['operate'],
  'GET /v1/sending': ['read', 'operate'],
  'PUT /v1/sending': ['operate'],
  'GET /v1/backups': ['read', 'operate'],
  'POST /v1/backups': ['operate'],
  'POST /v1/consents': SEND,
  'GET /v1/consents': ['inbox'],
  'GET /v1/tasks': ['inbox'],
  'POST /v1/tasks/:id/done': SEND,
  'POST /v1/suppressions': SEND,
  'GET /v1/suppressions': ['read'],
  'DELETE /v1/suppressions': ['operate'],
  'GET /v1/suppressions/state': ['read'],
  'PUT /v1/suppressions/state': ['admin'],
  'POST /v1/suppressions/import': SEND,
  'GET /v1/templates': ['read', ...SEND],
  'GET /v1/templates/:name': ['read', ...SEND],
  'PUT /v1/templates/:name': ['send'],
  'DELETE /v1/templates/:name': ['send'],
  'POST /v1/templates/preview': [...SEND, 'read'],
  'GET /v1/time': ['read', 'operate'],
  'PUT /v1/time': ['operate'],
  'GET /v1/keys': ['admin'],
  'POST /v1/keys': ['admin'],
  'DELETE /v1/keys/:id': ['admin'],
  'GET /v1/users': ['admin'],
  'POST /v1/users': ['admin'],
  'PUT /v1/users/:id': ['admin'],
  'DELETE /v1/users/:id': ['admin'],
  'GET /v1/audit': ['admin'],
  'POST /v1/session': 'open',
  'GET /v1/session': 'anyone',
  'DELETE /v1/session': 'anyone',
  'POST /v1/setup': 'always',
  'GET /healthz': 'always',
  'GET /readyz': 'always',
  'GET /metrics': ['read', 'operate'],
  'GET /openapi.json': 'open',
  'GET /faults': 'open',
};

/** The roles that may use a route with these scopes. */
export const rolesWith = (scopes: readonly Scope[]): Role[] =>
  ROLES.filter((role) => scopes.some((scope) => heldScopes(ROLE_SCOPES[role]).has(scope)));
