import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { PURPOSES } from '../../src/base/purpose.ts';
import { seededRandom, systemRandom } from '../../src/base/random.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openStore } from '../support/open-store.ts';
import { newMessage } from '../support/store-samples.ts';

let path: string;
afterEach(() => rm(path, { recursive: true, force: true }));

it('the age of the queue is that of the oldest message that is ready, over SIMs, keys and purposes', async () => {
  path = await mkdtemp(join(tmpdir(), 'simpost-gauges-'));
  const clock = new FakeClock();
  const took: number[] = [];
  const store = await openStore({
    path,
    clock,
    random: systemRandom,
    onCommitTook: (ms) => took.push(ms),
  });
  expect((await store.gauges()).queue.map(({ oldestAt }) => oldestAt)).toEqual([null, null, null, null]);
  const random = seededRandom(20);
  const oldest = new Map<string, number>();
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random.float() * of.length)];
  for (let i = 0; i < 200; i += 1) {
    const purpose = pick(PURPOSES) ?? 'service';
    clock.step(1000);
    const acceptedAt = clock.now();
    const waits = random.float() < 0.3;
    await store.accept([
      newMessage(acceptedAt, {
        purpose,
        keyId: `key_${pick([1, 2, 3])}`,
        sim: pick([null, '8938001234567890123', '8938007777777777777']) ?? null,
        ...(waits ? { held: { reason: 'schedule', dueAt: clock.now() + 1e9 } } : {}),
      }),
    ]);
    if (!waits && !oldest.has(purpose)) oldest.set(purpose, acceptedAt);
  }
  const { queue, waiting, octets, walOctets } = await store.gauges();
  for (const { purpose, segments, oldestAt } of queue) {
    expect(segments).toBeGreaterThan(0);
    expect(oldestAt).toBe(oldest.get(purpose));
  }
  expect(waiting).toBeGreaterThan(0);
  expect(octets + walOctets).toBeGreaterThan(10_000);
  expect(took.length).toBeGreaterThanOrEqual(200);
  await store.close();
});
