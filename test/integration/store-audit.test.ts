import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { verifyAudit } from '../../src/commands/audit.ts';
import { createKey, revokeKey } from '../../src/commands/keys.ts';
import { takeSecondFactor } from '../../src/commands/users.ts';
import { withStore } from '../../src/commands/with-store.ts';
import { makeBackup } from '../../src/store/backup.ts';
import type { AuditEntry } from '../../src/store/records/audit.ts';
import { restoreStore } from '../../src/store/restore.ts';
import { AUDIT_SCHEMA } from '../../src/store/schema-audit.ts';

let folder: string;
let config: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-audit-'));
  config = join(folder, 'simpost.toml');
  writeFileSync(config, `[store]\npath = ${JSON.stringify(join(folder, 'data'))}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const entries = (): Promise<readonly AuditEntry[]> =>
  withStore(config, async (store) => (await store.auditLog({}, { limit: 50, cursor: null })).data.toReversed());

/** Changes the file behind the store's back, as whoever has it may. */
function tamper(sql: string): void {
  const db = new Database(join(folder, 'data', 'simpost.db'));
  db.exec(sql);
  db.close();
}

const TRIGGERS_OFF = 'DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened;';

describe('the audit log', () => {
  it('X32: has the keys that the command line made and ended, by whom, and not the keys themselves', async () => {
    const key = await createKey({ name: 'desk', scopes: 'send', config });
    await revokeKey({ key: 'desk', config });
    const log = await entries();
    expect(log).toMatchObject([
      { seq: 1, actor: expect.stringMatching(/^cli:\S+$/), action: 'key.create', target: expect.stringMatching(/^key_/) },
      { seq: 2, action: 'key.revoke', target: log[0]?.target, detail: { name: 'desk' } },
    ]);
    expect(JSON.stringify(log)).not.toContain(key.slice('simpost_'.length + 6));
  });

  it('X13, X32: has the second factor that the command line took away, from somebody who has one', async () => {
    await expect(takeSecondFactor({ name: 'Olena', config })).rejects.toThrow('There is no store');
    await createKey({ name: 'desk', scopes: 'send', config });
    await expect(takeSecondFactor({ name: 'Olena', config })).rejects.toThrow('there is none at all');
    const id = 'usr_1';
    await withStore(config, async (store) => {
      const entry = { at: 1, actor: id, action: 'user.create', target: id, detail: {} } as const;
      await store.addUser({ id, name: 'Olena', role: 'owner', password: 'x', secondFactor: null, createdAt: 1 }, entry);
      await store.changeUser(id, { secondFactor: { seed: 'x', lastStep: 1, recovery: ['y'] } }, { ...entry, action: 'secondFactor.on' });
    });
    await expect(takeSecondFactor({ name: 'Ivan', config })).rejects.toThrow('There is no user "Ivan"; there are "Olena".');
    expect(await takeSecondFactor({ name: 'OLENA', config })).toMatch(/^The second factor of Olena is gone/);
    expect((await entries()).at(-1)).toMatchObject({
      actor: expect.stringMatching(/^cli:\S+$/),
      action: 'secondFactor.takeAway',
      target: id,
      detail: {},
    });
    await expect(takeSecondFactor({ name: 'Olena', config })).rejects.toThrow('Olena has no second factor');
    expect(await withStore(config, (store) => store.userNamed('Olena'))).toMatchObject({ secondFactor: null });
  });

  it('X32: takes no change from SQL, and shows one that was forced in, left out, put between or cut off', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await createKey({ name, scopes: 'send', config });
    expect(() => tamper("UPDATE audit SET actor = 'key_b'")).toThrow('the audit log is only added to');
    expect(() => tamper('DELETE FROM audit')).toThrow('the audit log is only added to');
    const whole = await verifyAudit({ config });
    expect(whole).toMatchObject({ whole: true, text: expect.stringMatching(/is whole: 4 entries.*\n4:[0-9a-f]{64}\n$/) });
    const head = whole.text.trim().split('\n').at(-1) ?? '';
    const verdictAfter = async (sql: string, noted?: string): Promise<{ text: string; whole: boolean }> => {
      tamper(`SAVEPOINT before; ${TRIGGERS_OFF} CREATE TABLE kept AS SELECT * FROM audit; ${sql}; RELEASE before`);
      const verdict = await verifyAudit({ config, ...(noted === undefined ? {} : { head: noted }) });
      tamper('DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept');
      tamper(AUDIT_SCHEMA.slice(AUDIT_SCHEMA.indexOf('CREATE TRIGGER')));
      return verdict;
    };
    const broken = (n: number) => ({ whole: false, text: expect.stringContaining(`entry ${n} was changed`) });
    expect(await verdictAfter("UPDATE audit SET detail = '{}' WHERE seq = 2")).toMatchObject(broken(2));
    expect(await verdictAfter('DELETE FROM audit WHERE seq = 1')).toMatchObject(broken(1));
    expect(await verdictAfter('DELETE FROM audit WHERE seq = 3')).toMatchObject(broken(3));
    expect(await verdictAfter('UPDATE audit SET seq = seq + 10 WHERE seq > 2')).toMatchObject(broken(3));
    expect(await verdictAfter('DELETE FROM audit WHERE seq = 4')).toMatchObject({ whole: true });
    expect(await verdictAfter('DELETE FROM audit WHERE seq = 4', head)).toMatchObject(broken(4));
    expect(await verdictAfter('SELECT 1', head)).toMatchObject({ whole: true });
    expect(await run(['audit', 'verify', '--config', config, '--head', '4:abc'])).toBe(1);
  });

  it('X32: goes on over a restore, which is in it and takes nothing of it back', async () => {
    await createKey({ name: 'before', scopes: 'send', config });
    const paths = { folder: join(folder, 'data'), now: Date.UTC(2026, 10, 22) };
    const { file } = await makeBackup({ ...paths, directory: folder });
    await createKey({ name: 'since', scopes: 'send', config });
    await restoreStore({ ...paths, file, by: 'cli:keeper' });
    expect((await entries()).map((e) => [e.actor === 'cli:keeper', e.action, e.detail.name])).toEqual([
      [false, 'key.create', 'before'],
      [false, 'key.create', 'since'],
      [true, 'store.restore', undefined],
    ]);
    expect(await verifyAudit({ config })).toMatchObject({ whole: true });
  });
});
