import { type Clock, sleep } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { maskNumber } from '../base/log.ts';
import type { Modem } from '../http/schemas/hardware.ts';
import { type AskingWorld, type DaemonClient, type DaemonOptions, daemonClient } from './daemon-client.ts';

export interface TailCommand extends DaemonOptions {
  /** The name, port or IMEI of a modem whose dialogue is followed as well. */
  readonly modem?: string;
}

export interface TailWorld extends AskingWorld {
  readonly clock: Clock;
  /** Resolves when nobody wants to follow any more. */
  readonly stopped: Promise<unknown>;
  out(text: string): void;
}

/** Milliseconds between two looks at modems, and between two tries to reach a daemon that went away. */
const PERIOD = 1000;

interface Dialogue {
  readonly last: number;
  readonly lines: readonly { readonly n: number; readonly at: string; readonly direction: 'sent' | 'heard'; readonly text: string }[];
}

/**
 * `simpost tail`: a line for each thing that happens, from now on until it is stopped. A daemon that goes away is waited for.
 * @throws Fault when the daemon cannot be reached at first, or refuses
 */
export async function tail(options: TailCommand, world: TailWorld): Promise<void> {
  const daemon = daemonClient(options, world);
  const over = new AbortController();
  const stopped = world.stopped.then(() => over.abort());
  const say = (at: string | number, text: string): void => world.out(`${clockTime(at)} ${text}\n`);
  const look = looker(daemon, options.modem, (text, at) => say(at ?? world.clock.now(), text));
  await look();
  try {
    await Promise.race([stopped, looks(), events()]);
  } catch (error) {
    if (!over.signal.aborted) throw error;
  } finally {
    over.abort();
  }

  async function looks(): Promise<void> {
    let isLost = false;
    while (!over.signal.aborted) {
      await sleep(world.clock, PERIOD);
      try {
        await look();
        if (isLost) say(world.clock.now(), 'The daemon answers again.');
        isLost = false;
      } catch (error) {
        mayPass(error);
        if (!isLost) say(world.clock.now(), 'The daemon does not answer; it is waited for.');
        isLost = true;
      }
    }
  }

  async function events(): Promise<void> {
    let last: string | undefined;
    while (!over.signal.aborted) {
      try {
        for await (const { id, data } of daemon.events(last, over.signal)) {
          last = id;
          const event: TailEvent = JSON.parse(data);
          say(event.timestamp, eventText(event));
        }
      } catch (error) {
        mayPass(error);
      }
      await sleep(world.clock, PERIOD);
    }
  }
}

/** A daemon that went away may come back; a refusal stays one. */
function mayPass(error: unknown): void {
  if (!(error instanceof Fault && error.code === 'unavailable')) throw error;
}

/** Looks at the modems, and at the dialogue of one, and says what is new; the first time how each modem is. */
function looker(daemon: DaemonClient, modem: string | undefined, say: (text: string, at?: string) => void): () => Promise<void> {
  const known = new Map<string, string>();
  let last = -1;
  return async () => {
    const { data } = await daemon.get<{ data: readonly Modem[] }>('/v1/modems?limit=500');
    for (const { port, imei, name, state, sentence } of data) {
      const called = name ?? port ?? imei ?? 'a modem';
      const key = port ?? imei ?? called;
      if (known.get(key) === state + sentence) continue;
      known.set(key, state + sentence);
      say(`${called} ${state}: ${sentence}`);
    }
    if (modem === undefined) return;
    const path = `/v1/modems/${encodeURIComponent(modem)}/trace`;
    let dialogue = await daemon.get<Dialogue>(`${path}?after=${Math.max(0, last)}`);
    // Numbers that are less than they were belong to a daemon that has started since.
    if (dialogue.last < last) dialogue = await daemon.get<Dialogue>(path);
    // What was said before somebody looked is no news.
    else if (last < 0) dialogue = { ...dialogue, lines: [] };
    const [first] = dialogue.lines;
    if (first && last > 0 && first.n > last + 1) say(`${modem} … ${first.n - last - 1} lines more`, first.at);
    for (const { at, direction, text } of dialogue.lines) say(`${modem} ${direction === 'sent' ? '>' : '<'} ${text}`, at);
    last = dialogue.last;
  };
}

/** What any event may have. */
interface TailEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly id?: string;
    readonly to?: string;
    readonly from?: string | null;
    readonly sim?: string | null;
    readonly reason?: string | null;
    readonly detail?: string;
  };
}

/** One event in a line without texts and whole numbers: a terminal is looked at over shoulders, and pasted into reports. */
function eventText({ type, data: { id, to, from, sim, reason, detail } }: TailEvent): string {
  const words = [type, id ?? ''];
  if (to !== undefined) words.push(`to ${maskNumber(to)}`);
  if (from !== undefined) words.push(`from ${from === null ? 'a withheld number' : maskNumber(from)}`);
  if (typeof sim === 'string') words.push(`SIM …${sim.slice(-4)}`);
  if (typeof reason === 'string') words.push(`(${reason})`);
  if (detail !== undefined) words.push(detail);
  return words.filter((word) => word !== '').join(' ');
}

/** Hours, minutes and seconds where the reader is. */
const clockTime = (at: string | number): string => new Date(at).toLocaleTimeString('en-GB');
