import { type Deferred, deferred } from '../base/waits.ts';

interface Debt {
  readonly predictedMr: number | null;
  /** The modem has answered something else since, as one that keeps the order of its answers only does when it owes none. */
  passed: boolean;
  readonly done: Deferred<number | undefined>;
}

/** Segments of one session whose outcome was left open, each waiting for a reference (TP-MR) that may still come. */
export class LateReferences {
  #debts: Debt[] = [];
  #lastTaken: number | undefined;

  /** @param predictedMr the TP-MR that the segment should get, by which several are told apart */
  await(predictedMr: number | null): Promise<number | undefined> {
    const done = deferred<number | undefined>();
    this.#debts.push({ predictedMr, passed: false, done });
    return done.promise;
  }

  /** A segment got this TP-MR in its own dialogue: the same once more is that answer said twice, and nobody's. */
  taken(mr: number): void {
    this.#lastTaken = mr;
  }

  /** The modem has answered what it was asked after all of these. */
  passAll(): void {
    for (const debt of this.#debts) debt.passed = true;
  }

  /**
   * A reference came. Whose is it? A modem that keeps the order of its answers, as all real ones do, owes only what it
   * has not answered anything since: the newest of those. Of a modem that does not, the only one; else the one that was
   * predicted to get this TP-MR.
   */
  arrive(mr: number): void {
    if (mr === this.#lastTaken) return;
    const owed = this.#debts.filter((d) => !d.passed).at(-1);
    const owner = owed ?? (this.#debts.length === 1 ? this.#debts[0] : this.#debts.find((d) => d.predictedMr === mr));
    if (!owner) return;
    this.#debts = this.#debts.filter((d) => d !== owner);
    owner.done.resolve(mr);
  }

  /** The session is over: none will come any more. */
  end(): void {
    for (const debt of this.#debts.splice(0)) debt.done.resolve(undefined);
  }
}
