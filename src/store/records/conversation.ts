/** A client as the desk sees them: all that passed, over all SIMs. */
export interface ConversationView {
  /** E.164, a short code, or the letters of an alphanumeric sender. */
  readonly contact: string;
  /** When the client last wrote or called, milliseconds since 1970. */
  readonly at: number;
  /** Texts and calls that nobody at the desk has seen. */
  readonly unseen: number;
  /** What the client did last. */
  readonly last: {
    readonly kind: 'text' | 'mms' | 'call';
    readonly id: string;
    readonly text: string | null;
    readonly meaning: string | null;
  };
  /** Tasks that are open. */
  readonly tasks: number;
}

export interface ConversationFilter {
  /** Only with something that nobody has seen. */
  readonly unseen?: boolean;
  /** Digits of a number, or words of a text; looked for in what came lately. */
  readonly search?: string;
  /** With `search`: numbers that are meant too, since a name fits. */
  readonly numbers?: readonly string[];
}
