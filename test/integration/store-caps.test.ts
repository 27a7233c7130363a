import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/base/purpose.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { migrate } from '../../src/store/migrations.ts';
import { resumed } from '../../src/store/plan-time.ts';
import type { SimCaps } from '../../src/store/records/plan.ts';
import { NO_PLANS, SimCapsGuard } from '../../src/store/sim-caps.ts';
import { full } from '../support/store-runs.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const SEED = 20_261_122;
const SIM = '8938001000000000001';
const OFFER = 3;

const CAPS: SimCaps = { perMinute: 10, perHour: 100, perDay: 0, perMonth: 0, uniquePerDay: 200, uniquePerMonth: 0, resetDay: 1 };

interface Sent {
  /** When the network took it: true time, which no clock in the model tells. */
  readonly at: number;
  readonly recipient: string;
  readonly offer: boolean;
}

/** How many are in the fullest span of this length. */
function fullest(sends: readonly Sent[], span: number): number {
  let most = 0;
  let first = 0;
  for (const [i, { at }] of sends.entries()) {
    while ((sends[first]?.at ?? at) <= at - span) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

/** How many different recipients are in the span with most of them. */
function mostRecipients(sends: readonly Sent[], span: number): number {
  const inside = new Map<string, number>();
  let most = 0;
  let first = 0;
  for (const { at, recipient } of sends) {
    inside.set(recipient, (inside.get(recipient) ?? 0) + 1);
    for (let old = sends[first]; old && old.at <= at - span; old = sends[first]) {
      const left = (inside.get(old.recipient) ?? 1) - 1;
      if (left === 0) inside.delete(old.recipient);
      else inside.set(old.recipient, left);
      first += 1;
    }
    most = Math.max(most, inside.size);
  }
  return most;
}

/**
 * A day at a time: bursts, pauses, restarts of the process, also while a segment is on the air, and a wall clock that is set by up to a
 * day, either way. The network takes a segment at some moment between its claim and its outcome.
 */
async function model(
  sends: number,
  { followsTheWall = false, countsOutcomes = true } = {},
): Promise<{ sent: Sent[]; restarts: number; steps: number }> {
  const random: Random = seededRandom(SEED);
  const db = new Database(':memory:');
  migrate(db);
  let truth = 0;
  let wall = Date.UTC(2026, 10, 22, 10);
  const clock = {
    now: () => Math.floor(wall),
    monotonic: () => (followsTheWall ? wall : truth),
    setTimer: () => ({ cancel: () => undefined }),
  };
  const pass = (ms: number): void => {
    truth += ms;
    wall += ms;
  };
  const begin = (): SimCapsGuard => {
    const guard = new SimCapsGuard(db, db, clock, { of: () => undefined, take: () => undefined });
    guard.setPlans({ ...NO_PLANS, capsOf: () => CAPS, purposesOf: () => PURPOSES, timeZone: 'Europe/Kyiv', boot: 'one' });
    return guard;
  };
  let guard = begin();
  const sent: Sent[] = [];
  let restarts = 0;
  let steps = 0;
  const chance = (p: number): boolean => random.float() < p;
  while (sent.length < sends) {
    if (chance(0.002)) {
      wall += (random.float() * 2 - 1) * DAY;
      steps += 1;
    }
    if (chance(0.005)) {
      pass(random.float() * 20_000);
      guard = begin();
      guard.purge();
      restarts += 1;
    }
    // Hours of service texts, and hours of offers.
    const offer = chance(Math.floor(sent.length / 500) % 2 === 0 ? 0.2 : 0.95);
    const rank = offer ? OFFER : 2;
    // A few regular clients, and many that come once.
    const recipient = chance(0.5) ? `+38050${Math.floor(random.float() * 60)}` : `+38067${sent.length}`;
    if (guard.open(SIM, [rank]).length > 0 && guard.reaches(SIM, rank, recipient)) {
      guard.count(SIM, rank, recipient);
      const radio = random.float() * (chance(0.1) ? 7000 : 300);
      sent.push({ at: truth + random.float() * radio, recipient, offer });
      pass(radio);
      if (chance(0.01)) {
        pass(random.float() * 20_000);
        guard = begin();
        restarts += 1;
      }
      if (countsOutcomes) guard.over(SIM, recipient);
      pass(random.float() * 3000);
    } else {
      const { everything, offers, newRecipients, offersToNewRecipients } = guard.use(SIM);
      const hold = everything ?? (offer ? (offers ?? offersToNewRecipients) : null) ?? newRecipients;
      // To the very moment at which it says that it gives way, or somewhere before.
      pass(hold ? (hold.until - clock.now()) * (chance(0.9) ? 1 : random.float()) : random.float() * MINUTE);
    }
  }
  db.close();
  return { sent, restarts, steps };
}

describe('the caps of a SIM', () => {
  it('M10: are kept in every sliding window, over restarts and a clock that is set by a day', { timeout: 1_800_000 }, async () => {
    const { sent, restarts, steps } = await model(full(1_000_000));
    expect(restarts, `seed ${SEED}`).toBeGreaterThan(100);
    expect(steps).toBeGreaterThan(100);
    const offers = sent.filter((s) => s.offer);
    // Kept, and used to the last one.
    expect(fullest(sent, MINUTE), `seed ${SEED}`).toBe(10);
    expect(fullest(sent, HOUR)).toBe(100);
    expect(mostRecipients(sent, DAY)).toBe(200);
    expect(fullest(offers, MINUTE)).toBe(5);
    expect(fullest(offers, HOUR)).toBe(50);
    expect(mostRecipients(offers, DAY)).toBe(100);
  });

  it('M10: would not be kept by the clock on the wall (control)', { timeout: 600_000 }, async () => {
    const { sent } = await model(20_000, { followsTheWall: true });
    expect(fullest(sent, MINUTE)).toBeGreaterThan(10);
    expect(mostRecipients(sent, DAY)).toBeGreaterThan(200);
  });

  it('M10: would not be kept for the network by when segments began (control)', { timeout: 600_000 }, async () => {
    const { sent } = await model(3000, { countsOutcomes: false });
    expect(fullest(sent, MINUTE)).toBeGreaterThan(10);
    expect(fullest(sent, HOUR)).toBeGreaterThan(100);
  });
});

describe('the time of the caps', () => {
  const anchor = { boot: 'one', at: 5000, monotonic: 1000, wall: 100_000 };

  it('runs on with the monotonic clock while the machine does, whatever the wall says', () => {
    for (const wall of [0, 100_000, 100_000 + DAY])
      expect(resumed(anchor, undefined, { boot: 'one', monotonic: 4000, wall }).at).toBe(8000);
  });

  it('asks the wall how long the machine was off, from the last that was counted, and takes no less than the time since its start', () => {
    const last = { at: 9000, wall: 104_000 };
    expect(resumed(anchor, last, { boot: 'two', monotonic: 500, wall: 104_000 + HOUR }).at).toBe(9000 + HOUR);
    expect(resumed(anchor, last, { boot: 'two', monotonic: 500, wall: 50_000 }).at).toBe(9500);
    expect(resumed(anchor, undefined, { boot: 'two', monotonic: 500, wall: 100_000 + DAY }).at).toBe(5000 + DAY);
    // Where the system does not tell its starts apart, a clock that is behind where it was began anew.
    expect(resumed(anchor, last, { boot: 'one', monotonic: 500, wall: 104_000 + HOUR }).at).toBe(9000 + HOUR);
  });
});
