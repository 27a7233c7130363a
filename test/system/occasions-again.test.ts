import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BusinessBox } from '../support/business-box.ts';

/** The rows once more: other clients, another month, Russian instead of Ukrainian, everything moved once, and a box that dies in between. */
const client = (n: number): string => `+38063777000${n}`;
const who = (n: number, name: string) => ({ contact: { to: client(n), name, language: 'ru' } });
const texts = async (n: number): Promise<string[]> => (await box.proven(client(n))).map(({ at, text }) => `${at} ${text}`);

let box: BusinessBox;
beforeAll(async () => {
  // A Thursday in February, winter time in Kyiv.
  box = new BusinessBox('2027-02-04T09:30');
  await box.start();
});
afterAll(() => box.close());

describe('the messages that a business sends, once more, with a moved date and a box that dies in the middle', () => {
  test('confirmation and reminder: the visit is moved, the box dies, and one reminder goes before the time that holds', async () => {
    await box.put('visit', 'w1', { ...who(1, 'Сергей Лис'), startsAt: '2027-02-09T12:00:00+02:00', data: { address: 'пр. Мира, 7' } });
    await box.put('visit', 'w1', { ...who(1, 'Сергей Лис'), startsAt: '2027-02-10T16:30:00+02:00' });
    await box.die();
    await box.offUntil('2027-02-08T11:55');
    await box.until('2027-02-08T12:05');
    await box.die();
    await box.offUntil('2027-02-09T16:25');
    await box.until('2027-02-09T16:35');
    expect(await texts(1)).toEqual([
      '2027-02-04T09:30 Клініка: вы записаны на 09.02 в 12:00, пр. Мира, 7. Перенести: ПЕРЕНОС',
      expect.stringMatching(/^2027-02-04T09:3\d Клініка: ваш визит перенесён на 10\.02 в 16:30/),
      expect.stringMatching(/^2027-02-09T16:30 Клініка: напоминаем, 10\.02 в 16:30/),
    ]);
    await box.writes(client(1), 'Да');
    expect(await box.occasion('visit', 'w1')).toMatchObject({ answer: 'confirmed' });
    expect(box.told('occasion.confirmed').map(({ data }) => data.externalId)).toEqual(['w1']);
  });

  test('status: each once, over deaths of the box', async () => {
    const car = { ...who(2, 'Олег'), data: { item: 'Camry', amount: { amount: '9100', currency: 'UAH' } } };
    for (const status of ['accepted', 'ready', 'ready']) {
      await box.put('repair', 'w2', { ...car, status });
      await box.die();
    }
    expect((await texts(2)).map((text) => text.slice(17))).toEqual([
      expect.stringContaining('Camry'),
      expect.stringMatching(/Camry: готово.*9\s?100 грн/),
    ]);
    expect((await box.occasion('repair', 'w2')).status).toBe('ready');
  });

  test('change, force majeure: late by half an hour, told once though the box dies in the minute of grace', async () => {
    await box.put('visit', 'w3', { ...who(3, 'Нина'), startsAt: '2027-02-10T15:00:00+02:00', resource: 'room' });
    const notice = { kind: 'visit', from: '2027-02-10T00:00:00+02:00', until: '2027-02-11T00:00:00+02:00', resource: 'room' };
    await box.ask('POST', '/v1/occasions/notify', { ...notice, action: 'late', minutes: 30, go: true });
    await box.die();
    await box.clock.advance(3 * 60_000);
    expect((await texts(3)).filter((text) => text.includes('15:30'))).toHaveLength(1);
    expect(await box.occasion('visit', 'w3')).toMatchObject({ startsAt: '2027-02-10T13:30:00.000Z' });
    expect(box.told('occasion.moved').filter(({ data }) => data.externalId === 'w3')).toHaveLength(1);
  });

  test('feedback: asked after the visit, rated after the box died, and told of as an alert', async () => {
    await box.put('visit', 'w4', { ...who(4, 'Вера'), startsAt: '2027-02-10T10:00:00+02:00' });
    await box.put('visit', 'w4', { ...who(4, 'Вера'), startsAt: '2027-02-10T11:00:00+02:00', resource: 'lis' });
    await box.offUntil('2027-02-10T12:50');
    await box.until('2027-02-10T13:01');
    await box.die();
    expect((await texts(4)).at(-1)).toMatch(/^2027-02-10T13:00 Клініка: оцените/);
    await box.writes(client(4), '1');
    await box.until('2027-02-10T13:05');
    expect(box.told('occasion.rated')).toMatchObject([{ data: { externalId: 'w4', rating: 1 } }]);
    expect(box.told('alert.raised').map(({ data }) => data.detail)).toEqual([expect.stringContaining('visit/w4')]);
    // Nobody is offered anything who was not content.
    const offer = { to: client(4), text: 'Скидка', purpose: 'promotional', dryRun: true };
    const consent = { purpose: 'promotional', source: 'form', wording: 'Да', actor: 'Olena', at: '2027-01-01T10:00:00Z' };
    await box.ask('POST', '/v1/consents', { to: client(4), ...consent });
    expect(await box.ask('POST', '/v1/messages', offer)).toMatchObject({ code: 'lowRating' });
  });

  test('follow-up, payment, recurring service and greeting: at their new day, though the box died after the move', async () => {
    await box.put('lead', 'w5', who(5, 'Ира'));
    const bill = { ...who(6, 'Макс'), data: { amount: { amount: '120.00', currency: 'UAH' } } };
    await box.put('payment', 'w6', { ...bill, startsAt: '2027-02-14' });
    await box.put('payment', 'w6', { ...bill, startsAt: '2027-02-16' });
    await box.put('service-due', 'w7', { ...who(7, 'Юля'), startsAt: '2027-02-25', data: { service: 'фильтры' } });
    await box.put('service-due', 'w7', { ...who(7, 'Юля'), startsAt: '2027-02-27' });
    await box.put('birthday', 'w8', { ...who(8, 'Лев Бойко'), startsAt: '1988-02-12' });
    await box.put('birthday', 'w8', { ...who(8, 'Лев Бойко'), startsAt: '1988-02-13' });
    await box.die();
    for (const at of ['2027-02-12T09:50', '2027-02-12T13:00', '2027-02-13T09:50']) {
      await box.offUntil(at);
      await box.until(at.replace('09:50', '10:10').replace('13:00', '13:20'));
      await box.die();
    }
    await box.put('payment', 'w6', { ...bill, status: 'paid' });
    await box.die();
    const days = await Promise.all([5, 6, 7, 8].map(async (n) => (await box.proven(client(n))).map(({ at }) => at.slice(0, 13))));
    expect(days).toEqual([['2027-02-12T13'], ['2027-02-13T10', '2027-02-13T10'], ['2027-02-13T10'], ['2027-02-13T10']]);
    expect((await texts(6))[1]).toContain('120');
    expect((await texts(8))[0]).toContain('Лев');
  });
});
