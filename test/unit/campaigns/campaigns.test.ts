import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differ, intervalOf } from '../../../src/campaigns/compare.ts';
import { moveOf } from '../../../src/campaigns/lifecycle.ts';
import { dealer } from '../../../src/campaigns/split.ts';

describe('the split of a campaign', () => {
  const HALVES = [{ share: 50 }, { share: 50 }];
  const crowd = (size: number): string[] => Array.from({ length: size }, (_, i) => `crm-${i}`);
  const dealt = (campaign: string, shares: readonly { share: number }[], people: readonly string[]): number[] =>
    people.map(dealer(campaign, shares, people.length));
  const sizesOf = (drawn: readonly number[], shares: readonly unknown[]): number[] =>
    shares.map((_, variant) => drawn.filter((one) => one === variant).length);
  /** Two to eight whole shares that make 100. */
  const someShares = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 7 }).map((cuts) => {
    const ends = [0, ...cuts.toSorted((a, b) => a - b), 100];
    return ends.slice(1).map((end, i) => ({ share: end - (ends[i] ?? 0) }));
  });

  it('is as the shares say, to within one recipient, and the same when it is made again', () => {
    fc.assert(
      fc.property(fc.string(), someShares, fc.integer({ min: 0, max: 300 }), (campaign, shares, size) => {
        const drawn = dealt(campaign, shares, crowd(size));
        for (const [i, count] of sizesOf(drawn, shares).entries())
          expect(Math.abs(count - ((shares[i]?.share ?? 0) * size) / 100)).toBeLessThan(1);
        expect(dealt(campaign, shares, crowd(size))).toEqual(drawn);
      }),
    );
  });

  it('of two halves differs by nobody, or by the odd one', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.string(), { maxLength: 60 }), (campaign, people) => {
        const [a = 0, b = 0] = sizesOf(dealt(campaign, HALVES, people), HALVES);
        expect(a - b).toBe(people.length % 2);
      }),
    );
  });

  it('is chance: it goes neither by the place in the list nor by another campaign', () => {
    const people = crowd(2000);
    const [first, second] = [dealt('cmp_a', HALVES, people), dealt('cmp_b', HALVES, people)];
    const alike = (a: readonly number[], b: readonly number[]): number => a.filter((variant, i) => variant === b[i]).length;
    // The draw is a hash, so these are fixed: near the half of 2,000.
    for (const count of [alike(first, second), alike(first, first.slice(1)), alike(first, first.slice(2))])
      expect(Math.abs(count - 1000)).toBeLessThan(80);
  });

  it('has a text for who comes after they were counted', () => {
    const draw = dealer('cmp_a', HALVES, 2);
    expect(sizesOf(crowd(102).map(draw), HALVES)).toEqual([51, 51]);
  });
});

describe('the comparison of texts', () => {
  it.each([
    // R: prop.test(x, n, correct = FALSE)$conf.int
    [{ count: 10, of: 100 }, 0.0552, 0.1744],
    [{ count: 0, of: 20 }, 0, 0.1611],
    [{ count: 20, of: 20 }, 0.8389, 1],
    [{ count: 1, of: 1000 }, 0.0002, 0.0056],
  ])('has the interval of Wilson for %j', (share, low, high) => {
    const interval = intervalOf(share);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it('ends at 0 and 1 exactly', () => {
    for (let of = 1; of < 500; of += 1) {
      expect(intervalOf({ count: 0, of }).low).toBe(0);
      expect(intervalOf({ count: of, of }).high).toBe(1);
    }
  });

  it('says that two differ only where chance hardly does that', () => {
    expect(differ({ count: 30, of: 200 }, { count: 12, of: 200 })).toBe(true);
    expect(differ({ count: 22, of: 200 }, { count: 18, of: 200 })).toBe(false);
    expect(differ({ count: 5, of: 5 }, { count: 0, of: 0 })).toBe(false);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (n, m, share) => {
          const a = { count: Math.floor(n * share), of: n };
          const b = { count: Math.floor(m * share), of: m };
          expect(differ(a, b)).toBe(differ(b, a));
          expect(differ(a, a)).toBe(false);
          const { low, high } = intervalOf(a);
          expect(low).toBeLessThanOrEqual(a.count / a.of + 1e-12);
          expect(high).toBeGreaterThanOrEqual(a.count / a.of - 1e-12);
        },
      ),
    );
  });
});

describe('the life of a campaign', () => {
  it('goes from no end to anywhere', () => {
    for (const verb of ['start', 'pause', 'resume', 'cancel'] as const) {
      expect(moveOf(verb).from).not.toContain('finished');
      expect(moveOf(verb).from).not.toContain('cancelled');
    }
  });
});
