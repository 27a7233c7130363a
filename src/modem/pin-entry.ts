import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { attemptOk } from './ask.ts';
import { lockNow, readCardNumber } from './identify.ts';
import { type PinBook, type PinOutcome, tryPin } from './pin.ts';
import type { Profile } from './profile-schema.ts';

export interface PinEntryParts {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly pins: PinBook;
  profile(): Profile;
  /** What stands for a SIM that does not tell its ICCID before its PIN. */
  nameless(): string;
}

const REFUSALS: Readonly<Record<Exclude<PinOutcome, 'taken'>, readonly ['pinRefused' | 'pinNotTried', string]>> = {
  refused: ['pinRefused', 'The SIM did not take this PIN; it is not tried again, so look for the right one before you give another.'],
  before: ['pinRefused', 'This PIN was tried on this SIM before and not taken, so it is not tried again; give another one.'],
  spent: ['pinNotTried', 'Fewer than two tries are left for the PIN of this SIM; enter it in a phone, which gives the SIM its tries back.'],
  doubtful: [
    'pinNotTried',
    'The SIM did not take two PINs and the modem does not tell how many tries are left; switch the PIN off in a phone, then put the SIM back.',
  ],
};

/** Lets a person give the PIN of the SIM in one modem, under the rules that hold for a configured one (requirement M06). */
export class PinEntry {
  readonly #parts: PinEntryParts;
  #busy = false;

  constructor(parts: PinEntryParts) {
    this.#parts = parts;
  }

  /** Tries of PINs go one after the other: each must see what the one before has left. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  /**
   * @param pin 4 to 8 digits
   * @param switchOff whether the SIM is to ask for it no more, not even after a power cut
   * @returns whether it will ask for it again
   * @throws Fault `pinRefused` when it is the wrong one, `pinNotTried` when none is tried now, or why the session ended
   */
  async give(pin: string, switchOff: boolean): Promise<{ asksAgain: boolean }> {
    const { channel, clock, pins, profile, nameless } = this.#parts;
    if (this.#busy) throw new Fault('pinNotTried', 'Another PIN is being tried on this SIM; wait for what becomes of it.');
    return this.alone(async () => {
      const lock = await lockNow(channel);
      if (lock !== 'pin') throw new Fault('pinNotTried', NOT_ASKED[lock === 'puk' ? 'puk' : 'other']);
      const iccid = (await readCardNumber(channel, clock, profile())) ?? `imei-${nameless()}`;
      const outcome = await tryPin(channel, pins, profile(), iccid, pin);
      if (outcome !== 'taken') throw new Fault(...REFUSALS[outcome]);
      return { asksAgain: !(switchOff && (await attemptOk(channel, commands.switchPinOff(pin))) !== undefined) };
    });
  }
}

const NOT_ASKED = {
  puk: 'The SIM is blocked and asks for its PUK; enter that in a phone, Simpost never does.',
  other: 'The SIM in this modem does not ask for its PIN now; GET /v1/modems says how it is.',
} as const;
