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

  /** Those whose SIMs have come back since it was last asked. */
  back(sims: readonly SimFacts[]): string[] {
    const ready = new Set(sims.filter((sim) => sim.ready).map((sim) => sim.iccid));
    const back = [...ready].filter((iccid) => !this.#ready.has(iccid));
    this.#ready = ready;
    const messages = back.flatMap((iccid) => [...(this.#messages.get(iccid) ?? [])]);
    for (const iccid of back) this.#messages.delete(iccid);
    return messages;
  }
}
