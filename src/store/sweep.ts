/** A row whose text may be erased. */
export interface SweptRow {
  readonly seq: number;
  /** When it was accepted or received. */
  readonly at: number;
  readonly erasedAt: number | null;
  /** Its text may still be needed, so it stays however old it is. */
  readonly needed: boolean;
}

/** One kind of rows: where they are, and what erasing one means. */
export interface SweptRows {
  /** The newest row's number. */
  last(): number;
  /** Rows with numbers in (after, upto], in their order. */
  between(after: number, upto: number): SweptRow[];
  erase(seq: number): void;
  /** Every row up to the mark is done with. */
  mark(): number;
  setMark(seq: number): void;
}

/** Rows looked at for each that may be erased, in one transaction: to read is cheaper. */
const LOOKED_AT = 10;

/** One run erases at most this share of what there is, so that a wrong clock or period costs a part and not all (S09). */
const MOST_OF = 0.2;

/** But so many may always go. */
const AT_LEAST = 100;

/**
 * One run over rows of one kind, in the order of their numbers: from the mark on, up to the first that is young enough to be
 * kept. The mark stops before the first row whose text is still needed, so that none is forgotten.
 */
export class Sweep {
  readonly #rows: SweptRows;
  readonly #before: number;
  readonly #last: number;
  readonly #most: number;
  #after: number;
  #marked: number;
  #marking = true;
  #over = false;
  #erased = 0;
  #more = false;

  /** @param before rows of this time or earlier are due */
  constructor(rows: SweptRows, before: number) {
    this.#rows = rows;
    this.#before = before;
    this.#after = this.#marked = rows.mark();
    this.#last = rows.last();
    this.#most = Math.max(AT_LEAST, Math.floor(this.#last * MOST_OF));
  }

  get erased(): number {
    return this.#erased;
  }

  /** Whether it ended because one run must not erase more. */
  get more(): boolean {
    return this.#more;
  }

  /**
   * A short piece of the work, for one transaction; true when there is no more.
   * @param rows how many it may erase
   */
  step(rows: number): boolean {
    const upto = Math.min(this.#after + rows * LOOKED_AT, this.#last);
    const before = this.#erased;
    const most = before + rows;
    let reached = upto;
    for (const row of this.#rows.between(this.#after, upto)) {
      if (row.at > this.#before || (row.erasedAt === null && !row.needed && this.#erased === this.#most)) {
        this.#more = row.at <= this.#before;
        this.#over = true;
      }
      if (this.#over || this.#erased === most) {
        reached = row.seq - 1;
        break;
      }
      if (row.needed && this.#marking) {
        this.#marking = false;
        this.#setMark(row.seq - 1);
      }
      if (!row.needed && row.erasedAt === null) {
        this.#rows.erase(row.seq);
        this.#erased += 1;
      }
    }
    this.#after = reached;
    const over = this.#over || reached >= this.#last;
    // What was only looked at is not worth a write: a run that is cut short looks at it again.
    if (this.#marking && (over || this.#erased > before)) this.#setMark(reached);
    return over;
  }

  #setMark(seq: number): void {
    if (seq > this.#marked) this.#rows.setMark(seq);
    this.#marked = seq;
  }
}
