import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import { readUssd } from '../at/telephone-answers.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { Alarm, type Deferred, deferred } from '../base/waits.ts';
import { attempt } from './ask.ts';
import { converse, QUIET, USSD_LIMITS, type Ussd, type UssdFailure, type UssdInput } from './ussd.ts';
import { decodeUssd, encodeUssd, type UssdDress } from './ussd-text.ts';

/** What the network said. */
export interface UssdAnswer {
  readonly text: string;
  /** To answer with, where the network asks back; null when the dialogue is over. */
  readonly sessionId: string | null;
  readonly done: boolean;
}

const FAILURES: Readonly<Record<UssdFailure, () => Fault>> = {
  silent: () =>
    new Fault(
      'networkMute',
      `The network did not answer within ${USSD_LIMITS.answer / 1000} s and the session was ended; try again later.`,
    ),
  refused: () =>
    new Fault('networkRefused', 'The modem or the network refused it: check the code and the signal, or try it with the SIM in a phone.'),
  ended: () => new Fault('networkRefused', 'The network ended the session without an answer; begin again.'),
};

/** Drives `ussd.ts` over a channel: one session at a time. Nothing that is said in it is logged. */
export class UssdDialogue {
  readonly #channel: Channel;
  readonly #random: Random;
  readonly #dress: UssdDress;
  readonly #alarm: Alarm;
  #state: Ussd = QUIET;
  #waiting: Deferred<UssdAnswer> | undefined;
  /** Texts written so far, to tell the refusal of the last from that of one before. */
  #written = 0;

  constructor(parts: { channel: Channel; clock: Clock; random: Random; dress: UssdDress }) {
    this.#channel = parts.channel;
    this.#random = parts.random;
    this.#dress = parts.dress;
    this.#alarm = new Alarm(parts.clock, () => this.#feed({ type: 'late' }));
    parts.channel.whenOver(() => {
      this.#alarm.cancel();
      this.#waiting?.reject(new Fault('unavailable', 'The modem went away before the network answered; try again when it is back.'));
    });
  }

  /** Takes a `+CUSD`; false for any other line. */
  hear(text: string): boolean {
    const said = readUssd(text);
    if (!said) return false;
    const words = said.text === null ? null : decodeUssd(said.text, said.dcs, this.#dress);
    this.#feed({ type: 'said', mode: said.mode, text: words, session: newId('ussd', this.#random) });
    return true;
  }

  /**
   * Sends a code and waits for what the network says.
   * @param code in the grammar of `policy/ussd-code.ts`
   * @throws Fault `ussdBusy`, `networkMute`, `networkRefused`, `unavailable`
   */
  ask(code: string): Promise<UssdAnswer> {
    if (this.#state.at !== 'idle') {
      const detail =
        this.#state.at === 'open'
          ? 'A USSD session of this SIM waits for an answer: give it, or wait two minutes until it is ended.'
          : 'This SIM is in the middle of another USSD request; wait for its answer.';
      return Promise.reject(new Fault('ussdBusy', detail));
    }
    return this.#say({ type: 'ask', text: code });
  }

  /**
   * Answers what the network asked back.
   * @throws Fault `notFound` when the session is over, `textInvalid`, and as `ask`
   */
  answer(sessionId: string, text: string): Promise<UssdAnswer> {
    if (this.#state.at === 'asking')
      return Promise.reject(new Fault('ussdBusy', 'The answer before this one is still under way; wait for it.'));
    if (this.#state.at !== 'open' || this.#state.session !== sessionId) {
      return Promise.reject(new Fault('notFound', 'This USSD session is over, or was never there; begin another with a code.'));
    }
    if (!encodeUssd(text, this.#dress)) {
      const why = 'must have 1 to 182 characters, or at most 80 where one is outside of the GSM alphabet';
      return Promise.reject(new Fault('textInvalid', `The answer ${why}.`, [{ pointer: '/answer', detail: why }]));
    }
    return this.#say({ type: 'answer', text });
  }

  /** Ends a session that nobody will answer. */
  leave(sessionId: string): void {
    if (this.#state.at === 'open' && this.#state.session === sessionId) this.#feed({ type: 'leave' });
  }

  #say(input: UssdInput): Promise<UssdAnswer> {
    const waiting = deferred<UssdAnswer>();
    this.#waiting = waiting;
    this.#feed(input);
    return waiting.promise;
  }

  #feed(input: UssdInput): void {
    const { state, effects } = converse(this.#state, input);
    this.#state = state;
    for (const effect of effects) {
      switch (effect.type) {
        case 'write':
          void this.#write(effect.text);
          break;
        case 'timer':
          if (effect.ms === undefined) this.#alarm.cancel();
          else this.#alarm.in(effect.ms);
          break;
        case 'reply':
          this.#waiting?.resolve({ text: effect.text, sessionId: effect.session, done: effect.session === null });
          break;
        case 'fail':
          this.#waiting?.reject(FAILURES[effect.why]());
          break;
        case 'end':
          void this.#end();
          break;
      }
    }
  }

  /** Never rejects: an overdue answer of the modem counts as none of the network's, which has its own limit. */
  async #write(text: string): Promise<void> {
    this.#written += 1;
    const turn = this.#written;
    try {
      const coded = encodeUssd(text, this.#dress);
      const answer = coded && (await attempt(this.#channel, commands.ussd(coded.text, coded.dcs, USSD_LIMITS.answer)));
      if (!coded || (answer && answer.result.kind !== 'ok')) {
        if (turn === this.#written) this.#feed({ type: 'refused' });
      }
    } catch {
      // The session is over; whoever waits is told.
    }
  }

  async #end(): Promise<void> {
    try {
      await attempt(this.#channel, commands.endUssd());
      this.#feed({ type: 'ended' });
    } catch {
      // The session is over.
    }
  }
}
