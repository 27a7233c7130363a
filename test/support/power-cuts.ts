import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../src/base/random.ts';
import { CutDisk, type Fate } from './cut-disk.ts';
import { judgeCut } from './cut-judge.ts';
import type { Op } from './disk-trace.ts';
import { Listener } from './promises-made.ts';

export interface CutRun {
  readonly ops: readonly Op[];
  /** The folder as it was before the first of them. */
  readonly before: ReadonlyMap<string, Buffer>;
  /** How many cuts at random points, with chance deciding what is kept. */
  readonly cuts: number;
  readonly random: Random;
}

export interface CutVerdict {
  readonly cuts: number;
  /** Cuts after which a promise was broken, and how. */
  readonly broken: readonly string[];
  /** What was promised in the whole run. */
  readonly promises: number;
}

/**
 * Cuts the power: once right after each thing that was promised, with all that was not synced lost, and `cuts` times at random
 * points with each unsynced write kept, lost or torn. After each the store is opened and held against its promises.
 */
export async function cutPower({ ops, before, cuts, random }: CutRun): Promise<CutVerdict> {
  // In memory where there is such a folder: it is the recorded syncs that count here.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'simpost-cut-'));
  const disk = new CutDisk(before);
  const listener = new Listener();
  const chance = new Map<number, number>();
  for (let i = 0; i < cuts; i += 1) {
    const at = Math.floor(random.float() * ops.length);
    chance.set(at, (chance.get(at) ?? 0) + 1);
  }
  const broken: string[] = [];
  let done = 0;
  const cut = async (at: number, fate: Fate): Promise<void> => {
    const found = disk.cut(fate, random);
    rmSync(folder, { recursive: true });
    mkdirSync(folder, { mode: 0o700 });
    for (const [name, octets] of found) writeFileSync(join(folder, name), octets);
    const problems = await judgeCut(folder, listener.made);
    done += 1;
    if (problems.length > 0) broken.push(`cut at ${at} of ${ops.length}, ${fate}: ${problems.slice(0, 3).join('; ')}`);
  };
  let promised = 0;
  for (const [at, op] of ops.entries()) {
    if (op.kind === 'said') listener.hear(op);
    else disk.take(op);
    if (listener.count > promised) {
      promised = listener.count;
      await cut(at, 'dropped');
    }
    for (let left = chance.get(at) ?? 0; left > 0; left -= 1) await cut(at, 'chance');
  }
  rmSync(folder, { recursive: true });
  return { cuts: done, broken, promises: promised };
}

/** The files of a folder. */
export function filesIn(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
