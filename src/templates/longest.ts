import { planText } from '../pdu/plan.ts';
import data from './data/long-values.json' with { type: 'json' };
import type { Fields, FieldValue } from './field-value.ts';
import { type Locale, writeField } from './locale.ts';
import { fieldsOf } from './parse.ts';
import { render } from './render.ts';

/** The longest values that fields are known to have, by name; the longest in each script where there are several. */
export type LongValues = ReadonlyMap<string, readonly FieldValue[]>;

const TYPICAL: LongValues = new Map(Object.entries(data).flatMap(([name, value]) => (typeof value === 'string' ? [] : [[name, value]])));

const isLatin = (text: string): boolean => planText(text).alphabet === 'gsm7';

/**
 * The most segments that a template may come to, since one long name can double the price of a campaign: each field with the
 * longest value that is known of it, once in any letters and once with Latin ones where there are such, whichever takes more.
 * @param fixed what is the same for everybody, such as the name of the site
 * @param known the longest that contacts have; for fields that it lacks a typical long value counts
 * @throws Fault `templateInvalid`
 */
export function longestCase(template: string, fixed: Fields, locale: Locale, known: LongValues): { text: string; segments: number } {
  const valuesOf = (name: string): readonly FieldValue[] => {
    const only = fixed.get(name);
    return only === undefined ? (known.get(name) ?? TYPICAL.get(name.split('.').at(-1) ?? '') ?? []) : [only];
  };
  const longest = (values: readonly FieldValue[]): FieldValue | undefined =>
    [...values].sort((a, b) => writeField(b, locale).length - writeField(a, locale).length)[0];
  const names = fieldsOf(template);
  const cases = [
    (values: readonly FieldValue[]) => values,
    (values: readonly FieldValue[]) => values.filter((v) => isLatin(writeField(v, locale))),
  ].map((pick) => {
    const fields = new Map<string, FieldValue>();
    for (const name of names) {
      const value = longest(pick(valuesOf(name))) ?? longest(valuesOf(name));
      if (value !== undefined) fields.set(name, value);
    }
    const { text } = render(template, fields, locale);
    const { segments, units } = planText(text);
    return { text, segments: segments.length, units };
  });
  const [first, second] = cases;
  if (!first || !second) throw new Error('there are two cases');
  const worst = second.segments > first.segments ? second : first;
  return { text: worst.text, segments: worst.segments };
}
