import type { WrittenTo } from '../store/records/alert.ts';

/** A key that writes mostly to numbers that were never written to before is one that was stolen, or a list that was bought (X20). */

/** Milliseconds that are looked back. */
const WINDOW = 3_600_000;
/** Of so many new numbers within the window it is told, where they are at least this share of all that the key wrote to. */
const MANY = 50;
const SHARE = 0.8;

/** Counts of the last hour, by key. */
export class Strangers {
  #seen: { readonly at: number; readonly written: WrittenTo }[] = [];

  add(written: readonly WrittenTo[], now: number): void {
    this.#seen.push(...written.map((one) => ({ at: now, written: one })));
  }

  /** Keys of which it is told now. @param now on the monotonic clock, as given to `add` */
  many(now: number): { keyId: string; count: number }[] {
    this.#seen = this.#seen.filter(({ at }) => at > now - WINDOW);
    const sums = new Map<string, { all: number; first: number }>();
    for (const { written } of this.#seen) {
      const sum = sums.get(written.keyId) ?? { all: 0, first: 0 };
      sums.set(written.keyId, { all: sum.all + written.all, first: sum.first + written.first });
    }
    return [...sums]
      .filter(([, { all, first }]) => first >= MANY && first >= SHARE * all)
      .map(([keyId, { first }]) => ({ keyId, count: first }));
  }
}
