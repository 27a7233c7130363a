import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Info } from '../at/lines.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { attempt, pause } from './ask.ts';

/**
 * Takes what the modem hands over at once instead of storing it: status reports by `+CDS`, messages by `+CMT`
 * (TS 27.005 3.4.1). With phase 2+ each waits for `+CNMA`, which is given when, and only when, the message is on the
 * disk (requirement I10); the network repeats what is not acknowledged. In order, one at a time.
 */
export class Direct {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #log: Log;
  #acknowledges = true;
  readonly #commit: (pdu: string) => Promise<void>;
  readonly #reassert: () => void;
  readonly #waiting: { readonly pdu: string; readonly at: number }[] = [];
  #explicitly = false;
  #working = false;

  /**
   * @param parts.commit resolves when the message is on the disk
   * @param parts.reassert an acknowledgement failed, after which modems switch the handing over off (TS 27.005 3.4.1)
   */
  constructor(parts: {
    channel: Channel;
    clock: Clock;
    log: Log;
    commit: (pdu: string) => Promise<void>;
    reassert: () => void;
  }) {
    this.#channel = parts.channel;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#commit = parts.commit;
    this.#reassert = parts.reassert;
  }

  /** Whether what is handed over waits for an acknowledgement: `Settings.acknowledges`. */
  set acknowledges(value: boolean) {
    this.#acknowledges = value;
  }

  /** Takes a `+CMT` or `+CDS` with its PDU; false for any other line. */
  hear(info: Info): boolean {
    if (info.pdu === undefined || !/^\+(?:CMT|CDS):/.test(info.text)) return false;
    this.#waiting.push({ pdu: info.pdu, at: this.#clock.monotonic() });
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
        await this.#keep(next.pdu);
        if (this.#acknowledges) await this.#acknowledge(next.at);
      }
    } catch (error) {
      this.#log.debug({ err: error }, 'the session ended while messages were being taken');
    }
    this.#working = false;
  }

  /** Tries until it is kept: nobody else has it, unless the network repeats it. */
  async #keep(pdu: string): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#commit(pdu);
        return;
      } catch (error) {
        this.#log.warn({ err: error }, 'a message that came in could not be kept; it is tried again');
      }
      await pause(this.#channel, this.#clock, BACKOFF[Math.min(tries, BACKOFF.length - 1)] ?? 5_000);
    }
  }

  async #acknowledge(heardAt: number): Promise<void> {
    const answer = await attempt(
      this.#channel,
      this.#explicitly ? commands.acknowledgeExplicitly() : commands.acknowledge(),
      'acknowledgement',
    );
    const took = this.#clock.monotonic() - heardAt;
    if (answer?.result.kind === 'ok') {
      // Later than TR2M the network has given up waiting, and the modem perhaps too.
      if (took > ACKNOWLEDGE_WITHIN) this.#reassert();
      return;
    }
    // 340: it was not waiting for one, which is as good; unless it has stopped waiting and handing over (a segment was on
    // the air meanwhile, and nothing can be said to a modem then).
    if (answer?.result.kind === 'cms' && answer.result.code === NONE_EXPECTED) {
      if (took > GAVE_UP_AFTER) this.#reassert();
      return;
    }
    if (!this.#explicitly && answer?.result.kind === 'error') {
      const again = await attempt(this.#channel, commands.acknowledgeExplicitly(), 'acknowledgement');
      this.#explicitly = again?.result.kind === 'ok';
      if (this.#explicitly) return;
    }
    this.#reassert();
  }
}

/** +CMS ERROR: no +CNMA acknowledgement expected (TS 27.005 3.2.5). */
const NONE_EXPECTED = 340;

/** Milliseconds; TR2M is 12 s at least (TS 24.011 10). */
const ACKNOWLEDGE_WITHIN = 10_000;

/** An answer 340 after this may mean that the modem has given up waiting, milliseconds. */
const GAVE_UP_AFTER = 2_000;

/** Milliseconds before the second try, the third ...: short, since a full disk may have room again at any time (S03). */
const BACKOFF = [1_000, 2_000, 5_000];
