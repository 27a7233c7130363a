import { type Clock, sleep } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { MessageStatus } from '../store/records/message.ts';
import { type AskingWorld, type DaemonOptions, daemonClient } from './daemon-client.ts';

export interface SendCommand extends DaemonOptions {
  readonly to: string;
  readonly text: string;
  readonly purpose?: string;
  /** `--wait` alone means `sent`. */
  readonly wait?: string | true;
  /** Seconds that `--wait` waits. */
  readonly timeout: number;
}

export interface SendWorld extends AskingWorld {
  readonly clock: Clock;
  /** For the id and nothing else, so that a script can take it. */
  out(text: string): void;
  /** For the progress. */
  progress(text: string): void;
}

/** Milliseconds between two looks. */
const LOOK = 500;

/** Where a message stays; the network's report can still make `delivered` of some, which is not waited for. */
const ENDS: ReadonlySet<MessageStatus> = new Set(['delivered', 'undelivered', 'refused', 'failed', 'expired', 'cancelled']);

interface Seen {
  readonly id: string;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly segmentCount: number;
}

/**
 * `simpost send`: hands one message to the running daemon and prints its id; with `--wait`, tells each status until the one that was
 * asked for.
 * @throws Fault when the daemon refuses, when the message ends otherwise, or when it takes longer than `timeout`
 */
export async function send(options: SendCommand, world: SendWorld): Promise<void> {
  const goal = options.wait === true ? 'sent' : options.wait;
  if (goal !== undefined && goal !== 'sent' && goal !== 'delivered') {
    throw new Fault('requestInvalid', `--wait "${goal}" is nothing to wait for; there are sent and delivered.`);
  }
  const daemon = daemonClient(options, world);
  const { to, text, purpose } = options;
  let seen = await daemon.post<Seen>('/v1/messages', { to, text, ...(purpose === undefined ? {} : { purpose }) });
  world.out(`${seen.id}\n`);
  if (goal === undefined) return;

  const end = world.clock.monotonic() + options.timeout * 1000;
  world.progress(line(seen));
  while (!isReached(seen.status, goal)) {
    if (ENDS.has(seen.status)) throw new Fault('unavailable', `The message ${seen.id} is ${seen.status}${because(seen)}.`);
    if (world.clock.monotonic() >= end) {
      const go = 'it goes on by itself; GET /v1/messages/{id} tells';
      throw new Fault(
        'unavailable',
        `The message ${seen.id} is ${seen.status}${because(seen)} after ${options.timeout} s, not ${goal} yet: ${go}.`,
      );
    }
    await sleep(world.clock, LOOK);
    const now = await daemon.get<Seen>(`/v1/messages/${seen.id}`);
    if (now.status !== seen.status || now.reason !== seen.reason) world.progress(line(now));
    seen = now;
  }
}

const isReached = (status: MessageStatus, goal: 'sent' | 'delivered'): boolean =>
  status === goal || (goal === 'sent' && (status === 'delivered' || status === 'undelivered'));

const because = ({ reason }: Seen): string => (reason === null ? '' : ` (${reason})`);

const line = (seen: Seen): string =>
  `${seen.status}${because(seen)}, ${seen.segmentCount} ${seen.segmentCount === 1 ? 'segment' : 'segments'}\n`;
