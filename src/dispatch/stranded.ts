import type { SimFacts } from './choose-sim.ts';

/** Messages that wait only because their SIM was gone, so that they need not wait for their time when it is back. */
export class Stranded {
  readonly #messages = new Map<string, Set<string>>();
  /** SIMs that were ready when it was last looked. */
  #ready: ReadonlySet<string> = new Set();

  add(iccid: string, messageId: string): void {
    const messages = this.#messages.get(iccid) ?? new Set();
    this.#messages.set(iccid, messages.add(messageId));
  }

  /** What is another since it was last asked: messages whose SIMs have come back, and SIMs that are gone. */
  look(sims: readonly SimFacts[]): { readonly back: string[]; readonly gone: string[] } {
    const ready = new Set(sims.filter((sim) => sim.ready).map((sim) => sim.iccid));
    const come = [...ready].filter((iccid) => !this.#ready.has(iccid));
    const gone = [...this.#ready].filter((iccid) => !ready.has(iccid));
    this.#ready = ready;
    const back = come.flatMap((iccid) => [...(this.#messages.get(iccid) ?? [])]);
    for (const iccid of come) this.#messages.delete(iccid);
    return { back, gone };
  }
}
