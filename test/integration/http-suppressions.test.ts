import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberRows } from '../../src/http/number-list.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const importList = (body: string, query = '') =>
  rig.call('POST', `/v1/suppressions/import${query}`, { body, headers: { 'content-type': 'text/csv' } });

describe('the opt-out list of the API', () => {
  it('takes a number in any writing, refuses what it stops, with the code, and stores nothing', async () => {
    const put = await rig.call('POST', '/v1/suppressions', { body: { to: '050 123 45 67', scope: 'purpose:promotional' } });
    expect(put.json()).toMatchObject({
      to: '+380501234567',
      data: [{ scope: 'purpose:promotional', source: 'api' }],
      offersHeldUntil: null,
    });
    const body = { to: '+380501234567', text: 'Знижки!', purpose: 'promotional' };
    const refused = await rig.call('POST', '/v1/messages', { body });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'optedOut', errors: [{ pointer: '/to' }] });
    expect((await rig.call('POST', '/v1/messages', { body: { ...body, purpose: 'service', topic: 'reminder' } })).json()).toMatchObject({
      status: 'queued',
      topic: 'reminder',
    });
    expect((await rig.call('GET', '/v1/messages?purpose=promotional')).json()).toMatchObject({ data: [] });
    const batch = await rig.call('POST', '/v1/messages/batch', { body: { messages: [body] } });
    expect(batch.json()).toMatchObject({ results: [{ problem: { code: 'optedOut' } }] });
    expect((await rig.call('GET', '/v1/suppressions?to=%2B380501234567')).json().data).toHaveLength(1);
    expect((await rig.call('DELETE', '/v1/suppressions?to=0501234567&scope=purpose:promotional')).json().data).toEqual([]);
    expect((await rig.call('POST', '/v1/messages', { body: { ...body, dryRun: true } })).statusCode).toBe(200);
  });

  it('says which scope or topic cannot be', async () => {
    const wrong = await rig.call('POST', '/v1/suppressions', { body: { to: '0501234567', scope: 'offers' } });
    expect(wrong.json()).toMatchObject({ code: 'scopeInvalid', errors: [{ pointer: '/scope' }] });
    const topic = await rig.call('POST', '/v1/messages', { body: { to: '0501234567', text: 'a', topic: 'two words' } });
    expect(topic.json()).toMatchObject({ code: 'topicInvalid', errors: [{ pointer: '/topic' }] });
  });

  it('lets a person with the right take a number off it, nobody else', async () => {
    const key = await rig.makeKey('send', 'read');
    expect((await rig.call('DELETE', '/v1/suppressions?to=0501234567&scope=all', { key })).statusCode).toBe(403);
    expect((await rig.call('PUT', '/v1/suppressions/state', { key, body: { whole: true } })).statusCode).toBe(403);
    expect((await rig.call('PUT', '/v1/suppressions/state', { body: { whole: true } })).json()).toEqual({ whole: true, lostAt: null });
    expect((await rig.call('GET', '/v1/suppressions/state')).json()).toEqual({ whole: true, lostAt: null });
  });

  it('O10 imports a list, tells the rows that are no numbers, and blocks the others for good', async () => {
    const answer = await importList(
      '\ufeffphone;name\r\n"050 777 00 01";Anna\r\n\r\nnobody\n+380507770002\t\n0507770001',
      '?scope=purpose:promotional',
    );
    expect(answer.json()).toMatchObject({ rows: 4, added: 2, refused: 1, errors: [{ row: 4 }] });
    for (const to of ['+380507770001', '0507770002']) {
      const refused = await rig.call('POST', '/v1/messages', { body: { to, text: 'Знижки!', purpose: 'promotional' } });
      expect(refused.json()).toMatchObject({ code: 'optedOut' });
    }
    expect((await importList('+380507770002', '?scope=purpose:promotional')).json()).toMatchObject({ added: 0 });
    const many = Array.from({ length: 1200 }, (_, i) => `+38063${String(1_000_000 + i)}`).join('\n');
    expect((await importList(many)).json()).toMatchObject({ rows: 1200, added: 1200, refused: 0 });
    expect((await rig.call('GET', '/v1/suppressions?to=%2B380631000700')).json().data).toMatchObject([{ scope: 'all', source: 'import' }]);
  });

  it('reads rows as they come, and no line that has no end', async () => {
    const rows = async (chunks: readonly string[], limit = 1000) => {
      const found: string[] = [];
      for await (const { row, number } of numberRows(Readable.from(chunks.map((c) => Buffer.from(c))), limit))
        found.push(`${row} ${number}`);
      return found;
    };
    expect(await rows(['+38050', '1112233\n', '+380501112244,x\r', '\n"05 0"'])).toEqual(['1 +380501112233', '2 +380501112244', '3 05 0']);
    await expect(rows(['1'.repeat(600), '2'.repeat(600)], 10_000)).rejects.toMatchObject({ code: 'bodyInvalid' });
    await expect(rows(['1\n'.repeat(600)])).rejects.toMatchObject({ code: 'bodyTooLarge' });
  });
});
