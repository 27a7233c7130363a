import type { Clock } from '../base/clock.ts';

/** How long one slice of a long piece of work may hold the event loop, milliseconds. */
const SLICE = 8;

/** Calls `step` for 0 to `count - 1`, letting everything else run after each few milliseconds of it. */
export async function inSlices(clock: Clock, count: number, step: (i: number) => void): Promise<void> {
  let until = clock.monotonic() + SLICE;
  for (let i = 0; i < count; i += 1) {
    step(i);
    if (clock.monotonic() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    until = clock.monotonic() + SLICE;
  }
}
