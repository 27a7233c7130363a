import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { type Asked, isSilent, REMEMBERED, reportsAgain } from '../../../src/standing/silence.ts';

const WEEK = { asked: 1_000, reported: 900 };

/**
 * Segments one after the other, each judged when the next goes out. Gives after how many, from `from` on, a silence was
 * seen; undefined if never.
 * @param report when a report comes after its segment, milliseconds; undefined: never
 */
function seenAfter(n: number, from: number, gap: number, report: (i: number) => number | undefined, week = WEEK): number | undefined {
  const due: { at: number; mr: number }[] = [];
  let asked: readonly Asked[] = [];
  for (let i = 0; i < n; i += 1) {
    const now = i * gap;
    for (const { at, mr } of due.filter((d) => d.at <= now)) {
      asked = asked.map((one) => (one.mr === mr && one.reportedAt === null ? { ...one, reportedAt: at } : one));
    }
    due.splice(0, due.length, ...due.filter((d) => d.at > now));
    if (isSilent(asked, week, now)) return i - from;
    const after = report(i);
    if (after !== undefined) due.push({ at: now + after, mr: i % 256 });
    asked = [...asked, { mr: i % 256, at: now, reportedAt: null }].slice(-REMEMBERED);
  }
  return undefined;
}

test('M09 a SIM whose reports cease is seen within 30 segments, however many came before and however quickly it sends', () => {
  fc.assert(
    fc.property(
      fc.record({
        share: fc.double({ min: 0.65, max: 1, noNaN: true }),
        gap: fc.integer({ min: 6_000, max: 600_000 }),
        takes: fc.integer({ min: 500, max: 12_000 }),
        seed: fc.integer(),
      }),
      ({ share, gap, takes, seed }) => {
        const random = seededRandom(seed);
        const report = (i: number): number | undefined => (i < 100 && random.float() < share ? takes : undefined);
        const seen = seenAfter(200, 100, gap, report);
        expect(seen).toBeDefined();
        expect(seen).toBeGreaterThan(-30);
        expect(seen).toBeLessThanOrEqual(30);
      },
    ),
    { numRuns: 200 },
  );
});

test('M09 false alarms: none in 30,000 segments of SIMs whose reports come as usual, some late and some never', () => {
  const random = seededRandom(9);
  const upTo = (ms: number): number => Math.floor(random.float() * ms);
  let alarms = 0;
  for (let sim = 0; sim < 30; sim += 1) {
    const share = 0.62 + 0.38 * random.float();
    const gap = 4_000 + upTo(60_000);
    // Nine of ten within seconds, the rest when the phone is on again.
    const report = (): number | undefined => {
      if (random.float() >= share) return undefined;
      return random.float() < 0.9 ? 1_000 + upTo(9_000) : upTo(3_600_000);
    };
    if (seenAfter(1_000, 0, gap, report) !== undefined) alarms += 1;
  }
  // 30,000 segments: three would be the limit.
  expect(alarms).toBeLessThanOrEqual(3);
});

test('nothing is said of a SIM of which little is known, or that never had many reports', () => {
  const never = (): undefined => undefined;
  expect(seenAfter(300, 0, 10_000, never, { asked: 49, reported: 49 })).toBeUndefined();
  expect(seenAfter(300, 0, 10_000, never, { asked: 1_000, reported: 600 })).toBeUndefined();
  expect(seenAfter(300, 0, 10_000, never)).toBeDefined();
});

test('reports that come again are seen after ten', () => {
  const asked = (n: number, reportedAt: number | null): Asked[] => Array.from({ length: n }, (_, mr) => ({ mr, at: 0, reportedAt }));
  expect(reportsAgain([...asked(30, null), ...asked(6, 5)], 60_000)).toBe(false);
  expect(reportsAgain([...asked(30, null), ...asked(10, 5)], 60_000)).toBe(true);
  expect(reportsAgain(asked(9, 5), 60_000)).toBe(false);
});
