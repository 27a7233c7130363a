import { isSwitchedOff } from '../at/answers.ts';
import type { Answer, Channel, Urgency } from '../at/channel.ts';
import { type Command, fullFunctionality, functionality } from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { deferred } from '../base/waits.ts';

/**
 * Asks a command that the session can do without: an answer that does not come is no answer, and only the end of the
 * session itself is thrown on.
 * @returns undefined when the answer was overdue
 */
export async function attempt(channel: Channel, command: Command, urgency: Urgency = 'traffic'): Promise<Answer | undefined> {
  try {
    return await channel.ask(command, urgency);
  } catch (error) {
    if (error instanceof Fault && error.code === 'modemMute' && !channel.over) return undefined;
    throw error;
  }
}

/** As `attempt`, and an error of the modem is no answer either. */
export async function attemptOk(channel: Channel, command: Command, urgency: Urgency = 'traffic'): Promise<Answer | undefined> {
  const answer = await attempt(channel, command, urgency);
  return answer?.result.kind === 'ok' ? answer : undefined;
}

/** Switches a modem on that is off, as ModemManager and others leave it: it would look for a network for ever. */
export async function switchOn(channel: Channel): Promise<void> {
  const answer = await attemptOk(channel, functionality());
  if (answer && isSwitchedOff(answer.info)) await attempt(channel, fullFunctionality());
}

/** Whether an answer says that the SIM has not started yet: CME 14, or CMS 314 and 320 (TS 27.007 9.2, TS 27.005 3.2.5). */
export function isBusy(answer: Answer | undefined): boolean {
  if (answer?.result.kind === 'cme') return answer.result.code === 14;
  return answer?.result.kind === 'cms' && (answer.result.code === 314 || answer.result.code === 320);
}

/**
 * Waits, but not beyond the end of the session.
 * @param ms milliseconds
 * @throws Fault why the session ended, if it did meanwhile
 */
export async function pause(channel: Channel, clock: Clock, ms: number): Promise<void> {
  const { promise, resolve } = deferred<void>();
  const timer = clock.setTimer(ms, resolve);
  const forget = channel.whenOver(resolve);
  if (channel.over) resolve();
  await promise;
  timer.cancel();
  forget();
  if (channel.over) throw channel.over;
}

/** Milliseconds before a command that a SIM was too busy for is asked again. */
const BUSY_PAUSE = 1_000;

/** Asks again while the SIM is busy; once it has been waited for in vain, no longer. */
export class Patience {
  constructor(
    private readonly channel: Channel,
    private readonly clock: Clock,
    /** Seconds. */
    private left: number,
  ) {}

  /** Nothing is waited for any more. */
  get over(): boolean {
    return this.left < 0;
  }

  async askOk(command: Command): Promise<Answer | undefined> {
    for (;;) {
      const answer = await attempt(this.channel, command);
      if (!isBusy(answer)) return answer?.result.kind === 'ok' ? answer : undefined;
      this.left -= 1;
      if (this.over) return undefined;
      await pause(this.channel, this.clock, BUSY_PAUSE);
    }
  }
}
