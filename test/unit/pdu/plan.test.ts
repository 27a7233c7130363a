import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { alphabetFor } from '../../../src/pdu/gsm7.ts';
import { type PlanOptions, planText, type TextPlan } from '../../../src/pdu/plan.ts';
import { septetsOf } from '../../../src/pdu/septets.ts';
import { anyText, gsm7Text, property, ucs2Text } from '../../support/texts.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const GSM7_OR_EXTENSION = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;
const EXTENSION = /[\f^{}\\[~\]|€]/g;

/** Septets as counted by pattern, not by table. */
const septets = (text: string): number => text.length + (text.match(EXTENSION)?.length ?? 0);

/** How many segments the best filling makes: things that must stay whole, put one after the other wherever they still fit. */
function bestFilling(text: string, limit: number, cost: (thing: string) => number): string[] {
  const things = Array.from(segmenter.segment(text), ({ segment }) => segment).flatMap((cluster) =>
    cost(cluster) <= limit ? [cluster] : [...cluster],
  );
  const segments: string[] = [''];
  for (const thing of things) {
    const last = segments.at(-1) ?? '';
    if (cost(last + thing) <= limit) segments[segments.length - 1] = last + thing;
    else segments.push(thing);
  }
  return segments;
}

function checkPlan(text: string, plan: TextPlan, cost: (thing: string) => number): void {
  expect(plan.segments.map((segment) => segment.text).join('')).toBe(plan.text);
  expect(plan.text).toBe(text);
  expect(plan.units).toBe(cost(text));
  for (const segment of plan.segments) {
    expect(segment.units).toBe(cost(segment.text));
    expect(segment.units).toBeLessThanOrEqual(plan.unitsPerSegment);
    expect(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(segment.text)).toBe(false);
  }
  const best = plan.segments.length === 1 ? [text] : bestFilling(text, plan.unitsPerSegment, cost);
  expect(plan.segments.length).toBe(best.length);
  if (plan.segments.length > 1) expect(plan.segments.every((segment) => segment.units > 0)).toBe(true);
  expect(plan.room).toBe(plan.unitsPerSegment - (plan.segments.at(-1)?.units ?? 0));
}

describe('what a text takes', () => {
  test.each([
    ['', 1, 0, 160, 160],
    ['x'.repeat(160), 1, 160, 160, 0],
    ['x'.repeat(161), 2, 161, 153, 145],
    ['x'.repeat(306), 2, 306, 153, 0],
    ['x'.repeat(307), 3, 307, 153, 152],
    ['€'.repeat(80), 1, 160, 160, 0],
    [`${'€'.repeat(79)}x`, 1, 159, 160, 1],
    ['€'.repeat(81), 2, 162, 153, 143],
    // 76 pairs fill 152 of 153: no pair is cut.
    ['€'.repeat(153), 3, 306, 153, 151],
    [`${'€'.repeat(229)}x`, 4, 459, 153, 150],
    ['è é ù ì ò Ç Ø Å Δ Φ § Æ ß Ä Ö Ñ Ü à €', 1, 38, 160, 122],
  ])('%# GSM 7-bit', (text, segments, units, perSegment, room) => {
    const plan = planText(text);
    expect(plan).toMatchObject({ alphabet: 'gsm7', units, unitsPerSegment: perSegment, room, offenders: [], language: null });
    expect(plan.segments.length).toBe(segments);
  });

  test.each([
    ['ж', 1, 70, 69],
    ['ж'.repeat(70), 1, 70, 0],
    ['ж'.repeat(71), 2, 67, 63],
    ['ж'.repeat(134), 2, 67, 0],
    ['ж'.repeat(135), 3, 67, 66],
    ['😀'.repeat(35), 1, 70, 0],
    // 33 emoji fill 66 of 67: no pair is cut.
    ['😀'.repeat(67), 3, 67, 65],
  ])('%# UCS2', (text, segments, perSegment, room) => {
    const plan = planText(text);
    expect(plan).toMatchObject({ alphabet: 'ucs2', units: text.length, unitsPerSegment: perSegment, room });
    expect(plan.segments.length).toBe(segments);
  });

  test('a 16-bit reference and ports take their room', () => {
    expect(planText('x'.repeat(161), { refBits: 16 }).unitsPerSegment).toBe(152);
    expect(planText('ж'.repeat(71), { refBits: 16 }).unitsPerSegment).toBe(66);
    expect(planText('x', { extraOctets: 6 }).unitsPerSegment).toBe(152);
    expect(planText('ж'.repeat(71), { extraOctets: 6 }).unitsPerSegment).toBe(64);
  });

  test('the characters that forced UCS2 are told, once each and in order', () => {
    expect(planText('Дзвоніть: 103 👍, ціна €5, дякуємо ’').offenders.join('')).toBe('Дзвоніть👍цадякуєм’');
    expect(planText('plain').offenders).toEqual([]);
  });

  test('a surrogate that stands alone is refused, with its position', () => {
    for (const text of ['ab\uD83D', 'ab\uDE00cd', 'ab\uD83Dcd', 'аб\uD83D\uD83D\uDE00']) {
      expect(() => planText(text)).toThrow(/half a character .* at position 3;/);
      expect(() => planText(text, { transliterate: true, encodings: ['turkish'] })).toThrow(Fault);
    }
  });
});

describe('filling', () => {
  test('an escape pair, a line end and an emoji family stay whole', () => {
    expect(planText(`${'a'.repeat(152)}€${'b'.repeat(10)}`).segments.map((s) => s.text.at(-1))).toEqual(['a', 'b']);
    expect(planText(`${'a'.repeat(152)}\r\n${'b'.repeat(10)}`).segments[1]?.text).toBe(`\r\n${'b'.repeat(10)}`);
    expect(planText(`${'ж'.repeat(66)}\r\n${'ж'.repeat(10)}`).segments[1]?.text).toBe(`\r\n${'ж'.repeat(10)}`);
    expect(planText(`${'ж'.repeat(60)}👨‍👩‍👧‍👦${'ж'.repeat(10)}`).segments[1]?.text).toBe(`👨‍👩‍👧‍👦${'ж'.repeat(10)}`);
    expect(planText(`${'ж'.repeat(65)}🇺🇦${'ж'.repeat(10)}`).segments[1]?.text).toBe(`🇺🇦${'ж'.repeat(10)}`);
  });

  test('a cluster that no segment has room for is cut between characters, and wastes no room', () => {
    const heap = `e${'\u0301'.repeat(200)}`;
    expect(planText(`ж${heap}`).segments.map((s) => s.units)).toEqual([67, 67, 67, 1]);
  });

  test('GSM 7-bit: limits, concatenation, nothing cut, fewest segments', () => {
    fc.assert(
      fc.property(gsm7Text(700), (text) => checkPlan(text, planText(text), septets)),
      property(3000),
    );
  });

  test('UCS2: limits, concatenation, nothing cut, fewest segments', () => {
    fc.assert(
      fc.property(ucs2Text(300), (text) => {
        const plan = planText(text);
        expect(plan.alphabet).toBe('ucs2');
        checkPlan(text, plan, (thing) => thing.length);
        // Where clusters fit into a segment, none is cut.
        const ends = new Set(Array.from(segmenter.segment(text), ({ index }) => index));
        const fits = Array.from(segmenter.segment(text)).every(({ segment }) => segment.length <= plan.unitsPerSegment);
        let at = 0;
        for (const segment of plan.segments.slice(0, -1)) {
          at += segment.text.length;
          if (fits) expect(ends.has(at)).toBe(true);
        }
      }),
      property(5000),
    );
  });

  test('the alphabet is the one that the pattern of the standard says', () => {
    fc.assert(
      fc.property(anyText(200), (text) => {
        expect(planText(text).alphabet).toBe(GSM7_OR_EXTENSION.test(text) ? 'gsm7' : 'ucs2');
      }),
      property(3000),
    );
  });

  test('room is what it says: as many more fit, and one more starts a segment', () => {
    fc.assert(
      fc.property(anyText(400), (text) => {
        const plan = planText(text);
        const filler = plan.alphabet === 'gsm7' ? 'x' : 'ж';
        // The filler must not join onto what stands before it.
        fc.pre(plan.segments.length > 1 && !/[\p{M}\u200d]/u.test(text.slice(-2)));
        expect(planText(text + filler.repeat(plan.room)).segments.length).toBe(plan.segments.length);
        expect(planText(text + filler.repeat(plan.room + 1)).segments.length).toBe(plan.segments.length + 1);
      }),
      property(2000),
    );
  });

  test('between any two plain characters a grapheme cluster ends, so the quick way may cut there', () => {
    const wrong: string[] = [];
    const step = process.env.SIMPOST_TEST_FULL ? 1 : 7;
    // Ideographs and syllables are thousands of a kind.
    for (let code = 0x20; code < 0x10000; code += code < 0x3400 ? 1 : step) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const char = String.fromCharCode(code);
      for (const pair of [`ж${char}`, `${char}ж`, char + char]) {
        // The segment has room for 66 letters and the first of the two.
        const cut = planText(`${'ж'.repeat(66)}${pair}${'ж'.repeat(5)}`).segments[0]?.text.length ?? 0;
        const ends = Array.from(segmenter.segment(`ж${pair}ж`), ({ index }) => index).filter((index) => index <= 2);
        if (cut !== 65 + Math.max(...ends)) wrong.push(`U+${code.toString(16)}: ${cut}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ['flags', '🇺🇦', 100_000],
    ['one heap of accents', '\u0301', 200_000],
    ['families', '👨‍👩‍👧‍👦', 20_000],
  ])('work grows with length only: a megabyte of %s', (_name, piece, times) => {
    const plan = planText(`ж${piece.repeat(times)}`);
    expect(plan.segments.length).toBeGreaterThan(1000);
    expect(plan.segments.reduce((sum, segment) => sum + segment.units, 0)).toBe(plan.units);
  });
});

describe('national tables, on request', () => {
  const turkish: PlanOptions = { encodings: ['turkish'] };

  test("Android's counts for Turkish letters: two septets each, in 155 and 149", () => {
    // GsmSmsTest.testFragmentTurkishText: 77 characters are 154 septets in one segment.
    const text = 'ĞŞİğşı'.repeat(14);
    expect(planText(text.slice(0, 77), turkish)).toMatchObject({
      language: { single: 'turkish' },
      units: 154,
      unitsPerSegment: 155,
      room: 1,
    });
    // 78 are two segments there, 74 and 4; the locking table has them in one septet each, and so in one segment.
    expect(planText(text.slice(0, 78), turkish)).toMatchObject({ language: { locking: 'turkish' }, units: 78, unitsPerSegment: 155 });
    // æ is in the default alphabet alone, so these need the single shift table, as there: 148 septets of 149, then 9.
    const mixed = planText(`${text.slice(0, 78)}æ`, turkish);
    expect(mixed.segments.map((segment) => segment.units)).toEqual([148, 9]);
    expect(mixed.language).toEqual({ single: 'turkish' });
  });

  test('without being asked for, they are not used', () => {
    expect(planText('ş').alphabet).toBe('ucs2');
    expect(planText('ş', { encodings: ['spanish'] }).alphabet).toBe('ucs2');
  });

  test('where both make as many segments, the single shift table, which degrades well', () => {
    expect(planText('Merhaba ş', turkish)).toMatchObject({ language: { single: 'turkish' }, units: 10, segments: [{ units: 10 }] });
    expect(planText('æş{', turkish)).toMatchObject({ language: { single: 'turkish' }, units: 5 });
  });

  test('Spanish has a single shift table only, Portuguese both', () => {
    expect(planText('¿Cómo está usted, José?', { encodings: ['spanish'] })).toMatchObject({ language: { single: 'spanish' }, units: 25 });
    expect(planText('São João, você está aí', { encodings: ['portuguese'] }).language).toEqual({ single: 'portuguese' });
    // ª, ∞ are of the locking table only, Π of the single shift table only.
    expect(planText('1ª', { encodings: ['portuguese'] }).language).toEqual({ locking: 'portuguese' });
    expect(planText('1ª Π', { encodings: ['portuguese'] }).language).toEqual({ locking: 'portuguese', single: 'portuguese' });
  });

  test('several segments leave room for both headers', () => {
    expect(planText('ş'.repeat(156), turkish)).toMatchObject({ unitsPerSegment: 149, room: 149 - 7, segments: { length: 2 } });
    expect(planText(`${'ª'.repeat(153)}Π`, { encodings: ['portuguese'] })).toMatchObject({ unitsPerSegment: 146, segments: { length: 2 } });
  });

  test('the languages are tried in order, and the default alphabet first', () => {
    expect(planText('ção', { encodings: ['turkish', 'spanish', 'portuguese'] }).language).toEqual({ single: 'portuguese' });
    expect(planText('plain', { encodings: ['turkish'] }).language).toBe(null);
  });

  test('limits, concatenation and septets as counted by the table', () => {
    const letters = fc.array(fc.constantFrom(...'ğĞşŞıİçÇ abc€{}'), { minLength: 1, maxLength: 500, size: 'max' });
    fc.assert(
      fc.property(letters, (chars) => {
        const text = chars.join('');
        const plan = planText(text, turkish);
        expect(plan.alphabet).toBe('gsm7');
        checkPlan(text, plan, (thing) => septetsOf(thing, alphabetFor(plan.language)));
      }),
      property(2000),
    );
  });
});
