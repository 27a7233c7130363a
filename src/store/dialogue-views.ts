import type { Db } from './database.ts';
import { type DialogueRow, dialogueOf } from './dialogue-row.ts';
import { DIALOGUE_COLUMNS } from './dialogues.ts';
import type { Dialogue, StoredDefinition } from './records/dialogue.ts';
import type { Listing, Page } from './records/listing.ts';
import { rowCursor, rowIn } from './row-cursor.ts';

/** Definitions of dialogues, each version for as long as one goes on by it, and the dialogues as they are shown. */
export class DialogueViews {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      version: writer.prepare<[string], number | null>('SELECT max(version) FROM dialogue_definitions WHERE name = ?').pluck(),
      retire: writer.prepare<[string]>('UPDATE dialogue_definitions SET active = 0 WHERE name = ? AND active = 1'),
      add: writer.prepare<[string, number, string, number]>(
        'INSERT INTO dialogue_definitions (name, version, body, active, at) VALUES (?, ?, ?, 1, ?)',
      ),
      active: reader.prepare<[], StoredDefinition>('SELECT name, version, body FROM dialogue_definitions WHERE active = 1 ORDER BY name'),
      one: reader.prepare<[string], DialogueRow>(`SELECT ${DIALOGUE_COLUMNS} FROM dialogues d WHERE d.id = ?`),
      list: reader.prepare<[number, string | null, string | null, number, string | null, string | null, number], DialogueRow>(
        `SELECT ${DIALOGUE_COLUMNS} FROM dialogues d WHERE d.seq < ? AND (? IS NULL OR d.contact = ?) AND (? = 0 OR d.outcome IS NULL)
         AND (? IS NULL OR d.outcome = ?) ORDER BY d.seq DESC LIMIT ?`,
      ),
      nextDue: reader
        .prepare<[], number | null>(
          'SELECT min(due_at) FROM dialogues INDEXED BY dialogues_due WHERE outcome IS NULL AND due_at IS NOT NULL',
        )
        .pluck(),
    };
  }

  put(name: string, body: string, at: number): StoredDefinition {
    const version = (this.#sql.version.get(name) ?? 0) + 1;
    this.#sql.retire.run(name);
    this.#sql.add.run(name, version, body, at);
    return { name, version, body };
  }

  remove(name: string): boolean {
    return this.#sql.retire.run(name).changes > 0;
  }

  active(): StoredDefinition[] {
    return this.#sql.active.all();
  }

  of(id: string): Dialogue | undefined {
    const row = this.#sql.one.get(id);
    return row && dialogueOf(row);
  }

  /** The newest first. @throws Fault `cursorInvalid` */
  list(
    { contact = null, state = null }: { readonly contact?: string | null; readonly state?: string | null },
    page: Page,
  ): Listing<Dialogue> {
    const list = ['dialogues', contact ?? undefined, state ?? undefined];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    const outcome = state === 'open' ? null : state;
    const rows = this.#sql.list.all(below, contact, contact, state === 'open' ? 1 : 0, outcome, outcome, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(dialogueOf), nextCursor: last ? rowCursor(list, last.seq) : null };
  }

  nextDue(): number | undefined {
    return this.#sql.nextDue.get() ?? undefined;
  }
}
