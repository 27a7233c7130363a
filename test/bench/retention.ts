import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { systemClock } from '../../src/base/clock.ts';
import { systemRandom } from '../../src/base/random.ts';
import type { Store } from '../../src/store/store.ts';
import { multiplyMessages } from '../support/multiply-messages.ts';
import { openStore } from '../support/open-store.ts';
import { DAY, mustClaim, newMessage, SIM_A } from '../support/store-samples.ts';

/** What one run of retention does to others (S09). Times are milliseconds. */
export interface RetentionFigures {
  readonly erased: number;
  readonly seconds: number;
  /** How long the event loop was held by a transaction, from its begin to the end of its COMMIT. */
  readonly turnP99: number;
  readonly turnMax: number;
  /** Of that, the COMMIT. */
  readonly commitMax: number;
}

const KEPT = { otp: DAY, urgent: DAY, service: DAY, promotional: DAY, inbound: DAY };

/** @param rows in the store, two of three of them due */
export async function retention(rows = 1_000_000): Promise<RetentionFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-retention-'));
  const commits: number[] = [];
  const open = (): Promise<Store> =>
    openStore({
      path: folder,
      clock: systemClock,
      random: systemRandom,
      onCommitTook: (ms) => commits.push(ms),
    });
  const first = await open();
  const at = systemClock.now() - 30 * DAY;
  await first.accept([newMessage(at, { expiresAt: at + 90 * DAY })]);
  const claim = await mustClaim(first, SIM_A, at);
  await first.settle(claim.attemptId, { kind: 'sent', mr: 1, at });
  await first.close();
  multiplyMessages(folder, rows);

  const store = await open();
  commits.splice(0);
  const turns: number[] = [];
  let running = true;
  const began = performance.now();
  const run = store.eraseTexts(KEPT, systemClock.now()).finally(() => {
    running = false;
  });
  while (running) {
    const turn = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    turns.push(performance.now() - turn);
  }
  const { messages } = await run;
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  turns.sort((a, b) => a - b);
  return {
    erased: messages,
    seconds,
    turnP99: turns[Math.ceil(0.99 * turns.length) - 1] ?? Number.NaN,
    turnMax: turns.at(-1) ?? Number.NaN,
    commitMax: Math.max(...commits),
  };
}
