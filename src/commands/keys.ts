import { rfc3339, sleep, systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { systemRandom } from '../base/random.ts';
import { readInstant } from '../base/rfc3339.ts';
import { REMEMBERED } from '../http/auth.ts';
import { makeKey } from '../http/new-key.ts';
import { SCOPES } from '../http/scopes.ts';
import type { AuditAction, AuditDetail, NewAudit } from '../store/records/audit.ts';
import { cliActor } from './system-user.ts';
import { withExistingStore, withStore } from './with-store.ts';

export interface CreateKeyCommand {
  readonly name: string;
  readonly scopes: string;
  readonly weight?: string;
  /** RFC 3339. */
  readonly expires?: string;
  readonly allowFrom?: string;
  readonly perHour?: string;
  readonly perDay?: string;
  readonly config?: string;
}

/**
 * Makes an API key of 256 random bits and stores its SHA-256; the key itself exists only in the answer.
 * @returns the key
 * @throws Fault `requestInvalid` for an unknown scope, a name that cannot be, a number out of range, a network or a time that is none
 */
export async function createKey(options: CreateKeyCommand): Promise<string> {
  const asked = list(options.scopes);
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  const unknown = asked.filter((s) => !scopes.some((scope) => scope === s));
  if (unknown.length > 0) throw new Fault('requestInvalid', `There is no scope "${unknown.join('", "')}"; there are ${SCOPES.join(', ')}.`);
  const weight = number('weight', options.weight ?? '1', 1, 100);
  const perHour = number('cap for an hour', options.perHour ?? '0', 0, MOST_PER);
  const perDay = number('cap for a day', options.perDay ?? '0', 0, MOST_PER);
  const allowFrom = options.allowFrom === undefined ? [] : list(options.allowFrom);
  const end = options.expires === undefined ? {} : { expiresAt: instant(options.expires) };
  const wish = { name: options.name.trim(), scopes, weight, allowFrom, perHour, perDay, ...end };
  const { key, record } = makeKey(wish, systemClock, systemRandom);
  const audit = entry('key.create', record.id, { name: record.name, scopes: scopes.join(' ') });
  await withStore(options.config, (store) => store.createKey(record, audit));
  return key;
}

/** Messages that a cap can be. */
const MOST_PER = 100_000;

const list = (written: string): string[] => written.split(',').map((s) => s.trim());

function number(what: string, written: string, least: number, most: number): number {
  const n = Number(written);
  if (Number.isInteger(n) && n >= least && n <= most) return n;
  throw new Fault('requestInvalid', `The ${what} "${written}" must be a whole number from ${least} to ${most}.`);
}

function instant(written: string): number {
  const ms = readInstant(written);
  if (ms !== undefined) return ms;
  throw new Fault(
    'requestInvalid',
    `"${written}" is no time that exists; write it as RFC 3339 with an offset, such as 2027-11-22T10:00:00Z.`,
  );
}

/**
 * Ends a key for good, and returns when a running daemon takes it no more.
 * @param options.key its id, or its name where no other key has it
 * @returns a sentence
 * @throws Fault `requestInvalid` when no key is called so, or several are
 */
export async function revokeKey(options: { key: string; config?: string }): Promise<string> {
  const key = await withExistingStore(options.config, async (store) => {
    const all = await store.keys();
    const meant = all.filter((k) => k.id === options.key);
    const found = meant.length > 0 ? meant : all.filter((k) => k.name === options.key);
    const [only] = found;
    if (only === undefined) {
      throw new Fault('requestInvalid', `There is no key "${options.key}"; \`simpost keys list\` shows their ids and names.`);
    }
    if (found.length > 1) {
      const ids = found.map((k) => `${k.id} (${k.prefix}…)`).join(', ');
      throw new Fault('requestInvalid', `${found.length} keys are called "${options.key}"; give the id of one: ${ids}.`);
    }
    await store.revokeKey(only.id, systemClock.now(), entry('key.revoke', only.id, { name: only.name }));
    return only;
  });
  await sleep(systemClock, REMEMBERED);
  return `The key "${key.name}" (${key.id}, ${key.prefix}…) is revoked: from now on nothing opens with it.\n`;
}

/** The keys as a table, one a line. */
export async function listKeys(options: { config?: string }): Promise<string> {
  const keys = await withExistingStore(options.config, (store) => store.keys());
  const lines = keys.map((k) => {
    const facts = [
      k.lastUsedAt === null ? 'never used' : `used ${rfc3339(k.lastUsedAt)}`,
      ...(k.expiresAt === null ? [] : [`until ${rfc3339(k.expiresAt)}`]),
      ...(k.allowFrom.length === 0 ? [] : [`from ${k.allowFrom.join(' ')}`]),
    ];
    return `${k.id}  ${k.prefix}…  ${rfc3339(k.createdAt)}  ${k.scopes.join(',').padEnd(10)}  ${k.name} (${facts.join(', ')})\n`;
  });
  return lines.length > 0
    ? lines.join('')
    : 'There is no API key yet; make one with: simpost keys create --name NAME (with --config FILE, where this is not the store that you mean)\n';
}

const entry = (action: AuditAction, target: string, detail: AuditDetail): NewAudit => ({
  at: systemClock.now(),
  actor: cliActor(),
  action,
  target,
  detail,
});
