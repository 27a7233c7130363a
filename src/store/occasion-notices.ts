import type { Db } from './database.ts';
import type { OccasionNotice } from './records/occasion-notice.ts';

interface NoticeRow extends Omit<OccasionNotice, 'refs'> {
  readonly refs: string;
}

const COLUMNS = 'id, key_id AS keyId, what, refs, at, due_at AS dueAt, state';

/** News for many, until everybody has it. */
export class OccasionNotices {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      add: writer.prepare<[string, string, string, string, number, number]>(
        "INSERT INTO occasion_notices (id, key_id, what, refs, at, due_at, state) VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
      ),
      end: writer.prepare<['begun' | 'undone', string]>("UPDATE occasion_notices SET state = ? WHERE id = ? AND state = 'waiting'"),
      find: reader.prepare<[string], NoticeRow>(`SELECT ${COLUMNS} FROM occasion_notices WHERE id = ?`),
      due: reader.prepare<[number], NoticeRow>(
        `SELECT ${COLUMNS} FROM occasion_notices INDEXED BY occasion_notices_waiting WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT 1`,
      ),
      next: reader
        .prepare<[], number | null>("SELECT min(due_at) FROM occasion_notices INDEXED BY occasion_notices_waiting WHERE state = 'waiting'")
        .pluck(),
    };
  }

  add({ id, keyId, what, refs, at, dueAt }: OccasionNotice): void {
    this.#sql.add.run(id, keyId, what, JSON.stringify(refs), at, dueAt);
  }

  /** @returns whether it was waiting */
  end(id: string, as: 'begun' | 'undone'): boolean {
    return this.#sql.end.run(as, id).changes > 0;
  }

  of(id: string): OccasionNotice | undefined {
    const row = this.#sql.find.get(id);
    return row && noticeOf(row);
  }

  /** The first whose time has come. */
  due(now: number): OccasionNotice | undefined {
    const row = this.#sql.due.get(now);
    return row && noticeOf(row);
  }

  next(): number | undefined {
    return this.#sql.next.get() ?? undefined;
  }
}

const noticeOf = (row: NoticeRow): OccasionNotice => ({ ...row, refs: JSON.parse(row.refs) });
