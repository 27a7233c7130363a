import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const put = (name: string, body: object) => rig.call('PUT', `/v1/rules/${encodeURIComponent(name)}`, { body });
const attempt = async (text: string) => (await rig.call('POST', '/v1/rules/try', { body: { text } })).json();

describe('/v1/rules', () => {
  it('are made, changed whole, listed, tried and removed, and outlive the process', async () => {
    expect((await put('ціни', { words: ['ціна', 'прайс'], reply: 'Від 500 грн', tag: 'prices' })).json()).toEqual({
      name: 'ціни',
      source: 'api',
      words: ['ціна', 'прайс'],
      prefix: null,
      pattern: null,
      reply: 'Від 500 грн',
      tag: 'prices',
      webhook: false,
      notify: false,
    });
    expect(await attempt('ПРАЙС!')).toMatchObject({ meaning: null, rule: { name: 'ціни' }, reply: 'Від 500 грн', alarm: false });
    expect(await attempt('СТОП')).toEqual({ meaning: 'stop', rule: null, reply: null, alarm: false });
    expect(await attempt('кровотеча')).toMatchObject({ rule: null, alarm: true });
    await put('ціни', { pattern: '* ціна|прайс *', notify: true });
    await rig.restart();
    expect((await rig.call('GET', '/v1/rules')).json().data).toMatchObject([
      { name: 'ціни', words: [], pattern: '* ціна|прайс *', reply: null },
    ]);
    expect(await attempt('яка ціна?')).toMatchObject({ rule: { name: 'ціни' }, reply: null });
    expect((await rig.call('DELETE', `/v1/rules/${encodeURIComponent('ціни')}`)).json()).toEqual({ name: 'ціни', removed: true });
    expect((await rig.call('DELETE', `/v1/rules/${encodeURIComponent('ціни')}`)).statusCode).toBe(404);
    expect(rig.accepted).toEqual([]);
  });

  it('are listed page by page in the order in which they are asked', async () => {
    for (const name of ['b', 'c', 'a']) await put(name, { words: [name], reply: name });
    const first = (await rig.call('GET', '/v1/rules?limit=2')).json();
    const second = (await rig.call('GET', `/v1/rules?limit=2&cursor=${first.nextCursor}`)).json();
    expect([...first.data, ...second.data].map(({ name }) => name)).toEqual(['b', 'c', 'a']);
    expect([first.data.length, second.nextCursor]).toEqual([2, null]);
    for (const name of ['a', 'b', 'c']) await rig.call('DELETE', `/v1/rules/${name}`);
  });

  it.each([
    [{ reply: 'a' }, '/words'],
    [{ words: ['a'], prefix: 'b', reply: 'a' }, '/words'],
    [{ words: ['a'] }, '/reply'],
    [{ words: ['a', '?!'], reply: 'a' }, '/words/1'],
    [{ pattern: '(a+)+$', reply: 'a' }, '/pattern'],
    [{ prefix: '…', reply: 'a' }, '/prefix'],
    [{ words: ['a'], tag: 'two words' }, '/tag'],
  ])('refuses %j with one sentence', async (body, pointer) => {
    const response = await put('x', body);
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'ruleInvalid', errors: [{ pointer }] });
    expect((await rig.call('GET', '/v1/rules')).json().data).toEqual([]);
  });

  it('refuses a reply of nothing but blanks', async () => {
    const response = await put('x', { words: ['a'], reply: '  ' });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors).toEqual([expect.objectContaining({ pointer: '/reply' })]);
    expect((await rig.call('GET', '/v1/rules')).json().data).toEqual([]);
  });

  it('may be changed by an administrator alone', async () => {
    const key = await rig.makeKey('read:all', 'send', 'operate');
    expect((await rig.call('PUT', '/v1/rules/x', { body: { words: ['a'], tag: 'b' }, key })).statusCode).toBe(403);
    expect((await rig.call('POST', '/v1/rules/try', { body: { text: 'a' }, key })).statusCode).toBe(200);
  });
});
