import { describe, expect, it } from 'vitest';
import { type Context, understand } from '../../../src/occasions/understand.ts';

const NOTHING: Context = { asked: 0, rating: false, slots: 0, cancel: false, offer: false };
const ONE: Context = { ...NOTHING, asked: 1 };
const TWO: Context = { ...NOTHING, asked: 2 };
const choices = (...pairs: [number, string][]) => ({ kind: 'choices', choices: pairs.map(([at, choice]) => ({ at, choice })) });

describe('what an answer means', () => {
  it.each([
    ['confirm', ['ТАК', 'так!', 'Да, буду', 'yes', 'Yes please', 'TAK', 'підтверджую 👍', 'ok', 'ИӘ', 'Добре, дякую']],
    ['cancel', ['Ні', 'скасуйте, будь ласка', 'отмена записи', 'не прийду', 'cancel my visit', 'I can’t come', 'не смогу прийти']],
    ['refuse', ['ОТМЕНА', 'cancel', 'Отказ!', 'відмова', 'Відміна, дякую', 'ANULUJ']],
    ['move', ['ПЕРЕНОС', 'перенесіть, будь ласка', 'Перенести запис', 'move', 'reschedule please', 'інший час']],
  ])('of one visit is %s', (choice, texts) => {
    for (const text of texts) expect(understand(text, ONE), text).toEqual(choices([0, choice]));
  });

  it('that says two things, or more than that, is read by a person', () => {
    for (const text of ['так ні', 'так, але можна пізніше?', 'перенос або скасуйте', 'а скільки коштує?', 'yes 2', '1']) {
      expect(understand(text, ONE), text).toEqual({ kind: 'unclear' });
    }
  });

  it('of two visits needs their numbers', () => {
    expect(understand('1 ТАК', TWO)).toEqual(choices([0, 'confirm']));
    expect(understand('1 так 2 перенос', TWO)).toEqual(choices([0, 'confirm'], [1, 'move']));
    expect(understand('1, 2 так', TWO)).toEqual(choices([0, 'confirm'], [1, 'confirm']));
    expect(understand('Обидва так', TWO)).toEqual(choices([0, 'confirm'], [1, 'confirm']));
    for (const text of ['так', '3 так', '1', '1 так 1 ні', '1 так 2', 'так 1'])
      expect(understand(text, TWO), text).toEqual({ kind: 'unclear' });
  });

  it('to a request for a rating is its one digit', () => {
    const asked: Context = { ...ONE, rating: true };
    expect(understand('5', asked)).toEqual({ kind: 'rating', rating: 5 });
    expect(understand('2, довго чекали', asked)).toEqual({ kind: 'rating', rating: 2 });
    for (const text of ['6', '0', '4 або 5', 'жахливо']) expect(understand(text, asked), text).toEqual({ kind: 'unclear' });
    expect(understand('дякую!', asked)).toEqual({ kind: 'other' });
  });

  it('to times that were offered is the number of one', () => {
    const asked: Context = { ...ONE, slots: 3 };
    expect(understand('2', asked)).toEqual({ kind: 'slot', at: 1 });
    expect(understand('ні', asked)).toEqual({ kind: 'noSlot' });
    for (const text of ['4', '1 2', 'так', 'після обіду']) expect(understand(text, asked), text).toEqual({ kind: 'unclear' });
    expect(understand('так', { ...ONE, slots: 1 })).toEqual({ kind: 'slot', at: 0 });
  });

  it('to the question whether to cancel is a yes, a no, or another time', () => {
    const asked: Context = { ...ONE, cancel: true };
    for (const text of ['так', 'ДА', 'yes please', 'отмена', 'скасуйте', 'ИӘ']) {
      expect(understand(text, asked), text).toEqual({ kind: 'sure', choice: 'cancel' });
    }
    for (const text of ['ні', 'Нет', 'no thanks', 'ЖОҚ']) expect(understand(text, asked), text).toEqual({ kind: 'sure', choice: 'keep' });
    expect(understand('перенос', asked)).toEqual({ kind: 'sure', choice: 'move' });
    for (const text of ['так ні', 'ні, скасуйте', '1', 'а коли можна?']) expect(understand(text, asked), text).toEqual({ kind: 'unclear' });
  });

  it('asks how things are, whatever was said before', () => {
    for (const context of [NOTHING, ONE, { ...ONE, rating: true }]) {
      for (const text of ['СТАТУС', 'Готово?', 'where?', 'Коли буде готово?', 'ГДЕ МОЙ ЗАКАЗ'])
        expect(understand(text, context), text).toEqual({ kind: 'status' });
    }
    expect(understand('Привіт', NOTHING)).toEqual({ kind: 'other' });
    expect(understand('дякую', ONE)).toEqual({ kind: 'other' });
  });

  it('takes no longer than its length', () => {
    expect(understand('так '.repeat(50_000), ONE)).toEqual({ kind: 'unclear' });
  });
});
