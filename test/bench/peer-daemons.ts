import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { makeKey, makeSite, type SiteFolder } from '../support/daemon-process.ts';

/** An SMS daemon on serial ports, as a user would set it up for speed. */
export interface PeerDaemon {
  readonly name: string;
  /** Starts it, for the first time or after a kill. */
  start(): Promise<void>;
  /** Hands a message over, durably as far as it goes. */
  send(to: string, text: string): Promise<void>;
  /** How many received messages can be read. */
  received(): Promise<number>;
  /** Numbers of whom it says that nobody knows whether their message went out; absent where a daemon has no such state. */
  inDoubt?(): Promise<readonly string[]>;
  /** CPU seconds so far and octets resident, of all its processes. */
  load(): { readonly cpuSeconds: number; readonly rss: number };
  /** SIGKILL for all of it. */
  kill(): Promise<void>;
}

export type MakePeer = (ports: readonly string[], folder: string) => Promise<PeerDaemon>;

/** Where a program lies, if it is installed. */
export const installed = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Processes that are started and killed together. */
class Processes {
  readonly #running: ChildProcess[] = [];

  start(command: string, args: readonly string[]): ChildProcess {
    // A group of its own, since some start others.
    const child = spawn(command, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.resume();
    this.#running.push(child);
    return child;
  }

  async kill(): Promise<void> {
    for (const child of this.#running.splice(0)) {
      const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch {
        // It was gone already.
      }
      await gone;
    }
  }

  load(): { cpuSeconds: number; rss: number } {
    const groups = new Set(this.#running.map(({ pid }) => pid));
    let [ticks, pages] = [0, 0];
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const fields = statOf(pid);
      if (!groups.has(Number(fields[2]))) continue;
      // utime, stime, and those of children that have ended (proc(5)).
      ticks += [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0);
      pages += Number(fields[21]);
    }
    return { cpuSeconds: ticks / 100, rss: pages * 4096 };
  }
}

function statOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** Beside, then renamed: so that no daemon reads half a file. */
function drop(folder: string, name: string, text: string): void {
  const part = join(folder, '..', `${name}.part`);
  writeFileSync(part, text);
  renameSync(part, join(folder, name));
}

function makeFolders(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      return [name, path];
    }),
  );
}

const filesIn = (path: string): number => readdirSync(path).length;

/** One gammu-smsd for each modem, all with one outbox of files. */
export const gammu: MakePeer = (ports, folder) => {
  const processes = new Processes();
  const boxes = ports.map((port, i) => {
    const home = join(folder, `gammu-${i}`);
    const { inbox = '', outbox = '', sent = '', error = '' } = makeFolders(home, ['inbox', 'outbox', 'sent', 'error']);
    const config = join(home, 'smsdrc');
    writeFileSync(
      config,
      `[gammu]\ndevice = ${port}\nconnection = at115200\n[smsd]\nservice = files\ndebuglevel = 0\n` +
        `inboxpath = ${inbox}/\noutboxpath = ${outbox}/\nsentsmspath = ${sent}/\nerrorsmspath = ${error}/\n` +
        'loopsleep = 1\nreceivefrequency = 1\nstatusfrequency = 0\ncheckbattery = 0\nchecksignal = 0\nchecksecurity = 0\nchecknetwork = 0\nhangupcalls = 0\nresetfrequency = 0\n',
    );
    return { config, inbox, outbox };
  });
  let next = 0;
  return Promise.resolve({
    name: 'gammu-smsd',
    start() {
      for (const { config } of boxes) processes.start('gammu-smsd', ['-c', config]);
      return Promise.resolve();
    },
    send(to: string, text: string) {
      const box = boxes[next % boxes.length];
      drop(box?.outbox ?? '', `OUTA20260101_000000_${String(next).padStart(4, '0')}_${to}_n.txt`, text);
      next += 1;
      return Promise.resolve();
    },
    received: () => Promise.resolve(boxes.reduce((sum, { inbox }) => sum + filesIn(inbox), 0)),
    load: () => processes.load(),
    kill: () => processes.kill(),
  });
};

/** One smsd of smstools for all modems. */
export const smstools: MakePeer = (ports, folder) => {
  const processes = new Processes();
  const home = join(folder, 'smstools');
  const names = ['outgoing', 'checked', 'incoming', 'failed', 'sent', 'saved'];
  const { outgoing = '', checked = '', incoming = '', failed = '', sent = '', saved = '' } = makeFolders(home, names);
  const config = join(home, 'smsd.conf');
  const devices = ports.map((port, i) => ({ port, name: `M${i + 1}` }));
  writeFileSync(
    config,
    `devices = ${devices.map((d) => d.name).join(', ')}\noutgoing = ${outgoing}\nchecked = ${checked}\nincoming = ${incoming}\nfailed = ${failed}\nsent = ${sent}\nsaved = ${saved}\n` +
      `logfile = /dev/null\nloglevel = 2\ninfofile = ${join(home, 'running')}\npidfile = ${join(home, 'pid')}\ndelaytime = 1\nreceive_before_send = no\nautosplit = 3\nuser = root\n` +
      devices.map(({ port, name }) => `[${name}]\ndevice = ${port}\nincoming = yes\nbaudrate = 115200\nrtscts = no\n`).join(''),
  );
  let next = 0;
  return Promise.resolve({
    name: 'smstools smsd',
    start() {
      processes.start('smsd', ['-t', `-c${config}`]);
      return Promise.resolve();
    },
    send(to: string, text: string) {
      drop(outgoing, `m${String(next).padStart(5, '0')}`, `To: ${to.replace('+', '')}\n\n${text}`);
      next += 1;
      return Promise.resolve();
    },
    received: () => Promise.resolve(filesIn(incoming)),
    load: () => processes.load(),
    kill: () => processes.kill(),
  });
};

/** The built daemon. */
export const simpost: MakePeer = async (ports) => {
  const processes = new Processes();
  const site: SiteFolder = makeSite(ports);
  const key = await makeKey(site, 'send,read:all');
  const main = join(import.meta.dirname, '../../dist/main.js');
  let url = '';
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    name: 'Simpost',
    async start() {
      const child = processes.start(process.execPath, [main, 'serve', '--config', site.config]);
      url = await new Promise<string>((ready, failed) => {
        let said = '';
        child.stderr?.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const found = /"url":"([^"]+)"/.exec(said)?.[1];
          if (found !== undefined) ready(found);
        });
        child.once('exit', () => failed(new Error(`${basename(main)} ended: ${said}`)));
      });
    },
    async send(to, text) {
      for (;;) {
        const answer = await fetch(`${url}/v1/messages`, {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': to },
          body: JSON.stringify({ to, text }),
        }).catch(() => undefined);
        if (answer?.status === 202) return;
        await sleep(systemClock, 50);
      }
    },
    async received() {
      const answer = await fetch(`${url}/v1/inbound?limit=500`, { headers });
      const { data }: { data: unknown[] } = JSON.parse(await answer.text());
      return data.length;
    },
    async inDoubt() {
      const answer = await fetch(`${url}/v1/messages?status=uncertain&limit=500`, { headers });
      const { data }: { data: { to: string }[] } = JSON.parse(await answer.text());
      return data.map(({ to }) => to);
    },
    load: () => processes.load(),
    kill: () => processes.kill(),
  };
};
