import { describe, expect, it } from 'vitest';
import { globalIn, numbersIn, understand } from '../../../src/dialogues/hear.ts';
import { SHIPPED_DIALOGUES, shippedDefinition } from '../../../src/dialogues/shipped.ts';
import { readDay } from '../../../src/policy/local-date.ts';

const TODAY = readDay('2026-11-22') ?? 0;
const MENU = [
  { value: 'margherita', label: 'Маргарита', price: 180 },
  { value: 'four', label: 'Чотири сири' },
  { value: 'slot', label: '24.11 10:00' },
];

const heard = (on: Parameters<typeof understand>[0], text: string) => understand(on, text, MENU, TODAY)?.value;

describe('what a client answers', () => {
  it.each([
    ['2', [2]],
    ['дві', [2]],
    ['Два, пожалуйста!', [2]],
    ["п'ять", [5]],
    ['пʼять шт', [5]],
    ['3шт.', [3]],
    ['2 або 3', [2, 3]],
    ['багато', []],
  ])('%s has the numbers %j', (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers);
  });

  it('is a number within its bounds, and only one', () => {
    const on = { number: { min: 1, max: 5 } };
    expect(['5', 'три', '0', '6', '1 2', ''].map((text) => heard(on, text))).toEqual([5, 3, undefined, undefined, undefined, undefined]);
  });

  it('is one of a list, by its place or its name, and nothing where two are meant or none', () => {
    const on = { choice: 'menu' };
    expect(['1', 'маргарита', 'Маргариту', 'сири', '24.11 10:00', '4', '1, 2', 'чай'].map((text) => heard(on, text))).toEqual([
      'margherita',
      'margherita',
      undefined,
      'four',
      'slot',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is a day that is to come', () => {
    const on = { date: { withinDays: 60 } };
    expect(
      ['завтра', 'Сегодня', '24.11', '24.11.2026', '2026-12-01', '1/12', '21.11', '31.11', '24.11.2030', 'колись'].map((text) =>
        heard(on, text),
      ),
    ).toEqual([
      '2026-11-23',
      '2026-11-22',
      '2026-11-24',
      '2026-11-24',
      '2026-12-01',
      '2026-12-01',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    // A day without its year is the next one.
    expect(understand({ date: { withinDays: 366 } }, '21.11', [], TODAY)?.value).toBe('2027-11-21');
  });

  it('is understood everywhere: back, a person, an end, help', () => {
    expect(['назад', 'Людина!', 'ОТМЕНА', '?', 'help', 'щось'].map(globalIn)).toEqual([
      'back',
      'person',
      'cancel',
      'help',
      'help',
      undefined,
    ]);
  });
});

it('what is shipped can be led, and says everything in Ukrainian, Russian and English', () => {
  for (const name of SHIPPED_DIALOGUES) {
    const definition = shippedDefinition(name);
    for (const [state, { say }] of Object.entries(definition?.states ?? {})) {
      if (say) expect(Object.keys(say).sort(), `${name} ${state}`).toEqual(['en', 'ru', 'uk']);
    }
  }
});
