/**
 * What is done about a modem that stays silent, one rung after the other, as a pure machine (requirement M02):
 *
 * - **well**: it answers. Whatever was done before is remembered for its limits only.
 * - **reopening**: the first silence. The port is opened anew, which takes back a half-said command and makes all settings.
 * - **in a remedy**: it was told to start anew (`+CFUN=1,1`, or what its profile says), then its USB device was reset, then its
 *   USB port was without power for a while; each has its time to help. Where nobody may reset it, it is told to start anew twice.
 * - **dead**: all that was done, or as often as it may be. A person is told; the port is tried on, since a replug cures it, and
 *   the remedies after an hour again.
 *
 * A port that is absent is no silence: nothing is ever done because of it, nor while several modems went at once, which is
 * the power or the hub.
 */
export interface Ladder {
  /** What was done in the last day, milliseconds of the monotonic clock. */
  readonly done: readonly { readonly remedy: Remedy; readonly at: number }[];
  /** It was silent before, and has not been ready since. */
  readonly inTrouble: boolean;
  /** Remedies that were gone through in this trouble. */
  readonly step: number;
  readonly deadAt: number | undefined;
}

export type Remedy = 'startAnew' | 'usbReset' | 'powerCycle';
export type Rung = 'reopen' | Remedy | 'wait' | 'dead';

export const WELL: Ladder = { done: [], inTrouble: false, step: 0, deadAt: undefined };

const HOUR = 3_600_000;
const DAY = 86_400_000;

/** The minutes that may lie between the decision and the remedy. */
const LEEWAY = 120_000;

/** How often each may be used in how long, and how long a modem gets to come back after it, milliseconds. */
const LIMITS: Readonly<Record<Remedy, { readonly most: number; readonly within: number; readonly helpsIn: number }>> = {
  startAnew: { most: 2, within: HOUR, helpsIn: 60_000 },
  usbReset: { most: 2, within: HOUR, helpsIn: 30_000 },
  powerCycle: { most: 3, within: DAY, helpsIn: 70_000 },
};

/** It did not answer; or it answers, again and again, that it or its SIM is faulty, which opening its port anew does not mend. */
export type Trouble = 'silent' | 'faulty';

export interface Circumstances {
  /** Now, milliseconds of the monotonic clock. */
  readonly at: number;
  /** Several modems went at once. */
  readonly outage: boolean;
  /** What may be done besides telling it to start anew, in this order. */
  readonly usb: readonly Exclude<Remedy, 'startAnew'>[];
  /** Milliseconds that it takes to start anew, where its make is known. */
  readonly startsIn?: number;
}

/** What is to be done about a modem in trouble. */
export function climb(before: Ladder, trouble: Trouble, { at, outage, usb, startsIn }: Circumstances): { ladder: Ladder; rung: Rung } {
  const now = { ...before, done: before.done.filter((one) => at - one.at < DAY + LEEWAY) };
  const may = (remedy: Remedy): boolean => {
    const { most, within } = LIMITS[remedy];
    return now.done.filter((one) => one.remedy === remedy && at - one.at < within + LEEWAY).length < most;
  };
  const last = now.done.at(-1);
  const helpsIn = last?.remedy === 'startAnew' ? (startsIn ?? LIMITS.startAnew.helpsIn) : last ? LIMITS[last.remedy].helpsIn : 0;
  const waits = outage || (last !== undefined && at - last.at < helpsIn);
  if (trouble === 'faulty') {
    if (waits || !may('startAnew')) return { ladder: before, rung: 'wait' };
    return { ladder: { ...now, inTrouble: true, step: 1, done: [...now.done, { remedy: 'startAnew', at }] }, rung: 'startAnew' };
  }
  if (!now.inTrouble) return { ladder: { ...now, inTrouble: true }, rung: 'reopen' };
  if (waits) return { ladder: now, rung: 'wait' };
  if (now.deadAt !== undefined && at - now.deadAt < HOUR) return { ladder: now, rung: 'dead' };
  const first = now.deadAt === undefined ? now.step : 0;
  const rungs: readonly Remedy[] = usb.length > 0 ? ['startAnew', ...usb] : ['startAnew', 'startAnew'];
  const step = rungs.findIndex((remedy, i) => i >= first && may(remedy));
  const remedy = rungs[step];
  if (remedy === undefined) return { ladder: { ...now, step: rungs.length, deadAt: at }, rung: 'dead' };
  return { ladder: { ...now, step: step + 1, deadAt: undefined, done: [...now.done, { remedy, at }] }, rung: remedy };
}

/** What was to be done last was not done, so it is not waited for. */
export const undone = (now: Ladder): Ladder => ({ ...now, done: now.done.slice(0, -1) });

/** It is ready again. */
export function recovered(now: Ladder): Ladder {
  return now.inTrouble ? { ...WELL, done: now.done } : now;
}
