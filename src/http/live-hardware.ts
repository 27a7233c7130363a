import type { Modem } from './schemas/hardware.ts';
import type { ForwardingCase } from './schemas/telephone.ts';

/** A modem as the API shows it; the pool of modems knows more. */
export type ModemFacts = Readonly<Omit<Modem, 'notes'>> & { readonly notes: readonly Readonly<Modem['notes'][number]>[] };

/** A SIM that is in a modem now. */
export interface LiveSim {
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly smsc: string | null;
  readonly state: 'ready' | 'notReady';
  readonly operator: string | null;
  readonly signalDbm: number | null;
}

/** What is wrong with a SIM and its operator. */
export interface SimTrouble {
  readonly kind: 'barred' | 'silent';
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly sentence: string;
  readonly nextStep: string;
}

/** What the network said to a USSD text. */
interface UssdAnswer {
  readonly text: string;
  /** Null when the session is over. */
  readonly sessionId: string | null;
  readonly done: boolean;
}

/** What a SIM that is ready can do besides messages. All of it throws a Fault that says what is wrong. */
export interface SimTelephone {
  readonly ussd: {
    ask(code: string): Promise<UssdAnswer>;
    answer(sessionId: string, text: string): Promise<UssdAnswer>;
  };
  /** @param to E.164 */
  forward(when: ForwardingCase, to: string): Promise<void>;
  /** As the network has it now. */
  forwarding(): Promise<readonly { readonly when: ForwardingCase; readonly to: string }[]>;
  endForwarding(): Promise<void>;
}

/** One line of a modem's dialogue, redacted. */
interface DialogueLine {
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly direction: 'sent' | 'heard';
  readonly text: string;
}

/** A dialogue that is being written into a file, until a time in milliseconds since 1970. */
interface DialogueRecording {
  readonly file: string;
  readonly until: number;
}

/** What modems and we said to each other, by port. */
export interface Traces {
  /** Oldest first. */
  lines(port: string): readonly DialogueLine[];
  recording(port: string): DialogueRecording | undefined;
  /** Throws a Fault `unavailable` when the file cannot be made. */
  record(port: string, seconds: number): Promise<DialogueRecording>;
}
