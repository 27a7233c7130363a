import { constants } from 'node:fs';
import { access, readdir, readFile, readlink, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FolderFacts, PortFacts } from './facts.ts';

/** Looks at the machine through its files. `root` is `/`, or a folder in which a test has built one. */

/** A serial port, as the system lists it. */
export interface Listed {
  readonly path: string;
  readonly manufacturer: string | null;
  readonly vendorId: string | null;
  readonly productId: string | null;
}

interface Process {
  readonly pid: number;
  readonly name: string;
  /** The devices that it has open; empty where this user may not see that. */
  readonly devices: readonly string[];
}

/** What runs, as far as this user may see. Processes that end meanwhile are left out. */
export async function processes(root: string): Promise<Process[]> {
  const pids = (await names(join(root, 'proc'))).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const name = await readFile(join(root, 'proc', pid, 'comm'), 'utf8').catch(() => undefined);
      if (name === undefined) return [];
      const folder = join(root, 'proc', pid, 'fd');
      const links = await Promise.all((await names(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')));
      return [{ pid: Number(pid), name: name.trim(), devices: links.filter((link) => link.startsWith('/dev/')) }];
    }),
  );
  return found.flat();
}

/** All that can be known of serial ports without opening them. @param self our own process, which holds none that counts */
export async function lookAtPorts(
  root: string,
  listed: readonly Listed[],
  running: readonly Process[],
  self: number,
): Promise<PortFacts[]> {
  const links = await linksTo(root);
  const groups = await readFile(join(root, 'etc/group'), 'utf8').catch(() => '');
  return await Promise.all(
    listed.map(async ({ path, manufacturer, vendorId, productId }) => {
      const file = join(root, path);
      const owner = await stat(file).catch(() => undefined);
      const usable = await access(file, constants.R_OK | constants.W_OK).then(
        () => true,
        () => false,
      );
      const ids = vendorId === null ? '' : `${vendorId}:${productId ?? '?'}`;
      return {
        path,
        names: links.get(path) ?? [],
        what: [manufacturer ?? '', ids].filter((word) => word !== '').join(' ') || 'a port of the board',
        usable,
        group: owner === undefined ? null : groupName(groups, owner.gid),
        holders: running.filter((p) => p.pid !== self && p.devices.includes(path)).map(({ pid, name }) => ({ pid, name })),
      };
    }),
  );
}

/** The names of devices in `/dev/serial`, by the path of the device. */
async function linksTo(root: string): Promise<Map<string, string[]>> {
  const links = new Map<string, string[]>();
  for (const folder of ['/dev/serial/by-id', '/dev/serial/by-path', '/dev/simpost']) {
    for (const name of await names(join(root, folder))) {
      const target = await readlink(join(root, folder, name)).catch(() => undefined);
      if (target === undefined) continue;
      const device = resolve(folder, target);
      links.set(device, [...(links.get(device) ?? []), `${folder}/${name}`]);
    }
  }
  return links;
}

/** The name of a group in `/etc/group`, which has `name:x:gid:members` in each line. */
const groupName = (groups: string, gid: number): string | null =>
  groups
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[2] === String(gid))?.[0] ?? null;

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** How the data folder stands; of one that is not there, the disk that it would be on. */
export async function lookAtFolder(path: string): Promise<FolderFacts> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const isWritable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
  let near = path;
  while (!isThere && near !== dirname(near) && !(await stat(near).catch(() => undefined))) near = dirname(near);
  const disk = await statfs(near).catch(() => undefined);
  const state = isWritable ? 'writable' : isThere ? 'forbidden' : 'missing';
  return { path, state, freeMegabytes: disk ? Math.floor((disk.bavail * disk.bsize) / 2 ** 20) : null };
}

/** What `vcgencmd get_throttled` means; null for anything but an answer of it. */
export function readThrottled(said: string | undefined): number | null {
  const hex = /^throttled=(0x[0-9a-f]{1,8})\s*$/i.exec(said ?? '')?.[1];
  return hex === undefined ? null : Number(hex);
}

/** What `timedatectl show --property=NTPSynchronized --value` means. */
export function readSynchronized(said: string | undefined): boolean | null {
  const word = said?.trim();
  return word === 'yes' ? true : word === 'no' ? false : null;
}

/** A port's device where its name is a link, such as one in `/dev/serial/by-id`; else the name itself. */
export async function deviceOf(root: string, port: string): Promise<string> {
  const target = await readlink(join(root, port)).catch(() => undefined);
  return target === undefined ? port : resolve(dirname(port), target);
}

/** A port that only the configuration knows. */
export const unlisted = (path: string): Listed => ({ path, manufacturer: null, vendorId: null, productId: null });
