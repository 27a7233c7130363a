import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { checkText } from '../../../src/http/text.ts';

const fault = (text: string): Fault | undefined => {
  try {
    checkText(text);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
};

describe('what may stand in a text', () => {
  it('takes every character of the Basic Multilingual Plane but controls and surrogates', () => {
    const refused: number[] = [];
    for (let unit = 0; unit <= 0xffff; unit += 1) if (fault(`a${String.fromCharCode(unit)}b`)) refused.push(unit);
    const c0 = Array.from({ length: 32 }, (_, i) => i).filter((i) => ![0x09, 0x0a, 0x0c, 0x0d].includes(i));
    const c1 = Array.from({ length: 33 }, (_, i) => 0x7f + i);
    const surrogates = Array.from({ length: 0x800 }, (_, i) => 0xd800 + i);
    expect(refused).toEqual([...c0, ...c1, ...surrogates]);
  });

  it('takes whole surrogate pairs and refuses halves, with their place', () => {
    expect(fault('👍 готово 🇺🇦')).toBeUndefined();
    expect(fault('ok\ud83d')?.message).toContain('position 3');
    expect(fault('\udc4dok')?.message).toContain('position 1');
    expect(fault('\ud83d\ud83d\udc4d')?.places).toEqual([
      { pointer: '/text', detail: expect.stringContaining('D83D'), reason: 'characters' },
    ]);
    expect(fault('a\0b')).toMatchObject({ code: 'textInvalid', status: 422 });
  });
});
