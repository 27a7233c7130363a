import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const post = (list: string | Buffer, query: Record<string, string> = {}) =>
  rig.call('POST', `/v1/contacts/import?${new URLSearchParams(query)}`, { body: list, headers: { 'content-type': 'text/csv' } });
const get = async (id: string) => (await rig.call('GET', `/v1/contacts/${id}`)).json();
const page = { limit: 500, cursor: null };
const ids = async () => (await rig.store.contacts.list({}, page)).data.map(({ externalId }) => externalId);

describe('the import of contacts', () => {
  const list = 'ID;ПІБ;Телефон;Мова;Лікар\nc1;Коваль Олена;050 123 45 67;uk;Іваненко\nc2;Бойко Марко;12;;\nc3;"Лис; Анна";0671112233;RU;\n';
  const mapping = JSON.stringify({ Лікар: 'fields.doctor' });

  it('says in a dry run what each row would do, and stores nothing', async () => {
    expect((await post(list, { dryRun: 'true', mapping })).json()).toMatchObject({
      dryRun: true,
      encoding: 'utf-8',
      separator: ';',
      columns: [
        { heading: 'ID', target: 'externalId' },
        { heading: 'ПІБ', target: 'name' },
        { heading: 'Телефон', target: 'numbers' },
        { heading: 'Мова', target: 'language' },
        { heading: 'Лікар', target: 'fields.doctor' },
      ],
      ...{ total: 3, created: 2, changed: 0, kept: 0, refused: 1 },
      errors: [
        {
          row: 3,
          detail: expect.stringContaining('"12"'),
          code: 'numberInvalid',
          errors: [{ pointer: '/numbers/0', detail: expect.any(String) }],
        },
      ],
      rows: expect.arrayContaining([
        { row: 2, externalId: 'c1', does: 'create' },
        { row: 3, externalId: null, does: 'refuse' },
      ]),
    });
    expect(await ids()).toEqual([]);
  });

  it('takes the rows that can be contacts, keeps what the list has no column for, and records the consent of all of them once', async () => {
    await rig.call('PUT', '/v1/contacts/c1', {
      body: { name: 'Old', numbers: ['0501234567'], tags: ['vip'], fields: { visits: 3, doctor: 'Лис' } },
    });
    const consent = JSON.stringify({
      purpose: 'promotional',
      source: 'paper',
      wording: 'Надсилайте',
      actor: 'Olena',
      at: '2026-11-01T10:00:00Z',
    });
    const done = (await post(list, { mapping, consent })).json();
    expect(done).toMatchObject({ dryRun: false, total: 3, created: 1, changed: 1, refused: 1 });
    expect(await get('c1')).toMatchObject({
      name: 'Коваль Олена',
      tags: ['vip'],
      language: 'uk',
      fields: { visits: 3, doctor: 'Іваненко' },
    });
    expect(await get('c3')).toMatchObject({
      name: 'Лис; Анна',
      language: 'ru',
      numbers: ['+380671112233'],
      wishes: [{ agreesToOffers: true }],
    });
    const consents = (await rig.call('GET', '/v1/consents?to=0501234567')).json().data;
    expect(consents).toMatchObject([{ source: 'paper', wording: 'Надсилайте', at: '2026-11-01T10:00:00.000Z' }]);
    // The same again changes nothing, and is asked for no consent.
    expect((await post(list, { mapping })).json()).toMatchObject({ created: 0, changed: 0, kept: 2 });
    expect((await rig.call('GET', '/v1/consents?to=0501234567')).json().data).toHaveLength(1);
  });

  it('goes by the number where there is no id, and by the one contact who has it', async () => {
    const done = (await post('phone\tname\n+380 67 111 22 33\tАнна Лис\n0935550001\tНова\n', { rows: '2' })).json();
    expect(done.rows).toEqual([
      { row: 2, externalId: 'c3', does: 'change' },
      { row: 3, externalId: '380935550001', does: 'create' },
    ]);
    expect(await get('380935550001')).toMatchObject({ name: 'Нова', numbers: ['+380935550001'] });
  });

  it.each([
    ['name\nAnn\n', {}, 'requestInvalid'],
    ['id\n1\n', { mapping: '[]' }, 'requestInvalid'],
    ['id\n1\n', { mapping: '{' }, 'requestInvalid'],
    ['id\n1\n', { consent: '{"purpose":"promotional"}' }, 'requestInvalid'],
    ['id\n1\n', { consent: '{"purpose":"promotional","source":"a","wording":"b","actor":"c","at":"2027-01-01T00:00:00Z"}' }, 'timeInvalid'],
    [`id,name\n1,"${'x'.repeat(6000)}`, {}, 'bodyInvalid'],
    [Buffer.from('id\n1\n', 'utf16le'), {}, 'bodyInvalid'],
  ])('keeps nothing of a list that cannot be read: %#', async (body, query, code) => {
    const before = await ids();
    expect((await post(body, query)).json()).toMatchObject({ code });
    expect(await ids()).toEqual(before);
    // And the next one may begin.
    expect((await post('id,name\nc1,Коваль Олена\n')).statusCode).toBe(200);
  });

  it('refuses a second list while one is under way', async () => {
    await rig.store.contacts.imports.begin(null);
    await rig.store.contacts.imports.stage([{ externalId: 'staged', name: 'x' }], 1);
    expect((await post('id,name\nc1,Ann\n')).json()).toMatchObject({ code: 'importRunning' });
    while (!(await rig.store.contacts.imports.tidy()));
  });

  it('names the row of every field that does not fit', async () => {
    const done = (
      await post('id,name,language,timeZone\nok,Ann,en,Europe/Kyiv\nbad 1,Ann,en,\nb2,Ann,de,\nb3,Ann,en,Kyiv\nexport,Ann,,\n')
    ).json();
    expect(done).toMatchObject({ created: 1, refused: 4 });
    expect(done.errors.map(({ row }: { row: number }) => row)).toEqual([3, 4, 5, 6]);
    expect(done.errors[1].detail).toContain('/language');
  });
});

describe('staged rows', () => {
  const stage = (rows: { externalId: string; name: string; numbers?: string[] }[]) =>
    rig.store.contacts.imports.stage(rows, rig.clock.now());
  const names = async () => (await rig.store.contacts.list({ tag: 'flip' }, page)).data.map(({ name }) => name);

  beforeAll(async () => {
    for (const i of [1, 2, 3]) await rig.call('PUT', `/v1/contacts/f${i}`, { body: { name: `Old ${i}`, numbers: [], tags: ['flip'] } });
  });

  it('are seen all at once, by one flip, and a contact that is written meanwhile is as it was written', async () => {
    await rig.store.contacts.imports.begin(null);
    expect(await stage([1, 2, 3].map((i) => ({ externalId: `f${i}`, name: `New ${i}` })))).toEqual(['changed', 'changed', 'changed']);
    expect(await names()).toEqual(['Old 1', 'Old 2', 'Old 3']);
    expect(rig.store.contacts.of('f1')?.name).toBe('Old 1');
    await rig.call('PUT', '/v1/contacts/f2', { body: { name: 'Mine', numbers: [], tags: ['flip'] } });
    await rig.store.contacts.imports.flip();
    expect(await names()).toEqual(['Mine', 'New 1', 'New 3']);
    await rig.call('DELETE', '/v1/contacts/f3');
    expect(await names()).toEqual(['Mine', 'New 1']);
    while (!(await rig.store.contacts.imports.tidy()));
    expect(await names()).toEqual(['Mine', 'New 1']);
  });

  it('of a process that died before the flip are gone, and after it are there, with their consent, once', async () => {
    const consent = {
      purpose: 'promotional',
      topic: null,
      source: 's',
      wording: 'w',
      actor: 'a',
      at: 1,
      until: null,
      recordedAt: 2,
    } as const;
    const rows = Array.from({ length: 450 }, (_, i) => ({
      externalId: `k${i}`,
      name: `Kill ${i}`,
      numbers: [`+38066${String(1_000_000 + i)}`],
    }));
    await rig.store.contacts.imports.begin(null);
    await stage(rows);
    await rig.restart();
    expect(rig.store.contacts.of('k0')).toBeUndefined();
    while (!(await rig.store.contacts.imports.tidy()));
    expect(await rig.store.contacts.imports.begin(consent)).toBe(true);
    await stage(rows);
    await rig.store.contacts.imports.flip();
    await rig.store.contacts.imports.tidy();
    await rig.restart();
    for (const i of [0, 200, 449]) expect(rig.store.contacts.of(`k${i}`)?.name).toBe(`Kill ${i}`);
    await rig.call('PUT', '/v1/contacts/k449', { body: { name: 'Changed', numbers: [] } });
    while (!(await rig.store.contacts.imports.tidy()));
    for (const i of [0, 200, 449]) {
      const { data } = await rig.store.consents.list(`+38066${1_000_000 + i}`, page);
      expect(data).toHaveLength(1);
    }
    expect(rig.store.contacts.of('k449')?.name).toBe('Changed');
  });
});

describe('the export of contacts', () => {
  it('X07 gives a list that no spreadsheet runs and the import reads back as it was', async () => {
    const body = {
      name: '=HYPERLINK("http://x")',
      firstName: '@x',
      numbers: ['+380501234567', '0441234567'],
      tags: ['-a', 'b'],
      fields: { sum: { amount: '450.00', currency: 'UAH' }, formula: '+1+1', n: 12, yes: true },
    };
    await rig.call('PUT', '/v1/contacts/x1', { body });
    const before = await get('x1');
    const csv = await rig.app.inject({ url: '/v1/contacts/export', headers: { authorization: `Bearer ${rig.key}` } });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toContain('x1,"\'=HYPERLINK(""http://x"")"');
    expect(csv.body).toContain('+380501234567; +380441234567');
    expect(csv.body.split('\r\n').length).toBe((await ids()).length + 2);
    await rig.call('DELETE', '/v1/contacts/x1');
    expect((await post(csv.body)).json()).toMatchObject({ created: 1, refused: 0 });
    expect({ ...(await get('x1')), createdAt: before.createdAt, updatedAt: before.updatedAt }).toEqual(before);
    const excel = await rig.app.inject({
      url: '/v1/contacts/export?excel=true&separator=semicolon',
      headers: { authorization: `Bearer ${rig.key}` },
    });
    expect(excel.body.startsWith('\uFEFFexternalId;name')).toBe(true);
    expect((await rig.call('GET', '/v1/contacts/export', { key: await rig.makeKey('read', 'send') })).statusCode).toBe(403);
  });
});
