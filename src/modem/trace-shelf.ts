import type { Trace } from '../at/trace.ts';

/** Who a dialogue was with: an IMEI, and the place, which tells those apart that answer the same one. */
interface Kept {
  readonly imei: string;
  readonly place: string;
  readonly trace: Trace;
  live: boolean;
}

/** No more are kept: whoever walks by with sticks must not fill the memory. */
const MOST = 64;

/**
 * The dialogues with modems, so that one that comes back at another port goes on where it was: what it said before it went is
 * what somebody will want to read.
 */
export class TraceShelf {
  #kept: readonly Kept[] = [];

  /** A modem has said who it is: its dialogue begins with what was said to it before. Once for each driver. */
  begin(imei: string, place: string, trace: Trace): void {
    const gone = this.#kept.filter((one) => one.imei === imei && !one.live);
    const before = gone.find((one) => one.place === place) ?? (gone.length === 1 ? gone[0] : undefined);
    if (before) trace.takeUp(before.trace);
    this.#kept = [...this.#kept.filter((one) => one !== before), { imei, place, trace, live: true }].slice(-MOST);
  }

  /** The driver that had this dialogue has ended. */
  end(trace: Trace): void {
    for (const one of this.#kept) if (one.trace === trace) one.live = false;
  }
}
