import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { type ConcatRef, chooseRef } from '../../../src/store/concat-refs.ts';

const ref = fc.oneof(
  fc.record({ ref: fc.integer({ min: 0, max: 255 }), bits: fc.constant(8 as const) }),
  fc.record({ ref: fc.integer({ min: 0, max: 65_535 }), bits: fc.constant(16 as const) }),
);

describe('a concatenation reference', () => {
  it('D11 is not among the used ones, and 8 bits wide while one of these is free', () => {
    fc.assert(
      fc.property(fc.array(ref, { maxLength: 400 }), fc.integer(), (used, seed) => {
        const chosen = chooseRef(used, seededRandom(seed));
        expect(used).not.toContainEqual(chosen);
        const eight = new Set(used.filter((u) => u.bits === 8 && u.ref > 0).map((u) => u.ref));
        expect(chosen.bits).toBe(eight.size < 255 ? 8 : 16);
        expect(chosen.ref).toBeGreaterThan(0);
        expect(chosen.ref).toBeLessThan(2 ** chosen.bits);
      }),
    );
  });

  it('D11 is found also when it is the last one', () => {
    for (const left of [1, 77, 255]) {
      const used: ConcatRef[] = Array.from({ length: 255 }, (_, i) => ({ ref: i + 1, bits: 8 as const })).filter((u) => u.ref !== left);
      expect(chooseRef(used, seededRandom(left))).toEqual({ ref: left, bits: 8 });
    }
  });
});
