import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(resolve(import.meta.dirname, '../../src/console/style/tokens.css'), 'utf8');
const colours = new Map(
  [...tokens.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = '', ...pair]) => [name, pair]),
);

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio of two tokens. */
function contrast(one: string, other: string, theme: 0 | 1): number {
  const [dark = 0, light = 0] = [one, other].map((name) => luminance(colours.get(name)?.[theme] ?? '')).toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['ground', 'surface', 'raised', 'sunken'];
const TEXTS = ['ink', 'quiet', 'accent', 'good', 'warn', 'bad', 'info'];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('the colours that are %s', (_, theme) => {
  it('can be read as text on every ground, on their own soft one and on that of what is chosen (1.4.3)', () => {
    const pairs = [
      ...TEXTS.flatMap((text) => [...GROUNDS, 'accent-soft'].map((ground) => [text, ground] as const)),
      ...['good', 'warn', 'bad', 'info'].map((text) => [text, `${text}-soft`] as const),
      ['accent-ink', 'accent'] as const,
    ];
    expect(
      pairs.map(([text, ground]) => [text, ground, contrast(text, ground, theme)]).filter(([, , ratio]) => !(Number(ratio) >= 4.5)),
    ).toEqual([]);
  });

  it('show where a field ends, and where the keyboard is (1.4.11)', () => {
    const pairs = ['line-strong', 'accent'].flatMap((edge) => ['ground', 'surface', 'raised'].map((ground) => [edge, ground] as const));
    expect(
      pairs.map(([edge, ground]) => [edge, ground, contrast(edge, ground, theme)]).filter(([, , ratio]) => !(Number(ratio) >= 3)),
    ).toEqual([]);
  });
});
