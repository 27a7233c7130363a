import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const COMPILER = 'gcc';

const SOURCE = fileURLToPath(new URL('./fsync-count.c', import.meta.url));

/**
 * Whether the tests that look at the disk from outside can run. Without gcc they are skipped on a person's machine, with a
 * message; under CI they run, and fail.
 */
export function canWatchDisk(): boolean {
  if (spawnSync(COMPILER, ['--version']).status === 0) return true;
  if (process.env.CI === 'true') return true;
  console.warn('gcc is not installed: the tests that count fsyncs and break the disk are skipped.');
  return false;
}

/** Beside `env`: while the flag is there the disk is not full but read-only. */
export const READ_ONLY = { SHIM_READONLY: '1' } as const;

/** What a child process needs in its environment to be watched. */
export interface DiskWatch {
  readonly env: Record<string, string>;
  /** While this file exists the disk is full. */
  readonly fullFlag: string;
  /** How often each file of the folder was synced. */
  syncs(): Map<string, number>;
}

/**
 * Builds the shim and points it at a folder.
 * @param scratch a folder for the shim and its log, not the watched one
 * @param eioAt from which sync on they fail, when they shall
 */
export function watchDisk(folder: string, scratch: string, eioAt?: number): DiskWatch {
  const shim = join(scratch, 'fsync-count.so');
  const log = join(scratch, `syncs-${eioAt ?? 'all'}.log`);
  const fullFlag = join(scratch, 'full');
  if (!existsSync(shim)) execFileSync(COMPILER, ['-O2', '-Wall', '-shared', '-fPIC', '-o', shim, SOURCE, '-ldl']);
  const env: Record<string, string> = { LD_PRELOAD: shim, SHIM_DIR: folder, SHIM_LOG: log, SHIM_FULL: fullFlag };
  if (eioAt !== undefined) env.SHIM_EIO_AT = String(eioAt);
  return {
    env,
    fullFlag,
    syncs() {
      const counts = new Map<string, number>();
      if (!existsSync(log)) return counts;
      for (const name of readFileSync(log, 'utf8').split('\n')) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
      return counts;
    },
  };
}
