import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendingHours } from '../../src/policy/settings.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { policySettings } from '../support/policy-settings.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({ policy: policySettings({ profile: 'standard', hours: sendingHours('standard', [], []) }) });
});
afterAll(() => rig.close());

const put = (id: string, body: object) => rig.call('PUT', `/v1/contacts/${encodeURIComponent(id)}`, { body });
const names = async (query: string) => (await rig.call('GET', `/v1/contacts?${query}`)).json().data.map((c: { name: string }) => c.name);

describe('contacts', () => {
  it('are written whole, kept over a restart, written anew and removed', async () => {
    const body = {
      name: 'Олена Коваль',
      firstName: 'Олена',
      numbers: ['050 123 45 67', '+380501234567', '044 123 45 67'],
      language: 'uk',
      timeZone: 'Europe/Kyiv',
      tags: ['дитяча', 'дитяча'],
      fields: { doctor: 'Іваненко', visits: 3, vip: true, birthday: '1990-02-28', debt: { amount: '450.00', currency: 'UAH' } },
      preferredChannel: 'call',
      branch: 'center',
    };
    const created = await put('crm-1', body);
    expect(created.statusCode).toBe(201);
    expect(created.json()).toMatchObject({ ...body, externalId: 'crm-1', numbers: ['+380501234567', '+380441234567'], tags: ['дитяча'] });
    await rig.restart();
    expect((await rig.call('GET', '/v1/contacts/crm-1')).json()).toEqual(created.json());
    await rig.clock.advance(1000);
    const changed = await put('crm-1', { name: 'Олена Мельник', numbers: [] });
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({
      ...{
        name: 'Олена Мельник',
        firstName: null,
        numbers: [],
        language: null,
        tags: [],
        fields: {},
        preferredChannel: 'sms',
        branch: null,
      },
      ...{ createdAt: '2026-11-22T10:00:00.000Z', updatedAt: '2026-11-22T10:00:01.000Z' },
    });
    expect(await names('number=0501234567')).toEqual([]);
    expect((await rig.call('DELETE', '/v1/contacts/crm-1')).json()).toEqual({ externalId: 'crm-1', removed: true });
    expect((await rig.call('GET', '/v1/contacts/crm-1')).statusCode).toBe(404);
    expect((await rig.call('DELETE', '/v1/contacts/crm-1')).statusCode).toBe(404);
    expect(await names('search=мельник')).toEqual([]);
  });

  it('show consent and opt-out beside, which go by number whoever has it: a mother and two children', async () => {
    const number = '+380671112233';
    for (const [id, name] of [
      ['mum', 'Ірина Бойко'],
      ['kid-1', 'Марко Бойко'],
      ['kid-2', 'Леся Бойко'],
    ] as const) {
      await put(id, { name, numbers: [number] });
    }
    await rig.call('POST', '/v1/consents', {
      body: { to: number, purpose: 'promotional', source: 'form', wording: 'Так', actor: 'Olena', at: '2026-11-01T10:00:00Z' },
    });
    await rig.call('POST', '/v1/suppressions', { body: { to: number, scope: 'topic:news' } });
    expect((await rig.call('GET', '/v1/contacts/kid-1')).json().wishes).toMatchObject([
      { number, agreesToOffers: true, offersHeldUntil: null, suppressions: [{ scope: 'topic:news' }], sharedWith: ['mum', 'kid-2'] },
    ]);
    expect(await names(`number=${encodeURIComponent('067 111 22 33')}`)).toEqual(['Ірина Бойко', 'Леся Бойко', 'Марко Бойко']);
  });

  it.each([
    [{ numbers: ['12'] }, 'numberInvalid', '/numbers/0'],
    [{ timeZone: 'Kyiv' }, 'requestInvalid', '/timeZone'],
    [{ timeZone: '+02:00' }, 'requestInvalid', '/timeZone'],
    [{ language: 'de' }, 'requestInvalid', '/language'],
    [{ name: 'a\u0000b' }, 'requestInvalid', '/name'],
    [{ tags: ['a\nb'] }, 'requestInvalid', '/tags/0'],
    [{ fields: { 'a b': 'c' } }, 'requestInvalid', '/fields/a b'],
    [{ fields: { bill: { amount: 'x', currency: 'UAH' } } }, 'requestInvalid', '/fields/bill'],
    [{ preferredChannel: 'pigeon' }, 'requestInvalid', '/preferredChannel'],
    [{ surname: 'x' }, 'requestInvalid', '/surname'],
  ])('are refused with the place, and nothing is kept: %j', async (over, code, pointer) => {
    const answer = await put('bad', { name: 'Ann', numbers: [], ...over });
    expect(answer.json()).toMatchObject({ code, errors: [{ pointer }] });
    expect((await rig.call('GET', '/v1/contacts/bad')).statusCode).toBe(404);
  });

  it('take ids as CRMs have them, and refuse others', async () => {
    for (const id of ['1', 'crm:4711', 'анна@сайт.укр', 'A-1_2.3'])
      expect((await put(id, { name: 'Ann', numbers: [] })).statusCode, id).toBe(201);
    for (const id of ['a b', 'a/b', '-a', '{x}']) expect((await put(id, { name: 'Ann', numbers: [] })).statusCode, id).not.toBe(201);
  });

  it('X16 take fields named as what every object has, and nothing follows from it', async () => {
    const body = '{"name": "Ann", "numbers": [], "fields": {"constructor": "x", "toString": "y"}}';
    expect((await rig.call('PUT', '/v1/contacts/proto', { body })).json().fields).toEqual({ constructor: 'x', toString: 'y' });
    expect((await rig.call('GET', '/v1/contacts/proto')).json().fields).toEqual({ constructor: 'x', toString: 'y' });
    const hostile = '{"name": "Ann", "numbers": [], "fields": {"__proto__": "x"}}';
    expect((await rig.call('PUT', '/v1/contacts/proto', { body: hostile })).statusCode).toBe(400);
  });

  it('show a technician that there are some, and not who', async () => {
    const key = await rig.makeKey('read:all');
    expect((await rig.call('GET', '/v1/contacts/mum', { key })).json().name).toBe('Ірина Бойко');
    expect((await rig.call('PUT', '/v1/contacts/mum', { key, body: { name: 'x', numbers: [] } })).statusCode).toBe(403);
    expect((await rig.call('GET', '/v1/contacts/mum', { key: await rig.makeKey('inbox') })).statusCode).toBe(403);
  });
});

describe('the list of contacts', () => {
  beforeAll(async () => {
    for (let i = 0; i < 60; i += 1) {
      const two = String(i).padStart(2, '0');
      await put(`list-${two}`, {
        name: `Клієнт ${i % 2 ? 'Парний' : 'Непарний'} №${two}`,
        numbers: [`+38093555${String(1000 + i)}`],
        tags: i % 3 === 0 ? ['third'] : [],
        branch: i < 5 ? 'lviv' : null,
      });
    }
    await put('jörg', { name: "О'Ніл Jörg Ёлкин", numbers: [] });
  });

  it('is by name, page by page, with the same cursors as the other lists', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await rig.call('GET', `/v1/contacts?search=list&limit=7${cursor}`)).json();
      seen.push(...page.data.map((c: { name: string }) => c.name));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toHaveLength(60);
    expect(seen).toEqual([...seen].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    const first = (await rig.call('GET', '/v1/contacts?limit=3')).json();
    expect((await rig.call('GET', `/v1/contacts?limit=3&tag=third&cursor=${first.nextCursor}`)).json()).toMatchObject({
      code: 'cursorInvalid',
    });
    expect((await rig.call('GET', '/v1/contacts?cursor=bm9uZQ')).statusCode).toBe(400);
  });

  it('finds beginnings of words in any order and case, the id, and digits of a number however it is written', async () => {
    expect(await names(`search=${encodeURIComponent('непар клі 04')}`)).toEqual(['Клієнт Непарний №04']);
    expect(await names('search=LIST-07')).toEqual(['Клієнт Парний №07']);
    for (const written of ['555 10 42', '0935551042', '+380935551042', '1042']) {
      expect(await names(`search=${encodeURIComponent(written)}`), written).toEqual(['Клієнт Непарний №42']);
    }
    for (const written of ['оніл', 'O’Ніл'.replace('O', 'О'), 'елкин', 'jör']) {
      expect(await names(`search=${encodeURIComponent(written)}`), written).toEqual(["О'Ніл Jörg Ёлкин"]);
    }
    expect(await names(`search=${encodeURIComponent('ніхто')}`)).toEqual([]);
    expect(await names('search=%25')).toHaveLength(50);
  });

  it('is narrowed by tag, branch and number together', async () => {
    expect(await names('tag=third&branch=lviv')).toEqual(['Клієнт Непарний №00', 'Клієнт Парний №03']);
    expect(await names('tag=third&branch=lviv&number=0935551003')).toEqual(['Клієнт Парний №03']);
    expect(await names('tag=none')).toEqual([]);
  });
});

describe('where a contact is', () => {
  const send = (to: string) => rig.call('POST', '/v1/messages', { body: { to, text: 'Клініка: чекаємо на вас', dryRun: true } });

  it('counts for quiet hours, not where the number is from; of several with one number all count', async () => {
    // 12:00 in Kyiv, 17:00 in Almaty, 05:00 in New York.
    const number = '+380635550001';
    expect((await send(number)).json().status).toBe('queued');
    await put('away', { name: 'Ann', numbers: [number], timeZone: 'America/New_York' });
    expect((await send(number)).json()).toMatchObject({
      status: 'held',
      reason: 'quietHours',
      policy: { until: expect.stringMatching(/^2026-11-22T14:/) },
    });
    await put('away', { name: 'Ann', numbers: [number], timeZone: 'Asia/Almaty' });
    expect((await send(number)).json().status).toBe('queued');
    await put('twin', { name: 'Bea', numbers: [number], timeZone: 'America/New_York' });
    expect((await send(number)).json().status).toBe('held');
    await rig.restart();
    expect((await send(number)).json().status).toBe('held');
    await rig.call('DELETE', '/v1/contacts/twin');
    expect((await send(number)).json().status).toBe('queued');
  });
});

describe('resources', () => {
  it('are written, listed by kind and removed', async () => {
    const doctor = {
      kind: 'doctor',
      name: 'Іваненко О. П.',
      address: 'вул. Лесі Українки 5',
      openingHours: 'пн-пт 9-18',
      branch: 'center',
    };
    expect((await rig.call('PUT', '/v1/resources/dr-1', { body: doctor })).json()).toMatchObject({
      ...doctor,
      phone: null,
      hideName: false,
    });
    await rig.call('PUT', '/v1/resources/center', { body: { kind: 'branch', name: 'Центр', hideName: true } });
    await rig.restart();
    expect((await rig.call('GET', '/v1/resources?kind=branch')).json().data).toMatchObject([{ externalId: 'center', hideName: true }]);
    expect((await rig.call('GET', '/v1/resources?limit=1')).json()).toMatchObject({
      data: [{ externalId: 'center' }],
      nextCursor: expect.any(String),
    });
    expect((await rig.call('GET', '/v1/resources/dr-1')).json()).toMatchObject(doctor);
    expect((await rig.call('DELETE', '/v1/resources/dr-1')).json()).toEqual({ externalId: 'dr-1', removed: true });
    expect((await rig.call('GET', '/v1/resources/dr-1')).statusCode).toBe(404);
    expect((await rig.call('PUT', '/v1/resources/x', { body: { kind: 'Doctor!', name: 'x' } })).statusCode).toBe(400);
  });
});
