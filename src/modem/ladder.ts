/**
 * What is done about a modem that stays silent, one rung after the other, as a pure machine (requirement M02):
 *
 * - **well**: it answers. Whatever was done before is remembered for its limits only.
 * - **reopening**: the first silence. The port is opened anew, which takes back a half-said command and makes all settings.
 * - **starting**: it was told to start anew (`+CFUN=1,1`, or what its profile says) and has a minute to come back.
 * - **dead**: that was done as often as it may be. A person is told; the port is tried on, since a replug cures it.
 *
 * A port that is absent is no silence: nothing is ever started anew because of it, nor while several modems went at once,
 * which is the power or the hub.
 */
export interface Ladder {
  /** When it was told to start anew in the last hour, milliseconds of the monotonic clock. */
  readonly resets: readonly number[];
  /** It was silent before, and has not been ready since. */
  readonly inTrouble: boolean;
}

export type Rung = 'reopen' | 'startAnew' | 'wait' | 'dead';

export const WELL: Ladder = { resets: [], inTrouble: false };

/** An hour, and the minutes that may lie between the decision and the opening of the port. */
const HOUR = 3_600_000 + 120_000;
const RESETS_PER_HOUR = 2;

/** Milliseconds that a modem gets to come back after it was told to start anew. */
const COMES_BACK = 60_000;

/** It did not answer; or it answers, again and again, that it or its SIM is faulty, which opening its port anew does not mend. */
export type Trouble = 'silent' | 'faulty';

/**
 * What is to be done about a modem in trouble.
 * @param at now, milliseconds of the monotonic clock
 * @param outage several modems went at once
 */
export function climb(now: Ladder, trouble: Trouble, at: number, outage: boolean): { ladder: Ladder; rung: Rung } {
  const resets = now.resets.filter((reset) => at - reset < HOUR);
  const last = resets.at(-1);
  const spent = resets.length >= RESETS_PER_HOUR;
  const waits = outage || (last !== undefined && at - last < COMES_BACK);
  if (trouble === 'faulty' && (waits || spent)) return { ladder: now, rung: 'wait' };
  if (trouble === 'silent' && !now.inTrouble) return { ladder: { resets, inTrouble: true }, rung: 'reopen' };
  if (waits) return { ladder: { ...now, resets }, rung: 'wait' };
  if (spent) return { ladder: { ...now, resets }, rung: 'dead' };
  return { ladder: { inTrouble: true, resets: [...resets, at] }, rung: 'startAnew' };
}

/** It is ready again. */
export function recovered(now: Ladder): Ladder {
  return now.inTrouble ? { ...now, inTrouble: false } : now;
}
