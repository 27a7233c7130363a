import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BusinessBox } from '../support/business-box.ts';

/** A client of each row. */
const client = (n: number): string => `+38050123000${n}`;
const who = (n: number, name: string) => ({ contact: { to: client(n), name, language: 'uk' } });

let box: BusinessBox;
beforeAll(async () => {
  // A Monday. The rows share one week, so that it passes once.
  box = new BusinessBox('2026-11-23T10:00');
  await box.start();
});
afterAll(() => box.close());

/** The events of one occasion since it was booked, once there is the last of these. */
async function heardOf(name: string, ...types: string[]): Promise<void> {
  const wanted = ['booked', ...types].map((type) => `occasion.${type} ${name}`);
  const heard = await box.heard((all) => wanted.every((one) => all.includes(one)));
  expect(heard.filter((one) => one.endsWith(` ${name}`))).toEqual(wanted);
}

describe('the messages that a business sends, in a whole daemon on a virtual network', () => {
  test('confirmation: date, time, address and a next step, and the reply to it does something', async () => {
    const slots = ['2026-11-27T09:30:00+02:00', '2026-11-27T11:00:00+02:00'];
    await box.put('visit', 'v1', {
      ...who(1, 'Олена Коваль'),
      startsAt: '2026-11-26T15:00:00+02:00',
      data: { address: 'вул. Садова, 3' },
      slots,
    });
    expect(box.arrived(client(1))).toEqual([
      {
        text: 'Клініка: ви записані на 26.11 о 15:00, вул. Садова, 3. Перенести: ПЕРЕНОС',
        at: '2026-11-23T10:00',
        alphabets: ['ucs2', 'ucs2'],
      },
    ]);
    await box.writes(client(1), 'ПЕРЕНОС');
    expect(box.last(client(1))).toContain('Вільний час: 1) пт 27.11 09:30; 2) пт 27.11 11:00.');
    await box.writes(client(1), '2');
    expect(box.last(client(1))).toContain('Дякуємо, записали вас на 27.11 о 11:00');
    await heardOf('visit/v1', 'moveAsked', 'moved');
    expect(await box.occasion('visit', 'v1')).toMatchObject({ startsAt: '2026-11-27T09:00:00.000Z', answer: 'confirmed' });
    expect((await box.ask('GET', '/v1/tasks')).data).toMatchObject([{ kind: 'visit', occasion: 'visit/v1', contact: client(1) }]);
  });

  test('confirmation: where there are times for all, ПЕРЕНОС begins a conversation, and what is chosen there becomes of the visit', async () => {
    const asker = '+380671110010';
    expect((await box.ask('PUT', '/v1/dialogue-definitions/reschedule', { from: 'reschedule' })).version).toBe(1);
    const things = [
      // What has passed is not offered, though nobody took it out.
      { thing: '2026-11-22T09:30:00+02:00', label: 'нд 22.11 09:30' },
      { thing: '2026-11-28T09:30:00+02:00', label: 'сб 28.11 09:30' },
      { thing: '2026-11-28T11:00:00+02:00', label: 'сб 28.11 11:00' },
    ];
    await box.ask('PUT', '/v1/stock/slots', { things });
    await box.put('visit', 'pool', { contact: { to: asker, name: 'Тарас', language: 'uk' }, startsAt: '2026-11-26T15:00:00+02:00' });
    await box.writes(asker, 'ПЕРЕНОС');
    expect(box.last(asker)).toContain('Коли зручно? 1 - сб 28.11 09:30, 2 - сб 28.11 11:00.');
    expect(await box.occasion('visit', 'pool')).toMatchObject({ answer: 'moveAsked', startsAt: '2026-11-26T13:00:00.000Z' });
    await box.writes(asker, '2');
    expect(box.last(asker)).toContain('Перенесено: сб 28.11 11:00. Чекаємо!');
    await heardOf('visit/pool', 'moveAsked', 'moved');
    expect(await box.occasion('visit', 'pool')).toMatchObject({ answer: 'confirmed', startsAt: '2026-11-28T09:00:00.000Z' });
    expect(box.told('dialogue.ended')).toMatchObject([
      { data: { definition: 'reschedule', outcome: 'completed', contact: asker, fields: { occasion: 'visit/pool' } } },
    ]);
    expect((await box.ask('GET', '/v1/stock/slots')).things.map((t: { sold: boolean }) => t.sold)).toEqual([false, false, true]);
    expect((await box.ask('GET', '/v1/tasks')).data[0]).toMatchObject({ kind: 'visit', occasion: 'visit/pool' });
    // The visit itself says nothing of the move: the conversation has.
    await box.die();
    expect(await box.proven(asker)).toHaveLength(3);
    // Nobody takes the dialogue up where no time is left: a person calls.
    await box.ask('PUT', '/v1/stock/slots', { things: [] });
    await box.writes(asker, 'ПЕРЕНОС');
    expect(box.last(asker)).toContain("скоро зв'яжемося");
    await box.ask('DELETE', '/v1/dialogue-definitions/reschedule');
  });

  test('confirmation: a doctor with times of their own is asked for those alone, and no time is given twice', async () => {
    const [one, other] = ['+380671110012', '+380671110013'];
    await box.ask('PUT', '/v1/dialogue-definitions/reschedule', { from: 'reschedule' });
    await box.ask('PUT', '/v1/stock/slots', { things: [{ thing: '2026-11-28T10:00:00+02:00', label: 'сб 28.11 10:00' }] });
    await box.ask('PUT', '/v1/stock/slots.koval', {
      things: [
        { thing: '2026-11-28T10:00:00+02:00', label: 'сб 28.11 10:00' },
        { thing: '2026-11-28T12:00:00+02:00', label: 'сб 28.11 12:00' },
      ],
    });
    const visit = { startsAt: '2026-11-26T16:00:00+02:00', resource: 'koval' };
    await box.put('visit', 'own1', { contact: { to: one, name: 'Ніна', language: 'uk' }, ...visit });
    await box.put('visit', 'own2', { contact: { to: other, name: 'Роман', language: 'uk' }, ...visit });
    for (const to of [one, other]) {
      await box.writes(to, 'ПЕРЕНОС');
      expect(box.last(to)).toContain('Коли зручно? 1 - сб 28.11 10:00, 2 - сб 28.11 12:00.');
    }
    for (const to of [one, other]) await box.writes(to, '2');
    expect(box.last(one)).toContain('Перенесено: сб 28.11 12:00. Чекаємо!');
    expect(box.last(other)).toContain('Цей час уже зайнятий');
    expect(await box.occasion('visit', 'own1')).toMatchObject({ startsAt: '2026-11-28T10:00:00.000Z' });
    expect(await box.occasion('visit', 'own2')).toMatchObject({ startsAt: '2026-11-26T14:00:00.000Z' });
    expect((await box.ask('GET', '/v1/stock/slots.koval')).things.map((t: { sold: boolean }) => t.sold)).toEqual([false, true]);
    expect((await box.ask('GET', '/v1/stock/slots')).things).toContainEqual(
      expect.objectContaining({ thing: '2026-11-28T10:00:00+02:00', dialogue: null, sold: false }),
    );
    for (const pool of ['slots', 'slots.koval']) await box.ask('PUT', `/v1/stock/${pool}`, { things: [] });
    await box.ask('DELETE', '/v1/dialogue-definitions/reschedule');
  });

  test('code: sterile, first in the queue, issued and checked by API, and in no record', async () => {
    const to = '+380671110011';
    const { id } = await box.ask('POST', '/v1/otp', { to, template: 'payment' });
    await box.clock.advance(10_000);
    const [{ text, at } = { text: '', at: '' }] = box.arrived(to);
    expect(text).toMatch(/^\d{6} - .*Клініка.*[Нн]ікому/);
    expect(at.startsWith('2026-11-23T10:')).toBe(true);
    const code = text.slice(0, 6);
    const wrong = code === '000000' ? '111111' : '000000';
    expect(await box.ask('POST', `/v1/otp/${id}/verify`, { code: wrong })).toMatchObject({ valid: false, attemptsLeft: 4 });
    await box.die();
    expect(await box.ask('POST', `/v1/otp/${id}/verify`, { code })).toMatchObject({ valid: true });
    expect(await box.ask('POST', `/v1/otp/${id}/verify`, { code })).toMatchObject({ valid: false });
    const { data } = await box.ask('GET', `/v1/messages?to=${encodeURIComponent(to)}`);
    expect(data).toMatchObject([{ purpose: 'otp', status: 'delivered', text: null, textHidden: true }]);
    expect(box.told('message.delivered').find(({ data: m }) => m.to === to)?.data).toMatchObject({ text: null, textHidden: true });
  });

  test('status: accepted, repair stage, ready, each once; your turn is near; mail has come', async () => {
    const lanos = { ...who(2, 'Іван'), data: { item: 'Lanos', amount: { amount: '4200', currency: 'UAH' } } };
    for (const status of ['accepted', 'painting', 'painting', 'ready', 'ready']) await box.put('repair', 'r1', { ...lanos, status });
    expect(box.arrived(client(2)).map(({ text }) => text)).toEqual([
      'Клініка: прийняли Lanos. Напишемо, щойно буде новина',
      'Клініка: Lanos: painting',
      'Клініка: Lanos: готово, можна забирати. До сплати 4200 грн',
    ]);
    for (const place of [7, 3, 2, 0]) await box.put('queue', 'q1', { ...who(3, 'Петро'), data: { place } });
    await box.put('mail', 'm1', { ...who(3, 'Петро'), status: 'arrived', startsAt: '2026-12-01' });
    expect(box.arrived(client(3)).map(({ text }) => text)).toEqual([
      'Клініка: скоро ваша черга, попереду 3. Підходьте, будь ласка',
      'Клініка: ваша черга, чекаємо на вас',
      'Клініка: вам надійшло відправлення. Чекаємо на вас до 01.12',
    ]);
    await box.writes(client(2), 'Готово?');
    expect(box.last(client(2))).toContain('Клініка: Lanos r1: ready');
    expect((await box.occasion('repair', 'r1')).steps.map((s: { messageStatus: string }) => s.messageStatus)).toEqual(
      Array.from({ length: 4 }, () => 'delivered'),
    );
  });

  test('change, force majeure: one action warns everyone booked with a resource, ahead of everything but codes', async () => {
    const tomorrow = { startsAt: '2026-11-24T16:00:00+02:00', resource: 'lift' };
    for (const n of [4, 5]) await box.put('visit', `f${n}`, { ...who(n, 'Ганна'), ...tomorrow });
    await box.put('visit', 'f6', { ...who(6, 'Марія'), ...tomorrow, resource: 'another' });
    const notice = {
      kind: 'visit',
      from: '2026-11-24T00:00:00+02:00',
      until: '2026-11-25T00:00:00+02:00',
      resource: 'lift',
      action: 'cancel',
    };
    expect(await box.ask('POST', '/v1/occasions/notify', notice)).toMatchObject({ id: null, count: 2, segments: 4 });
    await box.ask('POST', '/v1/occasions/notify', { ...notice, go: true });
    await box.clock.advance(2 * 60_000);
    const text = 'Клініка: на жаль, 24.11 о 16:00 не зможемо вас прийняти. Перепрошуємо. Обрати інший час: ПЕРЕНОС';
    for (const n of [4, 5]) expect(box.arrived(client(n)).map((one) => one.text)).toEqual([expect.stringContaining('ви записані'), text]);
    expect(box.arrived(client(6))).toHaveLength(1);
    await heardOf('visit/f4', 'cancelled');
    const { data } = await box.ask('GET', `/v1/messages?to=${encodeURIComponent(client(4))}`);
    expect(data[0]).toMatchObject({ purpose: 'urgent', text });
    expect(await box.occasion('visit', 'f4')).toMatchObject({ status: 'cancelled' });
    await box.writes(client(4), 'ПЕРЕНОС');
    await heardOf('visit/f4', 'cancelled', 'moveAsked');
  });

  test('feedback: soon after the visit a digit becomes a rating, and a low one alerts a person', async () => {
    for (const n of [7, 8])
      await box.put('visit', `b${n}`, { ...who(n, 'Софія'), startsAt: '2026-11-23T11:30:00+02:00', resource: 'koval' });
    await box.offUntil('2026-11-23T13:20');
    await box.until('2026-11-23T13:31');
    expect(box.last(client(7))).toBe('2026-11-23T13:30 Клініка: оцініть, будь ласка, візит цифрою від 1 (погано) до 5 (чудово)');
    await box.writes(client(7), '5');
    await box.writes(client(8), '2. Довго чекала');
    await heardOf('visit/b8', 'rated');
    expect(await box.ask('GET', '/v1/ratings')).toEqual({
      data: [{ resource: 'koval', count: 2, average: 3.5, distribution: { '1': 0, '2': 1, '3': 0, '4': 0, '5': 1 } }],
    });
    expect((await box.ask('GET', '/v1/tasks')).data[0]).toMatchObject({ kind: 'lowRating', occasion: 'visit/b8' });
  });

  test('reminder: while the client can still change plans; the night moves it earlier; a visit that moves takes it along', async () => {
    // Two hours before would be six in the morning.
    await box.put('visit', 'early', { ...who(9, 'Ольга'), startsAt: '2026-11-24T08:00:00+02:00' });
    await box.put('visit', 'gone', { ...who(0, 'Яна'), startsAt: '2026-11-24T14:00:00+02:00' });
    await box.put('visit', 'gone', { ...who(0, 'Яна'), startsAt: '2026-11-25T20:00:00+02:00' });
    await box.offUntil('2026-11-23T20:30');
    await box.until('2026-11-23T21:01');
    const [, reminder] = box.arrived(client(9));
    expect(reminder?.text).toBe('Клініка: чекаємо на вас сьогодні о 08:00, до зустрічі');
    expect(reminder?.at.startsWith('2026-11-23T20:')).toBe(true);
    expect(await box.occasion('visit', 'early')).toMatchObject({
      steps: expect.arrayContaining([expect.objectContaining({ step: 'twoHours', messageStatus: 'delivered' })]),
    });
    await box.offUntil('2026-11-24T19:50');
    await box.until('2026-11-24T20:01');
    // Nothing at noon, when the first time would have had it; on the evening before the second one.
    expect(box.arrived(client(0)).map(({ at, text }) => `${at} ${text.slice(9, 30)}`)).toEqual([
      expect.stringMatching(/^2026-11-23T13:\d\d ви записані на 24.11/),
      expect.stringMatching(/^2026-11-23T13:\d\d ваш візит перенесено/),
      expect.stringMatching(/^2026-11-24T20:00 нагадуємо, 25.11 о 20/),
    ]);
    await box.put('visit', 'gone', { ...who(0, 'Яна'), status: 'cancelled' });
    const after = (await box.occasion('visit', 'gone')).steps.filter((s: { state: string }) => s.state === 'planned');
    expect(after).toEqual([]);
  });

  test('follow-up: two days after a first enquiry that did not come back, and not after one that did', async () => {
    const [silent, back] = ['+380671110001', '+380671110002'];
    await box.put('lead', 'l1', { contact: { to: silent, language: 'uk' } });
    await box.put('lead', 'l2', { contact: { to: back, language: 'uk' } });
    await box.writes(back, 'Запишіть мене, будь ласка, на п’ятницю');
    await box.offUntil('2026-11-26T20:00');
    await box.until('2026-11-26T20:05');
    expect(box.arrived(silent).map(({ text }) => text)).toEqual([
      'Клініка: ви зверталися до нас. Лишилися питання чи зручно записатися? Просто дайте відповідь',
    ]);
    expect(box.arrived(back)).toEqual([]);
    expect((await box.occasion('lead', 'l1')).steps).toMatchObject([{ step: 'followUp', state: 'accepted' }]);
    expect((await box.occasion('lead', 'l2')).steps).toMatchObject([{ step: 'followUp', state: 'withdrawn' }]);
  });

  test('recurring service, payment: due by date or interval; reminded until paid, a receipt once', async () => {
    const [payer, driver] = ['+380671110003', '+380671110004'];
    const bill = {
      contact: { to: payer, language: 'uk' },
      startsAt: '2026-11-30',
      data: { amount: { amount: '850.50', currency: 'UAH' } },
    };
    await box.put('payment', 'p1', bill);
    const oil = {
      contact: { to: driver, language: 'uk' },
      startsAt: '2026-06-11',
      repeats: { every: 6, unit: 'month' },
      data: { service: 'заміна оливи' },
    };
    await box.put('service-due', 's1', oil);
    await box.offUntil('2026-11-27T09:55');
    await box.until('2026-11-27T10:05');
    expect(box.last(payer)).toBe('2026-11-27T10:00 Клініка: нагадуємо про оплату 850,50 грн до 30.11. Питання? Просто дайте відповідь');
    expect(box.last(driver)).toBe('2026-11-27T10:00 Клініка: підходить час: заміна оливи. Записатися: дайте відповідь');
    for (const status of ['paid', 'paid']) await box.put('payment', 'p1', { ...bill, status });
    await box.offUntil('2026-12-03T09:55');
    await box.until('2026-12-03T10:05');
    expect(box.arrived(payer).map(({ text }) => text.slice(9))).toEqual([
      expect.stringContaining('нагадуємо про оплату'),
      'отримали 850,50 грн. Дякуємо',
    ]);
    expect(await box.occasion('payment', 'p1')).toMatchObject({ status: 'paid' });
  });

  test('greeting: once a year, in the morning of the client', async () => {
    const born = '+380671110005';
    await box.put('birthday', 'g1', { contact: { to: born, name: 'Олена Коваль', language: 'uk' }, startsAt: '1992-02-29' });
    for (const day of ['2027-02-28', '2028-02-29']) {
      await box.offUntil(`${day}T09:55`);
      await box.until(`${day}T10:05`);
    }
    expect(box.arrived(born)).toMatchObject([
      { at: '2027-02-28T10:00', text: "Олена, з днем народження! Здоров'я і радості, Клініка" },
      { at: '2028-02-29T10:00' },
    ]);
    expect((await box.occasion('birthday', 'g1')).steps.map((s: { state: string }) => s.state)).toEqual(['accepted', 'accepted']);
  });
});
