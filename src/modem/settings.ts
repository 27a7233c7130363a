import { readStorages, readStorageUse } from '../at/answers.ts';
import type { Answer, Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { attempt, attemptOk, isBusy, pause } from './ask.ts';

/** What the settings of a session came to. */
export interface Settings {
  /** With phase 2+ (`+CSMS=1`) what is handed over directly must be acknowledged. */
  readonly acknowledges: boolean;
  /** Memories that can be read; the first is the one into which messages come. */
  readonly memories: readonly Memory[];
  /** It tells of messages as they come; otherwise they are only found by looking. */
  readonly announces: boolean;
  /** The SIM was still busy with its start when the last of these were made, so some may be missing. */
  readonly busy: boolean;
}

/** The name of a memory (TS 27.005 3.1, <mem1>), or `THE_ONE`. */
export type Memory = string;

/** The memory of a modem that lets nobody choose one (`+CPMS` refused). */
export const THE_ONE: Memory = '';

/**
 * How the modem shall tell of messages and reports (TS 27.005 3.4.1), best first: messages are stored and announced
 * (mt = 1), reports are handed over at once (ds = 1), since the slots that some Quectels announce for them (ds = 2) do
 * not exist. Modes 2 and 1 differ in what happens while the line is in use for data, which ours never is.
 */
const INDICATIONS: readonly commands.Indications[] = [
  [2, 1, 0, 1, 0],
  [1, 1, 0, 1, 0],
  [2, 1, 0, 1, 1],
  [3, 1, 0, 1, 0],
  [2, 1, 0, 2, 0],
  [1, 1, 0, 2, 0],
  [2, 1, 0, 0, 0],
  [1, 1, 0, 0, 0],
];

/** Seconds that a SIM which is busy with its start is waited for, in all. */
export const BUSY_PATIENCE = 20;

/** Milliseconds before a setting that a SIM was too busy for is tried again. */
const BUSY_PAUSE = 1_000;

/**
 * Makes the settings of a session: PDU mode, which must succeed, and the rest as far as the modem goes along. A SIM that
 * is busy after its start is waited for.
 * @param patienceSeconds for how long
 * @throws Fault `modemRefused` for a modem without PDU mode
 */
export async function settle(channel: Channel, clock: Clock, patienceSeconds: number): Promise<Settings> {
  await setPduMode(channel);
  const patience = new Patience(channel, clock, patienceSeconds);
  const acknowledges = await setMessageService(patience);
  const memories = await setStorages(patience);
  const announces = await setIndications(patience);
  return { acknowledges, memories, announces, busy: patience.over };
}

/** Asks again while the SIM is busy; once it has been waited for in vain, no longer. */
class Patience {
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

  async askOk(command: commands.Command): Promise<Answer | undefined> {
    for (;;) {
      const answer = await attempt(this.channel, command);
      if (!isBusy(answer)) return answer?.result.kind === 'ok' ? answer : undefined;
      this.left -= 1;
      if (this.over) return undefined;
      await pause(this.channel, this.clock, BUSY_PAUSE);
    }
  }
}

async function setPduMode(channel: Channel): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    if (await attemptOk(channel, commands.pduMode())) return;
  }
  throw new Fault('modemRefused', 'The modem does not take PDU mode (AT+CMGF=0), so Simpost cannot use it.');
}

async function setMessageService(patience: Patience): Promise<boolean> {
  if (await patience.askOk(commands.messageService(1))) return true;
  await patience.askOk(commands.messageService(0));
  return false;
}

/** Sets the indications; tried one after the other, since the answers to `+CNMI=?` are as often wrong as missing. */
async function setIndications(patience: Patience): Promise<boolean> {
  for (const indications of INDICATIONS) {
    if (await patience.askOk(commands.indications(indications))) return true;
  }
  return false;
}

/** Sets the indications alone, as modems forget them when an acknowledgement comes too late. */
export async function setIndicationsAgain(channel: Channel, clock: Clock): Promise<void> {
  await setIndications(new Patience(channel, clock, BUSY_PATIENCE));
}

/** Keeps the memory into which the modem receives now, if it can be read; else moves receiving to one that can. */
async function setStorages(patience: Patience): Promise<readonly Memory[]> {
  const possible = await patience.askOk(commands.storagesPossible());
  const [readable = [], , receiving = readable] = possible ? readStorages(possible.info) : [];
  const now = await patience.askOk(commands.storageUse());
  const current = now && readStorageUse(now.info);
  const inUse = current?.[2]?.memory ?? current?.[0]?.memory;
  const choice = pickMemory(readable, receiving, inUse);
  const memory = (await selectFirst(patience, choice)) ?? inUse;
  if (memory === undefined) return [THE_ONE];
  // What the others hold came before our time, or in spite of us. MT is ME and SM seen as one.
  const others = memory === 'MT' ? ['SR'] : ['SM', 'ME', 'SR'];
  return [memory, ...others.filter((m) => m !== memory && readable.includes(m))];
}

/** Memories to receive into, best first. */
function pickMemory(readable: readonly string[], receiving: readonly string[], inUse: string | undefined): readonly string[] {
  const usable = ['SM', 'ME', 'MT'].filter((m) => readable.includes(m) && receiving.includes(m));
  const known = readable.length > 0;
  const first = inUse !== undefined && (known ? usable.includes(inUse) : inUse !== 'SR' && inUse !== 'BM') ? [inUse] : [];
  return [...new Set([...first, ...usable, ...(known ? [] : ['SM', 'ME'])])];
}

async function selectFirst(patience: Patience, choice: readonly string[]): Promise<string | undefined> {
  for (const memory of choice) {
    if (await patience.askOk(commands.selectStorages(memory, memory, memory))) return memory;
  }
  return undefined;
}
