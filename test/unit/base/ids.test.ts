import { describe, expect, it } from 'vitest';
import { newMessageId } from '../../../src/base/ids.ts';
import { seededRandom, systemRandom } from '../../../src/base/random.ts';

const NOW = 1_795_341_660_000;

describe('the id of a message', () => {
  it('has 24 hexadecimal digits, and no two are the same', () => {
    const ids = Array.from({ length: 10_000 }, () => newMessageId(systemRandom, NOW));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^msg_[0-9a-f]{24}$/);
  });

  it('stands after those of the seconds before, so that an index grows at its end', () => {
    const ids = [0, 1, 2, 3600].map((seconds) => newMessageId(seededRandom(7 + seconds), NOW + seconds * 1000));
    expect(ids.toSorted()).toEqual(ids);
  });

  it('has 72 bits that nothing tells beforehand (X15)', () => {
    const tails = Array.from({ length: 200 }, () => newMessageId(systemRandom, NOW).slice(-18));
    const ones = tails
      .map((tail) => BigInt(`0x${tail}`))
      .reduce((sum, n) => sum + [...n.toString(2)].filter((bit) => bit === '1').length, 0);
    expect(Math.abs(ones / (200 * 72) - 0.5)).toBeLessThan(0.05);
  });
});
