import type { Clock } from './clock.ts';
import { Alarm } from './waits.ts';

/**
 * Work that is done in rounds, one at a time, whenever something has changed or fallen due; nothing is asked for in between.
 *
 * States: *stopped* -> `start`: *at work*. *At work*, and woken meanwhile: one more round follows. The round is over: *idle*, until it is
 * woken, or it is the time that the round named. `stop`: *stopped*, once the round under way is over; that round looks at `running`.
 */
export class Rounds {
  readonly #clock: Clock;
  readonly #round: () => Promise<number | undefined>;
  readonly #alarm: Alarm;
  #working: Promise<void> = Promise.resolve();
  #busy = false;
  #more = false;
  #running = false;

  /** @param round never rejects; says when there is something to do again, milliseconds since 1970, or undefined where only `wake` can */
  constructor(clock: Clock, round: () => Promise<number | undefined>) {
    this.#clock = clock;
    this.#round = round;
    this.#alarm = new Alarm(clock, () => this.wake());
  }

  get running(): boolean {
    return this.#running;
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  /** Something has changed, or fallen due. */
  wake(): void {
    this.#more = true;
    if (this.#busy || !this.#running) return;
    this.#busy = true;
    this.#working = this.#work();
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    while (this.#busy) await this.#working;
  }

  /** Resolves when the round that was begun is over. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#alarm.cancel();
    await this.#working;
  }

  async #work(): Promise<void> {
    let next: number | undefined;
    while (this.#more && this.#running) {
      this.#more = false;
      next = await this.#round();
    }
    this.#busy = false;
    if (this.#running && next !== undefined) this.#alarm.in(Math.max(0, next - this.#clock.now()));
  }
}
