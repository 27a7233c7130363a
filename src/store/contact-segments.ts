import type { Db } from './database.ts';
import type { StoredSegment } from './records/segment.ts';

interface SegmentRow {
  readonly name: string;
  readonly condition: string;
  readonly updatedAt: number;
}

/** Segments that a site has saved. */
export class ContactSegments {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    const COLUMNS = 'name, condition, updated_at AS updatedAt';
    this.#sql = {
      put: writer.prepare<[string, string, number]>(
        'INSERT OR REPLACE INTO contact_segments (name, condition, updated_at) VALUES (?, ?, ?)',
      ),
      remove: writer.prepare<[string]>('DELETE FROM contact_segments WHERE name = ?'),
      of: reader.prepare<[string], SegmentRow>(`SELECT ${COLUMNS} FROM contact_segments WHERE name = ?`),
      all: reader.prepare<[], SegmentRow>(`SELECT ${COLUMNS} FROM contact_segments ORDER BY name`),
    };
  }

  put({ name, condition, updatedAt }: StoredSegment): void {
    this.#sql.put.run(name, JSON.stringify(condition), updatedAt);
  }

  remove(name: string): boolean {
    return this.#sql.remove.run(name).changes > 0;
  }

  of(name: string): StoredSegment | undefined {
    const row = this.#sql.of.get(name);
    return row && segmentOf(row);
  }

  all(): StoredSegment[] {
    return this.#sql.all.all().map(segmentOf);
  }
}

function segmentOf({ condition, ...row }: SegmentRow): StoredSegment {
  const read: unknown = JSON.parse(condition);
  return { ...row, condition: read };
}
