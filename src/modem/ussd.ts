/**
 * The USSD dialogue of one SIM, as a pure machine (TS 22.090, TS 27.007 7.15). Its states:
 *
 * - **idle**: nobody asks anything. What the network says now was not asked for; where it wants an answer, it is told no.
 * - **asking**: a text is with the modem or the network, whose answer is awaited.
 * - **open**: the network asked back. The session is kept for whoever has its id, for a while.
 * - **ending**: the session is being ended by `AT+CUSD=2`. What is said until that has been answered, and shortly after,
 *   belongs to what is over, so it is let by and nothing new is begun.
 */
export type Ussd =
  | { readonly at: 'idle' }
  | { readonly at: 'asking' }
  | { readonly at: 'open'; readonly session: string }
  | { readonly at: 'ending' };

export type UssdInput =
  /** Somebody asks something new; only while idle. */
  | { readonly type: 'ask'; readonly text: string }
  /** Somebody answers what the network asked back; only while open. */
  | { readonly type: 'answer'; readonly text: string }
  /** The network said something. `session` is the id that is given to it if it wants an answer. */
  | { readonly type: 'said'; readonly mode: number; readonly text: string | null; readonly session: string }
  /** The modem refused the text that is out. */
  | { readonly type: 'refused' }
  /** The timer ran out that the last `timer` effect set. */
  | { readonly type: 'late' }
  /** Nobody wants to answer. */
  | { readonly type: 'leave' }
  /** `AT+CUSD=2` has been answered, or never will be. */
  | { readonly type: 'ended' };

/** Why there is no answer: the network is silent, does not know the code or does not allow it, or ended the session. */
export type UssdFailure = 'silent' | 'refused' | 'ended';

export type UssdEffect =
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'timer'; readonly ms: number | undefined }
  /** `session` is null when the dialogue is over. */
  | { readonly type: 'reply'; readonly text: string; readonly session: string | null }
  | { readonly type: 'fail'; readonly why: UssdFailure }
  /** `AT+CUSD=2`. */
  | { readonly type: 'end' };

export interface UssdStep {
  readonly state: Ussd;
  readonly effects: readonly UssdEffect[];
}

export const QUIET: Ussd = { at: 'idle' };

/** Milliseconds: for the network's answer, below the minute for which an HTTP client is kept; for a person's; for echoes of an end. */
export const USSD_LIMITS = { answer: 45_000, person: 120_000, echoes: 2_000 };

const NO_TIMER: UssdEffect = { type: 'timer', ms: undefined };

const to = (state: Ussd, ...effects: UssdEffect[]): UssdStep => ({ state, effects });

/** The next state, and what is to be done, in order. Inputs that mean nothing in a state change nothing. */
export function converse(now: Ussd, input: UssdInput): UssdStep {
  switch (input.type) {
    case 'ask':
      return now.at === 'idle' ? asked(input.text) : to(now);
    case 'answer':
      return now.at === 'open' ? asked(input.text) : to(now);
    case 'said':
      return said(now, input.mode, input.text, input.session);
    case 'refused':
      return now.at === 'asking' ? to(QUIET, NO_TIMER, { type: 'fail', why: 'refused' }) : to(now);
    case 'late':
      if (now.at === 'asking') return ending({ type: 'fail', why: 'silent' });
      if (now.at === 'open') return ending();
      return now.at === 'ending' ? to(QUIET) : to(now);
    case 'leave':
      return now.at === 'open' ? ending() : to(now);
    case 'ended':
      return now.at === 'ending' ? to(now, { type: 'timer', ms: USSD_LIMITS.echoes }) : to(now);
  }
}

const asked = (text: string): UssdStep => to({ at: 'asking' }, { type: 'timer', ms: USSD_LIMITS.answer }, { type: 'write', text });

const ending = (...effects: UssdEffect[]): UssdStep => to({ at: 'ending' }, NO_TIMER, ...effects, { type: 'end' });

function said(now: Ussd, mode: number, text: string | null, session: string): UssdStep {
  const wantsAnswer = mode === 1;
  switch (now.at) {
    case 'asking': {
      if (wantsAnswer) {
        return to({ at: 'open', session }, { type: 'timer', ms: USSD_LIMITS.person }, { type: 'reply', text: text ?? '', session });
      }
      // With a text, "ended by the network" is how many networks give their last word.
      if (mode === 0 || (mode === 2 && text !== null)) return to(QUIET, NO_TIMER, { type: 'reply', text: text ?? '', session: null });
      return to(QUIET, NO_TIMER, { type: 'fail', why: mode === 5 ? 'silent' : mode === 4 ? 'refused' : 'ended' });
    }
    case 'open':
      // The network has ended it, or has gone on by itself: nobody's answer fits any more.
      return wantsAnswer ? ending() : to(QUIET, NO_TIMER);
    case 'idle':
      return wantsAnswer ? ending() : to(now);
    case 'ending':
      return to(now);
  }
}
