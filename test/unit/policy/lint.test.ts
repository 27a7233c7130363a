import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINT_RULES, type LintRule, type LintSettings, type TextKind } from '../../../src/policy/lint/advice.ts';
import sentences from '../../../src/policy/lint/data/sentences.json' with { type: 'json' };
import { kindOf } from '../../../src/policy/lint/kind.ts';
import { makeLint, type TextFacts } from '../../../src/policy/lint/lint.ts';
import { phrases } from '../../../src/policy/lint/phrases.ts';
import { wordsOf } from '../../../src/policy/lint/words.ts';
import { anyText, property } from '../../support/texts.ts';

const OFF: LintSettings = { shouting: 'off', threat: 'off', senderName: 'off', wayOut: 'off', confirmation: 'off' };
const ALL: LintSettings = { shouting: 'advise', threat: 'advise', senderName: 'advise', wayOut: 'advise', confirmation: 'advise' };

/** What is known of the texts in the file of a rule: no more than most callers say. */
const FACTS: Readonly<Record<LintRule, TextFacts>> = {
  shouting: { purpose: 'service' },
  threat: { purpose: 'service' },
  senderName: { purpose: 'service' },
  wayOut: { purpose: 'promotional' },
  confirmation: { purpose: 'service' },
};

interface Example {
  readonly text: string;
  /** Whether the rule must find it. */
  readonly wanted: boolean;
  /** The name of the site. */
  readonly name: string;
}

/** `+ text` is to be found, `- text` is not, `= name` names the site of what follows. */
function examples(rule: LintRule): Example[] {
  let name = 'Усмішка';
  return readFileSync(new URL(`../../vectors/lint/${rule}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line): Example[] => {
      if (line.startsWith('= ')) name = line.slice(2);
      return /^[+-] /.test(line) ? [{ text: line.slice(2), wanted: line.startsWith('+'), name }] : [];
    });
}

const rulesFound = (text: string, facts: TextFacts, settings = ALL): string[] =>
  makeLint(settings, ['Клініка Усмішка'], 'en')(text, facts).advice.map(({ rule }) => rule);

describe('the lint of texts', () => {
  it.each(LINT_RULES)('%s finds at least 90 of 100 and is wrong about at most 5 of 100', (rule) => {
    const all = examples(rule);
    expect(new Set(all.map(({ text }) => text)).size).toBe(200);
    expect(all.filter(({ wanted }) => wanted)).toHaveLength(100);
    const finds = ({ text, name }: Example): boolean =>
      makeLint({ ...OFF, [rule]: 'advise' }, [name], 'uk')(text, FACTS[rule]).advice.length > 0;
    const missed = all.filter((one) => one.wanted && !finds(one)).map(({ text }) => text);
    const falseAlarms = all.filter((one) => !one.wanted && finds(one)).map(({ text }) => text);
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(10);
    expect(falseAlarms.length, falseAlarms.join('\n')).toBeLessThanOrEqual(5);
  });

  it('points at the words that it is about, and at nothing where something is missing', () => {
    const text = 'Усмішка: нагадуємо, ТЕРМІНОВО сплатіть, бо подамо до суду';
    const advice = makeLint(ALL, ['Усмішка'], 'uk')(text, { purpose: 'service' }).advice;
    expect(advice.map(({ rule, where }) => [rule, where && text.slice(where.from, where.to)])).toEqual([
      ['shouting', 'ТЕРМІНОВО'],
      ['threat', 'ТЕРМІНОВО сплатіть'],
    ]);
    expect(makeLint(ALL, ['Лаванда'], 'uk')('Ваше авто готове', { purpose: 'service' }).advice).toEqual([
      { rule: 'senderName', reason: 'senderName', sentence: sentences.senderName.uk, where: null },
    ]);
  });

  it('says everything in Ukrainian, Russian and English, and to others in the nearest of them', () => {
    for (const said of Object.values(sentences)) expect(Object.keys(said)).toEqual(['uk', 'ru', 'en']);
    const told = (language: 'uk' | 'ru' | 'en' | 'kk' | 'pl') =>
      makeLint(ALL, ['Лаванда'], language)('Готово', { purpose: 'service' }).advice[0]?.sentence;
    const { uk, ru, en } = sentences.senderName;
    expect([told('uk'), told('ru'), told('en'), told('kk'), told('pl')]).toEqual([uk, ru, en, ru, en]);
  });

  it('refuses where the site says so, for the weightiest rule first, and does not look where all is off', () => {
    const both = 'УВАГА! Ваше авто готове';
    expect(makeLint({ ...ALL, senderName: 'refuse' }, ['Мотор'], 'en')(both, { purpose: 'service' }).refusal?.rule).toBe('senderName');
    expect(makeLint(ALL, ['Мотор'], 'en')(both, { purpose: 'service' }).refusal).toBeNull();
    expect(makeLint(OFF, ['Мотор'], 'en')(both, { purpose: 'service' })).toEqual({ advice: [], refusal: null });
  });

  it('leaves codes alone, and asks for no name where the site has none of its own', () => {
    expect(rulesFound('123456 УВАГА!!!', { purpose: 'otp' })).toEqual([]);
    expect(makeLint(ALL, ['Simpost'], 'en')('Your car is ready', { purpose: 'service' }).advice).toEqual([]);
    expect(makeLint(ALL, ['Simpost', 'Moto'], 'en')('Your car is ready', { purpose: 'service' }).advice).toHaveLength(1);
  });

  it('a confirmation without a time is told of the time, one with neither place nor phone of those', () => {
    const lint = makeLint({ ...OFF, confirmation: 'advise' }, [], 'en');
    const told = (text: string) => lint(text, { purpose: 'service' }).advice.map(({ sentence }) => sentence);
    expect(told('Ваш запис підтверджено, вул. Садова, 3')).toEqual([sentences.confirmationTime.en]);
    expect(told('Ваш запис підтверджено: 24.11 о 14:30')).toEqual([sentences.confirmationPlace.en]);
  });

  it.each([
    ['service', undefined, 'Нагадуємо: ви записані на 24.11', 'reminder'],
    ['service', undefined, 'Ваш запис підтверджено', 'confirmation'],
    ['service', undefined, 'Знижка 20% на все', 'offer'],
    ['service', undefined, 'Ваше авто готове', 'other'],
    ['promotional', undefined, 'Нагадуємо про знижку', 'offer'],
    ['otp', undefined, 'Знижка', 'other'],
    ['promotional', 'reminder', 'Знижка', 'reminder'],
  ] as const)('takes %s, %s, %j for: %s', (purpose, given, text, kind: TextKind) => {
    expect(kindOf(purpose, given, wordsOf(text))).toBe(kind);
  });

  it('X17 takes any text, and says where inside of it', () => {
    const lint = makeLint(ALL, ['Усмішка'], 'uk');
    fc.assert(
      fc.property(anyText(200), fc.constantFrom<TextKind>('reminder', 'confirmation', 'offer', 'other'), (text, kind) => {
        for (const { where } of lint(text, { purpose: 'service', kind }).advice) {
          if (where) expect(where.from >= 0 && where.from < where.to && where.to <= text.length).toBe(true);
        }
      }),
      property(2_000),
    );
  });

  it('X17 repeats that are made to keep a matcher busy cost processor time for their length, not its square', () => {
    const lint = makeLint(ALL, ['Усмішка'], 'uk');
    const pieces = ['! ', '1 ', 'АААА ', 'не ', ' на Садова', 'щоб ', '+1 (', '!?', 'о 1 ', "a'", 'Ж', 'тел ', '1-'];
    const spent = (length: number): number => {
      const before = process.cpuUsage();
      for (const piece of pieces) {
        const text = piece.repeat(Math.ceil(length / piece.length));
        for (const kind of ['reminder', 'confirmation', 'offer'] as const) lint(text, { purpose: 'service', kind });
      }
      const { user } = process.cpuUsage(before);
      return user / 1000;
    };
    spent(6400);
    // 39 texts of ten times ten segments. A square would take minutes.
    expect(spent(64_000) / (pieces.length * 3)).toBeLessThan(500);
  });
});

describe('phrases', () => {
  const find = (written: string[], text: string) => phrases(written).find(wordsOf(text));

  it('are words, beginnings, alternatives, numbers and short gaps', () => {
    expect(find(['запис*'], 'Ваш ЗАПИС створено')).toEqual({ from: 4, to: 9 });
    expect(find(['a|b c'], 'x b c')).toEqual({ from: 2, to: 5 });
    expect(find(['call #'], 'call 020')).toBeDefined();
    expect(find(['go … home'], 'go a b c home')).toBeDefined();
    expect(find(['go … home'], 'go a b c d home')).toBeUndefined();
    expect(find(['запис'], 'записка')).toBeUndefined();
  });

  it('do not see apostrophes, accents, and the points of ё', () => {
    expect(find(['обєкт'], 'об’єкт')).toEqual({ from: 0, to: 6 });
    expect(find(['dont'], "I don't")).toBeDefined();
    expect(find(['ждем'], 'Ждём')).toBeDefined();
  });

  it('that could keep a matcher busy are refused', () => {
    expect(() => phrases(['a … b … c … d'])).toThrow('gaps');
    expect(() => phrases(['aa*'])).toThrow('begin');
    expect(() => phrases(['# x'])).toThrow('begin');
  });
});
