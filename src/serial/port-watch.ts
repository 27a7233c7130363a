import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock, Timer } from '../base/clock.ts';
import { Alarm, every } from '../base/waits.ts';

/** Milliseconds from the last of several changes until they are told: one stick makes a dozen, and udev names it last. */
const CALM = 300;

/** Milliseconds after which they are told though they go on. */
const PATIENCE = 1_000;

/** Milliseconds between looks without any sign, since not every change gives one: containers, other file systems. */
const SLOW = 10_000;

/**
 * Tells that ports may have come, gone or been renamed: soon after a change in the folders of devices, and every 10 s anyway.
 * @param named ports of the configuration, whose folders are watched as well
 * @param changed is called without knowing what has changed; it looks for itself
 */
export function watchPorts(parts: { root?: string; named: readonly string[]; clock: Clock; changed: () => void }): Timer {
  const { root = '/', clock, changed } = parts;
  let since: number | undefined;
  const calm = new Alarm(clock, () => {
    since = undefined;
    changed();
  });
  const stir = (): void => {
    const now = clock.monotonic();
    since ??= now;
    calm.in(Math.min(CALM, Math.max(0, since + PATIENCE - now)));
  };
  const dev = join(root, 'dev');
  const folders = new Set([dev, join(dev, 'serial/by-id'), join(dev, 'serial/by-path'), ...parts.named.map((port) => dirname(port))]);
  const watchers = new Map<string, Timer>();
  const watchAll = (): void => {
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const timer = watchFolder(folder, stir, () => watchers.delete(folder));
      if (timer) watchers.set(folder, timer);
    }
  };
  watchAll();
  const slow = every(clock, SLOW, () => {
    // /dev/serial is there only while something is plugged in, and a new one after that.
    watchAll();
    changed();
  });
  return {
    cancel() {
      slow.cancel();
      calm.cancel();
      for (const watcher of watchers.values()) watcher.cancel();
    },
  };
}

/** Watches a folder until it is gone; undefined where it cannot be watched: the slow look does without. */
function watchFolder(folder: string, stir: () => void, gone: () => void): Timer | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (event, name) => {
      // Whether a terminal was written to is none of our business: only names that come and go are.
      if (event !== 'rename') return;
      stir();
      if (name !== null && folder.endsWith(`/${name}`)) end();
    });
    const end = (): void => {
      watcher.close();
      gone();
    };
    watcher.on('error', end);
    return { cancel: () => watcher.close() };
  } catch {
    return undefined;
  }
}
