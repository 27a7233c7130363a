import type { Clock } from '../base/clock.ts';
import { Alarm } from '../base/waits.ts';
import type { SimUse } from '../store/records/plan.ts';

/** A month ends by the wall, which may be set meanwhile: a lane that waits for it looks again after this, milliseconds. */
const LONGEST_SLEEP = 3_600_000;

/** What it needs of the store. */
interface Uses {
  simUse(iccid: string): SimUse;
}

/**
 * How long lanes sleep whose SIMs are at their caps. A lane that may send nothing at all rests until the first cap gives
 * way, whatever is accepted meanwhile. One that may send some of it (no offers, nobody new) stays awake for that, and is
 * begun again when the next cap gives way.
 */
export class CapSleep {
  readonly #store: Uses;
  readonly #clock: Clock;
  readonly #onOpen: (iccid: string) => void;
  readonly #alarms = new Map<string, Alarm>();

  constructor(parts: { store: Uses; clock: Clock; onOpen: (iccid: string) => void }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#onOpen = parts.onOpen;
  }

  /** For a lane that found nothing: how long nothing may go through its SIM, milliseconds. */
  rest(iccid: string): number {
    const { everything, offers, newRecipients, offersToNewRecipients, allowance } = this.#store.simUse(iccid);
    const now = this.#clock.now();
    const wait = (until: number): number => Math.min(Math.max(1, until - now), LONGEST_SLEEP);
    this.#alarms.get(iccid)?.cancel();
    // What an owner lets past the caps is not slept through.
    if (everything && !allowance) return wait(everything.until);
    const some = [everything, offers, newRecipients, offersToNewRecipients].flatMap((hold) => hold?.until ?? []);
    if (some.length > 0) this.#alarm(iccid).in(wait(Math.min(...some)));
    return 0;
  }

  stop(): void {
    for (const alarm of this.#alarms.values()) alarm.cancel();
  }

  #alarm(iccid: string): Alarm {
    const alarm = this.#alarms.get(iccid) ?? new Alarm(this.#clock, () => this.#onOpen(iccid));
    this.#alarms.set(iccid, alarm);
    return alarm;
  }
}
