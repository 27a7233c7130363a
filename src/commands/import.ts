import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { systemClock } from '../base/clock.ts';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import { maskNumber } from '../base/log.ts';
import { systemRandom } from '../base/random.ts';
import { fromGammu } from '../moving-in/gammu.ts';
import type { Folder, Moved, MovedText } from '../moving-in/moved.ts';
import { fromSmstools } from '../moving-in/smstools.ts';
import { readGammuDatabase } from '../store/gammu-database.ts';
import type { Store } from '../store/store.ts';
import { type AskingWorld, type DaemonOptions, daemonClient } from './daemon-client.ts';
import { systemSentence } from './system-error.ts';
import { withStore } from './with-store.ts';

/** Where each has its configuration unless told otherwise, and what every such file holds. */
const CONFIGS = {
  smstools: { file: '/etc/smsd.conf', sign: /^[ \t]*devices[ \t]*=/im, holds: 'a line devices =' },
  gammu: { file: '/etc/gammu-smsdrc', sign: /^[ \t]*\[smsd\]/im, holds: 'a section [smsd]' },
} as const;

export type Gateway = keyof typeof CONFIGS;

export interface ImportCommand extends DaemonOptions {
  /** Its configuration. */
  readonly from?: string;
  /** Shows what would be done, and does nothing. */
  readonly dryRun?: boolean;
}

export interface ImportWorld extends AskingWorld {
  readonly out: (text: string) => void;
}

const files: Folder = {
  names(path) {
    try {
      return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isFile() && !/^\.|\.LOCK$/.test(entry.name))
        .map(({ name }) => name)
        .sort();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw unreadable(error);
    }
  },
  read(path) {
    try {
      return readFileSync(path);
    } catch (error) {
      throw unreadable(error);
    }
  },
};

/** What waits in a folder that this user may not read would stay behind unseen. */
function unreadable(error: unknown): unknown {
  const why = systemSentence(error);
  return why === undefined ? error : new Fault('requestInvalid', why, [], { cause: error });
}

/**
 * `simpost import gammu | smstools`: takes over from another gateway, which must be stopped: its modems as lines for simpost.toml, what waits
 * there through the running daemon, and what it has received. Run again, nothing comes twice. Nothing of the other is changed or removed.
 * @throws Fault `requestInvalid` when there is no such configuration or a file may not be read, and whatever the daemon refuses
 */
export async function importFrom(gateway: Gateway, options: ImportCommand, world: ImportWorld): Promise<void> {
  const moved = read(gateway, options.from ?? CONFIGS[gateway].file);
  const { out } = world;
  out(`For simpost.toml:\n\n${moved.modems.map(modemLines).join('\n')}\n`);
  for (const sentence of moved.left) out(`${sentence}\n`);
  const dry = options.dryRun === true;
  out(`Messages that wait: ${moved.waiting.length}, and that were received: ${moved.inbox.length}.\n`);
  if (dry) {
    for (const { to, text } of moved.waiting) out(`  to ${maskNumber(to)}: ${[...text].length} characters\n`);
    for (const { from, text } of moved.inbox) out(`  from ${maskNumber(from)}: ${[...text].length} characters\n`);
    return;
  }
  if (moved.waiting.length > 0) await send(moved, options, world);
  const kept = await withStore(options.config, async (store) => {
    let count = 0;
    for (const text of moved.inbox) if (await keep(store, gateway, text)) count += 1;
    return count;
  });
  out(`${kept} texts are in the inbox now, and ${moved.inbox.length - kept} were there before.\n`);
}

function read(gateway: Gateway, from: string): Moved {
  let config: string;
  try {
    config = readFileSync(from, 'utf8');
  } catch (error) {
    throw new Fault('requestInvalid', `The configuration of ${gateway} cannot be read at ${from}; name it with --from.`, [], {
      cause: error,
    });
  }
  const { sign, holds } = CONFIGS[gateway];
  if (!sign.test(config)) throw new Fault('requestInvalid', `${from} is no configuration of ${gateway}: it has not ${holds}.`);
  return gateway === 'gammu' ? fromGammu(config, files, readGammuDatabase) : fromSmstools(config, files);
}

/** Each by a key of its own, so that it is sent once; one that is refused is told and leaves the others. */
async function send({ waiting }: Moved, options: ImportCommand, world: ImportWorld): Promise<void> {
  const daemon = daemonClient(options, world);
  let [taken, refused] = [0, 0];
  for (const { id, to, text, flash } of waiting) {
    try {
      await daemon.post('/v1/messages', { to, text, flash, reference: id.slice(0, 100) }, { 'idempotency-key': keyOf(id, to, text) });
      taken += 1;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'requestInvalid') throw error;
      refused += 1;
      world.out(`  to ${maskNumber(to)}: ${error.message}\n`);
    }
  }
  world.out(`${taken} messages are in the queue, ${refused} were refused.\n`);
}

/** @returns whether it was not there before */
async function keep(store: Store, gateway: Gateway, { id, from, text, receivedAt }: MovedText): Promise<boolean> {
  const sim = `imported-${gateway}`;
  // It came as no TPDU: by this it is known again.
  const pdu = `imported:${keyOf(id, from, text)}`;
  if (await store.findReceived(sim, pdu, 0)) return false;
  await store.receive({
    inboundId: newId('in', systemRandom),
    iccid: sim,
    imei: '',
    from,
    text,
    alphabet: 'ucs2',
    smscAt: null,
    smscTime: null,
    receivedAt: Math.min(receivedAt, systemClock.now()),
    pdu,
    placement: { kind: 'single' },
    answers: null,
  });
  return true;
}

const keyOf = (...words: readonly string[]): string => `import-${createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 40)}`;

const modemLines = ({ port, baudRate, pin }: Moved['modems'][number]): string =>
  [
    '[[modem]]',
    `port = ${JSON.stringify(port)}`,
    ...(baudRate === null ? [] : [`baudRate = ${baudRate}`]),
    ...(pin === null ? [] : ['# It has a PIN: write it into a file, and name that as pinFile of the [[sim]].']),
    '',
  ].join('\n');
