import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/base/clock.ts';
import { seededRandom } from '../../../src/base/random.ts';
import { type Jump, steadyClock } from '../../../src/base/steady-clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DAY, mustClaim, newMessage, SIM_A } from '../../support/store-samples.ts';

const HOUR = 3_600_000;
const MONTH = 30 * DAY;
const PERIODS = { otp: DAY, urgent: MONTH, service: MONTH, promotional: MONTH, inbound: MONTH };

function rig(): { system: FakeClock; clock: Clock; jumps: Jump[] } {
  const system = new FakeClock();
  const jumps: Jump[] = [];
  return { system, clock: steadyClock(system, (jump) => jumps.push(jump)), jumps };
}

describe('the steady clock', () => {
  it('is the system clock while that runs on, also where it is set a little', async () => {
    const { system, clock, jumps } = rig();
    for (const step of [0, 30_000, -30_000, 60_000]) {
      system.step(step);
      expect(clock.now()).toBe(system.now());
      await system.advance(HOUR);
      expect(clock.now()).toBe(system.now());
    }
    expect(jumps).toEqual([]);
  });

  it.each([400 * DAY, -400 * DAY, 2 * HOUR, -2 * HOUR])('goes on from before through a jump of %i ms that is taken back', async (by) => {
    const { system, clock, jumps } = rig();
    const began = system.now();
    system.step(by);
    for (let second = 0; second < 30; second += 1) {
      expect(clock.now()).toBe(began + second * 1000);
      await system.advance(1000);
    }
    system.step(-by);
    expect(clock.now()).toBe(began + 30_000);
    expect(jumps).toEqual([{ by, believed: false }]);
  });

  it.each([5 * HOUR, -2 * HOUR])('believes a jump of %i ms that stands for a minute', async (by) => {
    const { system, clock, jumps } = rig();
    system.step(by);
    clock.now();
    await system.advance(59_999);
    expect(clock.now()).toBe(system.now() - by);
    await system.advance(1);
    expect(clock.now()).toBe(system.now());
    expect(jumps).toEqual([
      { by, believed: false },
      { by, believed: true },
    ]);
  });

  it('counts the minute anew when the clock jumps again', async () => {
    const { system, clock } = rig();
    const began = system.now();
    system.step(HOUR);
    clock.now();
    await system.advance(50_000);
    system.step(HOUR);
    expect(clock.now()).toBe(began + 50_000);
    await system.advance(50_000);
    expect(clock.now()).toBe(began + 100_000);
    await system.advance(10_000);
    expect(clock.now()).toBe(system.now());
  });
});

describe('a clock that is 400 days ahead for 30 seconds', () => {
  /** What a store loses of a queued, a scheduled and a sent message. */
  async function lost(clockOf: (system: FakeClock) => Clock): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'simpost-steady-'));
    const system = new FakeClock();
    const clock = clockOf(system);
    const store = await openSqliteStore({ path: folder, clock, random: seededRandom(1), daemon: true, onFatal: () => {} });
    const now = clock.now();
    const sent = newMessage(now);
    await store.accept([sent]);
    const claim = await mustClaim(store, SIM_A, now);
    await store.settle(claim.attemptId, { kind: 'sent', mr: 1, at: now });
    const queued = newMessage(now);
    const scheduled = newMessage(now, { sendAt: now + DAY, expiresAt: now + 2 * DAY, held: { reason: 'scheduled', dueAt: now + DAY } });
    await store.accept([queued, scheduled]);

    system.step(400 * DAY);
    for (let second = 0; second < 30; second += 5) {
      await store.promote(clock.now());
      await store.eraseTexts(PERIODS, clock.now());
      await system.advance(5000);
    }
    system.step(-400 * DAY);
    await store.promote(clock.now());
    const views = await Promise.all([sent, queued, scheduled].map(({ id }) => store.message(id)));
    await store.close();
    rmSync(folder, { recursive: true });
    return views.map((m) => `${m?.status}${m?.text === '' ? ', erased' : ''}`);
  }

  it('T02 makes nothing expire, erases nothing and fires nothing; without the steady clock it does (control)', async () => {
    expect(await lost((system) => steadyClock(system, () => {}))).toEqual(['sent', 'queued', 'held']);
    expect(await lost((system) => system)).toEqual(['sent, erased', 'expired, erased', 'expired, erased']);
  });
});
