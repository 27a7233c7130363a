import type { Db } from './database.ts';
import { ROLES, type SecondFactor, type User, type UserChange, type UserOutcome } from './records/user.ts';

interface UserRow extends Omit<User, 'role' | 'secondFactor'> {
  readonly role: string;
  readonly seed: string | null;
  readonly step: number | null;
  readonly recovery: string;
}

const COLUMNS = 'id, name, role, password, created_at AS createdAt, factor_seed AS seed, factor_step AS step, factor_recovery AS recovery';

/** A role of a newer Simpost may least. */
const toUser = ({ seed, step, recovery, ...row }: UserRow): User => ({
  ...row,
  role: ROLES.find((role) => role === row.role) ?? 'technician',
  secondFactor: seed === null ? null : { seed, lastStep: step ?? 0, recovery: recovery === '' ? [] : recovery.split(' ') },
});

/** People and their roles. There is an owner as soon as there is anybody, and until there is nobody. */
export class Users {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      add: writer.prepare<[string, string, string, string, number]>(
        'INSERT OR IGNORE INTO users (id, name, role, password, created_at) VALUES (?, ?, ?, ?, ?)',
      ),
      load: writer.prepare<[string], UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ?`),
      change: writer.prepare<[string, string, string]>('UPDATE users SET role = ?, password = ? WHERE id = ?'),
      setFactor: writer.prepare<[string | null, number | null, string, string]>(
        'UPDATE users SET factor_seed = ?, factor_step = ?, factor_recovery = ? WHERE id = ?',
      ),
      takeStep: writer.prepare<[number, string, string, number]>(
        'UPDATE users SET factor_step = ? WHERE id = ? AND factor_seed = ? AND factor_step < ?',
      ),
      remove: writer.prepare<[string]>('DELETE FROM users WHERE id = ?'),
      otherOwners: writer.prepare<[string], number>("SELECT count(*) FROM users WHERE role = 'owner' AND id <> ?").pluck(),
      named: reader.prepare<[string], UserRow>(`SELECT ${COLUMNS} FROM users WHERE name = ?`),
      all: reader.prepare<[], UserRow>(`SELECT ${COLUMNS} FROM users ORDER BY created_at, id`),
      accessible: reader
        .prepare<[], number>('SELECT EXISTS (SELECT 1 FROM api_keys WHERE revoked_at IS NULL) OR EXISTS (SELECT 1 FROM users)')
        .pluck(),
    };
  }

  add({ id, name, role, password, createdAt }: User): UserOutcome {
    return this.#sql.add.run(id, name, role, password, createdAt).changes === 1 ? 'done' : 'nameTaken';
  }

  change(id: string, { role, password, secondFactor }: UserChange): UserOutcome {
    const row = this.#sql.load.get(id);
    if (!row) return 'unknown';
    if (role !== undefined && role !== 'owner' && this.#isLastOwner(row)) return 'lastOwner';
    this.#sql.change.run(role ?? row.role, password ?? row.password, id);
    if (secondFactor !== undefined) this.#setFactor(id, secondFactor);
    return 'done';
  }

  takeStep(id: string, seed: string, step: number): boolean {
    return this.#sql.takeStep.run(step, id, seed, step).changes === 1;
  }

  takeRecovery(id: string, hash: string): boolean {
    const row = this.#sql.load.get(id);
    const factor = row ? toUser(row).secondFactor : null;
    if (!factor?.recovery.includes(hash)) return false;
    this.#setFactor(id, { ...factor, recovery: factor.recovery.filter((one) => one !== hash) });
    return true;
  }

  remove(id: string): UserOutcome {
    const row = this.#sql.load.get(id);
    if (!row) return 'unknown';
    if (this.#isLastOwner(row)) return 'lastOwner';
    this.#sql.remove.run(id);
    return 'done';
  }

  named(name: string): User | undefined {
    const row = this.#sql.named.get(name);
    return row && toUser(row);
  }

  all(): User[] {
    return this.#sql.all.all().map(toUser);
  }

  /** Whether there is a key or a user. */
  accessible(): boolean {
    return this.#sql.accessible.get() === 1;
  }

  #setFactor(id: string, factor: SecondFactor | null): void {
    this.#sql.setFactor.run(factor?.seed ?? null, factor?.lastStep ?? null, factor?.recovery.join(' ') ?? '', id);
  }

  #isLastOwner({ id, role }: UserRow): boolean {
    return role === 'owner' && this.#sql.otherOwners.get(id) === 0;
  }
}
