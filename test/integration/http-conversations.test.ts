import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/http/schemas/conversation.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { groupKey, newReceived } from '../support/store-samples.ts';

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

async function writes(from: string, text: string): Promise<void> {
  await rig.clock.advance(1000);
  await rig.store.receive(newReceived(rig.clock.now(), { from, text }));
}

async function calls(from: string | null): Promise<void> {
  await rig.clock.advance(1000);
  const startedAt = rig.clock.now();
  await rig.store.keepCall({ iccid: ICCID, from, withheld: from === null, startedAt, rings: 3, duration: 9, hungUp: false }, startedAt);
}

const list = async (query = ''): Promise<{ data: Conversation[]; nextCursor: string | null; unseen: number }> =>
  (await rig.call('GET', `/v1/conversations${query}`)).json();

const OLENA = '+380671111111';
const PETRO = '+380672222222';
const TARAS = '+380672222222';
const IVAN = '+380673333333';

describe('conversations', () => {
  it('has each client once, at what they did last, whoever did so last first', async () => {
    await writes(OLENA, 'перше');
    await calls(TARAS);
    await writes(OLENA, 'друге');
    await writes(IVAN, 'привіт');
    await calls(IVAN);
    await calls(null);
    await writes('KYIVSTAR', 'баланс');
    const { data, unseen } = await list();
    expect(data.map(({ contact, unseen, last }) => [contact, unseen, last.kind, last.text])).toEqual([
      ['KYIVSTAR', 1, 'text', 'баланс'],
      [IVAN, 2, 'call', null],
      [OLENA, 2, 'text', 'друге'],
      [TARAS, 1, 'call', null],
    ]);
    expect(unseen).toBe(4);
  });

  it('gives each client on one page only, also while others write meanwhile', async () => {
    for (let n = 0; n < 12; n += 1) {
      await writes(`+38067000000${n % 6}`, `${n}`);
      if (n % 2 === 0) await calls(`+38067000001${n % 6}`);
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await list(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.data.map(({ contact }) => contact));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
    expect((await rig.call('GET', '/v1/conversations?cursor=bm90aGluZw')).json()).toMatchObject({ code: 'cursorInvalid' });
  });

  it('counts what nobody has seen, until somebody says so; what comes after is unseen again', async () => {
    await writes(OLENA, 'перше');
    await calls(OLENA);
    const [first] = (await list('?unseen=true')).data;
    expect(first).toMatchObject({ contact: OLENA, unseen: 2 });
    await writes(OLENA, 'поки читали');
    const seen = await rig.call('POST', `/v1/conversations/${encodeURIComponent('067 111 11 11')}/seen`, { body: { until: first?.at } });
    expect(seen.json()).toEqual({ contact: OLENA, unseen: 1 });
    expect((await list()).data).toMatchObject([{ contact: OLENA, unseen: 1 }]);
    await rig.call('POST', `/v1/conversations/${encodeURIComponent(OLENA)}/seen`, { body: { until: (await list()).data[0]?.at } });
    expect(await list('?unseen=true')).toEqual({ data: [], nextCursor: null, unseen: 0 });
    await rig.restart();
    expect((await list()).unseen).toBe(0);
    expect((await rig.call('POST', '/v1/conversations/x/seen', { body: { until: '2026-02-30T10:00:00Z' } })).statusCode).toBe(422);
  });

  it('shows a long text as unseen again when it becomes whole after it was seen', async () => {
    const key = groupKey(2, { from: OLENA });
    const at = rig.clock.now();
    const { inboundId } = await rig.store.receive(
      newReceived(at, { from: OLENA, text: 'перша ', placement: { kind: 'begin', key, n: 1 } }),
    );
    await rig.store.surfaceIncomplete(at, at);
    await rig.call('POST', `/v1/conversations/${encodeURIComponent(OLENA)}/seen`, { body: { until: (await list()).data[0]?.at } });
    await rig.store.receive(
      newReceived(at, { from: OLENA, text: 'друга', placement: { kind: 'join', inboundId: inboundId ?? '', n: 2, text: 'перша друга' } }),
    );
    expect((await list()).data).toMatchObject([{ unseen: 1, last: { text: 'перша друга' } }]);
  });

  it('finds numbers by their digits and texts by their words, whatever the case', async () => {
    await writes(OLENA, 'Чи можна перенести візит?');
    await writes(OLENA, 'дякую');
    await calls(TARAS);
    const found = async (words: string) => (await list(`?search=${encodeURIComponent(words)}`)).data.map(({ contact }) => contact);
    expect(await found('067 111')).toEqual([OLENA]);
    expect(await found('2222')).toEqual([TARAS]);
    expect(await found('ПЕРЕНЕСТИ')).toEqual([OLENA]);
    expect(await found('%')).toEqual([]);
  });

  it('calls a client by the name that the site knows, and finds them by it', async () => {
    await rig.call('PUT', '/v1/contacts/p-1', { body: { name: 'Олена Коваль', numbers: [OLENA] } });
    await writes(OLENA, 'дякую');
    await writes(TARAS, 'так');
    expect((await list()).data.map(({ name }) => name)).toEqual([null, 'Олена Коваль']);
    expect((await list(`?search=${encodeURIComponent('коваль')}`)).data.map(({ contact }) => contact)).toEqual([OLENA]);
  });

  it('names whoever shares a number, in conversations and messages alike, and nobody for a key that only sends', async () => {
    for (const name of ['Олена', 'Петро', 'Софія', 'Ще хтось'])
      await rig.call('PUT', `/v1/contacts/${encodeURIComponent(name)}`, { body: { name, numbers: [OLENA] } });
    await writes(OLENA, 'Передзвоніть');
    const sender = await rig.makeKey('send', 'inbox');
    const { id } = (await rig.call('POST', '/v1/messages', { key: sender, body: { to: OLENA, text: 'Так' } })).json();
    const names = async (url: string) => (await rig.call('GET', url)).json().data.map(({ name }: { name: string | null }) => name);
    const three = 'Олена, Петро, Софія';
    for (const url of ['/v1/conversations', '/v1/messages']) expect(await names(url), url).toEqual([three]);
    expect((await rig.call('GET', `/v1/messages/${id}`)).json()).toMatchObject({ name: three });
    expect((await rig.call('DELETE', `/v1/messages/${id}`, { key: sender })).json()).not.toHaveProperty('name');
  });

  it('takes a task that the desk writes itself: shown to whoever reads replies, done like any other, erased with the person', async () => {
    const task = (body: object, key?: string) => rig.call('POST', '/v1/tasks', { body, ...(key === undefined ? {} : { key }) });
    const made = await task({ to: '067 111 11 11', text: 'Передзвонити в п’ятницю' });
    expect([made.statusCode, made.json()]).toMatchObject([
      201,
      { kind: 'own', contact: OLENA, text: 'Передзвонити в п’ятницю', doneAt: null },
    ]);
    await task({ to: PETRO, text: 'Надіслати знімок' });
    const of = async (number: string) => (await rig.call('GET', `/v1/tasks?contact=${encodeURIComponent(number)}`)).json().data;
    expect(await of(OLENA)).toEqual([made.json()]);
    expect((await rig.call('GET', '/v1/tasks')).json().data).toHaveLength(2);

    for (const [body, pointer] of [
      [{ to: 'soon', text: 'x' }, '/to'],
      [{ to: OLENA, text: ' ' }, '/text'],
      [{ to: OLENA, text: 'a\u0000b' }, '/text'],
      [{ to: OLENA, text: 'x'.repeat(501) }, '/text'],
    ] as const)
      expect((await task(body)).json()).toMatchObject({ errors: [{ pointer }] });
    const sender = await rig.makeKey('send');
    expect((await task({ to: PETRO, text: 'Хто б це прочитав' }, sender)).json()).toMatchObject({ text: null });
    expect((await task({ to: PETRO, text: 'Ні' }, await rig.makeKey('read'))).statusCode).toBe(403);
    expect(await of(PETRO)).toHaveLength(2);

    expect((await rig.call('POST', `/v1/tasks/${made.json().id}/done`)).json()).toMatchObject({ doneAt: expect.any(String) });
    expect(await of(OLENA)).toEqual([]);
    const erased = await rig.call('POST', '/v1/persons/erase', { body: { to: OLENA } });
    expect(erased.statusCode, erased.body).toBe(200);
    const { data } = (await rig.call('GET', '/v1/tasks?all=true')).json();
    expect(JSON.stringify(data)).not.toMatch(/п’ятницю|0671111111/);
  });

  it('shows a technician neither a text nor a whole number, and finds none for them', async () => {
    await writes(OLENA, 'таємниця');
    const password = 'correct horse battery';
    await rig.call('POST', '/v1/users', { body: { name: 'Tech', password, role: 'technician' } });
    const login = await rig.call('POST', '/v1/session', { key: null, body: { name: 'Tech', password } });
    const headers = { cookie: String(login.headers['set-cookie']).split(';', 1)[0] ?? '' };
    const shown = await rig.call('GET', '/v1/conversations?search=таємниця'.replace('таємниця', encodeURIComponent('ніде')), {
      key: null,
      headers,
    });
    expect(shown.json().data).toMatchObject([{ contact: '+38067***1111', last: { text: null } }]);
  });
});
