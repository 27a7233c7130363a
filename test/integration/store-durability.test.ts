import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { seededRandom, systemRandom } from '../../src/base/random.ts';
import { builtProgram } from '../support/built-program.ts';
import { canWatchDisk, READ_ONLY, watchDisk } from '../support/fsync-count.ts';
import { openStore } from '../support/open-store.ts';
import { full } from '../support/store-runs.ts';

const CHILD = builtProgram(fileURLToPath(new URL('../support/store-child.ts', import.meta.url)));

let scratch: string;
let folder: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'simpost-durable-'));
  folder = join(scratch, 'data');
  await mkdir(folder);
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

interface Child {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly lines: string[];
  /** Resolves with the exit code or signal. */
  readonly ended: Promise<number | string>;
  /** Resolves when it has said so many lines, or has ended. */
  said(count: number): Promise<void>;
}

function start(args: string[], env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, [CHILD, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const tell = (ended: boolean): void => {
    for (const w of waiting) if (ended || lines.length >= w.count) w.resolve();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    tell(false);
  });
  const ended = once(child, 'close').then(([code, signal]: unknown[]): number | string => {
    tell(true);
    return typeof code === 'number' ? code : String(signal);
  });
  return {
    process: child,
    lines,
    ended,
    said: (count) => new Promise((resolve) => (lines.length >= count ? resolve() : waiting.push({ count, resolve }))),
  };
}

const about = (lines: readonly string[], word: string): string[] =>
  lines.filter((l) => l.startsWith(`${word} `)).map((l) => l.slice(word.length + 1));

const reopen = () =>
  openStore({
    path: folder,
    clock: systemClock,
    random: systemRandom,
  });

describe('a process that closes its store', () => {
  it('waits for the thread that folds the WAL, and then ends', async () => {
    const child = start(['fold', folder, '8']);
    expect(await child.ended).toBe(0);
    expect(child.lines.at(-1)).toBe('closed');
  });
});

describe('what was promised is there', () => {
  it('D14 D02 keeps every acknowledged acceptance, intent and outcome over kill -9, and marks the open intents', {
    timeout: 600_000,
  }, async () => {
    const seed = Math.floor(systemRandom.float() * 2 ** 31);
    console.info(`kills: seed ${seed}`);
    const random = seededRandom(seed);
    const promised: string[] = [];
    let uncertainBefore = 0;
    for (let kill = 0; kill < full(60); kill += 1) {
      const child = start(['work', folder]);
      await child.said(2 + Math.floor(random.float() * 200));
      child.process.kill('SIGKILL');
      expect(await child.ended).toBe('SIGKILL');
      promised.push(...child.lines);

      const store = await reopen();
      const uncertain = (await store.recover(systemClock.now(), () => undefined)).length;
      // At most one for each of the four that were at work.
      expect(uncertain).toBeLessThanOrEqual(4);
      uncertainBefore += uncertain;
      const sent = new Set(about(promised, 'sent'));
      for (const id of about(child.lines, 'accepted')) expect((await store.message(id))?.id, `seed ${seed}`).toBe(id);
      for (const id of about(child.lines, 'claimed')) {
        const status = (await store.message(id))?.status;
        // An outcome may have been committed just before the kill, and the word of it lost with the process.
        if (sent.has(id)) expect(status, `seed ${seed}`).toBe('sent');
        else expect(['uncertain', 'sent'], `seed ${seed}`).toContain(status);
      }
      await store.close();
    }
    expect(about(promised, 'sent').length).toBeGreaterThan(0);
    console.info(
      `kills: ${about(promised, 'accepted').length} accepted, ${about(promised, 'sent').length} sent, ${uncertainBefore} uncertain`,
    );
  });

  describe.skipIf(!canWatchDisk())('seen from below', () => {
    it('S01 syncs the WAL with every commit; the control run at NORMAL does not', async () => {
      const commits = 40;
      const counts: number[] = [];
      for (const synchronous of ['FULL', 'NORMAL']) {
        const dir = join(scratch, synchronous);
        await mkdir(dir);
        const logs = join(scratch, `log-${synchronous}`);
        await mkdir(logs);
        const watch = watchDisk(dir, logs);
        const child = start(['accept', dir, String(commits), synchronous], watch.env);
        expect(await child.ended).toBe(0);
        expect(about(child.lines, 'accepted')).toHaveLength(commits);
        counts.push(watch.syncs().get('simpost.db-wal') ?? 0);
      }
      expect(counts[0]).toBeGreaterThanOrEqual(commits);
      expect(counts[1]).toBeLessThan(commits / 4);
    });

    it('S04 ends the process when a sync fails, and starts again with everything acknowledged', async () => {
      const points = full(200);
      const accepted = new Set<string>();
      for (let i = 0; i < points; i += 1) {
        const watch = watchDisk(folder, scratch, 1 + i);
        const child = start(['accept', folder, String(points)], watch.env);
        const code = await child.ended;
        // The first points lie in the opening of the store, before anything was promised. Where the thread that folds the WAL meets
        // the fault too while the process ends, better-sqlite3 aborts it: dead all the same, after it said why.
        expect([1, 3, 'SIGABRT']).toContain(code);
        expect(child.lines.at(-1)).toBe(code === 1 ? 'unopened unavailable' : 'fatal unavailable');
        for (const id of about(child.lines, 'accepted')) accepted.add(id);
      }
      expect(accepted.size).toBeGreaterThan(0);
      const store = await reopen();
      for (const id of accepted) expect((await store.message(id))?.id).toBe(id);
      await store.close();
    }, 1_800_000);

    it.each([
      ['refuses with storeFull when the disk is full', {}, 'storeFull'],
      ['refuses with unavailable when the disk is read-only', READ_ONLY, 'unavailable'],
    ])('S03 %s, goes on when it is not, and loses nothing', async (_, kind, code) => {
      const watch = watchDisk(folder, scratch);
      const child = start(['full', folder], { ...watch.env, ...kind });
      expect(await child.ended).toBe(0);
      const accepted = about(child.lines, 'accepted');
      expect(accepted).toHaveLength(6);
      expect(about(child.lines, 'refused')).toEqual(Array(6).fill(code));
      const store = await reopen();
      const page = await store.messages({}, { limit: 100, cursor: null });
      expect(page.data.map((m) => m.id).sort()).toEqual(accepted.sort());
      expect(store.queueDepth()).toEqual({ ready: 5, waiting: 0 });
      await store.close();
    });

    it.each([
      ['full', {}, 'storeFull'],
      ['read-only', READ_ONLY, 'unavailable'],
    ])(
      'S03 keeps its word whichever write meets a disk that is %s',
      async (kind, more, code) => {
        // Primes, so that the window moves over all the writes of a commit.
        for (const period of process.env.SIMPOST_TEST_FULL ? [83, 97, 113, 127, 151, 173, 211, 251] : [83, 151]) {
          const dir = join(scratch, `${kind}-${period}`);
          await mkdir(dir);
          const watch = watchDisk(dir, scratch);
          const child = start(['starved', dir, '150'], { ...watch.env, ...more, SHIM_PERIOD: String(period) });
          expect(await child.ended).toBe(0);
          const [accepted, claimed, sent] = ['accepted', 'claimed', 'sent'].map((word) => about(child.lines, word));
          const refused = about(child.lines, 'refused');
          expect(new Set(refused)).toEqual(new Set([code]));
          expect(refused.length).toBeGreaterThan(10);
          expect(sent?.length).toBeGreaterThan(5);
          folder = dir;
          const store = await reopen();
          await store.examine();
          const rows = (await store.messages({}, { limit: 500, cursor: null })).data;
          // What was refused is not there, what was answered is, and what was told sent is sent.
          expect(rows.map((m) => m.id).sort()).toEqual(accepted?.sort());
          const status = new Map(rows.map((m) => [m.id, m.status]));
          for (const id of sent ?? []) expect(status.get(id)).toBe('sent');
          // An intent whose outcome found no room is known as such.
          expect((await store.recover(systemClock.now(), () => undefined)).length).toBe((claimed?.length ?? 0) - (sent?.length ?? 0));
          await store.close();
        }
      },
      120_000,
    );
  });
});

describe('the data folder', () => {
  it('S12 belongs to one daemon, which is named, and is free again after kill -9', async () => {
    const child = start(['hold', folder]);
    await child.said(1);
    const pid = about(child.lines, 'open')[0] ?? 'none';
    const began = systemClock.monotonic();
    await expect(reopen()).rejects.toMatchObject({
      code: 'storeInUse',
      message: expect.stringContaining(`(process ${pid}) uses the data folder ${folder}`),
    });
    expect(systemClock.monotonic() - began).toBeLessThan(2000);

    child.process.kill('SIGKILL');
    await child.ended;
    const store = await reopen();
    await store.close();
  });
});
