import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const HOUR = 3_600_000;

const put = async (name: string, body: object, kind = 'visit') => {
  const answer = await rig.call('PUT', `/v1/occasions/${kind}/${name}`, { body });
  await rig.clock.advance(0);
  return answer;
};
const get = async (name: string, kind = 'visit') => (await rig.call('GET', `/v1/occasions/${kind}/${name}`)).json();
const stepsOf = async (name: string, kind = 'visit'): Promise<string[]> =>
  (await get(name, kind)).steps.map((s: { step: string; state: string; reason: string | null }) =>
    [s.step, s.state, ...(s.reason === null ? [] : [s.reason])].join(' '),
  );
const told = (to: string) => rig.accepted.filter((m) => m.to === to).map(({ text, sendAt }) => ({ text, sendAt }));

/** Everything that waits is on the air now, and cannot be withdrawn. */
async function sendAll(): Promise<void> {
  while (await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() }));
}

const olena = (to: string) => ({ contact: { to, name: 'Олена Коваль', language: 'uk' } });

describe('an occasion', () => {
  it('is told of by its sequence: confirmed at once, reminded the day before and two hours before, asked after', async () => {
    const to = '+380501110001';
    // The rig stands at 12:00 in Kyiv on 22 November.
    const answer = await put('v1', { ...olena(to), startsAt: '2026-11-25T15:00:00+02:00', data: { address: 'вул. Садова, 3' } });
    expect(answer.statusCode).toBe(201);
    expect(await stepsOf('v1')).toEqual(['confirmation accepted', 'dayBefore planned', 'twoHours planned', 'feedback planned']);
    expect(told(to)).toEqual([{ text: 'Клініка: ви записані на 25.11 о 15:00, вул. Садова, 3. Перенести: ПЕРЕНОС', sendAt: null }]);
    // The day before at three, known to the queue a day and a half ahead.
    await rig.clock.advance(40 * HOUR);
    expect(await stepsOf('v1')).toEqual(['confirmation accepted', 'dayBefore accepted', 'twoHours accepted', 'feedback planned']);
    expect(told(to).map(({ sendAt }) => sendAt)).toEqual([null, Date.parse('2026-11-24T13:00:00Z'), Date.parse('2026-11-25T11:00:00Z')]);
    const reminder = rig.accepted.findLast((m) => m.to === to);
    expect(reminder).toMatchObject({
      notAfter: Date.parse('2026-11-25T13:00:00Z'),
      topic: 'visit',
      purpose: 'service',
      reference: 'visit/v1',
    });
  });

  it('has its texts moved with it where they are not sent, and told as a move where they are', async () => {
    const to = '+380501110002';
    await put('v2', { ...olena(to), startsAt: '2026-11-30T10:00:00+02:00' });
    const [first] = rig.accepted.filter((m) => m.to === to);
    // Nothing of it is on the air: the confirmation itself says the new time.
    expect((await put('v2', { ...olena(to), startsAt: '2026-11-30T11:00:00+02:00' })).statusCode).toBe(200);
    expect((await rig.store.message(first?.id ?? ''))?.status).toBe('cancelled');
    expect(told(to).at(-1)?.text).toContain('30.11 о 11:00');
    expect(told(to)).toHaveLength(2);
    const events = (await rig.store.events(0, 1000)).filter(({ occasion }) => occasion?.occasion.externalId === 'v2');
    expect(events.map(({ type }) => type)).toEqual(['occasion.booked', 'occasion.moved']);
    const second = rig.accepted.findLast((m) => m.to === to);
    await sendAll();
    expect((await rig.store.message(second?.id ?? ''))?.status).toBe('sending');
    await put('v2', { ...olena(to), startsAt: '2026-12-01T09:30:00+02:00' });
    expect(told(to).at(-1)?.text).toBe('Клініка: ваш візит перенесено на 01.12 о 09:30. Незручно? Відповідайте ПЕРЕНОС');
    expect(told(to)).toHaveLength(3);
    // The same once more is no news.
    await put('v2', { ...olena(to), startsAt: '2026-12-01T09:30:00+02:00' });
    expect(told(to)).toHaveLength(3);
  });

  it('goes to the number that its contact has now: what waits for the old one is withdrawn, what is over stays as it was', async () => {
    const [old, now] = ['+380501110021', '+380501110022'];
    const contact = (numbers: string[]) => rig.call('PUT', '/v1/contacts/moved', { body: { name: 'Олена', numbers, language: 'uk' } });
    await contact([old]);
    await put('n0', { contact: { externalId: 'moved' }, startsAt: '2026-11-20T10:00:00+02:00' });
    await put('n1', { contact: { externalId: 'moved' }, startsAt: '2026-12-10T10:00:00+02:00' });
    const [first] = rig.accepted.filter((m) => m.to === old);
    await contact([now]);
    await rig.clock.advance(1000);
    expect((await rig.store.message(first?.id ?? ''))?.status).toBe('cancelled');
    expect((await get('n1')).contact).toMatchObject({ externalId: 'moved', to: now });
    expect(told(now)).toEqual([{ text: expect.stringContaining('ви записані на 10.12'), sendAt: null }]);
    expect((await get('n0')).contact.to).toBe(old);
    // By a list too.
    const list = await rig.call('POST', '/v1/contacts/import', {
      body: `id;phone\nmoved;${old}\n`,
      headers: { 'content-type': 'text/csv' },
    });
    expect(list.json()).toMatchObject({ changed: 1 });
    await rig.clock.advance(1000);
    expect((await get('n1')).contact.to).toBe(old);
  });

  it('has each status told once, and the newest of those that nobody was told of yet', async () => {
    const to = '+380501110003';
    const of = (status: string) =>
      put('r1', { ...olena(to), status, data: { item: 'Lanos АА1234ВВ', amount: { amount: '4200', currency: 'UAH' } } }, 'repair');
    await of('accepted');
    await sendAll();
    await of('painting');
    await sendAll();
    await of('painting');
    await of('accepted');
    expect(told(to).map(({ text }) => text)).toEqual([
      'Клініка: прийняли Lanos АА1234ВВ. Напишемо, щойно буде новина',
      'Клініка: Lanos АА1234ВВ: painting',
    ]);
    // Two within a moment: only the newer is worth a text.
    await of('drying');
    await of('ready');
    expect(
      told(to)
        .map(({ text }) => text)
        .slice(2),
    ).toEqual(['Клініка: Lanos АА1234ВВ: drying', 'Клініка: Lanos АА1234ВВ: готово, можна забирати. До сплати 4200 грн']);
    expect(await stepsOf('r1', 'repair')).toEqual(['accepted accepted', 'stage accepted', 'stage withdrawn', 'ready accepted']);
    expect((await rig.call('GET', '/v1/messages?status=cancelled&to=%2B380501110003')).json().data).toHaveLength(1);
  });

  it('withdraws everything when it is cancelled or removed', async () => {
    const to = '+380501110004';
    await put('v4', { ...olena(to), startsAt: '2026-11-28T15:00:00+02:00' });
    await sendAll();
    await put('v4', { ...olena(to), status: 'cancelled' });
    expect(await stepsOf('v4')).toEqual([
      'confirmation accepted',
      'cancelled accepted',
      'dayBefore withdrawn',
      'twoHours withdrawn',
      'feedback withdrawn',
    ]);
    expect(told(to).at(-1)?.text).toMatch(/^Клініка: ваш візит 28.11 о 15:00 скасовано/);
    // Taken up again for the same time: the client thinks that it is off.
    await sendAll();
    await put('v4', { ...olena(to), status: 'booked' });
    expect(told(to).at(-1)?.text).toMatch(/^Клініка: ваш візит перенесено на 28.11 о 15:00/);
    expect((await rig.call('DELETE', '/v1/occasions/visit/v4')).json()).toEqual({ kind: 'visit', externalId: 'v4', removed: true });
    expect((await rig.call('GET', '/v1/messages?to=%2B380501110004')).json().data[0].status).toBe('cancelled');
    expect((await rig.call('GET', '/v1/occasions/visit/v4')).statusCode).toBe(404);
    expect((await rig.call('DELETE', '/v1/occasions/visit/v4')).statusCode).toBe(404);
  });

  it('reminds a mother of two children once, and of each when one of them has another day', async () => {
    const to = '+380501110005';
    const child = (name: string, child: string, time: string) =>
      put(name, { contact: { to, name: child, language: 'uk' }, startsAt: `2026-12-10T${time}:00+02:00`, data: { what: 'педіатр' } });
    await child('c1', 'Ваня', '10:00');
    await child('c2', 'Оля', '11:30');
    await rig.clock.advance(Date.parse('2026-12-08T00:00:00+02:00') - rig.clock.now());
    const reminders = () => told(to).filter(({ text }) => text.includes('нагадуємо'));
    expect(reminders()).toEqual([
      {
        text: 'Клініка: нагадуємо на 10.12: 1) 10:00 педіатр, Ваня; 2) 11:30 педіатр, Оля. Відповідь: номер і ТАК або ПЕРЕНОС, наприклад 1 ТАК',
        sendAt: Date.parse('2026-12-09T08:00:00Z'),
      },
    ]);
    const [before] = rig.accepted.filter(({ text }) => text.includes('1) 10:00'));
    await put('c2', { contact: { to, name: 'Оля', language: 'uk' }, startsAt: '2026-12-11T11:30:00+02:00' });
    expect((await rig.store.message(before?.id ?? ''))?.status).toBe('cancelled');
    await rig.clock.advance(24 * HOUR);
    const texts = told(to)
      .slice(-4)
      .map(({ text }) => text);
    expect(texts.filter((text) => text.includes('нагадуємо, 10.12 о 10:00'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('нагадуємо, 11.12 о 11:30'))).toHaveLength(1);
  });

  it('plans the next year when this one is over, also when the box was off meanwhile', async () => {
    const to = '+380501110006';
    await put('b1', { ...olena(to), startsAt: '1990-12-20' }, 'birthday');
    await rig.clock.advance(Date.parse('2026-12-20T12:00:00+02:00') - rig.clock.now());
    expect(told(to)).toEqual([{ text: 'Олена, з днем народження! Здоров’я і радості, Клініка'.replace('’', "'"), sendAt: null }]);
    expect(told(to)).toHaveLength(1);
    await rig.restart();
    await rig.clock.advance(24 * HOUR);
    expect(await stepsOf('b1', 'birthday')).toEqual(['greeting accepted', 'greeting planned']);
    expect((await get('b1', 'birthday')).steps[1].dueAt).toBe('2027-12-20T08:00:00.000Z');
  });

  it('says in one sentence what it cannot keep, and keeps nothing of it', async () => {
    const wrong = async (body: object, kind = 'visit') => {
      const answer = await put('bad', body, kind);
      return `${answer.statusCode} ${answer.json().code} ${answer.json().errors[0]?.pointer ?? ''}`;
    };
    expect(await wrong({ contact: { to: '12' } })).toBe('422 numberInvalid /contact/to');
    expect(await wrong({ contact: { to: '+380501110007' }, startsAt: 'tomorrow' })).toBe('422 timeInvalid /startsAt');
    expect(await wrong({ contact: { to: '+380501110007', timeZone: 'Mars/North' } })).toBe('400 requestInvalid /contact/timeZone');
    expect(await wrong({ contact: { to: '+380501110007' }, data: { 'a b': 1 } })).toBe('400 requestInvalid /data/a b');
    expect(await wrong({ contact: { to: '+380501110007' } }, 'nonsense')).toBe('404 notFound ');
    expect((await rig.call('GET', '/v1/occasions/visit/bad')).statusCode).toBe(404);
  });

  it('is told to a contact by their name and language, of a resource by its address; by telephone to who wants that', async () => {
    const resource = { kind: 'doctor', name: 'Коваль', address: 'вул. Садова, 3' };
    expect((await rig.call('PUT', '/v1/resources/koval', { body: resource })).statusCode).toBeLessThan(300);
    const contact = { name: 'Olena Koval', numbers: ['+380501110011'], language: 'en' };
    expect((await rig.call('PUT', '/v1/contacts/17', { body: contact })).statusCode).toBeLessThan(300);
    const visit = { contact: { externalId: '17' }, startsAt: '2027-05-10T10:00:00+03:00', resource: 'koval' };
    expect((await put('k1', visit)).json().contact).toMatchObject({ externalId: '17', to: '+380501110011', language: 'en' });
    expect(told('+380501110011')[0]?.text).toBe('Клініка: you are booked for 10 May at 10:00, вул. Садова, 3. To change it, reply MOVE');
    await rig.call('PUT', '/v1/contacts/18', { body: { name: 'Iван', numbers: ['+380501110012'], preferredChannel: 'call' } });
    await put('k2', { ...visit, contact: { externalId: '18' } });
    expect(told('+380501110012')).toEqual([]);
    expect((await rig.call('GET', '/v1/tasks')).json().data[0]).toMatchObject({ kind: 'call', occasion: 'visit/k2' });
    expect((await put('k3', { contact: { externalId: 'nobody' } })).json()).toMatchObject({ code: 'notFound' });
  });

  it('leaves to a person what it cannot tell', async () => {
    const to = '+380501110008';
    await put('d1', { ...olena(to), status: 'onItsWay' }, 'delivery');
    expect(await stepsOf('d1', 'delivery')).toEqual(['onItsWay skipped fieldMissing']);
    expect((await rig.call('GET', '/v1/tasks')).json().data[0]).toMatchObject({ kind: 'untold', contact: to, occasion: 'delivery/d1' });
  });
});

describe('a sequence', () => {
  it('is changed by the site, and what is planned follows it', async () => {
    const to = '+380501110009';
    await put('q1', { ...olena(to), startsAt: '2027-03-10T10:00:00+02:00' });
    const { json } = await rig.call('GET', '/v1/sequences/visit');
    const { kind: _kind, own, shipped, ...sequence } = json();
    expect([own, shipped]).toEqual([false, true]);
    const evening = { name: 'evening', when: { days: -1, at: '18:00' }, template: 'visit.reminder.dayBefore' };
    await rig.call('PUT', '/v1/sequences/visit', { body: { ...sequence, steps: [evening] } });
    await rig.clock.advance(0);
    expect(await stepsOf('q1')).toEqual([
      'confirmation withdrawn',
      'dayBefore withdrawn',
      'evening planned',
      'twoHours withdrawn',
      'feedback withdrawn',
    ]);
    expect((await get('q1')).steps[2].dueAt).toBe('2027-03-09T16:00:00.000Z');
    expect((await rig.call('GET', '/v1/sequences?limit=500')).json().data.map((s: { kind: string }) => s.kind)).toContain('service-due');
    expect((await rig.call('DELETE', '/v1/sequences/visit')).json()).toEqual({ kind: 'visit', shipped: true });
    await rig.clock.advance(0);
    expect((await stepsOf('q1')).filter((line) => line.endsWith('planned'))).toEqual([
      'dayBefore planned',
      'twoHours planned',
      'feedback planned',
    ]);
  });

  it('is refused where a step has no text or no name of its own', async () => {
    const set = async (steps: object[]) => {
      const answer = await rig.call('PUT', '/v1/sequences/visit', { body: { topic: 'visit', ends: [], steps } });
      return `${answer.json().code} ${answer.json().errors[0]?.pointer}`;
    };
    const step = { name: 'one', when: { before: 60 }, template: 'visit.confirmation' };
    expect(await set([step, step])).toBe('requestInvalid /steps/1/name');
    expect(await set([{ ...step, template: 'no.such' }])).toBe('templateUnknown /steps/0/template');
    expect((await set([{ ...step, when: { before: 60, after: 60 } }])).split(' ')[0]).toBe('requestInvalid');
  });
});

describe('the name of who an occasion is about', () => {
  it('is that of the contact with the number where none was told, for whoever may read', async () => {
    const [to, other] = ['+380501110071', '+380501110072'];
    for (const [id, name] of [
      ['mother', 'Ірина Бойко'],
      ['son', 'Олег Бойко'],
    ] as const)
      await rig.call('PUT', `/v1/contacts/${id}`, { body: { name, numbers: [to] } });
    const startsAt = '2026-11-30T10:00:00+02:00';
    expect((await put('whose', { contact: { to }, startsAt })).json()).toMatchObject({
      contact: { name: null },
      name: 'Ірина Бойко, Олег Бойко',
    });
    expect(await get('whose')).toMatchObject({ name: 'Ірина Бойко, Олег Бойко' });
    await put('nobody', { contact: { to: other }, startsAt });
    const names = async (key?: string): Promise<unknown[]> =>
      (await rig.call('GET', '/v1/occasions?limit=2', key === undefined ? {} : { key })).json().data.map((o: { name: unknown }) => o.name);
    expect(await names()).toEqual([null, 'Ірина Бойко, Олег Бойко']);
    const sender = await rig.makeKey('send');
    const marked = await rig.call('PUT', '/v1/occasions/visit/sender', { key: sender, body: { contact: { to }, startsAt } });
    expect(marked.json()).toMatchObject({ name: null });
  });
});
