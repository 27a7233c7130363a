import type { Clock, Timer } from './clock.ts';

/** A promise with its two ends outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

/**
 * One wake-up at a time: `at` moves it, `cancel` stops it, and only the last one set fires. For the parts that wait
 * "until the next thing is due" and learn of earlier things meanwhile.
 */
export class Alarm {
  #timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly fn: () => void,
  ) {}

  /** Fires once, `delay` milliseconds from now, instead of whatever was set before. */
  in(delay: number): void {
    this.cancel();
    this.#timer = this.clock.setTimer(delay, () => {
      this.#timer = undefined;
      this.fn();
    });
  }

  /** Whether it is set. */
  get pending(): boolean {
    return this.#timer !== undefined;
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}

/** Resolves when `work` has ended, well or not, or after `limit` milliseconds, whichever is first. */
export async function waitAtMost(clock: Clock, limit: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = deferred<void>();
  const timer = clock.setTimer(limit, resolve);
  work.then(
    () => resolve(),
    () => resolve(),
  );
  await promise;
  timer.cancel();
}

/** Calls `fn` every `period` milliseconds, the first time after one period, until it is cancelled. */
export function every(clock: Clock, period: number, fn: () => void): Timer {
  let timer: Timer;
  const arm = (): void => {
    timer = clock.setTimer(period, () => {
      arm();
      fn();
    });
  };
  arm();
  return { cancel: () => timer.cancel() };
}
