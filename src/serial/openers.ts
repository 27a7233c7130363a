import { readdirSync, readlinkSync } from 'node:fs';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../base/error-code.ts';

/**
 * Which other processes have these devices open, in words such as `minicom (process 1234)`. Only root sees the open files of other
 * users' processes; of those the lock files in `/run/lock` tell, as minicom, picocom and pppd write them.
 * @param devices real paths, symbolic links followed
 * @param root of the file system
 * @returns by device; one that nobody else has open, as far as can be seen, is left out
 */
export async function openersOf(devices: ReadonlySet<string>, root = '/'): Promise<Map<string, string[]>> {
  const found = new Map<string, Set<number>>();
  if (devices.size === 0) return new Map();
  const add = (device: string, pid: number): void => {
    if (pid !== process.pid) found.set(device, (found.get(device) ?? new Set()).add(pid));
  };
  const pids = (await readdir(join(root, 'proc')).catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // What this process has open is no news, and more than most have.
    if (Number(pid) === process.pid) continue;
    const targets = openFiles(join(root, 'proc', pid, 'fd'));
    // Who made a pseudo-terminal holds both of its ends; it is the modem's side, not another host.
    const makesTerminals = targets.some((target) => target.endsWith('/ptmx'));
    for (const target of targets) {
      if (devices.has(target) && !(makesTerminals && target.startsWith('/dev/pts/'))) add(target, Number(pid));
    }
    // This runs beside the work of the daemon, every few seconds.
    if (targets.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }
  for (const device of devices) {
    const lock = await readFile(join(root, 'run/lock', `LCK..${basename(device)}`), 'latin1').catch(() => '');
    const pid = /^\s*(\d{1,10})\b/.exec(lock)?.[1];
    // A lock of a process that is gone is only a file that was left behind.
    if (pid !== undefined && (pids.includes(pid) || isAlive(Number(pid)))) add(device, Number(pid));
  }
  const named = [...found].map(async ([device, holders]): Promise<[string, string[]]> => {
    const words = await Promise.all([...holders].sort((a, b) => a - b).map((pid) => processName(pid, root)));
    return [device, words];
  });
  return new Map(await Promise.all(named));
}

/**
 * What a process has open; nothing where that is not ours to see. Asked at once, not by promises: an answer comes from memory
 * in a microsecond or two, and hundreds of promises every few seconds were most of what an idle daemon did.
 */
function openFiles(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((fd) => {
      try {
        return [readlinkSync(join(folder, fd))];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** Asked by a signal that does nothing, since a hardened service does not see the processes of others in `/proc`. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** `minicom (process 1234)`. */
async function processName(pid: number, root: string): Promise<string> {
  const name = (await readFile(join(root, 'proc', String(pid), 'comm'), 'utf8').catch(() => '')).trim().replaceAll(/[^\x20-\x7e]/g, '?');
  return `${name || 'a program'} (process ${pid})`;
}

/** What often holds modems, and which of it runs here: a guess where the open files of others cannot be seen. */
const SUSPECTS = ['ModemManager', 'gammu-smsd', 'smsd', 'ser2net', 'asterisk', 'minicom', 'picocom', 'screen', 'wvdial', 'pppd'];

/**
 * Who has a port open that could not be opened, for the end of a sentence: `ModemManager (process 812)`.
 * @param path of the port, links and all
 */
export async function whoHolds(path: string, root = '/'): Promise<string> {
  const device = await realpath(path).catch(() => path);
  const holders = (await openersOf(new Set([device]), root)).get(device);
  if (holders) return holders.join(' and ');
  if (await heldHere(device, root)) return 'Simpost itself, under another name';
  const pids = (await readdir(join(root, 'proc')).catch(() => [])).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(pids.map((pid) => readFile(join(root, 'proc', pid, 'comm'), 'utf8').catch(() => '')));
  const running = SUSPECTS.filter((suspect) => names.some((name) => name.trim() === suspect));
  return running.length > 0
    ? `another program, perhaps ${running.join(' or ')}, which runs here`
    : `another program (sudo fuser -v ${device} tells which)`;
}

async function heldHere(device: string, root: string): Promise<boolean> {
  const folder = join(root, 'proc', String(process.pid), 'fd');
  const fds = await readdir(folder).catch(() => []);
  return (await Promise.all(fds.map((fd) => readlink(join(folder, fd)).catch(() => '')))).includes(device);
}
