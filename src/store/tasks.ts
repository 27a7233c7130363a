import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Db } from './database.ts';
import { TASK_KINDS, type Task } from './records/inbound-rules.ts';
import type { Listing, Page } from './records/listing.ts';
import type { Occasion, OccasionTask } from './records/occasion.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Suppressions } from './suppressions.ts';

interface TaskRow extends Omit<Task, 'kind'> {
  readonly seq: number;
  readonly kind: string;
}

const COLUMNS = 'seq, id, kind, contact, inbound_id AS inboundId, occasion, text, at, done_at AS doneAt, done_by AS doneBy';

const LIST = ['tasks'];

/** Who did what nobody had to do. */
const BY_ITSELF = 'rules';

/** What a person is asked to look at. */
export class Tasks {
  readonly #random: Random;
  readonly #suppressions: Suppressions;
  readonly #sql;

  constructor(writer: Db, reader: Db, parts: { random: Random; suppressions: Suppressions }) {
    this.#random = parts.random;
    this.#suppressions = parts.suppressions;
    this.#sql = {
      add: writer.prepare<[string, string, string, string | null, string | null, number]>(
        'INSERT INTO tasks (id, kind, contact, inbound_id, occasion, at) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      name: writer.prepare<[string, string, string]>(
        'UPDATE tasks SET occasion = ? WHERE contact = ? AND inbound_id = ? AND done_at IS NULL AND occasion IS NULL',
      ),
      own: writer.prepare<[string, string, string, number]>("INSERT INTO tasks (id, kind, contact, text, at) VALUES (?, 'own', ?, ?, ?)"),
      done: writer.prepare<[number, string, string]>('UPDATE tasks SET done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL'),
      find: writer.prepare<[string], TaskRow>(`SELECT ${COLUMNS} FROM tasks WHERE id = ?`),
      openOf: writer
        .prepare<[string], number>(
          "SELECT 1 FROM tasks INDEXED BY tasks_open WHERE contact = ? AND done_at IS NULL AND kind <> 'own' LIMIT 1",
        )
        .pluck(),
      list: reader.prepare<[number, number, number], TaskRow>(
        `SELECT ${COLUMNS} FROM tasks WHERE seq < ? AND (? OR done_at IS NULL) ORDER BY seq DESC LIMIT ?`,
      ),
      listOf: reader.prepare<[string, number, number, number], TaskRow>(
        `SELECT ${COLUMNS} FROM tasks WHERE contact = ? AND seq < ? AND (? OR done_at IS NULL) ORDER BY seq DESC LIMIT ?`,
      ),
    };
  }

  add({ kind, contact, inboundId, at }: Pick<Task, 'kind' | 'contact' | 'inboundId' | 'at'>): void {
    this.#sql.add.run(newId('task', this.#random), kind, contact, inboundId, null, at);
  }

  /**
   * The same about an occasion. A task that its text has made already gets the name of it instead.
   * @param isDone it is only to be known, and nobody has anything to do
   */
  about({ kind: what, externalId, to }: Occasion, kind: OccasionTask, inboundId: string | null, at: number, isDone = false): void {
    const occasion = `${what}/${externalId}`;
    if (inboundId !== null && this.#sql.name.run(occasion, to, inboundId).changes > 0) return;
    const id = newId('task', this.#random);
    this.#sql.add.run(id, kind, to, inboundId, occasion, at);
    if (isDone) this.#sql.done.run(at, BY_ITSELF, id);
  }

  /** What somebody at the desk asks of the others. No offer waits for it. */
  addOwn({ contact, text, at }: { readonly contact: string; readonly text: string; readonly at: number }): Task {
    const id = newId('task', this.#random);
    this.#sql.own.run(id, contact, text, at);
    return { id, kind: 'own', contact, inboundId: null, occasion: null, text, at, doneAt: null, doneBy: null };
  }

  /** A person has looked at it: offers to the contact wait no longer, once nothing else of it is open. */
  finish(id: string, by: string, at: number): Task | undefined {
    this.#sql.done.run(at, by, id);
    const row = this.#sql.find.get(id);
    if (row && this.#sql.openOf.get(row.contact) === undefined) this.#suppressions.endHold(row.contact);
    return row && taskOf(row);
  }

  /** The newest first, of one number or of all. @throws Fault `cursorInvalid` */
  list(all: boolean, page: Page, contact?: string): Listing<Task> {
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(LIST, page.cursor);
    const [too, many] = [all ? 1 : 0, page.limit + 1];
    const rows = contact === undefined ? this.#sql.list.all(below, too, many) : this.#sql.listOf.all(contact, below, too, many);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(taskOf), nextCursor: last ? rowCursor(LIST, last.seq) : null };
  }
}

const taskOf = ({ seq: _seq, kind, ...row }: TaskRow): Task => ({ ...row, kind: TASK_KINDS.find((k) => k === kind) ?? 'optOutUnsure' });
