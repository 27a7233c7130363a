import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry, Saying } from '../../src/console/i18n/catalogue.ts';
import { saying } from '../../src/console/i18n/catalogue.ts';
import { CONSOLE_LANGUAGES, firstSpoken } from '../../src/console/i18n/languages.ts';
import { stepName } from '../../src/console/pages/dialogues/words.ts';
import { templateNames } from '../../src/console/pages/templates/names.ts';
import { PAGES } from '../../src/console/pages.ts';
import { reasons, reasonWords, rules } from '../../src/console/words/message.ts';
import { SHIPPED_DIALOGUES, shippedDefinition } from '../../src/dialogues/shipped.ts';
import { RULES } from '../../src/policy/decide.ts';
import { STARTUP_TEMPLATES } from '../../src/texts/startup-templates.ts';

const root = resolve(import.meta.dirname, '../../src/console');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => join(root, name))
  .filter((path) => path.endsWith('.ts') && /\bcatalogue\(\{/.test(readFileSync(path, 'utf8')));

const isCatalogue = (value: unknown): value is { entries: Readonly<Record<string, Entry>> } =>
  typeof value === 'function' && 'entries' in value;

/** Every entry of every catalogue, by file and key. */
const entries: [name: string, entry: Entry][] = [];
for (const path of files) {
  const module: Record<string, unknown> = await import(path);
  const found = Object.values(module).filter(isCatalogue);
  if (found.length === 0) throw new Error(`${path} exports no catalogue`);
  for (const { entries: own } of found) {
    for (const [key, entry] of Object.entries(own)) entries.push([`${relative(root, path)} ${key}`, entry]);
  }
}
for (const { page, label } of PAGES) entries.push([`pages.ts ${page}`, label]);

const formsOf = (text: Saying): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const valuesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('the words of the console', () => {
  it('know every rule of policy and every text that Simpost ships', () => {
    expect(RULES.map(({ rule }) => rule).filter((rule) => rules.maybe(rule) === undefined)).toEqual([]);
    expect([...STARTUP_TEMPLATES.keys()].filter((name) => templateNames.maybe(name) === undefined)).toEqual([]);
  });

  it('know every reason of a message that the manual lists', () => {
    const manual = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const rows = manual.slice(manual.indexOf('| `reason` | of |')).split('\n\n')[0] ?? '';
    const listed = rows
      .split('\n')
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z]\w+)`/gi)].map(([, code]) => code ?? ''));
    expect(listed).toContain('timeToLive');
    expect(listed.filter((code) => code !== 'reason' && reasons.maybe(code) === undefined)).toEqual([]);
    expect(reasonWords('TP-ST-70')).not.toContain('TP-ST');
    expect(reasonWords('TP-ST-99')).not.toContain('TP-ST');
  });

  it('know every step at which a dialogue that Simpost ships may wait', () => {
    const waiting = SHIPPED_DIALOGUES.flatMap((name) =>
      Object.entries(shippedDefinition(name)?.states ?? {}).flatMap(([step, { end }]) => (end === undefined ? [step] : [])),
    );
    expect(waiting.length).toBeGreaterThan(10);
    expect(waiting.filter((name) => stepName('order', name) === name)).toEqual([]);
    expect(stepName('our-own', 'ask')).toBe('ask');
  });

  it('are found in catalogues, one beside each page', () => {
    expect(entries.length).toBeGreaterThan(80);
    for (const { page } of PAGES) expect(files.map((path) => relative(root, path))).toContain(`pages/${page}/words.ts`);
  });

  it.each(CONSOLE_LANGUAGES)('miss no key in %s, and no form of a number', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'other');
    const bad = entries.filter(([, entry]) => {
      const text = entry[language];
      return formsOf(text).some((form) => form.trim() === '') || (typeof text !== 'string' && needed.some((form) => !(form in text)));
    });
    expect(bad.map(([name]) => name)).toEqual([]);
  });

  it('name the same values in every language', () => {
    const bad = entries.filter(([, entry]) => {
      const named = CONSOLE_LANGUAGES.map((language) => [...new Set(formsOf(entry[language]).flatMap(valuesIn))].sort().join());
      return new Set(named).size > 1;
    });
    expect(bad.map(([name]) => name)).toEqual([]);
  });

  it('have Cyrillic letters in Ukrainian and Russian, and none in English', () => {
    const isName = (text: string): boolean => /^[\p{Lu}\d\s.,:+()/*#{}-]*$/u.test(text.replace(/\{\w+\}|USSD|SIM|PIN|Simpost/g, ''));
    const bad = entries.filter(([, { uk, ru, en }]) => {
      const own = [uk, ru].flatMap(formsOf).every((text) => /\p{Script=Cyrillic}/u.test(text) || isName(text));
      return !own || formsOf(en).some((text) => /\p{Script=Cyrillic}/u.test(text));
    });
    expect(bad.map(([name]) => name)).toEqual([]);
  });

  it('say numbers as each language does', () => {
    const segments: Entry = {
      uk: { one: '{n} сегмент', few: '{n} сегменти', many: '{n} сегментів', other: '{n} сегмента' },
      ru: { one: '{n} сегмент', few: '{n} сегмента', many: '{n} сегментов', other: '{n} сегмента' },
      en: { one: '{n} segment', other: '{n} segments' },
    };
    expect([1, 2, 5, 21].map((n) => saying(segments.uk, 'uk', { n }))).toEqual(['1 сегмент', '2 сегменти', '5 сегментів', '21 сегмент']);
    expect([1, 2].map((n) => saying(segments.en, 'en', { n }))).toEqual(['1 segment', '2 segments']);
    expect(saying('{who} in {where}', 'en', { who: '{where}' })).toBe('{where} in {where}');
  });

  it('begin in a language that the browser asks for', () => {
    expect(firstSpoken(['', 'de-DE', 'ru-RU', 'uk'])).toBe('ru');
    expect(firstSpoken(['fr'])).toBe('en');
  });
});
