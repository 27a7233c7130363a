import type { Db } from './database.ts';
import { ROLES, type User, type UserChange, type UserOutcome } from './records/user.ts';

interface UserRow extends Omit<User, 'role'> {
  readonly role: string;
}

const COLUMNS = 'id, name, role, password, created_at AS createdAt';

/** A role of a newer Simpost may least. */
const toUser = (row: UserRow): User => ({ ...row, role: ROLES.find((role) => role === row.role) ?? 'technician' });

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

  change(id: string, { role, password }: UserChange): UserOutcome {
    const row = this.#sql.load.get(id);
    if (!row) return 'unknown';
    if (role !== undefined && role !== 'owner' && this.#isLastOwner(row)) return 'lastOwner';
    this.#sql.change.run(role ?? row.role, password ?? row.password, id);
    return 'done';
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

  #isLastOwner({ id, role }: UserRow): boolean {
    return role === 'owner' && this.#sql.otherOwners.get(id) === 0;
  }
}
