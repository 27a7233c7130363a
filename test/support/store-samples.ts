import type { NewIdempotency } from '../../src/store/records/acceptance.ts';
import type { GroupKey, NewReceived } from '../../src/store/records/inbound.ts';
import type { NewApiKey } from '../../src/store/records/key.ts';
import type { NewMessage, PolicyRecord } from '../../src/store/records/message.ts';
import type { Claim } from '../../src/store/records/queue.ts';
import type { NewReport } from '../../src/store/records/report.ts';
import type { Store } from '../../src/store/store.ts';

/** Things to put into a store, plain unless a test says otherwise. */

export const SIM_A = '8938001000000000001';
export const SIM_B = '8938001000000000002';
export const SIM_C = '8938001000000000003';

export const DAY = 86_400_000;

const SEND: PolicyRecord = { decision: 'send', until: null, rules: [{ rule: 'country', verdict: 'pass', reason: 'countryAllowed' }] };

let count = 0;

const nextId = (kind: string): string => {
  count += 1;
  return `${kind}_${String(count).padStart(24, '0')}`;
};

export function newMessage(now: number, over: Partial<NewMessage> = {}): NewMessage {
  const text = over.text ?? 'Вас записано на 10:30.';
  return {
    id: nextId('msg'),
    keyId: 'key_1',
    to: '+380501234567',
    text,
    purpose: 'service',
    alphabet: 'ucs2',
    segments: [{ text }],
    flash: false,
    transliterated: false,
    topic: null,
    isOwnReply: false,
    reference: null,
    sim: null,
    sendAt: null,
    notAfter: null,
    sendsAnyway: false,
    exempt: null,
    acceptedAt: now,
    expiresAt: now + DAY,
    policy: SEND,
    held: null,
    ...over,
  };
}

/** A message of `n` segments. */
export function longMessage(now: number, n: number, over: Partial<NewMessage> = {}): NewMessage {
  const segments = Array.from({ length: n }, (_, i) => ({ text: `частина ${i + 1} 😀 ` }));
  return newMessage(now, { text: segments.map((s) => s.text).join(''), segments, ...over });
}

export const idempotency = (at: number, over: Partial<NewIdempotency> = {}): NewIdempotency => ({
  keyId: 'key_1',
  idempotencyKey: 'order-17',
  bodyHash: 'a'.repeat(64),
  status: 202,
  response: '{"id":"msg_1"}',
  location: '/v1/messages/msg_1',
  at,
  ...over,
});

export function claimOn(store: Store, iccid: string, now: number, predictedMr: number | null = null): Promise<Claim | undefined> {
  return store.claim({ iccid, imei: '356938035643809', predictedMr, now });
}

/** Claims, and fails the test when there is nothing. */
export async function mustClaim(store: Store, iccid: string, now: number, predictedMr: number | null = null): Promise<Claim> {
  const claim = await claimOn(store, iccid, now, predictedMr);
  if (!claim) throw new Error(`nothing to claim for ${iccid}`);
  return claim;
}

export const newReport = (claim: Pick<Claim, 'to' | 'attemptId'>, at: number, over: Partial<NewReport> = {}): NewReport => ({
  iccid: SIM_A,
  mr: 7,
  recipient: claim.to,
  tpStatus: 0,
  meaning: 'delivered',
  smscAt: at - 5000,
  dischargedAt: at - 1000,
  receivedAt: at,
  pdu: `06${nextId('').slice(-8)}`,
  attemptId: claim.attemptId,
  ...over,
});

export function newReceived(at: number, over: Partial<NewReceived> = {}): NewReceived {
  return {
    inboundId: nextId('in'),
    iccid: SIM_A,
    imei: '356938035643809',
    from: '+380671112233',
    text: 'ПЕРЕНОС',
    alphabet: 'ucs2',
    smscAt: at - 2000,
    smscTime: '2026-11-22T12:00:00+02:00',
    receivedAt: at,
    pdu: `0791${nextId('').slice(-10)}`,
    placement: { kind: 'single' },
    answers: null,
    ...over,
  };
}

export const groupKey = (total: number, over: Partial<GroupKey> = {}): GroupKey => ({
  iccid: SIM_A,
  from: '+380671112233',
  ref: 17,
  bits: 8,
  total,
  ...over,
});

/** The status of a message, and its reason. */
export async function statusOf(store: Store, id: string): Promise<string> {
  const message = await store.message(id);
  if (!message) throw new Error(`no message ${id}`);
  return message.reason === null ? message.status : `${message.status} ${message.reason}`;
}

/** The history of a message as words: `queued`, `sending`, `failed partial`. */
export async function historyOf(store: Store, id: string): Promise<string[]> {
  const message = await store.message(id);
  return (message?.events ?? []).map((e) => `${e.type.replace('message.', '')}${e.reason === null ? '' : ` ${e.reason}`}`);
}

/** An API key as it goes into the store. */
export function newKey(over: Partial<NewApiKey> = {}): NewApiKey {
  const any = { weight: 1, expiresAt: null, allowFrom: [], perHour: 0, perDay: 0 };
  return { id: 'key_1', name: 'desk', prefix: 'sp_ab', hash: 'c'.repeat(64), scopes: ['send'], createdAt: 0, ...any, ...over };
}
