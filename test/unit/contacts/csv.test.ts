import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, readRow } from '../../../src/contacts/columns.ts';
import { CsvReader } from '../../../src/contacts/csv-read.ts';
import { csvRow, unguarded } from '../../../src/contacts/csv-write.ts';
import { TextDecoding } from '../../../src/contacts/decode-text.ts';
import { faultOf } from '../../support/config-text.ts';

function read(text: string, size = text.length): string[][] {
  const reader = new CsvReader();
  const rows = [];
  for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
  rows.push(...reader.end());
  return rows.map(({ cells }) => [...cells]);
}

const style = { separator: ',', excel: false } as const;

describe('a CSV', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\r1\t2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a|b\n\n1|2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '"a, ""x""";b\n"two\r\nlines; here"; c ',
      [
        ['a, "x"', 'b'],
        ['two\r\nlines; here', 'c'],
      ],
    ],
    ['one\n1\n', [['one'], ['1']]],
    ['', []],
  ])('%j is read with whatever separator it has, in pieces of any size', (text, rows) => {
    for (const size of [1, 2, 3, 1000]) expect(read(text, size)).toEqual(rows);
  });

  it('X07 is written so that no cell begins a formula, and comes back as it was, numbers too', () => {
    const hostile = [
      '=1+1',
      '+1',
      '-2',
      '@SUM(A1)',
      '\tx',
      '\rx',
      '＝1',
      '＋1',
      '－1',
      '＠x',
      '=cmd|"/c calc"!A0',
      '+380501234567',
      'a"b',
      'x,y',
      'рядок\nдва',
    ];
    for (const excel of [true, false]) {
      const [cells = []] = read(csvRow(hostile, { ...style, excel }));
      for (const [i, cell] of cells.entries()) {
        const isNumber = /^\+\d{7,15}$/.test(cell);
        expect(/^[=+\-@\t\r＝＋－＠]/.test(cell), cell).toBe(isNumber && !excel);
        const columns = columnsOf(['id', 'fields.x'], new Map());
        expect(String(readRow(['1', cell], columns).fields?.x)).toBe(hostile[i]?.trim() === hostile[i] ? hostile[i] : cell.slice(1));
      }
    }
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), fc.constantFrom(',', ';', '\t'), (cells, separator) => {
        fc.pre(cells.some((cell) => cell.trim() !== ''));
        const [first = []] = read(
          csvRow(['head', ...cells.map(() => 'x')], { separator, excel: true }) + csvRow(['id', ...cells], { separator, excel: true }),
        ).slice(1);
        for (const cell of first) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
        expect(first.slice(1).map((cell) => unguarded(cell).trim())).toEqual(cells.map((cell) => cell.trim()));
      }),
      { numRuns: 100 },
    );
  });

  it('has no cell and no row without end', () => {
    expect(faultOf(() => read(`a,b\n"${'x'.repeat(6000)}`)).code).toBe('bodyInvalid');
    expect(faultOf(() => read(`a,b\n${','.repeat(300)}\n`)).message).toContain('Row 2');
  });
});

describe('the octets of a list', () => {
  const decode = (octets: Buffer, size: number): { text: string; encoding: string } => {
    const decoding = new TextDecoding();
    let text = '';
    for (let at = 0; at < octets.length; at += size) text += decoding.push(octets.subarray(at, at + size));
    text += decoding.end();
    return { text, encoding: decoding.encoding };
  };
  const windows1251 = (text: string): Buffer =>
    Buffer.from(
      [...text].map((c) => {
        const code = c.charCodeAt(0);
        if (code < 0x80) return code;
        if (code >= 0x410 && code <= 0x44f) return code - 0x410 + 0xc0;
        return { і: 0xb3, І: 0xb2, ї: 0xbf, є: 0xba, ґ: 0xb4 }[c] ?? 0x3f;
      }),
    );

  it.each([1, 3, 7, 10_000])('are UTF-8 or Windows-1251, found out in pieces of %i', (size) => {
    const text = `id;name\n${'1;Ann\n'.repeat(50)}2;Олена Коваль, її клініка\n${'3;Їжак Ґалаґан\n'.repeat(20)}`;
    const cyrillic = text.replaceAll('Ї', 'І').replaceAll('Ґ', 'Г');
    expect(decode(Buffer.from(text), size)).toEqual({ text, encoding: 'utf-8' });
    expect(decode(windows1251(cyrillic), size)).toEqual({ text: cyrillic, encoding: 'windows-1251' });
    expect(decode(Buffer.from('id\n1'), size)).toEqual({ text: 'id\n1', encoding: 'utf-8' });
    expect(decode(Buffer.from('Ж'), size)).toEqual({ text: 'Ж', encoding: 'utf-8' });
  });

  it('are refused where they are neither, with a sentence', () => {
    expect(faultOf(() => decode(Buffer.from('id\tname\n', 'utf16le'), 100)).message).toContain('UTF-16');
    const broken = Buffer.concat([Buffer.from('Олена '.repeat(20)), Buffer.from([0xff, 0xff])]);
    expect(faultOf(() => decode(broken, 50)).code).toBe('bodyInvalid');
  });
});

describe('the columns of a list', () => {
  it('are known by their usual headings, mapped by heading or number, and left out else', () => {
    const headings = ['Код клієнта', 'Прізвище', 'Імʼя', 'Моб. телефон', 'Телефон', 'Лікар', 'Примітка'];
    const columns = columnsOf(
      headings,
      new Map([
        ['лікар', 'fields.doctor'],
        ['4', 'numbers'],
      ]),
    );
    expect(columns.map(({ target }) => target)).toEqual(['externalId', 'lastName', 'firstName', 'numbers', 'numbers', 'fields.doctor']);
    expect(readRow(['17', 'Коваль', 'Олена', '050 123 45 67', '067 1112233, 0441234567', "'=x", 'no'], columns)).toEqual({
      externalId: '17',
      name: 'Коваль Олена',
      firstName: 'Олена',
      numbers: ['050 123 45 67', '067 1112233', '0441234567'],
      fields: { doctor: '=x' },
    });
    expect(faultOf(() => columnsOf(['x'], new Map())).message).toContain('mapping');
    expect(faultOf(() => columnsOf(['x'], new Map())).places).toMatchObject([{ pointer: '?mapping', reason: 'columnMissing' }]);
    expect(faultOf(() => columnsOf(['id'], new Map([['Phone', 'numbers']]))).message).toContain('"Phone"');
    expect(faultOf(() => columnsOf(['id'], new Map([['id', 'salary']]))).message).toContain('"salary"');
  });

  it.each([
    ['28.02.1990', '1990-02-28'],
    ['31.02.1990', '31.02.1990'],
    ['12,5', 12.5],
    ['007', '007'],
    ['450.00 UAH', { amount: '450.00', currency: 'UAH' }],
    ['true', true],
    ['', null],
    ['380501234567', '380501234567'],
  ])('a cell %j of a field is %j', (cell, value) => {
    expect(readRow(['1', cell], columnsOf(['id', 'fields.x'], new Map())).fields?.x).toEqual(value);
  });
});
