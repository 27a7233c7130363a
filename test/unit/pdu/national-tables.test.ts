import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { alphabetFor, languageId, languageOfId, type NationalLanguage } from '../../../src/pdu/gsm7.ts';

interface Tables {
  readonly locking: Readonly<Record<string, readonly string[]>>;
  readonly single: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The tables of another codec, written from the standard by other hands. */
const other: Tables = JSON.parse(readFileSync(new URL('../../vectors/national-tables.json', import.meta.url), 'utf8'));

/** Identifier and whether there is a locking table: TS 23.038 6.2.1.2.4, A.2, A.3. */
const LANGUAGES: readonly (readonly [NationalLanguage, number, boolean])[] = [
  ['turkish', 1, true],
  ['spanish', 2, false],
  ['portuguese', 3, true],
  ['bengali', 4, true],
  ['gujarati', 5, true],
  ['hindi', 6, true],
  ['kannada', 7, true],
  ['malayalam', 8, true],
  ['oriya', 9, true],
  ['punjabi', 10, true],
  ['tamil', 11, true],
  ['telugu', 12, true],
  ['urdu', 13, true],
];

/** Cells of the other codec's single shift tables that are wrong there; a test of their own is below. */
const LEFT_OUT: ReadonlySet<string> = new Set(['kannada 3C', 'telugu 65']);

const hex = (n: number): string => n.toString(16).toUpperCase().padStart(2, '0');

/** Septets packed by way of text, header first: UDL and UD in hexadecimal. */
function packed(header: string, septets: readonly number[]): string {
  const headerOctets = header.length / 2;
  const fill = (7 - ((headerOctets * 8) % 7)) % 7;
  let bits = '0'.repeat(fill) + septets.map((s) => [...s.toString(2).padStart(7, '0')].reverse().join('')).join('');
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  const octets = bits.match(/.{8}/g)?.map((octet) => hex(Number.parseInt([...octet].reverse().join(''), 2))) ?? [];
  return hex(Math.ceil((headerOctets * 8) / 7) + septets.length) + header + octets.join('');
}

const decoded = (header: string, septets: readonly number[]): string => {
  const tpdu = decodeTpdu(`004404812143000062112212436580${packed(header, septets)}`, 'sc-to-ms');
  return tpdu.type === 'deliver' ? tpdu.text : '';
};

const show = (text: string): string => [...text].map((c) => (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')).join(' ');

describe('national language tables against those of another codec, cell by cell', () => {
  test.each(LANGUAGES)('%s has identifier %i', (name, id, hasLocking) => {
    expect(languageId(name)).toBe(id);
    expect(languageOfId(id)).toBe(name);
    expect(other.locking[name] !== undefined).toBe(hasLocking);
  });

  test('identifiers that the standard reserves are no language', () => {
    for (const id of [0, 14, 15, 255]) expect(languageOfId(id)).toBe(undefined);
  });

  test.each(LANGUAGES.filter(([, , hasLocking]) => hasLocking))('%s locking shift, decoded from a PDU', (name, id) => {
    const cells = (other.locking[name] ?? []).flatMap((row) => row.split(' '));
    expect(cells.length).toBe(128);
    let compared = 0;
    for (let septet = 0; septet < 128; septet++) {
      const cell = cells[septet] ?? '';
      if (cell === '----') continue;
      compared++;
      expect(`${hex(septet)} ${show(decoded(`032501${hex(id)}`, [septet]))}`).toBe(`${hex(septet)} ${cell === '....' ? '0020' : cell}`);
    }
    expect(compared).toBeGreaterThan(125);
  });

  test.each(LANGUAGES)('%s single shift, decoded from a PDU', (name, id) => {
    const cells = other.single[name] ?? {};
    const basic = (other.locking.default ?? []).flatMap((row) => row.split(' '));
    expect(Object.keys(cells).length).toBeGreaterThan(16);
    for (let septet = 0; septet < 128; septet++) {
      if (septet === 0x1b) continue;
      if (LEFT_OUT.has(`${name} ${hex(septet)}`)) continue;
      // What the table lacks is shown as the same code of the main table.
      expect(`${hex(septet)} ${show(decoded(`032401${hex(id)}`, [0x1b, septet]))}`).toBe(
        `${hex(septet)} ${cells[hex(septet)] ?? basic[septet]}`,
      );
    }
  });

  test('the default alphabet and its extension', () => {
    const cells = (other.locking.default ?? []).flatMap((row) => row.split(' '));
    const single = other.single.default ?? {};
    for (let septet = 0; septet < 128; septet++) {
      if (septet === 0x1b) continue;
      expect(show(decoded('0303010A', [septet]))).toBe(cells[septet]);
      expect(show(decoded('0303010A', [0x1b, septet]))).toBe(single[hex(septet)] ?? cells[septet]);
    }
  });

  test('both tables together, and a text of several characters', () => {
    expect(decoded('06250103240103', [0x53, 0x0f, 0x6f, 0x20, 0x1b, 0x16])).toBe('Sáo Π');
    expect(decoded('06250106240106', [0x03, 0x1b, 0x1d, 0x50])).toBe('अ१ा');
  });

  test('the cells that the other codec has wrong are as the standard means them', () => {
    expect(decoded('03250107', [0x24])).toBe('\u0ca1');
    expect(decoded('03250108', [0x2e])).toBe('.');
    expect(decoded('03240107', [0x1b, 0x3c])).toBe('[');
    expect(decoded('0324010C', [0x1b, 0x65])).toBe('€');
  });

  test('what a language can say is encoded as what decodes to it', () => {
    for (const [name, , hasLocking] of LANGUAGES) {
      for (const shift of hasLocking ? [{ single: name }, { locking: name }, { locking: name, single: name }] : [{ single: name }]) {
        const { encode, basic, extended } = alphabetFor(shift);
        let known = 0;
        for (let unit = 0; unit < 0x10000; unit++) {
          const code = encode[unit] ?? 0xffff;
          if (code === 0xffff) continue;
          known++;
          expect(code < 128 ? basic[code] : extended[code - 128]).toBe(unit);
          expect(code & 127).not.toBe(0x1b);
        }
        expect(known).toBeGreaterThan(99);
        expect(encode[0x1b]).toBe(0xffff);
      }
    }
  });
});
