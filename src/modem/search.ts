/**
 * The search of something that was plugged in for the port at which it speaks AT, as a pure machine. Its states:
 *
 * - **trying**: one of its ports is asked; each gets one chance in a round, the best first.
 * - **found**: a modem has said who it is there. From then on its silence is the modem's trouble, not a wrong port.
 * - **notWanted**: it is a modem, and the configuration names others. It is let go until it is plugged in anew.
 * - **resting**: none of its ports speaks AT, so all are let go. It may have been starting: the next round begins soon,
 *   later ones ever more seldom.
 */
export type Search =
  | { readonly at: 'trying'; readonly index: number; readonly round: number }
  | { readonly at: 'found'; readonly index: number }
  | { readonly at: 'notWanted' }
  | { readonly at: 'resting'; readonly round: number; readonly ms: number };

export type SearchInput =
  /** What is on the port does not speak AT. */
  { readonly type: 'noModem' } | { readonly type: 'modem'; readonly wanted: boolean } | { readonly type: 'rested' };

export const SEARCH_BEGINS: Search = { at: 'trying', index: 0, round: 0 };

/** Milliseconds of rest after each round, the last one for all later. */
const RESTS = [5_000, 30_000, 300_000] as const;
const LONG_REST = 3_600_000;

/**
 * The next state; inputs that mean nothing in a state change nothing.
 * @param ports how many ports may be asked
 */
export function search(now: Search, input: SearchInput, ports: number): Search {
  switch (input.type) {
    case 'noModem':
      if (now.at !== 'trying') return now;
      if (now.index + 1 < ports) return { ...now, index: now.index + 1 };
      return { at: 'resting', round: now.round, ms: RESTS[now.round] ?? LONG_REST };
    case 'modem':
      if (now.at !== 'trying') return now;
      return input.wanted ? { at: 'found', index: now.index } : { at: 'notWanted' };
    case 'rested':
      return now.at === 'resting' ? { at: 'trying', index: 0, round: now.round + 1 } : now;
  }
}
