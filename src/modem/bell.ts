import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import { isEndOfCall, isRing, readCaller } from '../at/telephone-answers.ts';
import type { Clock } from '../base/clock.ts';
import { Alarm } from '../base/waits.ts';
import { attemptOk } from './ask.ts';
import { type Call, type CallInput, type CallState, ring, STILL } from './calls.ts';

/** Hears calls (`calls.ts`), tells of them, and hangs up where that is wanted. */
export class Bell {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #hangUpAfter: number;
  readonly #onCall: (call: Call) => void;
  readonly #silence: Alarm;
  readonly #patience: Alarm;
  #state: CallState = STILL;

  /**
   * @param parts.hangUpAfter milliseconds from the first ring; 0 lets it ring out
   * @param parts.onCall hears of each call when it begins, when its caller is known, and when it is over
   */
  constructor(parts: { channel: Channel; clock: Clock; hangUpAfter: number; onCall: (call: Call) => void }) {
    this.#channel = parts.channel;
    this.#clock = parts.clock;
    this.#hangUpAfter = parts.hangUpAfter;
    this.#onCall = parts.onCall;
    this.#silence = new Alarm(parts.clock, () => this.#feed({ type: 'silence' }));
    this.#patience = new Alarm(parts.clock, () => void this.#hangUp());
    parts.channel.whenOver(() => this.#feed({ type: 'silence' }));
  }

  /** Takes a line about a call; false for any other. */
  hear(text: string): boolean {
    const now = this.#clock.monotonic();
    if (isRing(text)) this.#feed({ type: 'ring', now, at: this.#clock.now() });
    else if (isEndOfCall(text)) this.#feed({ type: 'over', now });
    else {
      const caller = readCaller(text);
      if (!caller) return false;
      this.#feed({ type: 'caller', caller, now, at: this.#clock.now() });
    }
    return true;
  }

  #feed(input: CallInput): void {
    const { state, effects } = ring(this.#state, input);
    this.#state = state;
    if (state.at === 'idle') this.#patience.cancel();
    for (const effect of effects) {
      switch (effect.type) {
        case 'tell':
          this.#onCall(effect.call);
          break;
        case 'begun':
          if (this.#hangUpAfter > 0) this.#patience.in(this.#hangUpAfter);
          break;
        case 'listen':
          if (effect.ms === undefined) this.#silence.cancel();
          else this.#silence.in(effect.ms);
          break;
      }
    }
  }

  /** Never rejects. A modem that cannot hang up lets it ring out. */
  async #hangUp(): Promise<void> {
    const call = this.#state;
    try {
      const done = (await attemptOk(this.#channel, commands.hangUp())) ?? (await attemptOk(this.#channel, commands.hangUpAsOfOld()));
      // It may have ended meanwhile, and another begun.
      const same = call.at === 'ringing' && this.#state.at === 'ringing' && this.#state.startedAt === call.startedAt;
      if (done && same) this.#feed({ type: 'hungUp', now: this.#clock.monotonic() });
    } catch {
      // The session is over, and with it the call.
    }
  }
}
