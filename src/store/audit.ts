import { hash } from 'node:crypto';
import type { Db } from './database.ts';
import type { AuditDetail, AuditEntry, AuditFilter, AuditMark, AuditVerdict, NewAudit } from './records/audit.ts';
import type { Listing, Page } from './records/listing.ts';
import { rowCursor, rowIn } from './row-cursor.ts';

/** An entry as it stands in the file. */
export interface AuditRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly detail: string;
  readonly hash: string;
}

/** The hash before the first entry. */
const BEGINNING = '0'.repeat(64);

const COLUMNS = 'seq, at, actor, action, target, detail, hash';

/** Entries that are verified between two turns of the event loop. */
const STEP = 500;

/**
 * The hash of an entry: SHA-256, hex, over the hash of the one before, a line feed, and the JSON array of its own columns. So
 * an entry cannot be changed, left out or put between without changing all that follow.
 */
function hashOf(before: string, { seq, at, actor, action, target, detail }: Omit<AuditRow, 'hash'>): string {
  return hash('sha256', `${before}\n${JSON.stringify([seq, at, actor, action, target, detail])}`, 'hex');
}

const canonical = (detail: AuditDetail): string =>
  JSON.stringify(Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1))));

/** The audit log: only added to, each entry chained to the one before. */
export class Audit {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      // Read with each entry, in its transaction: the command line may have written since.
      last: writer.prepare<[], AuditMark>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1'),
      add: writer.prepare<[number, number, string, string, string | null, string, string]>(
        `INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ),
      page: reader.prepare<[below: number, since: number, limit: number], AuditRow>(
        `SELECT ${COLUMNS} FROM audit WHERE seq < ? AND at >= ? ORDER BY seq DESC LIMIT ?`,
      ),
      after: reader.prepare<[seq: number, limit: number], AuditRow>(`SELECT ${COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`),
    };
  }

  add({ at, actor, action, target, detail }: NewAudit): void {
    const before = this.#sql.last.get();
    const row = { seq: (before?.seq ?? 0) + 1, at, actor, action, target, detail: canonical(detail) };
    this.#insert({ ...row, hash: hashOf(before?.hash ?? BEGINNING, row) });
  }

  /** Goes on with a log that was written elsewhere, if this one is how it began. @returns whether it is */
  goOnWith(rows: readonly AuditRow[]): boolean {
    const last = this.#sql.last.get();
    if (last && rows.find((row) => row.seq === last.seq)?.hash !== last.hash) return false;
    for (const row of rows) if (row.seq > (last?.seq ?? 0)) this.#insert(row);
    return true;
  }

  /** Newest first. @throws Fault `cursorInvalid` */
  list({ since }: AuditFilter, page: Page): Listing<AuditEntry> {
    const list = ['audit', since];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    const rows = this.#sql.page.all(below, since ?? Number.MIN_SAFE_INTEGER, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(entryOf), nextCursor: last ? rowCursor(list, last.seq) : null };
  }

  /**
   * Reads the whole log and follows its chain. What was cut off at its end leaves no mark in it: that shows by an entry which
   * somebody has noted.
   * @param noted an entry that the log must have
   */
  async verify(noted?: AuditMark): Promise<AuditVerdict> {
    let head: AuditMark = { seq: 0, hash: BEGINNING };
    let brokenAt: number | null = null;
    for (;;) {
      const rows = this.#sql.after.all(head.seq, STEP);
      for (const row of rows) {
        const right =
          row.seq === head.seq + 1 && row.hash === hashOf(head.hash, row) && (noted?.seq !== row.seq || noted.hash === row.hash);
        if (!right) brokenAt ??= head.seq + 1;
        head = { seq: row.seq, hash: row.hash };
      }
      if (rows.length < STEP) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (noted && noted.seq > head.seq) brokenAt ??= head.seq + 1;
    return { entries: head.seq, head: head.seq === 0 ? null : head, brokenAt };
  }

  #insert({ seq, at, actor, action, target, detail, hash: chained }: AuditRow): void {
    this.#sql.add.run(seq, at, actor, action, target, detail, chained);
  }
}

/** A log to go on with, as it stands in a store; nothing where an older Simpost kept none. */
export function auditRows(db: Db): AuditRow[] {
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit'").get() === undefined) return [];
  return db.prepare<[], AuditRow>(`SELECT ${COLUMNS} FROM audit ORDER BY seq`).all();
}

function entryOf(row: AuditRow): AuditEntry {
  const detail: AuditDetail = JSON.parse(row.detail);
  return { ...row, detail };
}
