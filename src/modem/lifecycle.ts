import type { ModemReason } from '../base/modem-reason.ts';

/**
 * The life of a modem on its port, as a pure machine. Its states, each with a plain sentence and, where somebody can do
 * something, a next step:
 *
 * - **absent**: there is no such port, or it went away. Looked for again, soon and then every 10 s.
 * - **opening**: the port is being opened.
 * - **identifying**: is it a modem at all, and which one? Its serial number is read and its settings are made.
 * - **unlocking**: the SIM is missing, locked, or still starting. Asked again every few seconds.
 * - **registering**: the SIM is known and the network is not reached. Nothing is sent (requirement M07).
 * - **ready**: segments go out and messages come in.
 * - **degraded**: an answer is overdue. Nothing is sent until the modem is in step again; then it goes on as before.
 * - **failed**: it cannot be used: another program holds the port, this user may not open it, or what is there does not
 *   answer or does not speak AT. Tried again with growing pauses, 1 s to 60 s.
 *
 * While a try lasts that may fail as the one before did, it is *shown* as before (`shown`): who looks in that moment, a person
 * or the alerts, would else take what is broken for something that is just coming up.
 */
export const MODEM_STATES = ['absent', 'opening', 'identifying', 'unlocking', 'registering', 'ready', 'degraded', 'failed'] as const;

export type ModemState = (typeof MODEM_STATES)[number];

/** What is shown of a life. */
export interface Shown {
  readonly state: ModemState;
  readonly reason: ModemReason;
  /** One plain sentence on what is going on. */
  readonly sentence: string;
  /** What a person can do about it; null when nothing needs doing. */
  readonly nextStep: string | null;
}

export interface Lifecycle extends Shown {
  /** How the last try failed, until one gets further than that; null when none did. */
  readonly failing: Shown | null;
  /** Sessions in a row that ended before the SIM was known. */
  readonly attempts: number;
  /** Whether the network was reached, as last heard in this session; `degraded` goes back to it. */
  readonly registered: boolean;
}

/** Why a SIM cannot be used yet. */
export type Lock =
  | 'absent'
  | 'starting'
  | 'pin'
  | 'pinKept'
  | 'pinNameless'
  | 'pinRefused'
  | 'pinSpent'
  | 'pinDoubtful'
  | 'puk'
  | 'other'
  | 'faulty';

/** Why a port could not be opened, or a session ended. */
export type Ending = 'gone' | 'unreachable' | 'busy' | 'forbidden' | 'notSerial' | 'mute' | 'startingAnew' | 'dead' | 'rubbish' | 'refused';

export type LifecycleInput =
  | { readonly type: 'open' }
  | { readonly type: 'opened' }
  | { readonly type: 'locked'; readonly lock: Lock }
  /** The SIM is known. */
  | { readonly type: 'unlocked' }
  /** `abroad`: it is registered, and somebody must say yes to what that costs. */
  | { readonly type: 'registration'; readonly registered: boolean; readonly abroad?: boolean }
  | { readonly type: 'outOfStep' }
  | { readonly type: 'inStep' }
  /** The port could not be opened, or the session ended. */
  | { readonly type: 'ended'; readonly why: Ending; readonly sentence: string }
  | { readonly type: 'stopped' };

type LifecycleEffect = { readonly type: 'openPort' } | { readonly type: 'retryIn'; readonly ms: number };

export interface LifecycleStep {
  readonly state: Lifecycle;
  readonly effects: readonly LifecycleEffect[];
}

export const BORN: Lifecycle = {
  state: 'absent',
  reason: 'notStarted',
  sentence: 'Not started yet.',
  nextStep: null,
  failing: null,
  attempts: 0,
  registered: false,
};

const LOCKS: Readonly<Record<Lock, readonly [reason: ModemReason, sentence: string, nextStep: string | null]>> = {
  absent: ['simMissing', 'There is no SIM in the modem.', 'Put a SIM in; the modem may need to be plugged in again afterwards.'],
  starting: ['simStarting', 'The SIM is starting.', null],
  pin: [
    'pinNeeded',
    'The SIM asks for its PIN.',
    'Give it its PIN (POST /v1/modems/{modem}/pin, or in the configuration under its [[sim]]), or switch the PIN off in a phone.',
  ],
  pinKept: ['pinKept', 'The SIM asks for its PIN, which the configuration has: the daemon enters it when it starts.', null],
  pinNameless: [
    'pinNameless',
    'The SIM asks for its PIN and does not tell its ICCID before, so no configured PIN can be its own.',
    'Give it its PIN (POST /v1/modems/{modem}/pin), or switch the PIN off in a phone.',
  ],
  pinRefused: [
    'pinRefused',
    'The SIM did not take the PIN that it was given, so that one is not tried again.',
    'Give it the right PIN (POST /v1/modems/{modem}/pin, or under its [[sim]] and start anew); each value is tried once.',
  ],
  pinSpent: [
    'pinSpent',
    'Fewer than two tries are left for the PIN of the SIM, so none is made.',
    'Enter the PIN in a phone, which gives the SIM its tries back.',
  ],
  pinDoubtful: [
    'pinDoubtful',
    'The SIM did not take two PINs and the modem does not tell how many tries are left, so no third is made.',
    'Switch the PIN off in a phone, then put the SIM back.',
  ],
  puk: ['pukNeeded', 'The SIM is blocked and asks for its PUK.', 'Enter the PUK in a phone; Simpost never does.'],
  other: [
    'locked',
    'The modem or the SIM is locked.',
    'Use a SIM of the operator that the modem is locked to, or have the modem unlocked.',
  ],
  faulty: ['simFaulty', 'The SIM cannot be read.', 'Take the SIM out, clean its contacts, and put it back; try another one.'],
};

/** What a person can do about each; the sentence of the ending says what is. */
const ENDINGS: Readonly<Record<Ending, string>> = {
  gone: 'Plug the modem in, or correct its port in the configuration; it is taken up again by itself.',
  unreachable:
    'Start ser2net there, or correct the address; see that the modem is plugged in there and no other program is connected to it.',
  busy: 'Close the other program, or tell ModemManager to leave this port alone.',
  forbidden: 'Add the user that Simpost runs as to the group dialout (sudo adduser USER dialout), then start Simpost again.',
  notSerial: 'Name the serial port of the modem in the configuration: ls -l /dev/serial/by-id shows them.',
  startingAnew: 'Wait a minute; it is looked for again and again.',
  dead: 'Unplug the modem and plug it in again; if that does not help, try another port, another cable, then another modem.',
  mute: 'Wait for the next try; if it stays silent, unplug the modem and plug it in again.',
  rubbish: 'Name the AT port of the modem in the configuration; a stick has several ports. On a real serial line, try another baudRate.',
  refused: 'Use another modem, or report its make and model.',
};

const REASON_OF: Readonly<Record<Ending, ModemReason>> = {
  gone: 'portGone',
  unreachable: 'portUnreachable',
  busy: 'portBusy',
  forbidden: 'portForbidden',
  notSerial: 'portNotSerial',
  mute: 'mute',
  startingAnew: 'startingAnew',
  dead: 'dead',
  rubbish: 'noAt',
  refused: 'refused',
};

const LONGEST = { absent: 10_000, failed: 60_000 };

/** Milliseconds before the nth try in a row: 1 s, 2 s, 4 s ... */
function pause(attempts: number, longest: number): number {
  return Math.min(longest, 1_000 * 2 ** Math.min(attempts - 1, 10));
}

/** Endings after which it is something else when the port can be opened. */
const OF_THE_PORT: ReadonlySet<ModemReason> = new Set(['portGone', 'portUnreachable', 'portBusy', 'portForbidden', 'portNotSerial']);

/** A life as it is shown. */
export const shown = (life: Lifecycle): Shown =>
  life.failing && (life.state === 'opening' || life.state === 'identifying') ? life.failing : life;

/** The next state, and what is to be done. Inputs that mean nothing in a state change nothing. */
export function live(now: Lifecycle, input: LifecycleInput): LifecycleStep {
  switch (input.type) {
    case 'open':
      return {
        state: { ...now, state: 'opening', reason: 'opening', sentence: 'The port is being opened.', nextStep: null },
        effects: [{ type: 'openPort' }],
      };
    case 'opened':
      return become(now, {
        state: 'identifying',
        reason: 'identifying',
        sentence: 'Finding out which modem this is.',
        nextStep: null,
        failing: now.failing && OF_THE_PORT.has(now.failing.reason) ? null : now.failing,
        registered: false,
      });
    case 'locked': {
      const [reason, sentence, nextStep] = LOCKS[input.lock];
      return become(now, { state: 'unlocking', reason, sentence, nextStep, failing: null });
    }
    case 'unlocked':
      return become(now, {
        ...reached(false),
        reason: 'searching',
        sentence: 'The SIM is looking for its network.',
        attempts: 0,
        failing: null,
      });
    case 'registration':
      if (now.state === 'registering' || now.state === 'ready') return become(now, input.abroad ? ABROAD : reached(input.registered));
      return become(now, { registered: input.registered });
    case 'outOfStep':
      if (now.state !== 'ready' && now.state !== 'registering') return { state: now, effects: [] };
      return become(now, {
        state: 'degraded',
        reason: 'overdue',
        sentence: 'The modem has not answered in time and is being asked again.',
        nextStep: 'Wait; if it stays silent, unplug the modem and plug it in again.',
      });
    case 'inStep':
      return now.state === 'degraded' ? become(now, reached(now.registered)) : { state: now, effects: [] };
    case 'ended':
      return ended(now, input.why, input.sentence);
    case 'stopped':
      return become(now, { state: 'absent', reason: 'stopped', sentence: 'Stopped.', nextStep: null, registered: false });
  }
}

const ABROAD: Partial<Lifecycle> = {
  state: 'registering',
  reason: 'abroad',
  sentence: 'The SIM is in a network abroad, where every segment may cost more, so nothing is sent.',
  nextStep: 'Set roaming = true under its [[sim]] if that is meant; otherwise put it into a modem at home.',
  registered: false,
};

const become = (now: Lifecycle, change: Partial<Lifecycle>): LifecycleStep => ({ state: { ...now, ...change }, effects: [] });

function reached(registered: boolean): Partial<Lifecycle> {
  return registered
    ? { state: 'ready', reason: 'ready', sentence: 'Ready.', nextStep: null, registered }
    : {
        state: 'registering',
        reason: 'notRegistered',
        sentence: 'The SIM is not registered in a network, so nothing is sent.',
        nextStep: 'Wait a minute; then check the antenna and the signal, and whether the SIM is active.',
        registered,
      };
}

function ended(now: Lifecycle, why: Ending, sentence: string): LifecycleStep {
  const attempts = why === 'startingAnew' ? 1 : now.attempts + 1;
  const state = why === 'gone' || why === 'unreachable' ? 'absent' : 'failed';
  const ms = pause(attempts, LONGEST[state]);
  const failing: Shown = { state, reason: REASON_OF[why], sentence, nextStep: ENDINGS[why] };
  return {
    state: { ...failing, failing, attempts, registered: false },
    effects: [{ type: 'retryIn', ms }],
  };
}
