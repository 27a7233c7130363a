import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeyword } from '../../../src/policy/keywords.ts';

const linesOf = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, '../../vectors/data', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** The words that law and operators name, from the row of the requirement. */
const LEGAL = [
  ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'UNSUB', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPT OUT', 'OPTOUT', 'REMOVE', 'NO MORE'],
  ["DON'T TEXT", 'СТОП', 'ВІДПИСАТИСЯ', 'ВІДПИСАТИСЬ', 'ВІДПИСКА', 'ВІДПИШІТЬ', 'ВІДПИСАТИ', 'ВІДМОВА', 'ВІДМОВЛЯЮСЬ', 'НЕ НАДСИЛАТИ'],
  ['НЕ НАДСИЛАЙТЕ', 'НЕ ПИШІТЬ', 'ПРИПИНИТИ', 'ДОСИТЬ', 'ОТПИСАТЬСЯ', 'ОТПИСКА', 'ОТПИШИТЕ', 'ОТПИСАТЬ', 'ОТКАЗ', 'ОТКАЗЫВАЮСЬ'],
  [
    'НЕ ПРИСЫЛАТЬ',
    'НЕ ПРИСЫЛАЙТЕ',
    'НЕ ПИШИТЕ',
    'ПРЕКРАТИТЬ',
    'ХВАТИТ',
    'CTOП',
    'ЫЕЩЗ',
    'ІЕЩЗ',
    'CNJG',
    'VIDPYSATYSYA',
    'OTPISATSYA',
    'OTKAZ',
  ],
].flat();

/** Ways to write a word that change nothing. */
const MANNERS: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toLowerCase(),
  (word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`,
  (word) => `${word}.`,
  (word) => `«${word}»!!!`,
  (word) => `  ${word} 🛑\n`,
  (word) => [...word].join('\u200b'),
  (word) => `${word}\u00ad`,
  (word) => word.replaceAll('О', 'O').replaceAll('Т', 'T').replaceAll('С', 'C'),
  (word) => word.replaceAll('I', 'І').replaceAll('E', 'Е').replaceAll('P', 'Р'),
  (word) => word.normalize('NFD'),
];

describe('words that end texts', () => {
  it('O02 knows every word of the law, however it is written', () => {
    const missed = LEGAL.flatMap((word) => MANNERS.map((manner) => manner(word))).filter((text) => readKeyword(text).kind !== 'stop');
    expect(missed).toEqual([]);
  });

  it('O02 knows at least 98 % of 381 ways in which people ask for it', () => {
    const positives = linesOf('opt-out-positives.txt');
    expect(positives.length).toBeGreaterThanOrEqual(300);
    const missed = positives.filter((text) => readKeyword(text).kind !== 'stop');
    expect(missed.length / positives.length, missed.join(' | ')).toBeLessThanOrEqual(0.02);
  });

  it('O03 takes at most 1 % of 393 other texts for it, and asks a person about few', () => {
    const negatives = linesOf('opt-out-negatives.txt');
    expect(negatives.length).toBeGreaterThanOrEqual(300);
    const readings = negatives.map(readKeyword);
    const ended = negatives.filter((_, i) => readings[i]?.kind === 'stop' || readings[i]?.kind === 'wrongNumber');
    expect(ended.length / negatives.length, ended.join(' | ')).toBeLessThanOrEqual(0.01);
    expect(readings.filter((r) => r.kind === 'unsure').length / negatives.length).toBeLessThanOrEqual(0.05);
  });

  it('O03 leaves to a person what says more than the word', () => {
    for (const text of [
      'If you do not stop texting me I will call the police',
      'Сколько можно, стоп уже, надоели вы все',
      'Коли ви вже припините надсилати це, припиніть',
    ]) {
      expect(readKeyword(text), text).toEqual({ kind: 'unsure', of: 'stop' });
    }
  });

  it('tells the whole from the part, and the word that may mean a visit', () => {
    expect(readKeyword('СТОП')).toEqual({ kind: 'stop', all: false, visit: false });
    for (const text of ['STOP ALL', 'стоп все', 'Стоп усе', 'unsubscribe from everything', 'СТОП ВСЁ', 'stop all messages']) {
      expect(readKeyword(text), text).toMatchObject({ kind: 'stop', all: true });
    }
    for (const text of ['CANCEL', 'Отказ', 'відмова', 'ВIДМОВА', 'otkaz']) {
      expect(readKeyword(text), text).toEqual({ kind: 'stop', all: false, visit: true });
    }
    for (const text of ['ОТМЕНА', 'отмена!', 'Скасувати', 'скасуйте запис, будь ласка', 'JNVTYF', 'otmena']) {
      expect(readKeyword(text), text).toEqual({ kind: 'visit' });
    }
  });

  it.each([
    ['start', ['START', 'Старт', 'unstop', 'ПІДПИСАТИСЯ', 'подписаться', 'CNFHN', 'pidpysatysya']],
    ['yes', ['YES', 'так', 'ДА', 'Так!', 'TAK', 'Да, спасибо']],
    ['help', ['HELP', 'info', 'Допомога', 'ПОМОЩЬ', 'інфо', 'GJVJOM']],
    [
      'wrongNumber',
      ['Не той номер', 'ошиблись', 'Вы ошиблись номером', 'wrong number', 'Sorry, you have the wrong number', 'Ви помилились номером'],
    ],
    ['wrongNumber', ['Не туда попали', 'ви не туди потрапили', 'Вибачте, це не той номер', 'Przepraszam, to pomyłka', 'ne tot nomer']],
  ] as const)('reads %s', (kind, texts) => {
    for (const text of texts) expect(readKeyword(text), text).toMatchObject({ kind });
  });

  it('X17 reads no more of a text than a word could be in, whatever it is', () => {
    const filler = 'please '.repeat(300);
    expect(readKeyword(`${filler}stop`)).toEqual(readKeyword(filler));
    expect(readKeyword(`STOP${' '.repeat(100_000)}STOP`)).toMatchObject({ kind: 'stop' });
    for (const hostile of ['\ufdfa', 'A\u0301\u0327', "';[]", 'S.', 'НЕ ', 'STOP ALL ', '👨‍👩‍👧', '\ud800', 'UNSUBSCRIBX ']) {
      expect(() => readKeyword(hostile.repeat(50_000))).not.toThrow();
    }
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => typeof readKeyword(text).kind === 'string'));
  });
});
