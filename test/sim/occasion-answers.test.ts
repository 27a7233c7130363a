import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANYBODY, type OccasionRig, occasionRig } from '../support/occasion-rig.ts';

const OLENA = '+380501234567';
const IVAN = '+380671112233';
const PETRO = '+380931112244';
const HOUR = 3_600_000;

let rig: OccasionRig;
beforeEach(async () => {
  rig = await occasionRig();
});
afterEach(() => rig.close());

// The rig stands at noon in Kyiv on 22 November 2026.
const at = (written: string): number => Date.parse(`${written}+02:00`);
const TOMORROW = at('2026-11-25T15:00:00');
const last = (to: string): string => rig.said(to).at(-1) ?? '';

describe('the answer of a client', () => {
  it('confirms a visit: the occasion, the event, the reply, and nothing to do for the desk', async () => {
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    await rig.hear('Так, буду', OLENA);
    expect(await rig.view('v')).toMatchObject({ answer: 'confirmed', status: null });
    expect(last(OLENA)).toBe('Дякуємо, чекаємо на вас 25.11 о 15:00');
    expect(await rig.events()).toEqual(['occasion.confirmed v']);
    expect(await rig.tasks()).toEqual([]);
    const { data } = await rig.queue.store.desk.tasks(true, { limit: 5, cursor: null });
    expect(data).toMatchObject([{ kind: 'confirmed', occasion: 'visit/v', doneBy: 'rules' }]);
    await rig.hear('так', OLENA);
    expect(rig.said(OLENA)).toHaveLength(2);
    expect(await rig.events()).toHaveLength(1);
  });

  it('cancels it: what is planned is withdrawn, and the task that the word made names it', async () => {
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    await rig.hear('Скасуйте, будь ласка', OLENA);
    const { status, answer, steps } = await rig.view('v');
    expect([status, answer]).toEqual(['cancelled', 'cancelled']);
    expect(steps.filter(({ state }) => state === 'planned')).toEqual([]);
    expect(rig.said(OLENA)).toEqual([expect.stringContaining('ви записані'), 'Запис 25.11 о 15:00 скасовано. Дякуємо, що попередили']);
    expect(await rig.events()).toEqual(['occasion.cancelled v']);
    expect(await rig.tasks()).toEqual(['visit visit/v']);
  });

  it('ОТМЕНА, CANCEL, ОТКАЗ, ВІДМОВА cancel nothing by themselves: the client is asked, the desk has a task, offers wait', async () => {
    for (const [i, word] of ['ОТМЕНА', 'Cancel', 'отказ', 'ВІДМОВА'].entries()) {
      const [to, name] = [`+38050123000${i}`, `v${i}`];
      await rig.put(name, { to, startsAt: TOMORROW });
      await rig.hear(word, to);
      expect(await rig.view(name), word).toMatchObject({ status: null, answer: null, question: { ask: 'cancel' } });
      expect(last(to)).toBe('Скасувати запис 25.11 о 15:00? ТАК або НІ');
      expect(rig.queue.store.optOut.offersHeldUntil(to, rig.queue.clock.now())).not.toBeNull();
      expect(rig.queue.store.optOut.over(to, 'service', null)).toBeNull();
    }
    expect(await rig.events()).toEqual([]);
    expect(await rig.tasks()).toEqual(['visit visit/v3', 'visit visit/v2', 'visit visit/v1', 'visit visit/v0']);
    await rig.hear('так', '+380501230000');
    expect(await rig.view('v0')).toMatchObject({ status: 'cancelled', answer: 'cancelled', question: null });
    expect(last('+380501230000')).toContain('скасовано');
    await rig.hear('ні', '+380501230001');
    expect(await rig.view('v1')).toMatchObject({ status: null, answer: 'confirmed', question: null });
    await rig.hear('перенос', '+380501230002');
    expect(await rig.view('v2')).toMatchObject({ status: null, answer: 'moveAsked', question: null });
    expect(await rig.events()).toEqual(['occasion.cancelled v0', 'occasion.confirmed v1', 'occasion.moveAsked v2']);
    // Who means the texts says STOP, and keeps the visit.
    await rig.hear('стоп', '+380501230003');
    expect(await rig.view('v3')).toMatchObject({ status: null });
  });

  it('asks to move: without times a person calls, with times the client picks one and is reminded of that', async () => {
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    await rig.hear('ПЕРЕНОС', OLENA);
    expect(last(OLENA)).toContain("скоро зв'яжемося");
    expect(await rig.tasks()).toEqual(['visit visit/v']);
    await rig.put('w', { to: IVAN, startsAt: TOMORROW, slots: [at('2026-11-26T10:00:00'), at('2026-11-27T16:30:00')] });
    await rig.hear('перенести', IVAN);
    expect(last(IVAN)).toBe('Вільний час: 1) чт 26.11 10:00; 2) пт 27.11 16:30. Який вам зручний? Відповідь: номер');
    expect((await rig.view('w')).startsAt).toBe(TOMORROW);
    await rig.hear('2', IVAN);
    expect(await rig.view('w')).toMatchObject({ startsAt: at('2026-11-27T16:30:00'), answer: 'confirmed', question: null });
    expect(last(IVAN)).toBe('Дякуємо, записали вас на 27.11 о 16:30');
    expect(rig.said(IVAN)).toHaveLength(3);
    expect((await rig.events()).slice(1)).toEqual(['occasion.moveAsked w', 'occasion.moved w']);
    await rig.queue.clock.advance(at('2026-11-26T17:00:00') - rig.queue.clock.now());
    expect(last(IVAN)).toContain('нагадуємо, 27.11 о 16:30');
    expect(rig.said(IVAN)).toHaveLength(4);
  });

  it('does not take a time that somebody else has by now', async () => {
    const slot = at('2026-11-26T10:00:00');
    await rig.put('v', { to: OLENA, startsAt: TOMORROW, resource: 'dr', slots: [slot] });
    await rig.hear('перенос', OLENA);
    await rig.put('other', { to: IVAN, startsAt: slot, resource: 'dr' });
    await rig.hear('1', OLENA);
    expect(await rig.view('v')).toMatchObject({ startsAt: TOMORROW, answer: 'moveAsked' });
    expect(await rig.tasks()).toEqual(['visit visit/v']);
  });

  it('that matches nothing, or two things, changes nothing and goes to a person', async () => {
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    await rig.hear('так, але чи можна взяти з собою дитину?', OLENA);
    expect(await rig.view('v')).toMatchObject({ answer: null, startsAt: TOMORROW });
    expect(await rig.events()).toEqual(['occasion.unclear v']);
    expect(await rig.tasks()).toEqual(['unclear visit/v']);
    expect(rig.said(OLENA)).toHaveLength(1);
  });

  it('to a reminder of two visits says which one by its number', async () => {
    await rig.put('a', { to: OLENA, startsAt: at('2026-11-25T15:00:00'), name: 'Ваня' });
    await rig.put('b', { to: OLENA, startsAt: at('2026-11-25T16:00:00'), name: 'Оля' });
    await rig.queue.clock.advance(at('2026-11-24T16:00:00') - rig.queue.clock.now());
    expect(last(OLENA)).toContain('1) 15:00 Ваня; 2) 16:00 Оля');
    await rig.hear('Так', OLENA);
    expect(await rig.tasks()).toEqual(['unclear visit/a']);
    expect([(await rig.view('a')).answer, (await rig.view('b')).answer]).toEqual([null, null]);
    await rig.hear('1 так 2 перенос', OLENA);
    expect([(await rig.view('a')).answer, (await rig.view('b')).answer]).toEqual(['confirmed', 'moveAsked']);
    expect((await rig.events()).slice(1)).toEqual(['occasion.confirmed a', 'occasion.moveAsked b']);
  });

  it('to a request for a rating is one, and a low one alerts a person', async () => {
    await rig.put('v', { to: OLENA, startsAt: at('2026-11-22T12:30:00'), resource: 'dr-koval' });
    await rig.put('w', { to: IVAN, startsAt: at('2026-11-22T12:30:00'), resource: 'dr-koval' });
    await rig.queue.clock.advance(3 * HOUR);
    expect(last(OLENA)).toContain('цифрою від 1');
    await rig.hear('5!', OLENA);
    await rig.hear('2, довго чекала', IVAN);
    expect([(await rig.view('v')).rating, (await rig.view('w')).rating]).toEqual([5, 2]);
    expect(await rig.events()).toEqual(['occasion.rated v 5', 'occasion.rated w 2']);
    expect(await rig.tasks()).toEqual(['lowRating visit/w']);
    expect(last(IVAN)).toBe('Дякуємо за вашу оцінку');
  });

  it('asks how things are, and is told of what is open, and of that of nobody else', async () => {
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    await rig.put('r', { to: OLENA, status: 'painting', data: { item: 'Lanos', stage: 'фарбуємо' } }, 'repair');
    await rig.put('x', { to: IVAN, status: 'ready', data: { item: 'Audi' } }, 'repair');
    await rig.hear('Готово?', OLENA);
    expect(last(OLENA)).toBe('Клініка: Lanos r: фарбуємо; ви записані на 25.11 о 15:00');
    await rig.hear('СТАТУС', PETRO);
    expect(rig.said(PETRO)).toEqual([]);
  });

  it('X22 is replied to five times in an hour at most', async () => {
    await rig.put('r', { to: OLENA, status: 'painting', data: { item: 'Lanos' } }, 'repair');
    for (let i = 0; i < 9; i += 1) await rig.hear('статус', OLENA);
    expect(rig.said(OLENA)).toHaveLength(1 + 5);
  });

  it('is followed once, also where the process dies in the middle', async () => {
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    const { desk } = rig.queue.store;
    const finish = desk.finishFollowing.bind(desk);
    // The process dies after the change and before the mark that the text is done.
    desk.finishFollowing = () => Promise.reject(new Error('killed'));
    await rig.hear('так', OLENA);
    expect(finish).toBeDefined();
    await rig.restart();
    expect(await rig.events()).toEqual(['occasion.confirmed v']);
    expect(rig.said(OLENA)).toHaveLength(2);
    expect(rig.queue.store.desk.toFollow(0, 10, rig.queue.clock.now())).toEqual([]);
  });
});

describe('a time that is given back', () => {
  const slot = at('2026-11-25T15:00:00');

  async function waiting(): Promise<void> {
    await rig.put('v', { to: OLENA, startsAt: slot, resource: 'dr' });
    await rig.put('w1', { to: IVAN, status: 'waiting', resource: 'dr', language: 'ru' });
    await rig.put('w2', { to: PETRO, status: 'waiting', resource: 'dr' });
    await rig.put('w3', { to: '+380501112299', status: 'waiting', resource: 'another' });
  }

  it('is offered to one after the other until someone takes it', async () => {
    await waiting();
    await rig.hear('скасуйте', OLENA);
    expect(rig.said(IVAN)).toEqual(['Клініка: освободилось время, 25.11 в 15:00. Ваше, если ответите ДА']);
    expect(rig.said(PETRO)).toEqual([]);
    await rig.queue.clock.advance(31 * 60_000);
    expect(rig.said(PETRO)).toEqual(['Клініка: звільнився час, 25.11 о 15:00. Ваш, якщо відповісте ТАК']);
    await rig.hear('ТАК', PETRO);
    expect(await rig.view('w2')).toMatchObject({ startsAt: slot, status: null, resource: 'dr', answer: 'confirmed' });
    expect(rig.said(PETRO).at(-1)).toContain('ви записані на 25.11 о 15:00');
    // Too late for the first one, and nobody is asked any more.
    await rig.hear('да', IVAN);
    expect(await rig.view('w1')).toMatchObject({ startsAt: null, status: 'waiting' });
    expect(rig.said(IVAN).at(-1)).toContain('уже занято');
    await rig.queue.clock.advance(HOUR);
    expect(rig.said('+380501112299')).toEqual([]);
    expect(rig.queue.store.occasions.freed(10)).toEqual([]);
  });

  it('is offered on by a no, and after a restart', async () => {
    await waiting();
    await rig.put('v', { to: OLENA, status: 'cancelled' });
    await rig.restart();
    await rig.hear('нет', IVAN);
    expect(rig.said(PETRO)).toHaveLength(1);
    expect(rig.said(IVAN)).toHaveLength(1);
  });
});

describe('a visit that is moved', () => {
  it('while its confirmation is being written is confirmed at its new time, once', async () => {
    const { occasions } = rig.queue.store;
    const { due } = occasions;
    const visit = { contact: null, name: null, language: null, timeZone: null, to: OLENA };
    let move: Promise<unknown> | undefined;
    occasions.due = (now, limit) => {
      const steps = due(now, limit);
      // Somebody moves it between what was read and what is handed over.
      if (steps.length > 0) move ??= rig.desk.put({ kind: 'visit', externalId: 'v' }, { ...visit, startsAt: TOMORROW + HOUR }, ANYBODY);
      return steps;
    };
    await rig.put('v', { to: OLENA, startsAt: TOMORROW });
    await move;
    await rig.settle();
    expect(rig.said(OLENA)).toEqual([expect.stringContaining('о 16:00')]);
  });
});
