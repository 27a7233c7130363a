import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sleep, systemClock } from '../../src/base/clock.ts';
import type { DaemonProcess } from './daemon-process.ts';

/**
 * What a daemon holds once nobody holds the rest. A resident set says little of that in an hour, since the heap takes what it is
 * allowed; what is left after a collection tells at once whether it grows with what was done.
 */
export class LiveHeap {
  /** For the process of the daemon. */
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  /** @param folder for the file by which it answers */
  constructor(folder: string) {
    this.#file = join(folder, 'live-heap.json');
    this.env = { NODE_OPTIONS: `--import ${resolve(import.meta.dirname, 'live-heap.mjs')}`, LIVE_HEAP_FILE: this.#file };
  }

  /** Collects and measures, megabytes: objects and buffers, not what SQLite has of its own. */
  async measure(daemon: DaemonProcess): Promise<number> {
    rmSync(this.#file, { force: true });
    daemon.child.kill('SIGUSR2');
    while (!existsSync(this.#file)) await sleep(systemClock, 20);
    return Number(readFileSync(this.#file, 'utf8')) / 2 ** 20;
  }
}
