import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../src/base/fault.ts';
import type { Environment } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/options.ts';

/** As much as a program can ask and a modem can send, and as often. */
export const NO_LIMITS =
  '[simDefaults]\nperMinute = 0\nperHour = 0\nuniquePerDay = 0\nofferGapMax = 0\n[limits]\nrequestsPerSecond = 0\nrecipientPerHour = 0\nrecipientPerDay = 0\notpPerTenMinutes = 0\nadjacentNumbers = 0\n';

/** The same, and at any hour to whom it may be: tests and benches of the queue are no tests of caps or policy. */
export const NO_CAPS = `${NO_LIMITS}[policy]\nprofile = "off"\nconsent = false\n`;

/** Runs `fn` with a new folder and takes the folder away afterwards. */
export function inFolder<T>(fn: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-config-'));
  try {
    return fn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads a configuration from a file with this content. */
export function loadText(toml: string | Buffer, env: Environment = {}): Config {
  return inFolder((folder) => {
    const file = join(folder, 'simpost.toml');
    writeFileSync(file, toml);
    return loadConfig(file, env);
  });
}

/** The fault that `fn` throws; anything else that it does fails the test. */
export function faultOf(fn: () => unknown): Fault {
  try {
    fn();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('expected a Fault, but nothing was thrown');
}

/** `pointer: detail` of each place. */
export function linesOf(fault: Fault): string[] {
  return fault.places.map((place) => `${place.pointer}: ${place.detail}`);
}
