import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APART, Spacing } from '../../../src/dispatch/spacing.ts';

describe('the moments in which lanes begin', () => {
  it('are apart, however many lanes ask at once', () => {
    const spacing = new Spacing();
    expect([1, 2, 3, 4].map(() => spacing.take(1000, 4000, 4))).toEqual([0, APART, 2 * APART, 3 * APART]);
  });

  it('are at once for one that comes alone, and for one that is a little early', () => {
    const spacing = new Spacing();
    spacing.take(1000, 4000, 4);
    expect(spacing.take(1000 + APART / 2, 4000, 4)).toBe(0);
    expect(spacing.take(9000, 4000, 4)).toBe(0);
    expect(spacing.take(9000 + APART / 2 - 1, 4000, 4)).toBe(APART / 2 + 1);
  });

  it('are at once for a lane that has nobody beside it', () => {
    const spacing = new Spacing();
    expect([1, 2, 3].map(() => spacing.take(1000, 4000, 1))).toEqual([0, 0, 0]);
  });

  it('are not kept apart where segments take hardly any time', () => {
    const spacing = new Spacing();
    expect([1, 2, 3].map(() => spacing.take(1000, 20, 8))).toEqual([0, 0, 0]);
  });

  it('keep nobody waiting for more than a quarter of a segment, with as many lanes as there may be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 20_000 }), (lanes, segmentTakes) => {
        const spacing = new Spacing();
        const waits = Array.from({ length: lanes }, () => spacing.take(0, segmentTakes, lanes));
        expect(Math.max(...waits)).toBeLessThanOrEqual(segmentTakes / 4);
      }),
    );
  });
});
