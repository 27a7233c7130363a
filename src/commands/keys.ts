import { rfc3339, sleep, systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { systemRandom } from '../base/random.ts';
import { makeKey, REMEMBERED, SCOPES } from '../http/auth.ts';
import type { AuditAction, AuditDetail, NewAudit } from '../store/records/audit.ts';
import { cliActor } from './system-user.ts';
import { withStore } from './with-store.ts';

/**
 * Makes an API key of 256 random bits and stores its SHA-256; the key itself exists only in the answer.
 * @returns the key
 * @throws Fault `requestInvalid` for an unknown scope, a name that cannot be or a weight out of range
 */
export async function createKey(options: { name: string; scopes: string; weight?: string; config?: string }): Promise<string> {
  const asked = options.scopes.split(',').map((s) => s.trim());
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  const unknown = asked.filter((s) => !scopes.some((scope) => scope === s));
  if (unknown.length > 0) throw new Fault('requestInvalid', `There is no scope "${unknown.join('", "')}"; there are ${SCOPES.join(', ')}.`);
  const weight = Number(options.weight ?? 1);
  if (!Number.isInteger(weight) || weight < 1 || weight > 100)
    throw new Fault('requestInvalid', `The weight "${options.weight}" must be a whole number from 1 to 100.`);
  const { key, record } = makeKey(options.name.trim(), scopes, systemClock, systemRandom, weight);
  await withStore(options.config, (store) =>
    store.createKey(record, entry('key.create', record.id, { name: record.name, scopes: scopes.join(','), weight })),
  );
  return key;
}

/**
 * Ends a key for good, and returns when a running daemon takes it no more.
 * @param options.key its id, or its name where no other key has it
 * @returns a sentence
 * @throws Fault `requestInvalid` when no key is called so, or several are
 */
export async function revokeKey(options: { key: string; config?: string }): Promise<string> {
  const key = await withStore(options.config, async (store) => {
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
  const keys = await withStore(options.config, (store) => store.keys());
  const lines = keys.map((k) => `${k.id}  ${k.prefix}…  ${rfc3339(k.createdAt)}  ${k.scopes.join(',').padEnd(10)}  ${k.name}\n`);
  return lines.length > 0 ? lines.join('') : 'There is no API key yet; make one with: simpost keys create --name NAME\n';
}

const entry = (action: AuditAction, target: string, detail: AuditDetail): NewAudit => ({
  at: systemClock.now(),
  actor: cliActor(),
  action,
  target,
  detail,
});
