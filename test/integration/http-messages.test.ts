import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const hello = { to: '+380501234567', text: 'Ваш візит 24.11 о 14:30. Щоб перенести, відповідайте ПЕРЕНОС' };

const total = async (): Promise<number> => (await rig.call('GET', '/v1/messages?limit=500')).json().data.length;

describe('POST /v1/messages', () => {
  it('answers 202 with the message, Location, and the same message there', async () => {
    const sent = await rig.call('POST', '/v1/messages', {
      body: { ...hello, to: '050 123-45-67', reference: 'visit-7', sim: 'front desk' },
    });
    expect(sent.statusCode).toBe(202);
    const message = sent.json();
    expect(message).toMatchObject({
      to: '+380501234567',
      text: hello.text,
      textHidden: false,
      purpose: 'service',
      status: 'queued',
      reason: null,
      encoding: 'ucs2',
      segmentCount: 1,
      possibleDuplicate: false,
      reference: 'visit-7',
      sim: ICCID,
      policy: { decidedAt: message.acceptedAt, decision: 'send', until: null },
      segments: [{ n: 1, state: 'queued', mr: null, attempts: [] }],
    });
    expect(sent.headers.location).toBe(`/v1/messages/${message.id}`);
    // The name of a contact is looked for where people read.
    expect(message).toEqual({ ...(await rig.call('GET', sent.headers.location ?? '')).json(), cost: null, name: undefined });
    expect(rig.accepted.at(-1)?.id).toBe(message.id);
  });

  it('ends every JSON answer with a line feed, so that the prompt of a shell is not glued to it', async () => {
    const sent = await rig.call('POST', '/v1/messages', { body: hello, headers: { 'idempotency-key': 'line-feed' } });
    const again = await rig.call('POST', '/v1/messages', { body: hello, headers: { 'idempotency-key': 'line-feed' } });
    const others = [await rig.call('GET', '/v1/messages'), await rig.call('GET', '/v1/nowhere'), await rig.call('GET', '/healthz')];
    for (const { body, headers } of [sent, again, ...others]) {
      expect(body).toMatch(/[^\n]\n$/);
      expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    }
    expect(again.body).toBe(sent.body);
  });

  it('shows the same before and after it was stored, for every kind of request', async () => {
    const kinds = [
      { ...hello, purpose: 'urgent', flash: true },
      { ...hello, sendAt: '2026-11-23T09:00:00+02:00', validFor: 3600 },
      { ...hello, text: 'x'.repeat(500), purpose: 'promotional' },
      { ...hello, text: 'Привіт', transliterate: true },
      { ...hello, text: 'line\nfeed\r\nand\ttab', sim: ICCID },
      { ...hello, text: 'code 1234', purpose: 'otp' },
    ];
    for (const body of kinds) {
      const sent = await rig.call('POST', '/v1/messages', { body });
      expect(sent.statusCode, sent.body).toBe(202);
      expect(sent.json()).toEqual({ ...(await rig.call('GET', sent.headers.location ?? '')).json(), cost: null, name: undefined });
    }
  });

  it('holds what is to be sent later, and says so', async () => {
    const body = { ...hello, sendAt: '2026-11-23T09:00:00+02:00', validFor: 7200 };
    expect((await rig.call('POST', '/v1/messages', { body })).json()).toMatchObject({
      status: 'held',
      reason: 'scheduled',
      sendAt: '2026-11-23T07:00:00.000Z',
      expiresAt: '2026-11-23T09:00:00.000Z',
      policy: { decision: 'hold', until: '2026-11-23T07:00:00.000Z' },
    });
  });

  it('dryRun answers 200 with what would be, and stores nothing', async () => {
    const before = await total();
    const dry = await rig.call('POST', '/v1/messages', { body: { ...hello, dryRun: true } });
    expect(dry.statusCode).toBe(200);
    expect(dry.headers.location).toBeUndefined();
    expect(dry.json()).toMatchObject({ id: null, status: 'queued', segmentCount: 1, events: [] });
    expect((await rig.call('POST', '/v1/messages', { body: { ...hello, to: '12', dryRun: true } })).statusCode).toBe(422);
    expect(await total()).toBe(before);
  });
});

describe('what bad input gets', () => {
  const nasty: [string, unknown, number, string, string | null][] = [
    ['no body', undefined, 400, 'requestInvalid', null],
    ['null', 'null', 400, 'requestInvalid', null],
    ['a list', [], 400, 'requestInvalid', ''],
    ['a string', '"text"', 400, 'requestInvalid', ''],
    ['half of JSON', '{"to": "+380501234567", "text": ', 400, 'bodyInvalid', null],
    ['nothing but white space', '  ', 400, 'bodyInvalid', null],
    ['no number', { text: 'x' }, 400, 'requestInvalid', '/to'],
    ['no text', { to: hello.to }, 400, 'requestInvalid', '/text'],
    ['a number that is a number', { ...hello, to: 380501234567 }, 400, 'requestInvalid', '/to'],
    ['an unknown field', { ...hello, validfor: 60 }, 400, 'requestInvalid', '/validfor'],
    ['a field with a slash', { ...hello, 'a/b~c': 1 }, 400, 'requestInvalid', '/a~1b~0c'],
    ['an unknown purpose', { ...hello, purpose: 'spam' }, 400, 'requestInvalid', '/purpose'],
    ['a duration in words', { ...hello, validFor: '1h' }, 400, 'requestInvalid', '/validFor'],
    ['a duration of nothing', { ...hello, validFor: 0 }, 400, 'requestInvalid', '/validFor'],
    ['half a second', { ...hello, validFor: 0.5 }, 400, 'requestInvalid', '/validFor'],
    ['a flag as text', { ...hello, flash: 'true' }, 400, 'requestInvalid', '/flash'],
    ['a long reference', { ...hello, reference: 'r'.repeat(256) }, 400, 'requestInvalid', '/reference'],
    ['two numbers', { ...hello, to: ['+380501234567'] }, 400, 'requestInvalid', '/to'],
    ['an empty number', { ...hello, to: '' }, 422, 'numberInvalid', '/to'],
    ['a number too short', { ...hello, to: '12' }, 422, 'numberInvalid', '/to'],
    ['letters for a number', { ...hello, to: 'Оля' }, 422, 'numberInvalid', '/to'],
    ['an AT command for a number', { ...hello, to: '+380501234567\r\nATD112;' }, 422, 'numberInvalid', '/to'],
    ['a number of a megabyte', { ...hello, to: '1'.repeat(900_000) }, 422, 'numberInvalid', '/to'],
    ['an empty text', { ...hello, text: '' }, 422, 'textInvalid', '/text'],
    ['eleven segments', { ...hello, text: 'я'.repeat(671) }, 422, 'textTooLong', '/text'],
    ['a text of nearly a megabyte', { ...hello, text: 'x'.repeat(1_000_000) }, 422, 'textTooLong', '/text'],
    ['a NUL', { ...hello, text: 'a\0b' }, 422, 'textInvalid', '/text'],
    ['an escape', { ...hello, text: 'a\x1b' }, 422, 'textInvalid', '/text'],
    ['half a surrogate pair', `{"to":"${hello.to}","text":"ok \\ud83d"}`, 422, 'textInvalid', '/text'],
    ['a SIM that nobody has', { ...hello, sim: 'nobody' }, 422, 'simUnknown', '/sim'],
    ['30 February', { ...hello, sendAt: '2027-02-30T09:00:00Z' }, 422, 'timeInvalid', '/sendAt'],
    [
      'a reference with half a surrogate pair',
      `{"to":"${hello.to}","text":"x","reference":"a\\ud83d"}`,
      400,
      'requestInvalid',
      '/reference',
    ],
    ['a reference of two lines', { ...hello, reference: 'a\nb' }, 400, 'requestInvalid', '/reference'],
    ['a reference with a NUL', { ...hello, reference: '\0' }, 400, 'requestInvalid', '/reference'],
    ['a field twice', `{"to":"${hello.to}","text":"x","to":"+380671112233"}`, 400, 'requestInvalid', '/to'],
    ['a field twice, once in disguise', `{"to":"${hello.to}","text":"x","t\\u006f":"1"}`, 400, 'requestInvalid', '/to'],
    ['an unknown field twice', `{"to":"${hello.to}","text":"x","a/b":1,"a/b":1}`, 400, 'requestInvalid', '/a~1b'],
    ['a number without a digit behind the 0', { ...hello, to: '050123456' }, 422, 'numberInvalid', '/to'],
    ['a time without offset', { ...hello, sendAt: '2026-11-23T09:00:00' }, 422, 'timeInvalid', '/sendAt'],
    ['octets that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'bodyInvalid', null],
    ['a bomb of brackets', '['.repeat(500_000), 400, 'requestInvalid', null],
    ['a bomb of fields', `{${Array.from({ length: 90_000 }, (_, i) => `"f${i}":1`).join(',')}}`, 400, 'requestInvalid', null],
    ['X16: __proto__', `{"to":"${hello.to}","text":"x","__proto__":{"flash":true}}`, 400, 'requestInvalid', '/__proto__'],
    ['X16: an escaped __proto__', `{"to":"${hello.to}","text":"x","\\u005f_proto__":{}}`, 400, 'requestInvalid', '/__proto__'],
    ['X16: constructor', `{"to":"${hello.to}","text":"x","constructor":{"prototype":{"a":1}}}`, 400, 'requestInvalid', '/constructor'],
    ['X16: __proto__ as all there is', '{"__proto__":{"to":"+380501234567","text":"x"}}', 400, 'requestInvalid', '/to'],
  ];
  let before: number;
  beforeEach(async () => {
    before = await total();
  });

  it.each(nasty)('%s: a problem with code, sentence and place, and nothing stored', async (_name, body, status, code, pointer) => {
    const response = await rig.call('POST', '/v1/messages', { body });
    const problem = response.json();
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect({ status: problem.status, code: problem.code }).toEqual({ status, code });
    expect(response.statusCode).toBe(status);
    expect(problem.type).toBe(`/faults#${code}`);
    expect(problem.detail.length).toBeGreaterThan(10);
    expect(problem.detail.length).toBeLessThan(400);
    if (pointer !== null) expect(problem.errors.map((e: { pointer: string }) => e.pointer)).toContain(pointer);
    expect(await total()).toBe(before);
    expect(Object.prototype).not.toHaveProperty('flash');
  });

  it('a body over 1 MB: 413, however it is announced', async () => {
    const body = JSON.stringify({ ...hello, text: 'x'.repeat(2 ** 20) });
    expect((await rig.call('POST', '/v1/messages', { body })).json()).toMatchObject({ status: 413, code: 'bodyTooLarge' });
    expect(await total()).toBe(before);
  });

  it('another content type: 415', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/xml',
      'rubbish',
      'application/json; charset=windows-1251',
      'application/json; Charset="utf-16"',
      'application/json; charset=utf-8859-1',
    ]) {
      const response = await rig.call('POST', '/v1/messages', { body: JSON.stringify(hello), headers: { 'content-type': type } });
      expect(response.json(), type).toMatchObject({ status: 415, code: 'mediaTypeUnsupported' });
    }
    const utf8 = await rig.call('POST', '/v1/messages', {
      body: JSON.stringify(hello),
      headers: { 'content-type': 'application/json; charset=UTF-8' },
    });
    expect(utf8.statusCode).toBe(202);
  });

  it('a field twice: said with its name, in a message and in a batch', async () => {
    const twice = `{"to":"${hello.to}","text":"one","text":"two"}`;
    const single = (await rig.call('POST', '/v1/messages', { body: twice })).json();
    expect(single.detail).toBe('/text stands there twice; send it once.');
    const { results } = (await rig.call('POST', '/v1/messages/batch', { body: `{"messages":[${twice}]}` })).json();
    expect(results[0].problem).toMatchObject({ detail: single.detail, errors: [{ pointer: '/messages/0/text' }] });
    // What looks like a field within a text is none.
    const text = '{"to":1,"to":2}, \\"text\\":"text"';
    expect((await rig.call('POST', '/v1/messages', { body: { ...hello, text } })).statusCode).toBe(202);
    expect(await total()).toBe(before + 1);
  });

  it('a body in gzip or another coding: 415 with its header named', async () => {
    for (const coding of ['gzip', 'br', 'deflate', 'gzip, identity', 'x']) {
      const response = await rig.call('POST', '/v1/messages', {
        body: gzipSync(JSON.stringify(hello)),
        headers: { 'content-encoding': coding },
      });
      expect(response.json(), coding).toMatchObject({
        status: 415,
        code: 'mediaTypeUnsupported',
        errors: [{ pointer: 'Content-Encoding' }],
      });
    }
    const plain = await rig.call('POST', '/v1/messages', { body: hello, headers: { 'content-encoding': 'Identity' } });
    expect(plain.statusCode).toBe(202);
  });

  it('a byte order mark before the body does no harm', async () => {
    const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(hello))]);
    expect((await rig.call('POST', '/v1/messages', { body })).statusCode).toBe(202);
    expect((await rig.call('POST', '/v1/messages', { body: body.subarray(0, 3) })).json().detail).toContain('empty');
    const many = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify({ messages: [hello] }))]);
    expect((await rig.call('POST', '/v1/messages/batch', { body: many })).statusCode).toBe(202);
  });

  it('a parameter where the call reads none: refused on every method, nothing done', async () => {
    const { id } = (await rig.call('POST', '/v1/messages', { body: hello })).json();
    const now = await total();
    const calls: ['GET' | 'POST' | 'DELETE', string, unknown][] = [
      ['POST', '/v1/messages?dryRun=true', hello],
      ['POST', '/v1/messages/batch?dryRun', { messages: [hello] }],
      ['POST', '/v1/segments/preview?dryRun=1', { text: 'x' }],
      ['DELETE', `/v1/messages/${id}?dryRun=true`, undefined],
      ['GET', `/v1/messages/${id}?dryRun=true`, undefined],
    ];
    for (const [method, url, body] of calls) {
      expect((await rig.call(method, url, { body })).json(), url).toMatchObject({
        status: 400,
        code: 'requestInvalid',
        errors: [{ pointer: '?dryRun' }],
      });
    }
    expect(await total()).toBe(now);
    expect((await rig.call('GET', `/v1/messages/${id}?`)).json().status).toBe('queued');
  });

  it('lists all mistakes of a body at once', async () => {
    const { errors } = (await rig.call('POST', '/v1/messages', { body: { to: 5, texxt: 'x', flash: 1 } })).json();
    expect(errors.map((e: { pointer: string }) => e.pointer).sort()).toEqual(['/flash', '/text', '/texxt', '/to']);
  });
});

describe('GET /v1/messages', () => {
  let local: ApiRig;
  const ids: string[] = [];
  beforeAll(async () => {
    local = await apiRig();
    for (let i = 0; i < 25; i += 1) {
      const body = {
        to: i % 5 === 0 ? '+380671112233' : '+380501234567',
        text: `n ${i}`,
        purpose: i % 2 === 0 ? 'service' : 'promotional',
        ...(i === 24 ? { sendAt: '2027-01-01T00:00:00Z' } : {}),
      };
      ids.push((await local.call('POST', '/v1/messages', { body })).json().id);
      await local.clock.advance(60_000);
    }
  });
  afterAll(() => local.close());

  const idsOf = async (query: string): Promise<string[]> =>
    (await local.call('GET', `/v1/messages?${query}`)).json().data.map((m: { id: string }) => m.id);

  it('pages through everything once, newest first', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { data: { id: string }[]; nextCursor: string | null } = (
        await local.call('GET', `/v1/messages?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).json();
      expect(page.data.length).toBeLessThanOrEqual(7);
      seen.push(...page.data.map((m) => m.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...ids].reverse());
  });

  it('gives 50 unless told otherwise, 500 at most', async () => {
    for (let i = 0; i < 30; i += 1) await local.store.message('msg_none');
    expect((await local.call('GET', '/v1/messages')).json().data.length).toBe(25);
    expect((await local.call('GET', '/v1/messages?limit=501')).json()).toMatchObject({ status: 400, errors: [{ pointer: '?limit' }] });
    expect((await local.call('GET', '/v1/messages?limit=0')).statusCode).toBe(400);
    for (const limit of ['ten', '1e2', '0x10', '%205', '5%20', '+5', '5.0', '-5', '', '5&limit=6']) {
      expect((await local.call('GET', `/v1/messages?limit=${limit}`)).json(), limit).toMatchObject({
        status: 400,
        errors: [{ pointer: '?limit' }],
      });
    }
    expect((await local.call('GET', '/v1/messages?limit=05')).json().data.length).toBe(5);
  });

  it('filters by recipient in any writing, purpose, status and time, all at once', async () => {
    const fives = ids.filter((_, i) => i % 5 === 0).reverse();
    expect(await idsOf('to=067 111 22 33')).toEqual(fives);
    expect(await idsOf('to=%2B380671112233')).toEqual(fives);
    expect(await idsOf('to=+380671112233')).toEqual(fives);
    expect(await idsOf('purpose=promotional')).toEqual(ids.filter((_, i) => i % 2 === 1).reverse());
    expect(await idsOf('status=held')).toEqual([ids[24]]);
    expect(await idsOf('since=2026-11-22T12:20:00%2B02:00')).toEqual(ids.slice(20).reverse());
    expect(await idsOf('since=2026-11-22T12:20:00+02:00&to=0671112233&purpose=service')).toEqual([ids[20]]);
    expect(await idsOf('since=2030-01-01T00:00:00Z')).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    const cases: [string, number, string, string][] = [
      ['limitt=5', 400, 'requestInvalid', '?limitt'],
      ['status=lost', 400, 'requestInvalid', '?status'],
      ['status=sent&status=failed', 400, 'requestInvalid', '?status'],
      ['since=yesterday', 400, 'requestInvalid', '?since'],
      ['since=2026-02-30T10:00:00Z', 400, 'requestInvalid', '?since'],
      ['to=nobody', 422, 'numberInvalid', '?to'],
      ['access_token=x', 400, 'requestInvalid', '?access_token'],
    ];
    for (const [query, status, code, pointer] of cases) {
      expect((await local.call('GET', `/v1/messages?${query}`)).json(), query).toMatchObject({ status, code, errors: [{ pointer }] });
    }
    expect((await local.call('GET', '/v1/messages?to=1&to=2')).json().detail).toBe(
      'The parameter to stands there more than once; give it once.',
    );
    expect((await local.call('GET', '/v1/messages?cursor=zzz')).json()).toMatchObject({ status: 400, code: 'cursorInvalid' });
  });

  it('a cursor is good for its list and its filters alone', async () => {
    const next = async (url: string): Promise<string> => (await local.call('GET', url)).json().nextCursor;
    const plain = await next('/v1/messages?limit=5');
    const filtered = await next('/v1/messages?limit=5&purpose=service');
    for (const url of [
      `/v1/inbound?cursor=${plain}`,
      `/v1/sims?cursor=${plain}`,
      `/v1/messages?status=queued&cursor=${plain}`,
      `/v1/messages?cursor=${filtered}`,
      `/v1/messages?purpose=promotional&cursor=${filtered}`,
    ]) {
      expect((await local.call('GET', url)).json(), url).toMatchObject({
        status: 400,
        code: 'cursorInvalid',
        detail: expect.stringContaining('not of this list with these filters'),
      });
    }
    expect((await local.call('GET', `/v1/messages?purpose=service&limit=3&cursor=${filtered}`)).json().data).toHaveLength(3);
  });

  it('an unknown id is 404, whatever it looks like', async () => {
    for (const id of ['msg_000000000000000000000000', 'x', '..%2f..%2fetc', "'%20OR%201=1", 'é', 'x'.repeat(101)]) {
      expect((await local.call('GET', `/v1/messages/${encodeURI(id)}`)).json(), id).toMatchObject({ status: 404, code: 'notFound' });
    }
  });
});

describe('DELETE /v1/messages/{id}', () => {
  const send = async (): Promise<string> => (await rig.call('POST', '/v1/messages', { body: hello })).json().id;

  it('cancels what is not yet on its way, and answers the same when asked again', async () => {
    const id = await send();
    const first = await rig.call('DELETE', `/v1/messages/${id}`);
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({ id, status: 'cancelled' });
    expect((await rig.call('DELETE', `/v1/messages/${id}`)).json()).toEqual(first.json());
    expect((await rig.call('GET', `/v1/messages/${id}`)).json()).toEqual(first.json());
  });

  it('409 with the reason once a segment is on its way', async () => {
    const id = await send();
    let claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: 1, now: rig.clock.now() });
    for (; claim && claim.messageId !== id; )
      claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: 1, now: rig.clock.now() });
    expect(claim?.messageId).toBe(id);
    const sending = await rig.call('DELETE', `/v1/messages/${id}`);
    expect(sending.json()).toMatchObject({ status: 409, code: 'tooLate', detail: expect.stringContaining('on its way') });
    await rig.store.settle(claim?.attemptId ?? 0, { kind: 'sent', mr: 1, at: rig.clock.now() });
    expect((await rig.call('DELETE', `/v1/messages/${id}`)).json()).toMatchObject({
      code: 'tooLate',
      detail: expect.stringContaining('sent already'),
    });
    expect((await rig.call('GET', `/v1/messages/${id}`)).json()).toMatchObject({
      status: 'sent',
      segments: [{ n: 1, state: 'sent', mr: 1, attempts: [{ sim: ICCID, outcome: 'sent', cause: null }] }],
    });
  });

  it('404 for an unknown one', async () => {
    expect((await rig.call('DELETE', '/v1/messages/msg_none')).json()).toMatchObject({ status: 404, code: 'notFound' });
    const headers = { 'content-type': 'application/json' };
    expect((await rig.call('POST', '/v1/messages', { headers })).json()).toMatchObject({ code: 'bodyInvalid' });
  });

  it.each([
    ['JSON is announced and nothing sent', 'application/json', undefined],
    ['an empty form is announced, as by curl -d "" and PHP', 'application/x-www-form-urlencoded', undefined],
    ['a form is sent', 'application/x-www-form-urlencoded', 'a=1'],
    ['rubbish is sent as JSON', 'application/json', '{'],
  ])('a call that takes no body reads none: %s', async (_what, type, body) => {
    const headers = { 'content-type': type };
    for (const [method, url] of [
      ['DELETE', '/v1/messages/msg_none'],
      ['POST', '/v1/backups/none/restore'],
    ] as const) {
      expect((await rig.call(method, url, { headers, body })).json()).toMatchObject({ status: 404, code: 'notFound' });
    }
  });
});

describe('the text of a code', () => {
  it('is shown by no answer, list or event', async () => {
    const local = await apiRig();
    const body = { ...hello, text: 'Код 774411, нікому не кажіть', purpose: 'otp' };
    const answers = [
      await local.call('POST', '/v1/messages', { body, headers: { 'idempotency-key': 'otp-1' } }),
      await local.call('POST', '/v1/messages', { body, headers: { 'idempotency-key': 'otp-1' } }),
      await local.call('POST', '/v1/messages', { body: { ...body, dryRun: true } }),
      await local.call('POST', '/v1/messages/batch', { body: { messages: [body] } }),
      await local.call('GET', '/v1/messages'),
    ];
    const id = answers[0]?.json().id;
    answers.push(await local.call('GET', `/v1/messages/${id}`), await local.call('DELETE', `/v1/messages/${id}`));
    for (const answer of answers) {
      expect(answer.statusCode).toBeLessThan(300);
      expect(answer.body).toContain('"text":null');
      expect(answer.body).toContain('"textHidden":true');
      expect(answer.body).not.toContain('774411');
    }
    await local.close();
  });
});
