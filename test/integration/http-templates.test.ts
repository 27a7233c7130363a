import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({ prices: ['+380 0.65 UAH'] });
});
afterAll(() => rig.close());

const preview = (body: object) => rig.call('POST', '/v1/templates/preview', { body });

describe('the templates of the API', () => {
  it('are shipped, overridden by the site’s own language by language, kept over a restart, and there again when that is removed', async () => {
    const shipped = (await rig.call('GET', '/v1/templates/order.ready')).json();
    expect(shipped).toMatchObject({ own: [], shipped: true, fields: ['site', 'number'], updatedAt: null });
    const put = await rig.call('PUT', '/v1/templates/order.ready', { body: { texts: { uk: '{site}: {number} чекає на вас' } } });
    expect(put.json()).toMatchObject({ own: ['uk'], texts: { ru: shipped.texts.ru }, updatedAt: '2026-11-22T10:00:00.000Z' });
    await rig.restart();
    expect((await rig.call('GET', '/v1/templates/order.ready')).json()).toEqual(put.json());
    expect((await preview({ template: 'order.ready', fields: { number: '17' } })).json().text).toBe('Клініка: 17 чекає на вас');
    expect((await rig.call('DELETE', '/v1/templates/order.ready')).json()).toEqual({ name: 'order.ready', removed: true });
    expect((await rig.call('GET', '/v1/templates/order.ready')).json()).toEqual(shipped);
    expect((await rig.call('DELETE', '/v1/templates/order.ready')).statusCode).toBe(404);
    expect((await rig.call('GET', '/v1/templates/no.such')).statusCode).toBe(404);
  });

  it('are listed by name, page by page', async () => {
    await rig.call('PUT', '/v1/templates/zoo', { body: { texts: { en: 'The zoo is open, {site}' } } });
    const first = (await rig.call('GET', '/v1/templates?limit=20')).json();
    const rest = (await rig.call('GET', `/v1/templates?limit=500&cursor=${first.nextCursor}`)).json();
    const names = [...first.data, ...rest.data].map((t: { name: string }) => t.name);
    expect(names).toEqual([...names].sort());
    expect(names).toContain('visit.confirmation');
    expect(names.at(-1)).toBe('zoo');
    expect(rest.nextCursor).toBeNull();
  });

  it('are refused where they cannot be read, with the language and the place, and nothing is kept', async () => {
    const put = await rig.call('PUT', '/v1/templates/broken', { body: { texts: { uk: 'Добре', ru: 'Здравствуйте, {имя' } } });
    expect(put.statusCode).toBe(422);
    expect(put.json()).toMatchObject({ code: 'templateInvalid', errors: [{ pointer: '/texts/ru' }] });
    expect((await rig.call('GET', '/v1/templates/broken')).statusCode).toBe(404);
    expect((await rig.call('PUT', '/v1/templates/x', { body: { texts: {} } })).statusCode).toBe(400);
    expect((await rig.call('PUT', '/v1/templates/x', { body: { texts: { de: 'Hallo' } } })).statusCode).toBe(400);
    expect((await rig.call('PUT', '/v1/templates/x', { body: { texts: { uk: 'a\u0007b' } } })).json()).toMatchObject({
      code: 'textInvalid',
    });
    const key = await rig.makeKey('send:otp', 'read');
    expect((await rig.call('PUT', '/v1/templates/x', { body: { texts: { uk: 'a' } }, key })).statusCode).toBe(403);
  });

  it('are previewed as a client reads them: language, dates, money, segments, price, the longest case and what saves a segment', async () => {
    const body = {
      template: 'visit.confirmation',
      language: 'uk',
      fields: { date: '2026-11-24', time: '14:30', address: 'вул. Лесі Українки 5' },
    };
    const shown = (await preview(body)).json();
    expect(shown).toMatchObject({
      language: 'uk',
      text: 'Клініка: ви записані на 24.11 о 14:30, вул. Лесі Українки 5. Перенести: ПЕРЕНОС',
      missing: [],
      encoding: 'ucs2',
      segmentCount: 2,
      cost: { segments: 2, amount: '1.30', currency: 'UAH' },
      savings: [
        { way: 'transliterate', segmentCount: 1 },
        { way: 'shorten', segmentCount: 1 },
      ],
    });
    const money = {
      text: 'Bill: {bill}, due {due}',
      language: 'en',
      fields: { bill: { amount: '450.00', currency: 'UAH' }, due: '2026-12-01T16:00:00Z' },
    };
    expect((await preview(money)).json()).toMatchObject({ text: 'Bill: 450 UAH, due 1 Dec 18:00', encoding: 'gsm7' });
    const long = (
      await preview({ text: '{site}: {firstName}, чекаємо на вас завтра о десятій ранку, до зустрічі', language: 'uk' })
    ).json();
    expect(long).toMatchObject({ missing: ['firstName'], segmentCount: 1, longest: { segmentCount: 2, cost: { amount: '1.30' } } });
    // More than a message may have, as filled in and with the longest name.
    expect(await preview({ text: 'я'.repeat(700), language: 'uk' }).then((shown) => shown.json())).toMatchObject({
      segmentCount: 11,
      maxSegments: 10,
      tooLong: true,
      longest: { segmentCount: 11, maxSegments: 10, tooLong: true },
    });
    expect(long).toMatchObject({ maxSegments: 10, tooLong: false, longest: { tooLong: false } });
    // The site's language where there is none in the one that is asked for.
    expect((await preview({ template: 'queue.now', language: 'pl' })).json()).toMatchObject({ language: 'uk' });
  });

  it('are previewed for a contact: name, language, branch and own fields; the longest names of all contacts count', async () => {
    await rig.call('PUT', '/v1/resources/center', {
      body: { kind: 'branch', name: 'Центр', address: 'вул. Городоцька 1', phone: '032 111 22 33' },
    });
    const ann = {
      name: 'Анна Лис',
      firstName: 'Анна',
      numbers: ['0501234567'],
      language: 'ru',
      branch: 'center',
      fields: { bill: { amount: '90.00', currency: 'UAH' } },
    };
    await rig.call('PUT', '/v1/contacts/ann', { body: ann });
    const texts = { uk: '{firstName}: {bill}, {address}', ru: '{firstName}, к оплате {bill}: {branch.name}, {address}, {phone}' };
    await rig.call('PUT', '/v1/templates/bill', { body: { texts } });
    const before = (await preview({ template: 'bill', contact: 'ann' })).json();
    expect(before).toMatchObject({
      language: 'ru',
      text: 'Анна, к оплате 90 грн: Центр, вул. Городоцька 1, 032 111 22 33',
      segmentCount: 1,
      longest: { segmentCount: 1 },
      cost: { segments: 1 },
    });
    await rig.call('PUT', '/v1/contacts/long', { body: { name: 'x', firstName: 'Максиміліана-Христина', numbers: [] } });
    expect((await preview({ template: 'bill', contact: 'ann' })).json()).toMatchObject({ segmentCount: 1, longest: { segmentCount: 2 } });
    expect((await preview({ template: 'bill', contact: 'ann', language: 'uk' })).json()).toMatchObject({
      text: 'Анна: 90 грн, вул. Городоцька 1',
    });
    expect((await preview({ template: 'bill', contact: 'nobody' })).json()).toMatchObject({
      code: 'contactUnknown',
      errors: [{ pointer: '/contact' }],
    });
  });

  it('says what is wrong with what is to be previewed', async () => {
    expect((await preview({})).json()).toMatchObject({ code: 'requestInvalid', errors: [{ pointer: '/template' }] });
    expect((await preview({ template: 'a', text: 'b' })).statusCode).toBe(400);
    expect((await preview({ template: 'none' })).json()).toMatchObject({ code: 'templateUnknown' });
    expect((await preview({ text: '{a' })).json()).toMatchObject({ code: 'templateInvalid' });
    expect((await preview({ text: '{a}', fields: { 'a b': 'x' } })).json()).toMatchObject({ errors: [{ pointer: '/fields/a b' }] });
    expect((await preview({ text: '{a}', fields: { a: { amount: 'lots', currency: 'UAH' } } })).json()).toMatchObject({
      errors: [{ pointer: '/fields/a' }],
    });
  });
});
