import type { Remedy } from './ladder.ts';

/** What can be done about a modem from outside of it, by its USB socket (`1-1.4`). */
export interface UsbRemedies {
  /** What may be done now, the mildest first; nothing where nobody is there who can. */
  able(): readonly Exclude<Remedy, 'startAnew'>[];
  /** Resolves when it is done, or with a sentence why it was not. */
  apply(remedy: Exclude<Remedy, 'startAnew'>, socket: string): Promise<string | undefined>;
}

export const NO_USB_REMEDIES: UsbRemedies = { able: () => [], apply: () => Promise.resolve('Nobody is there who can.') };

/** What a remedy is, for the sentence about a modem to which it was applied. */
export const REMEDY_WORDS: Readonly<Record<Remedy, string>> = {
  startAnew: 'was told to start anew',
  usbReset: 'was reset at its USB port',
  powerCycle: 'had the power of its USB port switched off and on',
};
