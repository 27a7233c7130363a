import type { Db } from './database.ts';
import type { Resource } from './records/contact.ts';

interface ResourceRow extends Omit<Resource, 'hideName'> {
  readonly hideName: number;
}

/** Doctors, bays, places of business. */
export class Resources {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    const COLUMNS =
      'external_id AS externalId, kind, name, address, phone, opening_hours AS openingHours, hide_name AS hideName, branch, updated_at AS updatedAt';
    this.#sql = {
      put: writer.prepare<[string, string, string, string | null, string | null, string | null, number, string | null, number]>(
        `INSERT OR REPLACE INTO resources (external_id, kind, name, address, phone, opening_hours, hide_name, branch, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      remove: writer.prepare<[string]>('DELETE FROM resources WHERE external_id = ?'),
      of: reader.prepare<[string], ResourceRow>(`SELECT ${COLUMNS} FROM resources WHERE external_id = ?`),
      all: reader.prepare<[string | null, string | null], ResourceRow>(
        `SELECT ${COLUMNS} FROM resources WHERE ? IS NULL OR kind = ? ORDER BY external_id`,
      ),
    };
  }

  put(r: Resource): void {
    this.#sql.put.run(r.externalId, r.kind, r.name, r.address, r.phone, r.openingHours, r.hideName ? 1 : 0, r.branch, r.updatedAt);
  }

  remove(externalId: string): boolean {
    return this.#sql.remove.run(externalId).changes > 0;
  }

  of(externalId: string): Resource | undefined {
    const row = this.#sql.of.get(externalId);
    return row && resourceOf(row);
  }

  all(kind: string | undefined): Resource[] {
    return this.#sql.all.all(kind ?? null, kind ?? null).map(resourceOf);
  }
}

const resourceOf = (row: ResourceRow): Resource => ({ ...row, hideName: row.hideName === 1 });
