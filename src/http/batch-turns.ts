import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';

/** Milliseconds that a batch waits for its turn before it is told to come again. */
const PATIENCE = 5000;

/** So many batches are on their way at a time; the others wait, unread, and come in the order in which they were sent. */
export class BatchTurns {
  readonly #most: number;
  readonly #clock: Clock;
  #underWay = 0;
  readonly #waiting = new Set<() => void>();

  /** @param most 0 for any number */
  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
  }

  /** Resolves when the batch may be read. Its turn ends with its answer, or when its sender goes away. @throws Fault `unavailable` */
  async take(answer: ServerResponse): Promise<void> {
    if (this.#most > 0 && this.#underWay >= this.#most) await this.#turn(answer);
    else this.#underWay += 1;
    answer.once('close', () => {
      this.#underWay -= 1;
      const [next] = this.#waiting;
      next?.();
    });
  }

  #turn(answer: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        timer.cancel();
        answer.off('close', giveUp);
        this.#waiting.delete(begin);
      };
      const begin = (): void => {
        leave();
        // Taken here and not by who waited: nobody comes between.
        this.#underWay += 1;
        resolve();
      };
      const giveUp = (): void => {
        leave();
        reject(
          new Fault('unavailable', `${this.#most} batches are being read already; send this one again in a second.`, [], { retryAfter: 1 }),
        );
      };
      const timer = this.#clock.setTimer(PATIENCE, giveUp);
      answer.once('close', giveUp);
      this.#waiting.add(begin);
    });
  }
}
