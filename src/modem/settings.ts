import { readStorages, readStorageUse } from '../at/answers.ts';
import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import { Fault } from '../base/fault.ts';
import { attempt, attemptOk } from './ask.ts';

/** What the settings of a session came to. */
export interface Settings {
  /** With phase 2+ (`+CSMS=1`) what is handed over directly must be acknowledged. */
  readonly acknowledges: boolean;
  /** Memories that can be read; the first is the one into which messages come. None: the modem stores nothing that we could read. */
  readonly memories: readonly string[];
}

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

/**
 * Makes the settings of a session: PDU mode, which must succeed, and the rest as far as the modem goes along.
 * @throws Fault `modemRefused` for a modem without PDU mode
 */
export async function settle(channel: Channel): Promise<Settings> {
  await setPduMode(channel);
  const acknowledges = await setMessageService(channel);
  const memories = await setStorages(channel);
  await setIndications(channel);
  return { acknowledges, memories };
}

/** Makes them again, after a sign that the modem forgot them. */
export async function settleAgain(channel: Channel): Promise<void> {
  await attempt(channel, commands.echoOff());
  await attempt(channel, commands.numericErrors());
  await attempt(channel, commands.pduMode());
  await setMessageService(channel);
  await setIndications(channel);
}

async function setPduMode(channel: Channel): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    if (await attemptOk(channel, commands.pduMode())) return;
  }
  throw new Fault('modemRefused', 'The modem does not take PDU mode (AT+CMGF=0), so Simpost cannot use it.');
}

async function setMessageService(channel: Channel): Promise<boolean> {
  if (await attemptOk(channel, commands.messageService(1))) return true;
  await attempt(channel, commands.messageService(0));
  return false;
}

/** Sets the indications; tried one after the other, since the answers to `+CNMI=?` are as often wrong as missing. */
export async function setIndications(channel: Channel): Promise<boolean> {
  for (const indications of INDICATIONS) {
    if (await attemptOk(channel, commands.indications(indications))) return true;
  }
  return false;
}

/** Keeps the memory into which the modem receives now, if it can be read; else moves receiving to one that can. */
async function setStorages(channel: Channel): Promise<readonly string[]> {
  const possible = await attemptOk(channel, commands.storagesPossible());
  const [readable = [], , receiving = readable] = possible ? readStorages(possible.info) : [];
  const now = await attemptOk(channel, commands.storageUse());
  const current = now && readStorageUse(now.info);
  const inUse = current?.[2]?.memory ?? current?.[0]?.memory;
  const choice = pickMemory(readable, receiving, inUse);
  const memory = (await selectFirst(channel, choice)) ?? inUse;
  if (memory === undefined) return [];
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

async function selectFirst(channel: Channel, choice: readonly string[]): Promise<string | undefined> {
  for (const memory of choice) {
    if (await attemptOk(channel, commands.selectStorages(memory, memory, memory))) return memory;
  }
  return undefined;
}
