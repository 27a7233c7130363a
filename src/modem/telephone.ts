import type { Answer, Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Info } from '../at/lines.ts';
import { readForwarding } from '../at/telephone-answers.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import { attempt } from './ask.ts';
import { Bell } from './bell.ts';
import type { Call } from './calls.ts';
import { UssdDialogue } from './ussd-dialogue.ts';
import type { UssdDress } from './ussd-text.ts';

/** When calls are forwarded, and <reason> of TS 27.007 7.11 for it. */
const REASONS = { always: 0, busy: 1, noReply: 2, unreachable: 3 } as const;

export type ForwardingReason = keyof typeof REASONS;

const FORWARDING_REASONS: readonly ForwardingReason[] = ['always', 'busy', 'noReply', 'unreachable'];

export interface TelephoneParts {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly random: Random;
  /** How this modem writes USSD texts. */
  readonly dress: UssdDress;
  /** Milliseconds after which a call is hung up; 0: it rings out. */
  readonly hangUpAfter: number;
  /** A call has begun, its caller is known, or it is over. */
  onCall(call: Call): void;
}

/** What a SIM in a modem can do besides messages: calls that come in, their forwarding, and USSD. */
export class Telephone {
  readonly ussd: UssdDialogue;
  readonly #bell: Bell;
  readonly #channel: Channel;

  constructor(parts: TelephoneParts) {
    const { channel, clock, random, dress, hangUpAfter } = parts;
    this.#channel = channel;
    this.#bell = new Bell({ channel, clock, hangUpAfter, onCall: (call) => parts.onCall(call) });
    this.ussd = new UssdDialogue({ channel, clock, random, dress });
  }

  /** Takes what is about calls and USSD; false for any other line. */
  hear(info: Info): boolean {
    // A stranger may write RING into a text whose end is in doubt.
    return this.ussd.hear(info.text) || (!info.doubtful && this.#bell.hear(info.text));
  }

  /**
   * Has the network forward voice calls to another number; the SIM pays for each as for a call of its own.
   * @param to E.164
   * @throws Fault `networkRefused`, `modemMute`, or why the session ended
   */
  async forward(reason: ForwardingReason, to: string): Promise<void> {
    await this.#order(commands.forwardCalls(REASONS[reason], to));
  }

  /** Where the network forwards voice calls to now, as it has the numbers. Throws as `forward`. */
  async forwarding(): Promise<{ when: ForwardingReason; to: string }[]> {
    const found: { when: ForwardingReason; to: string }[] = [];
    for (const when of FORWARDING_REASONS) {
      const { info } = await this.#order(commands.forwardingOf(REASONS[when]));
      const to = readForwarding(info);
      if (to !== undefined) found.push({ when, to });
    }
    return found;
  }

  /** Ends every forwarding of the SIM. Throws as `forward`. */
  async endForwarding(): Promise<void> {
    await this.#order(commands.endForwarding());
  }

  async #order(command: commands.Command): Promise<Answer> {
    const answer = await attempt(this.#channel, command);
    if (answer?.result.kind === 'ok') return answer;
    throw answer
      ? new Fault(
          'networkRefused',
          'The modem or the network refused that about call forwarding: ask the operator whether the SIM may have it.',
        )
      : new Fault('networkMute', 'The network did not answer in time; whether forwarding has changed is not known, so ask again later.');
  }
}

/** Has the modem tell who calls; one that cannot tells of calls all the same. */
export async function announceCallers(channel: Channel): Promise<void> {
  await attempt(channel, commands.announceCallers());
}
