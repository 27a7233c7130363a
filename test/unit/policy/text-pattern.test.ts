import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  containsPattern,
  fits,
  foldedWords,
  patternFlaw,
  phrasePattern,
  prefixPattern,
  readPattern,
} from '../../../src/policy/text-pattern.ts';

const isFor = (pattern: string, text: string): boolean => fits(readPattern(pattern), foldedWords(text));

describe('patterns over the words of a text', () => {
  it.each([
    ['ціна', 'Ціна?', true],
    ['ціна', 'яка ціна', false],
    // Latin c, i, a among Cyrillic letters.
    ['ціна', 'цiнa', true],
    ['* ціна|прайс *', 'Який у вас прайс на сьогодні?', true],
    ['* ціна|прайс *', 'Добрий день', false],
    ['bike #', 'BIKE 12', true],
    ['bike #', 'bike 12!', true],
    ['bike #', 'bike twelve', false],
    ['bike #', 'bike 12 13', false],
    ['bike ? #', 'bike no 12', true],
    ['* a * a *', 'b a b', false],
    ['* a * a *', 'a a', true],
    ['#', '12', true],
    ['#', '', false],
  ])('%s takes %s: %s', (pattern, text, taken) => {
    expect(isFor(pattern, text)).toBe(taken);
  });

  it('takes a phrase alone, at the beginning, or anywhere', () => {
    const words = foldedWords('Запис на завтра');
    expect(
      [phrasePattern('запис'), prefixPattern('запис'), prefixPattern('на'), containsPattern('на завтра')].map((p) => fits(p, words)),
    ).toEqual([false, true, false, true]);
  });

  it('means by # and * what a regular expression over the words would (model)', () => {
    const token = fc.constantFrom('*', '?', '#', 'A', 'B', 'A|B');
    const word = fc.constantFrom('A', 'B', 'C', '1', '22');
    const asRegExp: Record<string, string> = { '*': '(\\w+ )*', '?': '\\w+ ', '#': '\\d+ ', A: 'A ', B: 'B ', 'A|B': '(A|B) ' };
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 5 }), fc.array(word, { maxLength: 6 }), (tokens, words) => {
        const model = new RegExp(`^${tokens.map((t) => asRegExp[t]).join('')}$`);
        expect(fits(readPattern(tokens.join(' ')), words)).toBe(model.test(words.map((w) => `${w} `).join('')));
      }),
    );
  });

  it('X17 costs nothing with the worst pattern and text there can be', () => {
    const worst = readPattern(`${'* a '.repeat(9)}* b`);
    const text = foldedWords('a '.repeat(5000));
    const before = process.cpuUsage().user;
    for (let i = 0; i < 200; i += 1) expect(fits(worst, text)).toBe(false);
    // 50 ms each are allowed.
    expect((process.cpuUsage().user - before) / 1000 / 200).toBeLessThan(50);
  });

  it('refuses what nobody can mean', () => {
    expect(patternFlaw('(a+)+$')).toContain('no word');
    expect(patternFlaw('* *')).toContain('almost any text');
    expect(patternFlaw('* ціна *')).toBeUndefined();
  });
});
