import { closeSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '../base/fault.ts';
import { AsideError, runAside } from './aside.ts';
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts';

/** What an inspected file holds. */
export interface StoreFacts {
  readonly schema: number;
  readonly messages: number;
  /** Messages that are not over: held, queued, on their way or in doubt. */
  readonly open: number;
}

const HEADER = 'SQLite format 3\0';

const SCHEMA = `SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1`;

const OPEN = "SELECT count(*) FROM messages WHERE status IN ('held', 'queued', 'sending', 'uncertain')";

/**
 * Whether a file is a whole store of ours, taken as untrusted (X05): its header, whose it is, its version, that its schema is
 * the one that this program makes and nothing besides (no trigger or view of somebody else's), and every page of it. Only
 * for a file that no connection of this process has open.
 * @param shown the file as the person who gave it knows it
 * @throws Fault `storeForeign`, `storeNewer` or `storeDamaged`
 */
export async function inspectStore(file: string, shown = file): Promise<StoreFacts> {
  if (!hasHeader(file)) throw foreign(shown);
  try {
    const [application, version, schema] = await runAside(
      file,
      [{ sql: 'PRAGMA application_id' }, { sql: 'PRAGMA user_version' }, { sql: SCHEMA }],
      { readonly: true },
    );
    const found = Number(version?.[0]?.[0]);
    if (application?.[0]?.[0] !== APPLICATION_ID || !(found >= 1)) throw foreign(shown);
    if (found > MIGRATIONS.length) {
      throw new Fault(
        'storeNewer',
        `${shown} has schema ${found}, and this Simpost knows schemas up to ${MIGRATIONS.length}: it was made by a newer Simpost, so use that one.`,
      );
    }
    if (JSON.stringify(schema) !== JSON.stringify(schemaOf(found))) {
      throw new Fault('storeForeign', `${shown} has tables that are not those of Simpost; it was changed by another program.`);
    }
    const [integrity, references, messages, open] = await runAside(
      file,
      [{ sql: 'PRAGMA integrity_check(3)' }, { sql: 'PRAGMA foreign_key_check' }, { sql: 'SELECT count(*) FROM messages' }, { sql: OPEN }],
      { readonly: true },
    );
    if (integrity?.[0]?.[0] !== 'ok') throw damaged(shown, integrity?.map((row) => String(row[0])).join('; ') ?? '');
    if (references?.length !== 0) throw damaged(shown, 'rows refer to rows that are not there');
    return { schema: found, messages: Number(messages?.[0]?.[0]), open: Number(open?.[0]?.[0]) };
  } catch (error) {
    if (!(error instanceof AsideError)) throw error;
    if (error.code === 'SQLITE_NOTADB') throw foreign(shown);
    throw damaged(shown, error.message);
  }
}

const foreign = (file: string): Fault => new Fault('storeForeign', `${file} is not a store of Simpost.`);

const damaged = (file: string, how: string): Fault => new Fault('storeDamaged', `${file} is damaged (${how}).`);

function hasHeader(file: string): boolean {
  const octets = Buffer.alloc(HEADER.length);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, octets, 0, octets.length, 0);
  } finally {
    closeSync(fd);
  }
  return octets.toString('latin1') === HEADER;
}

/** What `SCHEMA` answers of a store with that version. */
function schemaOf(version: number): unknown[] {
  const db = new Database(':memory:');
  try {
    for (const migration of MIGRATIONS.slice(0, version)) db.exec(migration);
    return db.prepare(SCHEMA).raw().all();
  } finally {
    db.close();
  }
}
