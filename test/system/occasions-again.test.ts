import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BusinessBox } from '../support/business-box.ts';

/** The rows once more: other clients, another month, Russian instead of Ukrainian, everything moved once, and a box that dies in between. */
const client = (n: number): string => `+3806377700${String(n).padStart(2, '0')}`;
const who = (n: number, name: string) => ({ contact: { to: client(n), name, language: 'ru' } });
const speakRussian = async (...clients: number[]): Promise<void> => {
  for (const n of clients) await box.ask('PUT', `/v1/contacts/c${n}`, { name: `Клиент ${n}`, numbers: [client(n)], language: 'ru' });
};
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

  test('status: each once, over the death of the box', async () => {
    const car = { ...who(2, 'Олег'), data: { item: 'Camry', amount: { amount: '9100', currency: 'UAH' } } };
    for (const status of ['accepted', 'ready']) await box.put('repair', 'w2', { ...car, status });
    await box.die();
    await box.put('repair', 'w2', { ...car, status: 'ready' });
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
    }
    await box.put('payment', 'w6', { ...bill, status: 'paid' });
    const days = await Promise.all([5, 6, 7, 8].map(async (n) => (await box.proven(client(n))).map(({ at }) => at.slice(0, 13))));
    expect(days).toEqual([['2027-02-12T13'], ['2027-02-13T10', '2027-02-13T10'], ['2027-02-13T10'], ['2027-02-13T10']]);
    expect((await texts(6))[1]).toContain('120');
    expect((await texts(8))[0]).toContain('Лев');
  });

  test('code: in Russian, asked for anew after the box died, and the one before is worth nothing', async () => {
    const [to, codes] = [client(9), () => box.arrived(client(9)).map(({ text }) => text)];
    const first = await box.ask('POST', '/v1/otp', { to, template: 'signIn', language: 'ru', length: 4 });
    await box.clock.advance(10_000);
    await box.die();
    const second = await box.ask('POST', '/v1/otp', { to, template: 'signIn', language: 'ru', length: 8, validFor: 120 });
    await box.clock.advance(10_000);
    expect(codes()).toEqual([
      expect.stringMatching(/^\d{4} - код входа в Клініка\. Никому его не говорите\.$/),
      expect.stringMatching(/^\d{8} - код входа в Клініка\. Никому его не говорите\.$/),
    ]);
    const [before = '', code = ''] = codes().map((text) => text.split(' ')[0]);
    expect(await box.ask('POST', `/v1/otp/${first.id}/verify`, { code: before })).toMatchObject({ valid: false });
    await box.die();
    expect(await box.ask('POST', `/v1/otp/${second.id}/verify`, { code })).toMatchObject({ valid: true });
    const told = box.told('message.delivered').filter(({ data }) => data.to === to);
    expect(told.map(({ data }) => [data.purpose, data.text])).toEqual([
      ['otp', null],
      ['otp', null],
    ]);
  });

  test('news and offers: put off to the next day, the box dies between two texts, and who left gets no more', async () => {
    const people = ['Глеб', 'Даша', 'Рита'].map((firstName, n) => ({ firstName, to: client(10 + n) }));
    for (const { firstName, to } of people) {
      await box.ask('PUT', `/v1/contacts/${firstName}`, { name: firstName, firstName, numbers: [to], language: 'ru', tags: ['шины'] });
      const consent = { purpose: 'promotional', source: 'form', wording: 'Да, v2', actor: 'Рита', at: '2027-01-05T10:00:00Z' };
      await box.ask('POST', '/v1/consents', { to, ...consent });
    }
    const plan = async (startAt: string): Promise<string> => {
      const texts = { ru: '{site}: {firstName}, шины -10%. Неинтересно? СТОП' };
      const body = { name: 'Шины', condition: { tag: 'шины' }, variants: [{ name: 'A', share: 100, texts }], startAt, perHour: 60 };
      const campaign = await box.ask('POST', '/v1/campaigns', body);
      await box.ask('POST', `/v1/campaigns/${campaign.id}/start`, {});
      return campaign.id;
    };
    const [dropped, id] = [await plan('2027-02-13T18:00:00+02:00'), await plan('2027-02-14T11:00:00+02:00')];
    await box.ask('POST', `/v1/campaigns/${dropped}/cancel`, {});
    await box.offUntil('2027-02-13T17:58');
    await box.until('2027-02-13T18:05');
    expect(people.flatMap(({ to }) => box.arrived(to))).toEqual([]);
    await box.offUntil('2027-02-14T10:58');
    const reached = () => people.filter(({ to }) => box.arrived(to).length > 0);
    while (reached().length === 0) await box.clock.advance(5_000);
    await box.ask('POST', `/v1/campaigns/${id}/pause`, {});
    const [gone] = reached();
    await box.writes(gone?.to ?? '', 'Стоп');
    await box.die();
    await box.until('2027-02-14T11:08');
    expect(reached()).toEqual([gone]);
    await box.ask('POST', `/v1/campaigns/${id}/resume`, {});
    await box.until('2027-02-14T11:14');
    for (const { firstName, to } of people) {
      const [offer, ...others] = await box.proven(to);
      expect(offer?.text).toBe(`Клініка: ${firstName}, шины -10%. Неинтересно? СТОП`);
      expect(offer?.at.slice(0, 13)).toBe('2027-02-14T11');
      expect(others.length, 'one confirmation to who has left').toBe(to === gone?.to ? 1 : 0);
    }
    expect(await box.ask('GET', `/v1/campaigns/${id}/results`)).toMatchObject({
      variants: [{ recipients: 3, delivered: { count: 3 }, optedOut: { count: 1 } }],
    });
    while (box.told('campaign.finished').length === 0) await box.clock.advance(10);
    const heard = (campaign: string) => box.told('campaign.').flatMap(({ type, data }) => (data.campaign === campaign ? [type] : []));
    expect(heard(id)).toEqual(['campaign.started', 'campaign.paused', 'campaign.resumed', 'campaign.finished']);
    expect(heard(dropped)).toEqual(['campaign.cancelled']);
    expect(await box.ask('POST', '/v1/messages', { to: gone?.to, text: 'Ещё', purpose: 'promotional' })).toMatchObject({
      code: 'optedOut',
    });
  });

  test('orders by SMS: a table, chosen anew after a step back, while the box dies, and sold to nobody else', async () => {
    const [one, other] = [client(13), client(14)];
    await speakRussian(13, 14);
    await box.ask('PUT', '/v1/dialogue-definitions/table', { from: 'table' });
    const things = ['20.02 18:00', '21.02 19:30'].map((label, n) => ({ thing: `t${n}`, label }));
    await box.ask('PUT', '/v1/stock/tables', { things });
    await box.writes(one, 'Столик');
    expect(box.last(one)).toContain('Свободно: 1 - 20.02 18:00, 2 - 21.02 19:30. Пришлите номер.');
    await box.writes(one, '1');
    await box.writes(one, 'назад');
    await box.die();
    await box.writes(one, '2');
    await box.writes(other, 'столик');
    expect(box.last(other)).toContain('Свободно: 1 - 20.02 18:00. Пришлите номер.');
    await box.die();
    await box.writes(one, 'четыре');
    await box.writes(one, 'Фёдор');
    expect(box.last(one)).toContain('Ждём: 21.02 19:30, 4 чел., Фёдор.');
    await box.writes(other, 'отмена');
    await box.proven(one);
    const ended = { definition: 'table', contact: one, outcome: 'completed', fields: { table: 't1', people: 4, name: 'Фёдор' } };
    const { data } = await box.ask('GET', `/v1/dialogues?contact=${encodeURIComponent(one)}`);
    expect(data).toMatchObject([ended]);
    expect(box.told('dialogue.ended').filter(({ data: d }) => d.contact === one)).toMatchObject([{ data: ended }]);
    expect((await box.ask('GET', '/v1/stock/tables')).things).toMatchObject([
      { thing: 't0', sold: false, dialogue: null },
      { thing: 't1', sold: true },
    ]);
  });

  test('auction by SMS: the closing time is moved, the box dies over it, and the highest bid of then wins', async () => {
    const [one, other] = [client(15), client(16)];
    await speakRussian(15, 16);
    const put = (closesAt: string) =>
      box.ask('PUT', '/v1/dialogue-definitions/auction', {
        from: 'auction',
        data: { lot: 'самовар' },
        auction: { least: 200, step: 50, closesAt },
      });
    await put('2027-02-15T12:00:00+02:00');
    await put('2027-02-16T12:00:00+02:00');
    await box.offUntil('2027-02-15T13:00');
    await box.writes(one, 'ставка 200');
    expect(box.last(one)).toContain('Ваша ставка 200 грн самая высокая (самовар). Торги до 16.02 12:00.');
    await box.writes(other, 'ставлю 220');
    expect(box.last(other)).toContain('Мало: ставка от 250 грн');
    await box.writes(other, '300');
    await box.die();
    await box.writes(one, 'ставка 350');
    await box.offUntil('2027-02-16T11:59');
    await box.until('2027-02-16T12:05');
    const said = (to: string) => box.arrived(to).map(({ text }) => text);
    expect(said(other).filter((text) => text.includes('перебили: 350 грн'))).toHaveLength(1);
    expect(said(one).filter((text) => text.includes('перебили: 300 грн'))).toHaveLength(1);
    expect(box.last(one)).toMatch(/^2027-02-16T12:0\d Поздравляем: самовар ваш за 350 грн!$/);
    expect(box.last(other)).toMatch(/^2027-02-16T12:0\d Торги закрыты: самовар ушёл за 350 грн\.$/);
    await box.writes(other, 'ставка 900');
    expect(box.last(other)).toContain('Торги закрыты.');
    for (const to of [one, other]) await box.proven(to);
    const ended = { contact: one, outcome: 'completed', fields: { bid: 350 } };
    expect(box.told('dialogue.ended').filter(({ data }) => data.contact === one)).toMatchObject([{ data: ended }]);
    expect((await box.ask('GET', `/v1/dialogues?contact=${encodeURIComponent(one)}`)).data).toMatchObject([ended]);
  });

  test('hire by SMS: not paid in time it goes to the next, whose code comes once paid, though the box died', async () => {
    const [late, payer] = [client(17), client(18)];
    await speakRussian(17, 18);
    await box.ask('PUT', '/v1/dialogue-definitions/hire', { from: 'hire', data: { payAt: 'https://pay.example/' } });
    await box.ask('PUT', '/v1/stock/bikes', { things: [{ thing: '7', secret: '902133' }] });
    await box.writes(late, 'велик 7');
    expect(box.last(late)).toContain('Велосипед 7 ваш на 15 минут. Оплатите: https://pay.example/');
    await box.writes(payer, 'Велосипед 7');
    expect(box.last(payer)).toContain('Велосипед 7 занят, или такого нет.');
    await box.die();
    await box.clock.advance(16 * 60_000);
    expect(box.last(late)).toContain('Оплаты не было, велосипед 7 снова свободен.');
    await box.writes(payer, 'Велосипед 7');
    const [hire] = (await box.ask('GET', `/v1/dialogues?contact=${encodeURIComponent(payer)}`)).data;
    expect(box.last(payer)).toContain(`https://pay.example/${hire.id}`);
    await box.die();
    await box.ask('POST', `/v1/dialogues/${hire.id}/events`, { event: 'paid' });
    await box.clock.advance(10_000);
    expect(box.last(payer)).toContain('902133 - код замка велосипеда 7. Никому его не говорите.');
    expect(box.arrived(late).some(({ text }) => text.includes('902133'))).toBe(false);
    await box.until('2027-02-16T18:00');
    await box.ask('POST', `/v1/dialogues/${hire.id}/events`, { event: 'returned' });
    await box.clock.advance(10_000);
    expect(box.last(payer)).toContain('Спасибо, велосипед 7 возвращён.');
    const ends = box.told('dialogue.ended').filter(({ data }) => data.definition === 'hire');
    expect(ends.map(({ data }) => [data.contact, data.outcome])).toEqual([
      [payer, 'refused'],
      [late, 'expired'],
      [payer, 'completed'],
    ]);
    const records = await box.ask('GET', `/v1/messages?limit=100&to=${encodeURIComponent(payer)}`);
    expect(records.data.find((m: { purpose: string }) => m.purpose === 'otp')).toMatchObject({ status: 'delivered', text: null });
    expect(JSON.stringify([records, box.told(''), await box.ask('GET', '/v1/dialogues')])).not.toContain('902133');
  });
});
