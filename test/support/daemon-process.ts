import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { NO_CAPS } from './config-text.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/main.js');

/** A built daemon in a process of its own, as a user runs it; what system tests drive and kill. */
export interface DaemonProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** The log so far, one object a line. */
  readonly log: readonly Record<string, unknown>[];
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface SiteFolder {
  readonly folder: string;
  readonly config: string;
  /** Takes the folder away, with the store that a daemon made in it. */
  remove(): void;
}

/**
 * A folder with a configuration: a site in Ukraine on a free port, with these modems and no others, SIMs without caps, and whatever else
 * is given. A modem that is plugged into the machine is somebody's: a daemon of the tests would take the texts out of its SIM.
 */
export function makeSite(
  ports: readonly string[],
  more = '',
  site = 'name = "Клініка"\ncountry = "UA"\ntimeZone = "Europe/Kyiv"\n',
): SiteFolder {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-site-'));
  const config = join(folder, 'simpost.toml');
  const modems = ports.map((port) => `[[modem]]\nport = ${JSON.stringify(port)}\n`).join('');
  writeFileSync(
    config,
    `[site]\n${site}[http]\nlisten = "127.0.0.1:0"\n[store]\npath = ${JSON.stringify(join(folder, 'data'))}\n[time]\ntrust = "always"\n[modems]\ndiscover = false\n${modems}${NO_CAPS}${more}`,
  );
  return { folder, config, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs `simpost` with these arguments to its end. */
export async function runSimpost(args: readonly string[], main = MAIN): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** An API key of the site, made by the command line. */
export async function makeKey(site: SiteFolder, scopes = 'send,read:all'): Promise<string> {
  const { code, out, err } = await runSimpost(['keys', 'create', '--name', 'test', '--scopes', scopes, '--config', site.config]);
  if (code !== 0) throw new Error(`no key: ${err}`);
  return out.trim();
}

/** Starts the daemon and resolves when it accepts requests. @throws when it ends before that, with what it said */
export async function startDaemonProcess(
  site: Pick<SiteFolder, 'config'>,
  env: NodeJS.ProcessEnv = {},
  main = MAIN,
): Promise<DaemonProcess> {
  const child = spawn(process.execPath, [main, 'serve', '--config', site.config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  const log: Record<string, unknown>[] = [];
  const said: string[] = [];
  const gone = once(child, 'close').then(() => undefined);
  const url = await new Promise<string>((ready, failed) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (!line.startsWith('{')) return;
      const entry: Record<string, unknown> = JSON.parse(line);
      log.push(entry);
      if (entry.msg === 'ready to accept') ready(String(entry.url));
    });
    gone.then(
      () => failed(new Error(`the daemon ended with ${child.exitCode}: ${said.join('\n')}`)),
      () => undefined,
    );
  });
  return {
    url,
    child,
    log,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
  };
}
