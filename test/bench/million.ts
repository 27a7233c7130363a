import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { systemClock } from '../../src/base/clock.ts';
import { systemRandom } from '../../src/base/random.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import type { Store } from '../../src/store/store.ts';
import { makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { openStore } from '../support/open-store.ts';
import { claimOn, newMessage, SIM_A } from '../support/store-samples.ts';

/** A queue of a thousand and of a million, and a start with it (S11, Q10). Times are milliseconds. */
export interface Million {
  readonly claimP99AtThousand: number;
  readonly claimP99: number;
  readonly claimMeanAtThousand: number;
  readonly claimMean: number;
  readonly listP95: number;
  readonly firstSend: number;
  readonly rssMb: number;
}

const THOUSAND = 1000;
const MILLION = 1_000_000;
const CLAIMS = 500;

const quantile = (times: readonly number[], q: number): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * q) - 1] ?? Number.NaN;
const mean = (times: readonly number[]): number => times.reduce((sum, ms) => sum + ms, 0) / times.length;

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  times.push(performance.now() - began);
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += THOUSAND) {
    const now = systemClock.now();
    await store.accept(Array.from({ length: THOUSAND }, (_, n) => newMessage(now, { to: `+38067${String(i + n).padStart(7, '0')}` })));
  }
}

/** Claims, each alone and to the disk; what it claimed is settled, and not timed. */
async function claims(store: Store): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < CLAIMS; i += 1) {
    await timed(times, async () => {
      const claim = await claimOn(store, SIM_A, systemClock.now(), i % 256);
      if (!claim) throw new Error('the queue is empty');
      queueMicrotask(() => void store.settle(claim.attemptId, { kind: 'sent', mr: i % 256, at: systemClock.now() }));
    });
  }
  return times;
}

/** @param queued messages in the queue, a million unless the code itself is tried */
export async function million(queued = MILLION): Promise<Million> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-million-'));
  const simulation = await simulate({ modems: 1, pty: folder, radioMs: 250 });
  const site = makeSite(simulation.ptys, '[queue]\nsoftLimit = 0\nhardLimit = 0\n');
  const store = await openStore({
    path: join(site.folder, 'data'),
    clock: systemClock,
    random: systemRandom,
  });
  await fill(store, 0, 2 * THOUSAND);
  const few = await claims(store);
  await fill(store, 2 * THOUSAND, queued + THOUSAND);
  const many = await claims(store);
  const lists: number[] = [];
  for (const filter of [{}, { status: 'queued' }] as const) {
    let cursor: string | null = null;
    for (let i = 0; i < 50; i += 1) {
      await timed(lists, async () => {
        cursor = (await store.messages(filter, { limit: 50, cursor })).nextCursor;
      });
    }
  }
  await store.close();

  const sent = new Promise<number>((resolve) => simulation.network.events.once('accepted', () => resolve(performance.now())));
  const began = performance.now();
  const daemon = await startDaemonProcess(site);
  const firstSend = (await sent) - began;
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'));
  await daemon.stop();
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();
  return {
    claimP99AtThousand: quantile(few, 0.99),
    claimP99: quantile(many, 0.99),
    claimMeanAtThousand: mean(few),
    claimMean: mean(many),
    listP95: quantile(lists, 0.95),
    firstSend,
    rssMb: Number(rss?.[1]) / 1024,
  };
}
