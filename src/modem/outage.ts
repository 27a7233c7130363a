import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

/** Modems that go within so many milliseconds of each other went for one reason. */
const TOGETHER = 2_000;

/** For so long nothing is started anew after that, milliseconds: all of them come back by themselves, or none would. */
const PATIENCE = 120_000;

/** Several modems lost at one moment: the power, or the hub (requirement M11). Told once, for all of them. */
export class Outage {
  readonly #lost = new Map<string, number>();
  #until = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Whether it is on. */
  get on(): boolean {
    return this.clock.monotonic() < this.#until;
  }

  /** A modem that had been of use is gone, or answers no more. */
  lost(port: string): void {
    const now = this.clock.monotonic();
    this.#lost.set(port, now);
    for (const [name, at] of this.#lost) if (now - at > TOGETHER) this.#lost.delete(name);
    if (this.#lost.size < 2) return;
    if (!this.on) this.log.warn({ ports: [...this.#lost.keys()] }, 'several modems went at once: look at the power and the USB hub');
    this.#until = now + PATIENCE;
  }
}
