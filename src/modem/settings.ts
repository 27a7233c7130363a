import { readStorages, readStorageUse } from '../at/answers.ts';
import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { attempt, attemptOk, Patience } from './ask.ts';
import type { Profile } from './profile-schema.ts';

/** What the settings of a session came to. */
export interface Settings {
  /** With phase 2+ (`+CSMS=1`) what is handed over directly must be acknowledged. */
  readonly acknowledges: boolean;
  /** Memories that can be read; the first is the one into which messages come. */
  readonly memories: readonly Memory[];
  /** It tells of messages as they come; otherwise they are only found by looking. */
  readonly announces: boolean;
  /** It passes on delivery reports. One that announces nothing at all is not asked this. */
  readonly reports: boolean;
  /** The SIM was still busy with its start when the last of these were made, so some may be missing. */
  readonly busy: boolean;
}

/** The name of a memory (TS 27.005 3.1, <mem1>), or `THE_ONE`. */
export type Memory = string;

/** The memory of a modem that lets nobody choose one (`+CPMS` refused). */
export const THE_ONE: Memory = '';

/** Seconds that a SIM which is busy with its start is waited for at least, in all. */
export const BUSY_PATIENCE = 20;

/**
 * Makes the settings of a session: PDU mode, which must succeed, and the rest as far as the modem goes along. A SIM that
 * is busy after its start is waited for.
 * @param profile what the make of modem wants besides
 * @param patienceSeconds for how long
 * @throws Fault `modemRefused` for a modem without PDU mode
 */
export async function settle(channel: Channel, clock: Clock, profile: Profile, patienceSeconds: number): Promise<Settings> {
  await setPduMode(channel);
  for (const line of profile.initialisation) await attempt(channel, commands.setting(line));
  if (profile.moreMessages) await attempt(channel, commands.moreMessages());
  const patience = new Patience(channel, clock, patienceSeconds);
  const acknowledges = await setMessageService(patience);
  const memories = await setStorages(patience, profile);
  const indications = await setIndications(patience, profile);
  return { acknowledges, memories, announces: indications !== undefined, reports: indications?.[3] !== 0, busy: patience.over };
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
async function setIndications(patience: Patience, profile: Profile): Promise<Profile['indications'][number] | undefined> {
  for (const indications of profile.indications) {
    if (await patience.askOk(commands.indications(indications))) return indications;
  }
  return undefined;
}

/** Sets the indications alone, as modems forget them when an acknowledgement comes too late. */
export async function setIndicationsAgain(channel: Channel, clock: Clock, profile: Profile): Promise<void> {
  await setIndications(new Patience(channel, clock, BUSY_PATIENCE), profile);
}

/** Keeps the memory into which the modem receives now, if it can be read; else moves receiving to one that can. */
async function setStorages(patience: Patience, profile: Profile): Promise<readonly Memory[]> {
  const possible = await patience.askOk(commands.storagesPossible());
  const [readable = [], , receiving = readable] = possible ? readStorages(possible.info) : [];
  const now = await patience.askOk(commands.storageUse());
  const current = now && readStorageUse(now.info);
  const inUse = current?.[2]?.memory ?? current?.[0]?.memory;
  const choice = pickMemory(profile.memories, readable, receiving, inUse);
  const memory = (await selectFirst(patience, choice)) ?? inUse;
  if (memory === undefined) return [THE_ONE];
  // What the others hold came before our time, or in spite of us. MT is ME and SM seen as one.
  const others = memory === 'MT' ? ['SR'] : ['SM', 'ME', 'SR'];
  return [memory, ...others.filter((m) => m !== memory && readable.includes(m))];
}

/** Memories to receive into, best first. */
function pickMemory(
  best: readonly string[],
  readable: readonly string[],
  receiving: readonly string[],
  inUse: string | undefined,
): readonly string[] {
  const usable = best.filter((m) => readable.includes(m) && receiving.includes(m));
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
