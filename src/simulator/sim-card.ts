import { MessageMemory } from './message-memory.ts';

export interface SimCardOptions {
  readonly iccid: string;
  readonly imsi: string;
  /** The subscriber's number, which the network knows. */
  readonly number: string;
  /** Whether the card has its own number written on it, where +CNUM finds it. Real ones often have not. */
  readonly numberOnCard?: boolean | undefined;
  /** The service centre's address on the card; an empty text for a card without one. */
  readonly smsc: string;
  /** The PIN that the card asks for; none asks for none. */
  readonly pin?: string | undefined;
  /** How many messages the card holds. */
  readonly capacity: number;
}

/** What stands between the card and its use, as +CPIN? words it (TS 27.007 8.3). */
export type CardLock = 'READY' | 'SIM PIN' | 'SIM PUK';

const PIN_TRIES = 3;

/**
 * A SIM: what is on it goes with it from modem to modem, its messages and the last TP-MR included (EF_SMSS, TS 31.102
 * 4.2.9).
 *
 * States: READY is open. SIM PIN waits for the PIN, and three wrong ones make it SIM PUK, which nothing here opens:
 * Simpost never enters a PUK.
 */
export class SimCard {
  readonly iccid: string;
  readonly imsi: string;
  readonly number: string;
  readonly numberOnCard: boolean;
  smsc: string;
  /** Status reports go to the modem's own storage, SMS-DELIVERs may come here. */
  readonly memory: MessageMemory;
  /** TP-MR of the last SMS-SUBMIT, 0..255; the next is one more. */
  lastMr = 255;
  /** Where the network sends calls instead (TS 22.082). */
  readonly forwarding: { always?: string; busy?: string; noReply?: string; unreachable?: string } = {};
  /** How often somebody tried a PIN. */
  pinTried = 0;
  #pin: string | undefined;
  #triesLeft = PIN_TRIES;
  #open: boolean;

  constructor(options: SimCardOptions) {
    this.iccid = options.iccid;
    this.imsi = options.imsi;
    this.number = options.number;
    this.numberOnCard = options.numberOnCard ?? true;
    this.smsc = options.smsc;
    this.memory = new MessageMemory('SM', options.capacity, 1);
    this.#pin = options.pin;
    this.#open = options.pin === undefined;
  }

  get lock(): CardLock {
    if (this.#triesLeft === 0) return 'SIM PUK';
    return this.#open ? 'READY' : 'SIM PIN';
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  /** Tries a PIN. True when the card is open afterwards. */
  enter(pin: string): boolean {
    this.pinTried += 1;
    if (this.lock !== 'SIM PIN') return this.#open;
    this.#open = pin === this.#pin;
    this.#triesLeft = this.#open ? PIN_TRIES : this.#triesLeft - 1;
    return this.#open;
  }

  /** Asks for this PIN from now on, as after a power cut of a card with a PIN. */
  lockWith(pin: string): void {
    this.#pin = pin;
    this.#open = false;
  }

  /** Asks for its PIN no more, if this is it. */
  switchPinOff(pin: string): boolean {
    const right = this.#pin === undefined || pin === this.#pin;
    if (right) this.#pin = undefined;
    else this.#triesLeft -= 1;
    return right;
  }

  /** As after three wrong PINs. */
  block(): void {
    this.#triesLeft = 0;
    this.#open = false;
  }

  /** Power came back: a card with a PIN asks for it again. */
  powerUp(): void {
    this.#open = this.#pin === undefined;
  }

  /** The TP-MR for the next SMS-SUBMIT, 0..255, as the card counts it. */
  nextMr(): number {
    this.lastMr = (this.lastMr + 1) & 0xff;
    return this.lastMr;
  }
}
