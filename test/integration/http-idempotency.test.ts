import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

const REPLAYS = process.env.SIMPOST_TEST_FULL ? 10_000 : 1_000;

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

const body = { to: '+380501234567', text: 'Ваше авто готове' };
const withKey = (key: string) => ({ 'idempotency-key': key });
const count = async (): Promise<number> => (await rig.call('GET', '/v1/messages?limit=500')).json().data.length;

describe('Idempotency-Key', () => {
  it(`D13: ${REPLAYS} replays make one message for each key, with the same answer each time`, async () => {
    const keys = Array.from({ length: 10 }, (_, i) => `k-${i}`);
    const firsts = new Map<string, string>();
    for (let i = 0; i < REPLAYS; i += 1) {
      const key = keys[i % keys.length] ?? '';
      const response = await rig.app.inject({
        method: 'POST',
        url: '/v1/messages',
        headers: { authorization: `Bearer ${rig.key}`, 'content-type': 'application/json', ...withKey(key) },
        payload: JSON.stringify(body),
      });
      const first = firsts.get(key);
      expect(response.statusCode).toBe(202);
      expect(response.headers['idempotent-replayed']).toBe(first === undefined ? undefined : 'true');
      const answer = `${response.headers.location} ${response.body}`;
      expect(answer).toBe(first ?? answer);
      firsts.set(key, answer);
    }
    expect(await count()).toBe(keys.length);
  });

  it('D13: of 50 at the same moment one is done, the others are told that it is in flight or what it was answered', async () => {
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => rig.call('POST', '/v1/messages', { body, headers: withKey('same') })),
    );
    const done = responses.filter((r) => r.statusCode === 202);
    const waiting = responses.filter((r) => r.statusCode === 409);
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(done.length + waiting.length).toBe(50);
    for (const response of waiting) {
      expect(response.json().code).toBe('idempotencyInFlight');
      expect(response.headers['retry-after']).toBe('1');
    }
    expect(await count()).toBe(1);
    expect((await rig.call('POST', '/v1/messages', { body, headers: withKey('same') })).body).toBe(done[0]?.body);
  });

  it('D13: a crash before the reply changes nothing: the next process gives the answer that was stored', async () => {
    const first = await rig.call('POST', '/v1/messages', { body, headers: withKey('crash') });
    await rig.restart();
    const second = await rig.call('POST', '/v1/messages', { body, headers: withKey('crash') });
    expect(second.body).toBe(first.body);
    expect(second.headers.location).toBe(first.headers.location);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(await count()).toBe(1);
  });

  it('D13: another body is refused, and so is the same body at another address', async () => {
    await rig.call('POST', '/v1/messages', { body, headers: withKey('k') });
    const other = await rig.call('POST', '/v1/messages', { body: { ...body, text: 'Інше' }, headers: withKey('k') });
    expect(other.json()).toMatchObject({ status: 422, code: 'idempotencyMismatch', errors: [{ pointer: 'Idempotency-Key' }] });
    const batch = await rig.call('POST', '/v1/messages/batch', { body: { messages: [body] }, headers: withKey('k') });
    expect(batch.json()).toMatchObject({ status: 422, code: 'idempotencyMismatch' });
    expect(await count()).toBe(1);
  });

  it('D13: takes the same body for the same however it is written: order of fields, white space, escapes', async () => {
    const written = `{"to":"${body.to}","text":"Тест","flash":false}`;
    const otherwise = `{\n  "flash": false, "\\u0074ext": "\\u0422ест",\r\n\t"to": "${body.to}"\n}\n`;
    const send = (path: string, json: string, key: string) => rig.call('POST', path, { body: json, headers: withKey(key) });
    for (const [path, first, second, others] of [
      ['/v1/messages', written, otherwise, [`{"to":"${body.to}","text":"Тест","flash":true}`, `{"to":"${body.to}","text":"Тест"}`]],
      [
        '/v1/messages/batch',
        `{"messages":[${written},{"to":"1","text":"x"},7]}`,
        `{ "messages" : [ ${otherwise} , {"text":"x" , "to":"1"} , 7 ] }`,
        [
          `{"messages":[{"to":"1","text":"x"},${written},7]}`,
          `{"messages":[${written},{"to":"1","text":"x"}]}`,
          `{"messages":[${written},{"to":"1","text":"x"},7,7]}`,
        ],
      ],
    ] as const) {
      const answered = await send(path, first, path);
      expect(answered.statusCode).toBe(202);
      const again = await send(path, second, path);
      expect([again.statusCode, again.headers['idempotent-replayed'], again.body]).toEqual([202, 'true', answered.body]);
      for (const other of others) expect((await send(path, other, path)).json(), other).toMatchObject({ code: 'idempotencyMismatch' });
    }
    expect(await count()).toBe(2);
    // What has a field twice is still refused, not taken for either.
    const twice = await send('/v1/messages', `{"to":"${body.to}","text":"Інше","flash":false,"text":"Тест"}`, '/v1/messages');
    expect(twice.json()).toMatchObject({ status: 400, errors: [{ pointer: '/text' }] });
  });

  it('D13: is kept for 72 hours', async () => {
    await rig.call('POST', '/v1/messages', { body, headers: withKey('old') });
    rig.clock.step(71 * 3_600_000);
    await rig.store.purge(rig.clock.now());
    expect((await rig.call('POST', '/v1/messages', { body, headers: withKey('old') })).headers['idempotent-replayed']).toBe('true');
    // Also before the hourly purge has come by.
    rig.clock.step(3_600_000);
    expect((await rig.call('POST', '/v1/messages', { body, headers: withKey('old') })).headers['idempotent-replayed']).toBeUndefined();
    expect(await count()).toBe(2);
  });

  it('belongs to one API key: another may use the same word', async () => {
    const other = await rig.makeKey('send');
    await rig.call('POST', '/v1/messages', { body, headers: withKey('k') });
    const second = await rig.call('POST', '/v1/messages', { body, headers: withKey('k'), key: other });
    expect(second.headers['idempotent-replayed']).toBeUndefined();
    expect(await count()).toBe(2);
  });

  it('is free again after a refusal, since nothing was done', async () => {
    const bad = await rig.call('POST', '/v1/messages', { body: { ...body, to: '1' }, headers: withKey('k') });
    expect(bad.statusCode).toBe(422);
    const good = await rig.call('POST', '/v1/messages', { body, headers: withKey('k') });
    expect(good.statusCode).toBe(202);
    expect(good.headers['idempotent-replayed']).toBeUndefined();
  });

  it('answers the same even when the request could not be accepted any more', async () => {
    const later = { ...body, sendAt: '2026-11-22T10:30:00Z', validFor: 60 };
    const first = await rig.call('POST', '/v1/messages', { body: later, headers: withKey('k') });
    rig.clock.step(86_400_000);
    expect((await rig.call('POST', '/v1/messages', { body: later, headers: withKey('k') })).body).toBe(first.body);
  });

  it('works for batches, with the whole answer', async () => {
    const messages = [body, { to: 'x', text: 'y' }, { ...body, text: 'друге' }];
    const first = await rig.call('POST', '/v1/messages/batch', { body: { messages }, headers: withKey('b') });
    await rig.restart();
    const second = await rig.call('POST', '/v1/messages/batch', { body: { messages }, headers: withKey('b') });
    expect(second.statusCode).toBe(202);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.body).toBe(first.body);
    expect(await count()).toBe(2);
  });

  it('must be 1 to 255 visible ASCII characters', async () => {
    for (const key of ['', 'a b', 'x'.repeat(256), 'ключ', 'a\tb']) {
      const response = await rig.call('POST', '/v1/messages', { body, headers: withKey(key) });
      expect(response.json(), key).toMatchObject({ status: 400, code: 'requestInvalid', errors: [{ pointer: 'Idempotency-Key' }] });
    }
    expect((await rig.call('POST', '/v1/messages', { body, headers: withKey('"8e03978e-40d5-43dd-bc93-6894a57f9324"') })).statusCode).toBe(
      202,
    );
    expect(await count()).toBe(1);
  });
});
