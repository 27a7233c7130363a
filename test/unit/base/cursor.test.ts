import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../src/base/cursor.ts';
import { rowCursor, rowIn } from '../../../src/store/row-cursor.ts';

describe('a cursor', () => {
  it('gives back the place that it was made of', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e14 }), (seq) => rowIn(['messages'], rowCursor(['messages'], seq)) === seq));
    expect(decodeCursor(['modems'], encodeCursor(['modems'], '/dev/ttyUSB0'))).toBe('/dev/ttyUSB0');
  });

  it('is refused where it is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => rowIn(['messages'], text)).toThrow(expect.objectContaining({ code: 'cursorInvalid' }));
      }),
    );
    expect(() => rowIn(['modems'], encodeCursor(['modems'], '/dev/ttyUSB0'))).toThrow(expect.objectContaining({ code: 'cursorInvalid' }));
  });

  it('is refused where a part of it was lost on the way', () => {
    const whole = rowCursor(['messages'], 1068);
    for (const cut of [1, 2, 3]) {
      expect(() => rowIn(['messages'], whole.slice(0, -cut))).toThrow(expect.objectContaining({ code: 'cursorInvalid' }));
    }
  });

  it('is good for the list and the filters that it was given for, and for no other', () => {
    const mine = rowCursor(['messages', 'failed', undefined], 7);
    for (const other of [['inbound'], ['messages'], ['messages', undefined, 'failed'], ['messages', 'sent', undefined]]) {
      expect(() => rowIn(other, mine)).toThrow(/not of this list with these filters/);
    }
  });
});
