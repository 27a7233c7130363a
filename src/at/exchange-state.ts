import type { Command } from './commands.ts';
import type { Info, Line } from './lines.ts';
import type { FinalResult } from './result-codes.ts';

/**
 * The dialogue with a modem, one command at a time, as a pure machine. Its phases:
 *
 * - **idle**: nothing is asked. Whatever the modem says is unsolicited; a final result belongs to nobody and is dropped.
 * - **awaitingFinal**: a command is out. Lines that it expects are its own, all others are unsolicited: never both.
 * - **awaitingPrompt**: `AT+CMGS=n` is out, the PDU is not. Whatever goes wrong here, nothing was sent.
 * - **awaitingOutcome**: the PDU and its Ctrl-Z are out. Only `+CMGS: <mr>` says that the network took the segment
 *   (TS 27.005 4.3), only an error with a code can say that it did not; all else leaves it open.
 *   An OK that comes before them (**agreed**) may be the late answer to an ESC, so they are waited for a little longer.
 * - **outOfStep**: an answer did not come in time. The next thing that the modem says may be that answer, so nothing
 *   else is asked until a probe is answered that cannot be mistaken: `AT+CGSN` with the serial number that we know.
 *   No ESC here: a modem may take it as "abort" for a segment that is on its way. A `+CMGS: <mr>` that comes now is
 *   the late answer.
 * - **settling**: a probe was answered but more answers are still to come (further probes, or an answer that cannot be
 *   told from the lost one). They are let by, until all have come or the line is quiet.
 * - **closed**: the port is gone. Every waiter was told.
 *
 * Beside the phase it is remembered whether the modem has **started anew** and so forgotten its settings: it says so
 * (`RDY`), or it echoes a command again although it had obeyed ATE0. Until the settings are made again (`settled`) no
 * segment goes out, since a modem in text mode would send the hex of the PDU as a text (TS 27.005 3.2.3).
 */
export type Phase =
  | { readonly at: 'idle' }
  | { readonly at: 'awaitingFinal'; readonly command: Command; readonly info: readonly Info[] }
  | { readonly at: 'awaitingPrompt'; readonly submit: Submit }
  | { readonly at: 'awaitingOutcome'; readonly submit: Submit; readonly reference: number | undefined; readonly agreed: boolean }
  | {
      readonly at: 'outOfStep';
      readonly schedule: readonly number[];
      readonly probes: number;
      readonly alike: number;
      readonly heard: boolean;
    }
  | { readonly at: 'settling'; readonly outstanding: number }
  | { readonly at: 'closed' };

export interface Exchange {
  readonly phase: Phase;
  /** Nothing has told yet that this is a modem at all. */
  readonly stranger: boolean;
  /** The serial number that the probe must bring back; where there is none, a plain `AT` has to do. */
  readonly serial: string | undefined;
  /** A late `+CMGS` came outside of its dialogue, so the next OK is its own. */
  readonly owedOk: boolean;
  /** The last command was answered without having been echoed. */
  readonly silent: boolean;
  /** The command in hand was echoed. */
  readonly echoed: boolean;
  readonly startedAnew: boolean;
  readonly patience: Patience;
}

/** Milliseconds between probes, and so for how long a silent modem is waited for. */
export interface Patience {
  /** As long as it may be no modem at all. */
  readonly stranger: readonly number[];
  /** After a command without answer. */
  readonly command: readonly number[];
  /** After a segment without answer: long, since the answer can come minutes later and only this session can hear it. */
  readonly submit: readonly number[];
}

export interface Submit {
  /** `AT+CMGS=<octets>`. */
  readonly line: string;
  /** Hex. */
  readonly pdu: string;
  /** Milliseconds to wait for the prompt, and for the outcome after Ctrl-Z. */
  readonly promptLimit: number;
  readonly answerLimit: number;
}

export type Input =
  | { readonly type: 'run'; readonly command: Command }
  | { readonly type: 'submit'; readonly submit: Submit }
  | { readonly type: 'line'; readonly line: Line }
  /** The timer that the last `timer` effect set. */
  | { readonly type: 'overdue' }
  | { readonly type: 'gone' }
  /** It is a modem; this is its serial number, if it tells one. */
  | { readonly type: 'known'; readonly serial: string | undefined }
  /** The settings are made, for the first time or again. */
  | { readonly type: 'settled' };

/** How a command ended. */
export type Ending =
  | { readonly kind: 'answered'; readonly result: FinalResult; readonly info: readonly Info[] }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'gone' };

/** How an attempt to put a segment on the air ended. The first four: no octet of the PDU was written. */
export type Transmission =
  | { readonly kind: 'startedAnew' }
  | { readonly kind: 'noPrompt' }
  | { readonly kind: 'errorBefore'; readonly result: FinalResult }
  | { readonly kind: 'goneBefore' }
  | { readonly kind: 'accepted'; readonly mr: number }
  | { readonly kind: 'errorAfter'; readonly result: FinalResult }
  | { readonly kind: 'okWithoutReference' }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'goneAfter' };

export type Effect =
  | { readonly type: 'command'; readonly line: string }
  | { readonly type: 'pdu'; readonly pdu: string }
  | { readonly type: 'escape' }
  | { readonly type: 'timer'; readonly ms: number | undefined }
  | { readonly type: 'ended'; readonly ending: Ending }
  | { readonly type: 'transmitted'; readonly transmission: Transmission }
  | { readonly type: 'unsolicited'; readonly info: Info }
  /** The reference of a segment whose answer had been given up. */
  | { readonly type: 'late'; readonly mr: number }
  | { readonly type: 'outOfStep' }
  | { readonly type: 'inStep' }
  /** The modem has forgotten its settings. */
  | { readonly type: 'startedAnew' }
  /** The modem stays silent: this session is over. */
  | { readonly type: 'mute' };

export interface Step {
  readonly state: Exchange;
  readonly effects: readonly Effect[];
}
