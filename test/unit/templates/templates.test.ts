import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planText } from '../../../src/pdu/plan.ts';
import { makeLint } from '../../../src/policy/lint/lint.ts';
import { type FieldValue, readField } from '../../../src/templates/field-value.ts';
import { writeField } from '../../../src/templates/locale.ts';
import { longestCase } from '../../../src/templates/longest.ts';
import { fieldsOf } from '../../../src/templates/parse.ts';
import { render } from '../../../src/templates/render.ts';
import { savings } from '../../../src/templates/savings.ts';
import { chooseText, SHIPPED_NAMES, templateOf } from '../../../src/templates/shelf.ts';
import { faultOf } from '../../support/config-text.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const visit = Date.parse('2026-11-24T12:30:00Z');
const uk = { language: 'uk', timeZone: 'Europe/Kyiv', now } as const;
const en = { ...uk, language: 'en' } as const;

const fields = (values: Record<string, FieldValue>) => new Map(Object.entries(values));

describe('a template', () => {
  it('has its fields filled in, what stands instead of those that are not known, and the names of those that are missing', () => {
    const text = '{firstName|Вітаємо}, чекаємо {date} о {time}. {place}{place}';
    expect(render(text, fields({ date: { kind: 'date', at: visit }, time: { kind: 'time', at: visit } }), uk)).toEqual({
      text: 'Вітаємо, чекаємо 24.11 о 14:30. ',
      missing: ['place'],
    });
    expect(render('{firstName|клієнте}!', fields({ firstName: '' }), uk)).toEqual({ text: 'клієнте!', missing: [] });
    expect(render('{a|}', fields({}), uk)).toEqual({ text: '', missing: [] });
  });

  it('X04 never reads what a field holds as a template, nor anything as code', () => {
    const hostile = [
      '{site}',
      '{{7*7}}',
      '{{constructor.constructor("return 1")()}}',
      '#{1}',
      '<%= 1 %>',
      '{% raw %}',
      "'; DROP TABLE x; --",
      '$(id)',
      'a$$b',
      '__proto__',
    ];
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...hostile)), (value) => {
        fc.pre(value !== '');
        expect(render('a {name} b', fields({ name: value, site: 'Клініка' }), uk).text).toBe(`a ${value} b`);
      }),
      { numRuns: 500 },
    );
    expect(render('{constructor|}{toString|}', fields({}), uk).text).toBe('');
  });

  it.each([
    ['Вітаємо {firstName', '{ at position 9'],
    ['Вітаємо firstName}', '} at position 18'],
    ['{first name}', 'position 1'],
    ['{a+b}', 'position 1'],
    ['{}', 'position 1'],
    ['{a|b|c}', 'position 1'],
    ['{a|{b}}', 'position 1'],
    ['{link:javascript:alert(1)}', 'position 1'],
    ['x'.repeat(2001), '2001 characters'],
  ])('is refused with its place: %s', (text, says) => {
    const fault = faultOf(() => fieldsOf(text));
    expect(fault.code).toBe('templateInvalid');
    expect(fault.message).toContain(says);
  });

  it('takes fields in any letters, with points, each told once', () => {
    expect(fieldsOf('{прізвище} {resource.name|лікар} {прізвище} {link:https://example.com/a?b=1}')).toEqual(['прізвище', 'resource.name']);
  });
});

describe('what a field holds is written as its reader writes it', () => {
  it.each([
    [readField('2026-11-24'), '24.11', '24 Nov'],
    [readField('2027-11-24'), '24.11.2027', '24 Nov 2027'],
    [readField('2026-11-24T23:30:00+02:00'), '24.11 23:30', '24 Nov 23:30'],
    [{ kind: 'weekday', at: visit }, 'вт', 'Tue'],
    [readField({ amount: '1250.00', currency: 'UAH' }), '1250 грн', '1250 UAH'],
    [readField({ amount: '12500.5', currency: 'EUR' }), '12 500,50 євро', '12 500.50 EUR'],
    [readField(1.25), '1,25', '1.25'],
    [readField('24.11'), '24.11', '24.11'],
    [readField('2026-02-30'), '2026-02-30', '2026-02-30'],
  ] as const)('%j', (value, ukrainian, english) => {
    expect(writeField(value, uk)).toBe(ukrainian);
    expect(writeField(value, en)).toBe(english);
    expect(planText(writeField(value, en)).alphabet).toBe('gsm7');
  });

  it('is by the clock of the reader, also in the hour that a change of clocks repeats', () => {
    const at = { kind: 'dateTime', at: Date.parse('2026-10-25T00:30:00Z') } as const;
    expect(writeField(at, uk)).toBe('25.10 03:30');
    expect(writeField({ ...at, at: at.at + 3_600_000 }, uk)).toBe('25.10 03:30');
    expect(writeField(at, { ...uk, timeZone: 'Asia/Almaty' })).toBe('25.10 05:30');
  });
});

describe('the language of a text', () => {
  it('is that of the contact first, then that of the site, then any that there is', () => {
    const texts = { uk: 'так', ru: 'да' };
    expect(chooseText(texts, 'ru', 'uk')).toEqual({ language: 'ru', text: 'да' });
    expect(chooseText(texts, 'pl', 'uk')).toEqual({ language: 'uk', text: 'так' });
    expect(chooseText({ en: 'yes' }, null, 'uk')).toEqual({ language: 'en', text: 'yes' });
    expect(chooseText({}, null, 'uk')).toBeUndefined();
  });

  it('has own texts over shipped ones, language by language', () => {
    const own = templateOf('order.ready', { uk: 'Готово, {site}' });
    expect(own).toMatchObject({ own: ['uk'], shipped: true, texts: { uk: 'Готово, {site}' } });
    expect(own?.texts.ru).toContain('готов');
    expect(templateOf('none.such', {})).toBeUndefined();
    expect(templateOf('own.one', { kk: 'Дайын' })).toMatchObject({ shipped: false, texts: { kk: 'Дайын' } });
  });
});

describe('what a text may cost', () => {
  it('the longest name that contacts have counts, and a Cyrillic one in a Latin text', () => {
    const text = '{site}: Dear {firstName}, your car is ready to be collected. We are open until eight in the evening, every day.';
    const fixed = fields({ site: 'Garage' });
    expect(planText(render(text, fields({ site: 'Garage', firstName: 'Ann' }), en).text).segments).toHaveLength(1);
    expect(longestCase(text, fixed, en, new Map([['firstName', ['Ann', 'Христофор-Максиміліан']]]))).toMatchObject({ segments: 2 });
    expect(longestCase(text, fixed, en, new Map([['firstName', ['Ann']]]))).toMatchObject({ segments: 1 });
    // Where nothing is known, a typical long name counts.
    expect(longestCase(text, fixed, en, new Map()).segments).toBe(2);
  });

  it('shows the text that saves a segment: tidied, with signs as they are typed, in Latin letters, shorter', () => {
    expect(savings('коротко')).toEqual([]);
    const blank = `${'a'.repeat(80)}   ${'b'.repeat(79)}`;
    expect(savings(blank)).toEqual([{ way: 'tidy', text: `${'a'.repeat(80)} ${'b'.repeat(79)}`, segments: 1, over: '' }]);
    const dash = `Your order is ready – collect it any day until eight in the evening, at the desk in the hall. Thank you`;
    expect(savings(dash)).toMatchObject([
      { way: 'replace', text: dash.replace('–', '-'), segments: 1 },
      { way: 'shorten', segments: 1 },
    ]);
    const long = `Ваше замовлення готове, чекаємо на вас щодня до восьмої вечора в залі, Київ`;
    const [latin, shorter] = savings(long);
    expect(latin).toMatchObject({ way: 'transliterate', segments: 1 });
    expect(shorter).toMatchObject({ way: 'shorten', text: long.slice(0, 70), over: long.slice(70) });
  });
});

describe('the start-up set', () => {
  const languages = ['uk', 'ru', 'kk', 'en'] as const;
  const lint = makeLint(
    { shouting: 'advise', threat: 'advise', senderName: 'advise', wayOut: 'advise', confirmation: 'advise' },
    ['Клініка Усмішка'],
    'uk',
  );

  /** Not signed: what answers a client at once, what stands inside another text, and what the owner of the box reads. */
  const isUnsigned = (name: string): boolean => /^(reply|owner)\.|\.line$/.test(name);

  it.each(SHIPPED_NAMES)('%s names the same fields in four languages, is signed, polite and at most two segments long', (name) => {
    const texts = templateOf(name, {})?.texts ?? {};
    const usual = fields({
      site: 'Усмішка',
      date: { kind: 'date', at: visit },
      time: { kind: 'time', at: visit },
      address: 'вул. Лесі Українки 5',
      number: 'А-1024',
      item: 'Toyota AA1234BB',
      stage: 'майстер почав',
      minutes: 20,
      count: 3,
      amount: { kind: 'money', amount: '1250.00', currency: 'UAH' },
      firstName: 'Олександра',
      offer: 'знижка 20% на чистку',
    });
    const named = fieldsOf(texts.uk ?? '').sort();
    for (const language of languages) {
      const text = texts[language] ?? '';
      expect(fieldsOf(text).sort(), language).toEqual(named);
      // Fields of a kind of its own are short ones.
      const own = named.flatMap((field) => (usual.has(field) ? [] : [[field, '3'] as const]));
      const written = render(text, new Map([...usual, ...own]), { ...uk, language });
      expect(written.missing, language).toEqual([]);
      expect(planText(written.text).segments.length, written.text).toBeLessThanOrEqual(2);
      const advice = lint(written.text, { purpose: name === 'offer' ? 'promotional' : 'service' }).advice.map(({ rule }) => rule);
      const accepted: readonly string[] = isUnsigned(name) ? ['senderName', 'confirmation'] : [];
      expect(
        advice.filter((rule) => !accepted.includes(rule)),
        written.text,
      ).toEqual([]);
    }
  });
});
