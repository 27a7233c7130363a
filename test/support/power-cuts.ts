import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from '../../src/base/random.ts';
import { CutDisk, type Fate } from './cut-disk.ts';
import { judgeCut } from './cut-judge.ts';
import type { Op } from './disk-trace.ts';
import { Listener } from './promises-made.ts';
import { type Share, shares, tellProgress } from './side-by-side.ts';

interface Recorded {
  readonly ops: readonly Op[];
  /** The folder as it was before the first of them. */
  readonly before: ReadonlyMap<string, Buffer>;
}

/** A share of the cuts: `count` at random points, with chance deciding what is kept; the first share makes those after each promise too. */
export interface CutPart extends Recorded {
  readonly share: Share;
}

export interface CutVerdict {
  readonly cuts: number;
  /** Cuts after which a promise was broken, and how. */
  readonly broken: readonly string[];
  /** What was promised in the whole run. */
  readonly promises: number;
}

/**
 * Cuts the power: once right after each thing that was promised, with all that was not synced lost, and as often as its share says at random
 * points with each unsynced write kept, lost or torn. After each the store is opened and held against its promises.
 */
export async function cutPower({ ops, before, share, random }: CutPart & { readonly random: Random }): Promise<CutVerdict> {
  // In memory where there is such a folder: it is the recorded syncs that count here.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'simpost-cut-'));
  const disk = new CutDisk(before);
  const listener = new Listener();
  const chance = new Map<number, number>();
  for (let i = 0; i < share.count; i += 1) {
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
  let made = 0;
  for (const [at, op] of ops.entries()) {
    if (op.kind === 'said') listener.hear(op);
    else disk.take(op);
    if (listener.count > promised) {
      promised = listener.count;
      if (share.index === 0) await cut(at, 'dropped');
    }
    for (let left = chance.get(at) ?? 0; left > 0; left -= 1) {
      await cut(at, 'chance');
      made += 1;
      tellProgress('power cuts', share, made);
    }
  }
  rmSync(folder, { recursive: true });
  return { cuts: done, broken, promises: promised };
}

/** The same with so many random cuts in all, divided among processes where several parts go at once. */
export async function cutSideBySide(recorded: Recorded, cuts: number, seed: number): Promise<CutVerdict> {
  const verdicts = await Promise.all(
    shares(cuts, seed).map(async (share): Promise<CutVerdict> => {
      const worker = fork(fileURLToPath(new URL('./cut-worker.ts', import.meta.url)), {
        execArgv: ['--import', 'tsx'],
        serialization: 'advanced',
      });
      const gone = once(worker, 'exit').then(([code]) => {
        throw new Error(`part ${share.name} of the cuts ended with ${code} before its verdict`);
      });
      worker.send({ ...recorded, share } satisfies CutPart);
      const [verdict]: CutVerdict[] = await Promise.race([once(worker, 'message'), gone]);
      if (!verdict) throw new Error('a verdict of nothing');
      return verdict;
    }),
  );
  return {
    cuts: verdicts.reduce((sum, one) => sum + one.cuts, 0),
    broken: verdicts.flatMap(({ broken }) => broken),
    promises: verdicts[0]?.promises ?? 0,
  };
}

/** The files of a folder. */
export function filesIn(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
