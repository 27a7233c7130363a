import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEEPER_SCREENS } from '../support/console-screens.ts';

const CONSOLE = resolve(import.meta.dirname, '../../src/console');
const KNOWN = DEEPER_SCREENS.map((screen) => screen.split('/').map((part) => (part.startsWith(':') ? ':' : part)));

const sources = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => ({ name, text: readFileSync(join(CONSOLE, name), 'utf8') }));

/** `'of', id, 'edit'` as `of`, `:`, `edit`. */
const partsOf = (list: string): string[] => list.split(',').map((part) => /^\s*'([\w-]+)'\s*$/.exec(part)?.[1] ?? ':');

/** A name in the list stands for what a link leaves open; words must be the same. */
const isListed = (parts: readonly string[]): boolean =>
  KNOWN.some((known) => known.length === parts.length && known.every((part, n) => part === parts[n] || parts[n] === ':'));

describe('the list of screens that the browser tests walk', () => {
  it('has every place that a link of the console leads to', () => {
    const links = sources.flatMap(({ text }) =>
      [...text.matchAll(/addressOf\(\s*'(\w+)',\s*\[([^\]]+)\]/g)].map(([, page = '', list = '']) => [page, ...partsOf(list)]),
    );
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((parts) => !isListed(parts)).map((parts) => parts.join('/'))).toEqual([]);
  });

  it('has every word that a page knows after its name', () => {
    const words = sources.flatMap(({ name, text }) => {
      const [, folder, file] = /^pages\/([\w-]+)\/([\w-]+)\.tsx$/.exec(name) ?? [];
      if (folder === undefined || folder !== file) return [];
      const asked = [...text.matchAll(/\b(?:what|deed)\s*[!=]==\s*'(\w+)'/g), ...text.matchAll(/\{ name: '(\w+)', scope:/g)];
      return asked.map(([, word = '']) => ({ folder, word }));
    });
    expect(words.length).toBeGreaterThan(20);
    expect(words.filter(({ folder, word }) => !KNOWN.some(([page, ...rest]) => page === folder && rest.includes(word)))).toEqual([]);
  });
});
