import type { Clock } from './clock.ts';

/**
 * Wall time that does not follow every jump of the system clock. A message that expires, a text that is erased, a schedule
 * that fires cannot be taken back; a clock that is wrong for half a minute can (T02).
 *
 * States: `agreed` (wall time is what is told) -> the wall jumps by more than `SMALL` -> `disputed` (time goes on from before by
 * the monotonic clock) -> the jump is taken back: `agreed`; or it has stood for `HELD`: `agreed` on the new time. A machine
 * that slept jumps too, since its monotonic clock slept with it: after `HELD` it is as late as it is.
 */
export interface Belief {
  /** Wall time less monotonic time, milliseconds, as it is believed. */
  readonly offset: number;
  /** What the wall says instead, and since when on the monotonic clock. */
  readonly disputed: { readonly offset: number; readonly since: number } | null;
}

/** Jumps up to this are followed at once: what NTP corrects in a running machine, milliseconds. */
const SMALL = 60_000;

/** A larger one is believed when it has stood for so long, milliseconds. */
const HELD = 60_000;

/** What is believed after a look at both clocks. */
function believe({ offset, disputed }: Belief, wall: number, monotonic: number): Belief {
  const seen = wall - monotonic;
  if (Math.abs(seen - offset) <= SMALL) return { offset: seen, disputed: null };
  // A jump within the jump is a new one.
  if (disputed === null || Math.abs(seen - disputed.offset) > SMALL) return { offset, disputed: { offset: seen, since: monotonic } };
  if (monotonic - disputed.since >= HELD) return { offset: seen, disputed: null };
  return { offset, disputed };
}

/** A jump that began or ended: by how much, milliseconds, and whether it is believed now. */
export interface Jump {
  readonly by: number;
  readonly believed: boolean;
}

export interface SteadyClock extends Clock {
  /** The system's clock says something else, which is not believed yet. */
  readonly disputed: boolean;
}

/**
 * A clock that looks at the system's each time it is asked.
 * @param onJump is told of a jump when it is seen, and again when it is believed, before anybody gets the new time
 */
export function steadyClock(clock: Clock, onJump: (jump: Jump) => void): SteadyClock {
  let belief: Belief = { offset: clock.now() - clock.monotonic(), disputed: null };
  return {
    now() {
      const wall = clock.now();
      const monotonic = clock.monotonic();
      const before = belief;
      belief = believe(before, wall, monotonic);
      if (belief.disputed !== null) {
        if (belief.disputed !== before.disputed) onJump({ by: Math.round(belief.disputed.offset - belief.offset), believed: false });
        return Math.round(monotonic + belief.offset);
      }
      if (before.disputed !== null && Math.abs(belief.offset - before.offset) > SMALL) {
        onJump({ by: Math.round(belief.offset - before.offset), believed: true });
      }
      return wall;
    },
    get disputed() {
      return belief.disputed !== null;
    },
    monotonic: () => clock.monotonic(),
    setTimer: (delay, fn) => clock.setTimer(delay, fn),
  };
}
