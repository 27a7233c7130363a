import type { Effect, Exchange, Input, Patience, Phase, Step, Transmission } from './exchange-state.ts';
import { type Info, isBoot, isEcho, isStart, type Line } from './lines.ts';
import type { FinalResult } from './result-codes.ts';

/** 6 s for what may be no modem, 14 s for a command; 10 minutes for a segment: as long may a network answer (requirement D06). */
const PATIENCE: Patience = {
  stranger: [2_000, 2_000, 2_000],
  command: [2_000, 4_000, 8_000],
  submit: [2_000, 4_000, 8_000, 16_000, ...Array.from({ length: 20 }, () => 30_000)],
};

/** After `+CMGS: <mr>` the OK follows at once; if it does not, the segment is accepted all the same. */
const OK_AFTER_REFERENCE = 5_000;

/** An OK without a reference before it: if it belongs to something else, the true answer may be seconds away. */
const REFERENCE_AFTER_OK = 5_000;

/** For a line that only looks as if the modem had started. */
const ANSWER_AFTER_BOOT = 10_000;

/** Silence that ends `settling`: with a probe that can be told apart, and without. */
const SETTLED = { known: 1_000, unknown: 2_000 };

/** Lines that one answer may have; a full memory lists some hundred messages. */
const MAX_INFO = 5_000;

const PROBE = 'AT+CGSN';
const NO_TIMER: Effect = { type: 'timer', ms: undefined };

export function newExchange(patience: Patience = PATIENCE): Exchange {
  return {
    phase: { at: 'idle' },
    stranger: true,
    serial: undefined,
    owedOk: false,
    silent: false,
    echoed: false,
    startedAnew: false,
    patience,
  };
}

/** The next state of the machine (`exchange-state.ts` has its phases), and what is to be done, in order. */
export function advance(state: Exchange, input: Input): Step {
  switch (input.type) {
    case 'run':
      return begin(state, { at: 'awaitingFinal', command: input.command, info: [] }, input.command.line, input.command.limit);
    case 'submit':
      if (state.startedAnew) return same(state, { type: 'transmitted', transmission: { kind: 'startedAnew' } });
      return begin(state, { at: 'awaitingPrompt', submit: input.submit }, input.submit.line, input.submit.promptLimit);
    case 'line':
      return heard(state, input.line);
    case 'overdue':
      return overdue(state);
    case 'gone':
      return gone(state);
    case 'known':
      return same({ ...state, stranger: false, serial: input.serial });
    case 'settled':
      return same({ ...state, startedAnew: false });
  }
}

const to = (state: Exchange, phase: Phase, ...effects: Effect[]): Step => ({ state: { ...state, phase }, effects });
const same = (state: Exchange, ...effects: Effect[]): Step => ({ state, effects });
const idle = (state: Exchange, ...effects: Effect[]): Step => to(state, { at: 'idle' }, NO_TIMER, ...effects);

function begin(state: Exchange, phase: Phase, line: string, limit: number): Step {
  if (state.phase.at !== 'idle') throw new Error(`a command was started while ${state.phase.at}`);
  return to({ ...state, echoed: false }, phase, { type: 'command', line }, { type: 'timer', ms: limit });
}

// ---- lines ------------------------------------------------------------------------------------------------------

function heard(state: Exchange, line: Line): Step {
  switch (line.kind) {
    case 'prompt':
      return prompted(state);
    case 'info':
      return informed(state, line);
    case 'final':
      return concluded(state, line.result, line.doubtful);
  }
}

function prompted(state: Exchange): Step {
  const { phase } = state;
  switch (phase.at) {
    case 'awaitingPrompt':
      if (state.startedAnew) {
        return loseStep(
          state,
          state.patience.command,
          0,
          { type: 'escape' },
          { type: 'transmitted', transmission: { kind: 'startedAnew' } },
        );
      }
      return to(
        state,
        { at: 'awaitingOutcome', submit: phase.submit, reference: undefined, agreed: false },
        { type: 'pdu', pdu: phase.submit.pdu },
        { type: 'timer', ms: phase.submit.answerLimit },
      );
    case 'awaitingOutcome':
    case 'closed':
      return same(state);
    case 'idle':
    case 'awaitingFinal':
    case 'outOfStep':
    case 'settling':
      // A prompt that nobody waits for any more: the modem would take the next command for the text of a message.
      return same(state, { type: 'escape' });
  }
}

/** `+CMGS: <mr>[,<ackpdu>]` (TS 27.005 4.3): TP-MR, 0..255. */
function reference(text: string): number | undefined {
  const said = /^\+CMGS\s*:\s*"?(\d{1,3})"?(?:\s*,.*)?$/.exec(text)?.[1];
  const mr = Number(said ?? 256);
  return mr <= 255 ? mr : undefined;
}

function informed(state: Exchange, info: Info): Step {
  const { phase } = state;
  const unsolicited: Effect = { type: 'unsolicited', info };
  const mr = info.pdu === undefined ? reference(info.text) : undefined;
  if (mr !== undefined && phase.at !== 'closed') {
    if (info.doubtful) return same(state);
    if (phase.at === 'awaitingOutcome' && phase.reference === undefined) {
      return to(state, { ...phase, reference: mr }, { type: 'timer', ms: OK_AFTER_REFERENCE });
    }
    return same({ ...state, owedOk: true }, { type: 'late', mr });
  }
  const own = state.serial !== undefined && info.text.includes(state.serial);
  switch (phase.at) {
    case 'awaitingFinal':
      if (phase.info.length < MAX_INFO && phase.command.accepts(info.text)) {
        return to(state, { ...phase, info: [...phase.info, info] }, { type: 'timer', ms: phase.command.limit });
      }
      break;
    case 'awaitingOutcome':
      if (info.text.toUpperCase() === phase.submit.pdu.toUpperCase()) return same(state);
      break;
    case 'outOfStep':
      if (own) return to(state, { ...phase, heard: true });
      break;
    case 'settling':
      if (own) return same(state);
      break;
    case 'closed':
      return same(state);
    case 'idle':
    case 'awaitingPrompt':
      break;
  }
  if (isEcho(info.text)) return echoed(state, info.text);
  if (!isStart(info.text)) return same(state, unsolicited);
  // What was on its way stays in doubt, but nobody need wait minutes for an answer that cannot come any more.
  const vain: Effect[] = phase.at === 'awaitingOutcome' && isBoot(info.text) ? [{ type: 'timer', ms: ANSWER_AFTER_BOOT }] : [];
  return forgetful(state, unsolicited, ...vain);
}

/** A command came back: as always, or again, which only a modem that lost its settings does. */
function echoed(state: Exchange, text: string): Step {
  const { phase } = state;
  const written = phase.at === 'awaitingFinal' ? phase.command.line : phase.at === 'awaitingPrompt' ? phase.submit.line : undefined;
  if (text !== written) return same(state);
  const heard = { ...state, silent: false, echoed: true };
  return state.silent ? forgetful(heard) : same(heard);
}

function forgetful(state: Exchange, ...effects: Effect[]): Step {
  return same({ ...state, startedAnew: true }, ...effects, { type: 'startedAnew' });
}

function concluded(state: Exchange, result: FinalResult, doubtful: boolean): Step {
  const { phase } = state;
  if (state.owedOk && result.kind === 'ok' && phase.at !== 'awaitingOutcome') {
    // Unless the command in hand has its information already: then the OK that the late answer owed never came.
    const own = phase.at === 'awaitingFinal' && phase.info.length > 0;
    return own ? concluded({ ...state, owedOk: false }, result, doubtful) : same({ ...state, owedOk: false });
  }
  switch (phase.at) {
    case 'idle':
    case 'closed':
      return same(state);
    case 'awaitingFinal':
      // Of a lost answer, or of a process before ours: this command has not been answered before it said what it was asked.
      if (result.kind === 'ok' && phase.command.insists && phase.info.length === 0) return same(state);
      return idle({ ...state, silent: !state.echoed }, { type: 'ended', ending: { kind: 'answered', result, info: phase.info } });
    case 'awaitingPrompt':
      if (doubtful || result.kind === 'ok') return same(state);
      return idle(state, { type: 'transmitted', transmission: { kind: 'errorBefore', result } });
    case 'awaitingOutcome':
      if (doubtful) return same(state);
      if (result.kind === 'ok' && phase.reference === undefined && !phase.agreed)
        return to(state, { ...phase, agreed: true }, { type: 'timer', ms: REFERENCE_AFTER_OK });
      return idle({ ...state, owedOk: false }, { type: 'transmitted', transmission: outcome(phase.reference, result) });
    case 'outOfStep':
      return probed(state, phase, result);
    case 'settling':
      if (state.serial === undefined) return same(state, { type: 'timer', ms: SETTLED.unknown });
      return phase.outstanding > 1 ? to(state, { at: 'settling', outstanding: phase.outstanding - 1 }) : idle(state, { type: 'inStep' });
  }
}

function outcome(mr: number | undefined, result: FinalResult): Transmission {
  if (mr !== undefined) return { kind: 'accepted', mr };
  return result.kind === 'ok' ? { kind: 'okWithoutReference' } : { kind: 'errorAfter', result };
}

// ---- silence ----------------------------------------------------------------------------------------------------

function overdue(state: Exchange): Step {
  const { phase } = state;
  switch (phase.at) {
    case 'idle':
    case 'closed':
      return same(state);
    case 'awaitingFinal':
      return loseStep(state, state.patience.command, phase.command.line === PROBE ? 1 : 0, { type: 'ended', ending: { kind: 'overdue' } });
    case 'awaitingPrompt':
      // Before Ctrl-Z an ESC takes the command back (TS 27.005 3.5.1), so nothing was sent, whatever the modem does next.
      return loseStep(state, state.patience.command, 0, { type: 'escape' }, { type: 'transmitted', transmission: { kind: 'noPrompt' } });
    case 'awaitingOutcome':
      if (phase.reference !== undefined) {
        const transmission: Transmission = { kind: 'accepted', mr: phase.reference };
        return loseStep(state, state.patience.command, 0, { type: 'transmitted', transmission });
      }
      if (phase.agreed) return idle({ ...state, owedOk: false }, { type: 'transmitted', transmission: { kind: 'okWithoutReference' } });
      return loseStep(state, state.patience.submit, 0, { type: 'transmitted', transmission: { kind: 'overdue' } });
    case 'outOfStep': {
      const [next, ...later] = phase.schedule;
      if (next === undefined) return to(state, { at: 'closed' }, NO_TIMER, { type: 'mute' });
      const again: Phase = { ...phase, schedule: later, probes: phase.probes + 1 };
      // A stranger may wait for the text of a message that a process before ours began.
      const takeBack: Effect[] = state.stranger ? [{ type: 'escape' }] : [];
      return to(state, again, ...takeBack, probe(state), { type: 'timer', ms: next });
    }
    case 'settling':
      return idle(state, { type: 'inStep' });
  }
}

const probe = (state: Exchange): Effect => ({ type: 'command', line: state.serial === undefined ? 'AT' : PROBE });

function loseStep(state: Exchange, patience: readonly number[], alike: number, ...effects: Effect[]): Step {
  const [first = 2_000, ...schedule] = state.stranger ? state.patience.stranger : patience;
  const phase: Phase = { at: 'outOfStep', schedule, probes: 1, alike, heard: false };
  return to(state, phase, ...effects, { type: 'outOfStep' }, probe(state), { type: 'timer', ms: first });
}

function probed(state: Exchange, phase: Extract<Phase, { at: 'outOfStep' }>, result: FinalResult): Step {
  if (state.serial === undefined) {
    // An OK to `AT` looks like any other OK: what else is owed must have come before the line has been quiet for a while.
    if (result.kind !== 'ok') return same(state);
    return to(state, { at: 'settling', outstanding: phase.probes }, { type: 'timer', ms: SETTLED.unknown });
  }
  if (!phase.heard) return same(state);
  if (result.kind !== 'ok') return to(state, { ...phase, heard: false });
  const outstanding = phase.probes - 1 + phase.alike;
  if (outstanding === 0) return idle(state, { type: 'inStep' });
  return to(state, { at: 'settling', outstanding }, { type: 'timer', ms: SETTLED.known });
}

// ---- the end ----------------------------------------------------------------------------------------------------

function gone(state: Exchange): Step {
  const { phase } = state;
  const closed: Phase = { at: 'closed' };
  switch (phase.at) {
    case 'awaitingFinal':
      return to(state, closed, NO_TIMER, { type: 'ended', ending: { kind: 'gone' } });
    case 'awaitingPrompt':
      return to(state, closed, NO_TIMER, { type: 'transmitted', transmission: { kind: 'goneBefore' } });
    case 'awaitingOutcome': {
      const transmission: Transmission = phase.reference === undefined ? { kind: 'goneAfter' } : { kind: 'accepted', mr: phase.reference };
      return to(state, closed, NO_TIMER, { type: 'transmitted', transmission });
    }
    case 'idle':
    case 'outOfStep':
    case 'settling':
    case 'closed':
      return to(state, closed, NO_TIMER);
  }
}
