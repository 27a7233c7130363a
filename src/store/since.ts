import type { Db } from './database.ts';

/** Rows of a list that have to be told apart by their own time lie within this. */
export const SLOT_MS = 300_000;

export type ListName = 'messages' | 'inbound' | 'calls';

/**
 * Lists are in the order of `seq`, filters by time are not. The smallest seq of each five minutes turns `since` into a bound on seq,
 * right also when the clock was set back meanwhile; the rows of the first slot are then told apart by their own time.
 */
export class Since {
  readonly #note;
  readonly #bound;

  constructor(writer: Db, reader: Db) {
    this.#note = writer.prepare<[ListName, number, number]>('INSERT OR IGNORE INTO slots (list, slot, first_seq) VALUES (?, ?, ?)');
    this.#bound = reader
      .prepare<[ListName, number], number | null>('SELECT min(first_seq) FROM slots WHERE list = ? AND slot >= ?')
      .pluck();
  }

  /**
   * Tells that a row `seq` of that time was added.
   * @param known the slot of a row that was told of before in the same transaction, with a smaller seq
   * @returns the slot of this one
   */
  note(list: ListName, at: number, seq: number, known?: number): number {
    const slot = Math.floor(at / SLOT_MS);
    if (slot !== known) this.#note.run(list, slot, seq);
    return slot;
  }

  /** No row of that time or later has a smaller seq; undefined when there is none at all. */
  first(list: ListName, since: number): number | undefined {
    return this.#bound.get(list, Math.floor(since / SLOT_MS)) ?? undefined;
  }
}
