/**
 * Time, as everything else in Simpost sees it. `Date.now`, `performance.now` and `setTimeout` stand in this file
 * alone, so that a test can hand in a clock of its own and a stepped system clock can never stretch a wait.
 */

/** A timer that has been set. Cancelling it twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Wall time in milliseconds since 1970-01-01T00:00:00Z. It may step in either direction. */
  now(): number;
  /**
   * Milliseconds since some fixed point, the same for all processes until the machine starts anew; never steps back. Every
   * duration is measured with it.
   */
  monotonic(): number;
  /** Calls `fn` once, `delay` milliseconds from now on the monotonic clock. */
  setTimer(delay: number, fn: () => void): Timer;
}

/** The longest delay that `setTimeout` keeps; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  // Not performance.now(), which begins anew with each process.
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  setTimer(delay, fn) {
    let handle: NodeJS.Timeout;
    const arm = (left: number): void => {
      handle = setTimeout(() => (left > LONGEST ? arm(left - LONGEST) : fn()), Math.min(Math.max(left, 0), LONGEST));
    };
    arm(delay);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Resolves `delay` milliseconds from now. */
export function sleep(clock: Clock, delay: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(delay, resolve));
}

/**
 * An instant as RFC 3339 in UTC, to the millisecond.
 * @param ms milliseconds since 1970
 */
export function rfc3339(ms: number): string {
  const known = written.get(ms);
  if (known !== undefined) return known;
  if (written.size >= MOST_WRITTEN) written.clear();
  const text = new Date(ms).toISOString();
  written.set(ms, text);
  return text;
}

/** What is written about one message is of a few moments mostly. */
const written = new Map<number, string>();
const MOST_WRITTEN = 64;
