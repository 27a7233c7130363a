import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as commands from '../../../src/at/commands.ts';
import { readCaller, readUssd } from '../../../src/at/telephone-answers.ts';
import { decodeUssd, encodeUssd, PLAIN, type UssdDress } from '../../../src/modem/ussd-text.ts';

const PACKED: UssdDress = { form: 'packedHex', dcs: 15 };
const WIDE: UssdDress = { form: 'ucs2Hex', dcs: 15 };
const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();

describe('+CUSD texts', () => {
  it.each<[string, string, number, UssdDress, string]>([
    ['plain', 'Balance: 25.00 UAH', 15, PLAIN, 'Balance: 25.00 UAH'],
    ['plain over several lines', '1 Konto\r\n2 Pakiety', 15, PLAIN, '1 Konto\n2 Pakiety'],
    ['digits that could be hex', '1250', 15, PLAIN, '1250'],
    ['a number that could be hex', '380501234567', 15, PLAIN, '380501234567'],
    ['UCS2', hexOf('Баланс 25.00 грн'), 72, PLAIN, 'Баланс 25.00 грн'],
    ['UCS2 by another group of codings', hexOf('Қалдық 250 ₸'), 0x48, PLAIN, 'Қалдық 250 ₸'],
    ['UCS2 behind a language', `${'9B3A'}${hexOf('Saldo 10 zł')}`, 0x11, PLAIN, 'Saldo 10 zł'],
    ['UCS2 though the coding is that of the default alphabet', hexOf('Баланс 25'), 15, PLAIN, 'Баланс 25'],
    ['packed septets, known', 'C8329BFD06', 15, PACKED, 'Hello'],
    ['UCS2 in hex, known', hexOf('abc'), 15, WIDE, 'abc'],
  ])('reads %s', (_what, text, dcs, dress, meant) => {
    expect(decodeUssd(text, dcs, dress)).toBe(meant);
  });

  it('knows packed septets also where nobody said that they would come', () => {
    expect(decodeUssd(encodeUssd('Balance: 25.00 UAH', PACKED)?.text ?? '', 15, PLAIN)).toBe('Balance: 25.00 UAH');
  });

  it('writes what is harmless as it is, and all else in hex', () => {
    expect(encodeUssd('*101#', PLAIN)).toEqual({ text: '*101#', dcs: 15 });
    expect(encodeUssd('ok"; AT', PLAIN)).toEqual({ text: hexOf('ok"; AT'), dcs: 72 });
    expect(encodeUssd('так', PLAIN)).toEqual({ text: hexOf('так'), dcs: 72 });
    expect(encodeUssd('*100#', PACKED)).toEqual({ text: 'AA180C3602', dcs: 15 });
    expect(encodeUssd('', PLAIN)).toBeUndefined();
    expect(encodeUssd('1'.repeat(182), PLAIN)?.text).toHaveLength(182);
    expect(encodeUssd('1'.repeat(183), PLAIN)).toBeUndefined();
    expect(encodeUssd('т'.repeat(80), PLAIN)?.text).toHaveLength(320);
    expect(encodeUssd('т'.repeat(81), PLAIN)).toBeUndefined();
  });

  it('gives back in every dress what was written, whatever it is', () => {
    const text = fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abcXYZ 0123456789.,:*#ВІїґқ"') });
    fc.assert(
      fc.property(text, fc.constantFrom(PACKED, WIDE), (written, dress) => {
        const coded = encodeUssd(written, dress);
        if (coded) expect(decodeUssd(coded.text, coded.dcs, dress)).toBe(written.trim());
      }),
      { numRuns: 3000 },
    );
  });

  it('X01 nothing that is asked or answered leaves the grammar of the command', () => {
    const hostile = fc.string({
      minLength: 1,
      maxLength: 200,
      unit: fc.oneof(
        fc.constantFrom('"', '\r', '\n', ';', '\x1a', '\x1b', 'A', 'T'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(hostile, fc.constantFrom(PLAIN, PACKED, WIDE), (text, dress) => {
        let coded: { text: string; dcs: number } | undefined;
        try {
          coded = encodeUssd(text, dress);
        } catch {
          return;
        }
        if (coded) expect(commands.permitted(commands.ussd(coded.text, coded.dcs, 1).line)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
    for (const line of [
      'AT+CUSD=1,"1";+CMGD=1",15',
      'AT+CUSD=1,"*21#\r",15',
      'AT+CCFC=0,3,"*",129',
      'AT+CUSD=1,""',
      'ATD112;',
      'AT+CLIP=0',
    ]) {
      expect(commands.permitted(line), line).toBe(false);
    }
  });
});

describe('what modems say of calls and USSD', () => {
  it.each<[string, { number: string | null; withheld: boolean } | undefined]>([
    ['+CLIP: "+380501234567",145,,,,0', { number: '+380501234567', withheld: false }],
    ['+CLIP: "380501234567",145', { number: '+380501234567', withheld: false }],
    ['+CLIP: "0501234567",129,"",,"",0', { number: '0501234567', withheld: false }],
    ['+CLIP: "",128,,,,1', { number: null, withheld: true }],
    ['+CLIP: "",128,,,,2', { number: null, withheld: false }],
    ['+CLIP: ,128', { number: null, withheld: true }],
    ['+CLIP: "002B003300380030",145', { number: '+380', withheld: false }],
    ['+CMTI: "SM",1', undefined],
  ])('%s', (line, caller) => {
    expect(readCaller(line)).toEqual(caller);
  });

  it.each([
    ['+CUSD: 0,"a, "b" c",15', { mode: 0, text: 'a, "b" c', dcs: 15 }],
    ['+CUSD: 1,"line\nline",0', { mode: 1, text: 'line\nline', dcs: 0 }],
    ['+CUSD: 2', { mode: 2, text: null, dcs: 15 }],
    ['+CUSD:0, "0025" ,72', { mode: 0, text: '0025', dcs: 72 }],
    ['+CUSD: 0,no quotes,15', { mode: 0, text: 'no quotes', dcs: 15 }],
    ['+CUSD: 0,"no end', { mode: 0, text: 'no end', dcs: 15 }],
    ['+CUSD: 1,"text","15"', { mode: 1, text: 'text', dcs: 15 }],
    ['+CUSD: "1","0025","72"', { mode: 1, text: '0025', dcs: 72 }],
    ['+CUSD: 0,"Rahunok 10,50",', { mode: 0, text: 'Rahunok 10,50', dcs: 15 }],
    ['+CUSD: 0,"10","20"', { mode: 0, text: '10', dcs: 20 }],
    ['+CUSD: 2,,', { mode: 2, text: null, dcs: 15 }],
    ['+COPS: 0', undefined],
  ])('%s', (line, said) => {
    expect(readUssd(line)).toEqual(said);
  });
});
