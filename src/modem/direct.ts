import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import { type Info, isHex, isInTextMode, tpduOctets } from '../at/lines.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { decodeTpdu, type Tpdu } from '../pdu/decode.ts';
import { PduFault } from '../pdu/fault.ts';
import { attempt, pause } from './ask.ts';

/**
 * Takes what the modem hands over at once instead of storing it: status reports by `+CDS`, messages by `+CMT`
 * (TS 27.005 3.4.1). With phase 2+ each waits for `+CNMA`, which is given when, and only when, the message is on the
 * disk (requirement I10); the network repeats what is not acknowledged. In order, one at a time.
 *
 * Serial lines lose octets, and a message that is handed over cannot be read again, as a stored one can: only the network still has
 * it. So one that is not as long as announced is answered with RP-ERROR (`+CNMA=2`, TS 27.005 3.4.4), after which most service centres
 * try again in minutes. Some take that for the last word; but an RP-ACK would be the last word for all of them, so nothing is lost by
 * asking, and what did come is kept raw before. No answer at all would be taken for a passing failure everywhere, but it stops the
 * modem for a quarter of a minute and switches the handing over off. The same octets a second time are no noise but how this modem
 * writes, and the sixth in a row that is damaged is let be: a bad cable must not keep the network from ever getting rid of a message.
 */
export class Direct {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #log: Log;
  #acknowledges = true;
  readonly #commit: (pdu: string, isDamaged: boolean) => Promise<void>;
  readonly #reassert: () => void;
  readonly #onTextMode: () => void;
  readonly #waiting: Handed[] = [];
  /** The damaged ones since the last that was whole, for which the network was asked again. */
  #refused: string[] = [];
  #explicitly = false;
  #working = false;

  /**
   * @param parts.commit resolves when the message is on the disk; a damaged one is to be kept as it is, whatever it may seem to say
   * @param parts.reassert an acknowledgement failed, after which modems switch the handing over off (TS 27.005 3.4.1)
   * @param parts.onTextMode the modem has forgotten that it was set to PDU mode
   */
  constructor(parts: {
    channel: Channel;
    clock: Clock;
    log: Log;
    commit: (pdu: string, isDamaged: boolean) => Promise<void>;
    reassert: () => void;
    onTextMode: () => void;
  }) {
    this.#channel = parts.channel;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#commit = parts.commit;
    this.#reassert = parts.reassert;
    this.#onTextMode = parts.onTextMode;
  }

  /** Whether what is handed over waits for an acknowledgement: `Settings.acknowledges`. */
  set acknowledges(value: boolean) {
    this.#acknowledges = value;
  }

  /** Takes a `+CMT` or `+CDS` with its PDU, or what is left of one; false for any other line. */
  hear(info: Info): boolean {
    const handed = handedOver(info, this.#clock.monotonic());
    if (!handed) return false;
    if (isInTextMode(info.text)) this.#onTextMode();
    this.#waiting.push(handed);
    if (!this.#working) {
      this.#working = true;
      void this.#work();
    }
    return true;
  }

  /** Never rejects; the end of the session ends it. */
  async #work(): Promise<void> {
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        await this.#take(next);
      }
    } catch (error) {
      this.#log.debug({ err: error }, 'the session ended while messages were being taken');
    }
    this.#working = false;
  }

  async #take(handed: Handed): Promise<void> {
    const { pdu, at } = handed;
    const isHabit = pdu !== '' && this.#refused.includes(pdu);
    const isDamaged = handed.isDamaged && this.#acknowledges && !isHabit;
    if (pdu !== '') await this.#keep(pdu, isDamaged);
    if (!this.#acknowledges) return;
    if (isDamaged && this.#refused.length < MOST_REFUSALS) {
      this.#refused.push(pdu);
      this.#log.warn('what a modem handed over lost octets on the line; the network is asked to send it again');
      await this.#refuse(at);
      return;
    }
    this.#refused = [];
    await this.#acknowledge(at);
  }

  /** Tries until it is kept: nobody else has it, unless the network repeats it. */
  async #keep(pdu: string, isDamaged: boolean): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#commit(pdu, isDamaged);
        return;
      } catch (error) {
        this.#log.warn({ err: error }, 'a message that came in could not be kept; it is tried again');
      }
      await pause(this.#channel, this.#clock, BACKOFF[Math.min(tries, BACKOFF.length - 1)] ?? 5_000);
    }
  }

  async #refuse(heardAt: number): Promise<void> {
    const answer = await attempt(this.#channel, commands.refuse(), 'acknowledgement');
    if (answer?.result.kind === 'ok') return;
    // One that cannot say no to the network may wait for a yes for ever.
    await this.#acknowledge(heardAt);
  }

  async #acknowledge(heardAt: number): Promise<void> {
    for (let left = ACKNOWLEDGEMENTS; ; left -= 1) {
      const done = await this.#isAcknowledged(heardAt);
      if (done) return;
      if (done === undefined || left === 1 || this.#clock.monotonic() - heardAt > ACKNOWLEDGE_WITHIN) break;
      await pause(this.#channel, this.#clock, 1_000);
    }
    this.#reassert();
    // One that heard none goes on waiting, and stops handing over only when its time is up.
    void pause(this.#channel, this.#clock, WAITS_FOR).then(this.#reassert, () => undefined);
  }

  /** False where the modem may take it a little later, since its SIM is busy now; undefined where it never will. */
  async #isAcknowledged(heardAt: number): Promise<boolean | undefined> {
    const answer = await attempt(
      this.#channel,
      this.#explicitly ? commands.acknowledgeExplicitly() : commands.acknowledge(),
      'acknowledgement',
    );
    const took = this.#clock.monotonic() - heardAt;
    if (answer?.result.kind === 'ok') {
      // Later than TR2M the network has given up waiting, and the modem perhaps too.
      if (took > ACKNOWLEDGE_WITHIN) this.#reassert();
      return true;
    }
    // 340: it was not waiting for one, which is as good; unless it has stopped waiting and handing over (a segment was on
    // the air meanwhile, and nothing can be said to a modem then).
    if (answer?.result.kind === 'cms' && answer.result.code === NONE_EXPECTED) {
      if (took > GAVE_UP_AFTER) this.#reassert();
      return true;
    }
    if (!this.#explicitly && answer?.result.kind === 'error') {
      const again = await attempt(this.#channel, commands.acknowledgeExplicitly(), 'acknowledgement');
      this.#explicitly = again?.result.kind === 'ok';
      if (this.#explicitly) return true;
    }
    return answer === undefined || answer.result.kind === 'error' ? undefined : false;
  }
}

interface Handed {
  /** Empty where nothing but the announcement came. */
  readonly pdu: string;
  /** When it was heard, milliseconds of the monotonic clock. */
  readonly at: number;
  readonly isDamaged: boolean;
}

/** What a line hands over: with its announcement, without its PDU, or, where the announcement was lost, as the PDU alone. */
function handedOver({ text, pdu, doubtful }: Info, at: number): Handed | undefined {
  if (/^\+(?:CMT|CDS):/.test(text)) return { pdu: pdu ?? '', at, isDamaged: pdu === undefined || isDamaged(text, pdu) };
  // Behind somebody's text that did not end, octets may be that somebody's.
  if (doubtful || pdu !== undefined || !isHex(text) || text.length < 2 * LEAST_OCTETS) return undefined;
  const read = decoded(text);
  return read && isExact(read) && read.type !== 'submit' ? { pdu: text.toUpperCase(), at, isDamaged: false } : undefined;
}

/** Fewer octets than an SMS-DELIVER without a text, behind an empty SMSC address. */
const LEAST_OCTETS = 14;

/**
 * Whether octets were lost: it is not as long as announced, in whichever way the modem counts (TS 27.005 3.1 leaves the SMSC address
 * out, some do not). A text that ends exactly where it says itself is believed all the same; a report has nothing that would tell.
 */
function isDamaged(header: string, pdu: string): boolean {
  if (!isHex(pdu)) return true;
  const announced = Number(/(\d{1,3})$/.exec(header)?.[1] ?? 0);
  if (announced === 0 || pdu.length / 2 === announced || tpduOctets(pdu) === announced) return false;
  const read = decoded(pdu);
  return read?.type !== 'deliver' || !isExact(read);
}

function decoded(pdu: string): Tpdu | undefined {
  try {
    return decodeTpdu(pdu, 'stored');
  } catch (error) {
    if (error instanceof PduFault) return undefined;
    throw error;
  }
}

const isExact = (tpdu: Tpdu): boolean => tpdu.trailingOctets === 0;

/** How often in a row the network is asked again. */
const MOST_REFUSALS = 5;

/** +CMS ERROR: no +CNMA acknowledgement expected (TS 27.005 3.2.5). */
const NONE_EXPECTED = 340;

/** Milliseconds; TR2M is 12 s at least (TS 24.011 10). */
const ACKNOWLEDGE_WITHIN = 10_000;

/** Tries, a second apart. */
const ACKNOWLEDGEMENTS = 3;

/** Milliseconds after which a modem has surely given up waiting; TR2M is 20 s at most (TS 24.011 10). */
const WAITS_FOR = 20_000;

/** An answer 340 after this may mean that the modem has given up waiting, milliseconds. */
const GAVE_UP_AFTER = 2_000;

/** Milliseconds before the second try, the third ...: short, since a full disk may have room again at any time (S03). */
const BACKOFF = [1_000, 2_000, 5_000];
