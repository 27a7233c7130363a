import { describe, expect, it } from 'vitest';
import { base32, codeAt, stepOf } from '../../../src/http/totp.ts';
import published from '../../vectors/totp.json' with { type: 'json' };

const SECRET = Buffer.from('12345678901234567890');
const NOW = Date.UTC(2026, 10, 22, 10, 0, 10);
const STEP_NOW = Math.floor(NOW / 30_000);
const NONE_YET = -1;

describe('codes by time', () => {
  it.each(published.vectors)('X13: are those of RFC 6238 appendix B at $seconds s', ({ seconds, code }) => {
    expect(codeAt(SECRET, Math.floor(seconds / 30))).toBe(code.slice(-6));
    expect(stepOf(SECRET, code.slice(-6), seconds * 1000, NONE_YET)).toBe(Math.floor(seconds / 30));
  });

  it('X13: count one step early and one step late, and not two', () => {
    for (const [away, counts] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const step = STEP_NOW + away;
      expect(stepOf(SECRET, codeAt(SECRET, step), NOW, NONE_YET), `${away}`).toBe(counts ? step : undefined);
    }
  });

  it('X13: count once, and none of before counts after a later one, also where the clock was set back', () => {
    const [before, now, after] = [-1, 0, 1].map((away) => codeAt(SECRET, STEP_NOW + away));
    expect(stepOf(SECRET, now ?? '', NOW, STEP_NOW)).toBeUndefined();
    expect(stepOf(SECRET, before ?? '', NOW, STEP_NOW)).toBeUndefined();
    expect(stepOf(SECRET, after ?? '', NOW, STEP_NOW)).toBe(STEP_NOW + 1);
    expect(stepOf(SECRET, now ?? '', NOW, STEP_NOW + 1000)).toBeUndefined();
  });

  it('refuse what is no code, and a box that takes itself to be in 1970 does not fall over', () => {
    for (const typed of ['', '00000', '0000000', 'abcdef', '٠٠٠٠٠٠']) expect(stepOf(SECRET, typed, NOW, NONE_YET)).toBeUndefined();
    expect(stepOf(SECRET, codeAt(SECRET, 0), 0, NONE_YET)).toBe(0);
    expect(stepOf(SECRET, codeAt(SECRET, 0), -86_400_000, NONE_YET)).toBeUndefined();
  });

  it('writes octets as RFC 4648 section 10 does', () => {
    expect(base32(Buffer.from('fooba'))).toBe('MZXW6YTB');
    expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
});
