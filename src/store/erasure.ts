import type { Db } from './database.ts';
import type { Ledger } from './ledger.ts';
import type { Messages } from './messages.ts';
import { PERSONAL_TABLES, type PersonalTable } from './personal-tables.ts';
import type { ErasureOutcome, PersonRecords, StoredRow } from './records/person.ts';
import { type MessageContent, messageValues, rowCrc } from './row-crc.ts';
import type { Settlements } from './settlements.ts';
import type { Steps, Tx } from './work.ts';

/** How the alias of somebody who was erased begins: no number and no sender does. */
export const ERASED = 'erased-';

/** Answers that are looked through, and rows whose CRC is set anew, between two chances for the event loop. */
const STEP = 100;

/** Messages are on their way: all of it is undone. */
class UnderWay extends Error {
  constructor(readonly messages: number) {
    super('messages are under way');
  }
}

/** What is known of a person, told and erased. */
export class Erasure {
  readonly #writer: Db;
  readonly #reader: Db;
  readonly #parts: { readonly ledger: Ledger; readonly messages: Messages; readonly settlements: Settlements };

  constructor(writer: Db, reader: Db, parts: { ledger: Ledger; messages: Messages; settlements: Settlements }) {
    this.#writer = writer;
    this.#reader = reader;
    this.#parts = parts;
  }

  /** Prepared each time: it is asked a few times a year. */
  export(number: string): PersonRecords {
    return this.#reader.transaction(() => {
      const found = new Map<string, StoredRow[]>();
      for (const { table, where, hidden = [] } of PERSONAL_TABLES.toReversed()) {
        const rows = this.#reader.prepare<[{ number: string }], StoredRow>(`SELECT * FROM ${table} WHERE ${where}`).all({ number });
        if (rows.length > 0)
          found.set(
            table,
            rows.map((row) => without(row, hidden)),
          );
      }
      return found;
    })();
  }

  /** One transaction, which is undone whole where messages are on their way. */
  *erase(tx: Tx, number: string, alias: string, now: number): Steps<Extract<ErasureOutcome, { kind: 'erased' }>> {
    const { ledger, messages, settlements } = this.#parts;
    let cancelled = 0;
    for (const id of this.#open(number)) {
      if (ledger.find(id)?.status === 'uncertain') settlements.resolve(tx, id, 'sent', now);
      else if (messages.cancel(tx, id, now, 'erased').kind === 'cancelled') cancelled += 1;
    }
    const left = this.#open(number).length;
    if (left > 0) throw new UnderWay(left);
    const mine = this.#writer.prepare<[string], number>('SELECT seq FROM messages WHERE recipient = ?').pluck().all(number);
    let rows = 0;
    for (const plan of PERSONAL_TABLES) {
      rows += this.#eraseIn(plan, number, alias, now);
      yield;
    }
    for (const [i, seq] of mine.entries()) {
      this.#setCrc(seq);
      if (i % STEP === STEP - 1) yield;
    }
    yield* this.#eraseAnswers(number, alias);
    return { kind: 'erased', rows, cancelled };
  }

  /** Messages that may still go out, or may have. */
  #open(number: string): string[] {
    return this.#writer
      .prepare<[string], string>(
        "SELECT id FROM messages WHERE recipient = ? AND status IN ('accepted', 'held', 'queued', 'sending', 'uncertain')",
      )
      .pluck()
      .all(number);
  }

  #eraseIn({ table, where, erase }: PersonalTable, number: string, alias: string, now: number): number {
    if (erase === 'keep') return 0;
    const sql = erase === 'delete' ? `DELETE FROM ${table} WHERE ${where}` : `UPDATE ${table} SET ${erase} WHERE ${where}`;
    return this.#writer.prepare(sql).run({ number, alias, now }).changes;
  }

  /** The number of a message stands in its CRC. */
  #setCrc(seq: number): void {
    const row = this.#writer
      .prepare<[number], MessageContent>(
        `SELECT id, key_id AS keyId, recipient, rank, alphabet, flash, transliterated, segment_count AS segmentCount,
         sim_requested AS simRequested, send_at AS sendAt, accepted_at AS acceptedAt FROM messages WHERE seq = ?`,
      )
      .get(seq);
    const chars = this.#writer.prepare<[number], number>('SELECT chars FROM segments WHERE message_seq = ? ORDER BY n').pluck().all(seq);
    if (!row) return;
    this.#writer
      .prepare('UPDATE message_texts SET message_crc = ? WHERE message_seq = ? AND message_crc IS NOT NULL')
      .run(rowCrc(messageValues(row, chars)), seq);
  }

  /** Answers that are kept for their Idempotency-Keys stay, so that nothing is sent twice; who it was goes from them. */
  *#eraseAnswers(number: string, alias: string): Steps<void> {
    const page = this.#writer.prepare<[number, number], { id: number; key: string; response: string }>(
      'SELECT id, idempotency_key AS key, response FROM idempotency WHERE id > ? ORDER BY id LIMIT ?',
    );
    const set = this.#writer.prepare<[string, string, number]>('UPDATE idempotency SET idempotency_key = ?, response = ? WHERE id = ?');
    for (let after = 0, rows = page.all(after, STEP); rows.length > 0; rows = page.all(after, STEP)) {
      for (const { id, key, response } of rows) {
        after = id;
        // A key that was made of the number is one no more: whoever repeats such a request asks anew.
        if (response.includes(number) || key.includes(number)) {
          set.run(key.replaceAll(number, alias), withoutPerson(response, number, alias), id);
        }
      }
      yield;
    }
  }
}

/** @throws the error, where it is another one */
export function underWay(error: unknown): ErasureOutcome {
  if (error instanceof UnderWay) return { kind: 'underWay', messages: error.messages };
  throw error;
}

function without(row: StoredRow, hidden: readonly string[]): StoredRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name)));
}

/** Takes number and texts of a person out of an answer, of which others may be in it too. What is no JSON is an id. */
function withoutPerson(response: string, number: string, alias: string): string {
  try {
    return JSON.stringify(
      JSON.parse(response, (_key, value: unknown) =>
        isAbout(value, number) ? { ...value, to: alias, text: null, reference: null } : value,
      ),
    ).replaceAll(number, alias);
  } catch {
    return response.replaceAll(number, alias);
  }
}

const isAbout = (value: unknown, number: string): value is object =>
  typeof value === 'object' && value !== null && 'to' in value && value.to === number;
