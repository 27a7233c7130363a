import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differ, intervalOf } from '../../../src/campaigns/compare.ts';
import { moveOf } from '../../../src/campaigns/lifecycle.ts';
import { variantFor } from '../../../src/campaigns/split.ts';

describe('the split of a campaign', () => {
  it('is fixed for a contact, near its shares, and another in another campaign', () => {
    const variants = [{ share: 50 }, { share: 30 }, { share: 20 }];
    const drawn = [0, 0, 0];
    let moved = 0;
    for (let i = 0; i < 5000; i += 1) {
      const variant = variantFor('cmp_a', `crm-${i}`, variants);
      expect(variantFor('cmp_a', `crm-${i}`, variants)).toBe(variant);
      if (variantFor('cmp_b', `crm-${i}`, variants) !== variant) moved += 1;
      drawn[variant] = (drawn[variant] ?? 0) + 1;
    }
    // The draw is a hash, so these are no chance: within two of a hundred.
    for (const [i, share] of [50, 30, 20].entries()) expect(Math.abs((drawn[i] ?? 0) / 50 - share)).toBeLessThan(2);
    expect(moved).toBeGreaterThan(2000);
    expect(variantFor('x', 'y', [{ share: 100 }])).toBe(0);
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
