import type { Caller } from '../at/telephone-answers.ts';

/**
 * What rings, as a pure machine: one call for each ringing, however many rings it has. Its states:
 *
 * - **idle**: nothing rings.
 * - **ringing**: rings come every few seconds, each with the caller's number where the modem tells it. It ends when the modem
 *   says so, when no ring has come for a while, when another number rings, or when the call was hung up or the modem is gone.
 */
export type CallState = { readonly at: 'idle' } | Ringing;

interface Ringing {
  readonly at: 'ringing';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The first ring and the latest, milliseconds of the monotonic clock. */
  readonly firstRing: number;
  readonly lastRing: number;
  /** When the latest began, milliseconds since 1970. */
  readonly lastRingAt: number;
  readonly rings: number;
  /** Undefined while nothing has been said of it. */
  readonly caller: Caller | undefined;
  /** No number has been told yet with the latest ring, so that it may be another's. */
  readonly unclaimed: boolean;
}

/** A call, so far or as it ended. */
export interface Call {
  /** Milliseconds since 1970; with the SIM it names the call. */
  readonly startedAt: number;
  /** As the network gave it; null where it was not told. */
  readonly number: string | null;
  readonly withheld: boolean;
  readonly rings: number;
  /** From the first ring to the end, whole milliseconds; null while it rings. */
  readonly duration: number | null;
  /** It was ended here. */
  readonly hungUp: boolean;
}

export type CallInput =
  /** `now` on the monotonic clock, `at` since 1970, milliseconds. */
  | { readonly type: 'ring'; readonly now: number; readonly at: number }
  | { readonly type: 'caller'; readonly caller: Caller; readonly now: number; readonly at: number }
  /** The modem says that it is over. */
  | { readonly type: 'over'; readonly now: number }
  | { readonly type: 'hungUp'; readonly now: number }
  /** No ring has come for the time that the last `listen` effect gave, or the modem is gone. */
  | { readonly type: 'silence' };

export type CallEffect =
  /** What is known of a call has changed. */
  | { readonly type: 'tell'; readonly call: Call }
  /** A call begins: the time runs after which it is hung up, if that is wanted. */
  | { readonly type: 'begun' }
  /** Give `silence` after so many milliseconds without another such effect; undefined: never. */
  | { readonly type: 'listen'; readonly ms: number | undefined };

export interface CallStep {
  readonly state: CallState;
  readonly effects: readonly CallEffect[];
}

export const STILL: CallState = { at: 'idle' };

/** Networks ring every 3 to 6 seconds, and modems hold a ring back while they are busy with a segment, milliseconds. */
const SILENCE = 12_000;

/** The next state, and what is to be done, in order. */
export function ring(now: CallState, input: CallInput): CallStep {
  switch (input.type) {
    case 'ring':
      return now.at === 'idle' ? begin(input.now, input.at, undefined) : again(now, input.now, input.at);
    case 'caller':
      return now.at === 'idle' ? begin(input.now, input.at, input.caller) : named(now, input.caller, input.now, input.at);
    case 'over':
      return now.at === 'idle' ? { state: now, effects: [] } : end(now, input.now, false);
    case 'hungUp':
      return now.at === 'idle' ? { state: now, effects: [] } : end(now, input.now, true);
    case 'silence':
      return now.at === 'idle' ? { state: now, effects: [] } : end(now, now.lastRing, false);
  }
}

function begin(now: number, at: number, caller: Caller | undefined): CallStep {
  const state: Ringing = {
    at: 'ringing',
    startedAt: at,
    firstRing: now,
    lastRing: now,
    lastRingAt: at,
    rings: 1,
    caller,
    unclaimed: caller === undefined,
  };
  return { state, effects: [{ type: 'begun' }, { type: 'listen', ms: SILENCE }, tell(state, null, false)] };
}

function again(state: Ringing, now: number, at: number): CallStep {
  const next: Ringing = { ...state, lastRing: now, lastRingAt: at, rings: state.rings + 1, unclaimed: true };
  return { state: next, effects: [{ type: 'listen', ms: SILENCE }] };
}

function named(state: Ringing, caller: Caller, now: number, at: number): CallStep {
  if (state.caller === undefined) {
    const next: Ringing = { ...state, caller, unclaimed: false };
    return { state: next, effects: [tell(next, null, false)] };
  }
  if (isSame(state.caller, caller)) return { state: { ...state, unclaimed: false }, effects: [] };
  // Another one rings: the call before ended unsaid, and the latest ring is the other's already.
  const rings = state.unclaimed ? state.rings - 1 : state.rings;
  const before = end({ ...state, rings: Math.max(1, rings) }, state.unclaimed ? state.lastRing : now, false);
  const next = state.unclaimed ? begin(state.lastRing, state.lastRingAt, caller) : begin(now, at, caller);
  return { state: next.state, effects: [...before.effects, ...next.effects] };
}

function end(state: Ringing, now: number, hungUp: boolean): CallStep {
  return {
    state: STILL,
    effects: [{ type: 'listen', ms: undefined }, tell(state, Math.max(0, Math.round(now - state.firstRing)), hungUp)],
  };
}

const isSame = (a: Caller, b: Caller): boolean => a.number === b.number && a.withheld === b.withheld;

function tell(state: Ringing, duration: number | null, hungUp: boolean): CallEffect {
  const { startedAt, rings, caller } = state;
  return {
    type: 'tell',
    call: { startedAt, number: caller?.number ?? null, withheld: caller?.withheld ?? false, rings, duration, hungUp },
  };
}
