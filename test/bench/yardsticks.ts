import { spawn } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fastify } from 'fastify';
import { portOf } from '../support/port-of.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/** What this machine can do at all, measured in the same run: figures of ours are shown as shares of these. */

/** 4 KiB writes, each followed by an fsync, a second. */
export function fsyncsPerSecond(folder: string): number {
  const path = join(folder, 'yardstick');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096, 1);
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < 1000) {
    writeSync(file, page, 0, page.length, (count % 256) * page.length);
    fsyncSync(file);
    count += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  closeSync(file);
  rmSync(path);
  return count / seconds;
}

/** Runs the load generator in a process of its own. */
export function runLoad(plan: LoadPlan): Promise<LoadResult> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--import', 'tsx', resolve(import.meta.dirname, 'load.ts'), JSON.stringify(plan)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.on('close', (code) => (code === 0 ? done(JSON.parse(out)) : failed(new Error(`the load generator ended with ${code}`))));
  });
}

/** Requests a second of a Fastify that parses the same body and answers `{"ok":true}`, with this many connections. */
export async function bareFastifyPerSecond(plan: Omit<LoadPlan, 'port' | 'path'>): Promise<number> {
  const app = fastify();
  app.post('/', () => ({ ok: true }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const port = portOf(app.server);
  await runLoad({ ...plan, port, path: '/', requests: 5000 });
  const { requests, seconds } = await runLoad({ ...plan, port, path: '/' });
  await app.close();
  return requests / seconds;
}
