/** What is wrong with the box. */
export interface NewAlert {
  readonly kind: string;
  /** What it is about: an ICCID, a modem, a webhook, a key; '' for the box. */
  readonly subject: string;
  /** What its sentence names. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface StoredAlert extends NewAlert {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly overAt: number | null;
  /** When it was told by e-mail, and whether that it is over was told too. */
  readonly mailedAt: number | null;
  readonly mailedOver: boolean;
  readonly textedAt: number | null;
}

export type AlertChannel = 'mail' | 'text';

/** To how many messages of a key, and to how many of them a number that was never written to before. */
export interface WrittenTo {
  readonly keyId: string;
  readonly all: number;
  readonly first: number;
}
