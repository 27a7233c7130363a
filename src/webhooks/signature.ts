import { createHmac } from 'node:crypto';
import { Fault } from '../base/fault.ts';

const SECRET_WORD = 'whsec_';
/** Octets of a secret, as Standard Webhooks allows them. */
const SHORTEST = 24;
const LONGEST = 64;

/**
 * The octets of a secret that is written as `whsec_` and base64.
 * @throws Fault `configInvalid`
 */
export function secretOctets(written: string): Buffer {
  const encoded = written.trim();
  const octets = Buffer.from(encoded.slice(SECRET_WORD.length), 'base64');
  const canonical = octets.toString('base64').replace(/=+$/, '');
  if (!encoded.startsWith(SECRET_WORD) || canonical !== encoded.slice(SECRET_WORD.length).replace(/=+$/, '')) {
    throw new Fault(
      'configInvalid',
      'A webhook secret is written as whsec_ and base64; make one with: echo "whsec_$(openssl rand -base64 32)".',
    );
  }
  if (octets.length < SHORTEST || octets.length > LONGEST) {
    throw new Fault(
      'configInvalid',
      `A webhook secret has ${SHORTEST} to ${LONGEST} octets behind its base64, this one has ${octets.length}.`,
    );
  }
  return octets;
}

/**
 * The headers that let a receiver know that a call is ours and fresh (Standard Webhooks 1.0.0).
 * @param secrets one, or two while one takes over from the other: a receiver knows a call by either
 * @param id the one id of the event, the same at every try
 * @param at milliseconds since 1970 of this try
 * @param body the octets as they are sent
 */
export function signedHeaders(secrets: readonly Buffer[], id: string, at: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/**
 * The secret of an endpoint that was added by API. It is made of a key of this installation and kept nowhere, so no copy of the store
 * tells it.
 * @param turn how often it was changed
 */
export function derivedSecret(key: Buffer, endpoint: string, turn: number): string {
  return `${SECRET_WORD}${createHmac('sha256', key).update(`${endpoint}.${turn}`).digest('base64')}`;
}
