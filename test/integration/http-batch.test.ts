import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const good = { to: '+380501234567', text: 'Завтра о 9:00 чекаємо на ТО' };
const batch = (body: unknown) => rig.call('POST', '/v1/messages/batch', { body });

/** All ids that are stored, newest first. */
async function stored(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { data: { id: string }[]; nextCursor: string | null } = (
      await rig.call('GET', `/v1/messages?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`)
    ).json();
    ids.push(...page.data.map((m) => m.id));
    cursor = page.nextCursor;
  }
  return ids;
}

describe('POST /v1/messages/batch', () => {
  it('answers each message in its place, a bad one with its problem, and stores the others', async () => {
    const before = await stored();
    const response = await batch({
      messages: [
        good,
        { ...good, to: '12' },
        { ...good, text: 'друге', purpose: 'urgent', reference: 'b' },
        { ...good, dryRun: true },
        { to: 5, txt: 1 },
        'text',
        null,
        { ...good, text: 'a\0' },
        { ...good, text: 'я'.repeat(671) },
        { ...good, sendAt: '2026-12-01T10:00:00Z', validFor: 60 },
      ],
    });
    expect(response.statusCode).toBe(202);
    const { results } = response.json();
    expect(results.map((r: { problem?: { code: string }; status?: string }) => r.problem?.code ?? r.status)).toEqual([
      'queued',
      'numberInvalid',
      'queued',
      'requestInvalid',
      'requestInvalid',
      'requestInvalid',
      'requestInvalid',
      'textInvalid',
      'textTooLong',
      'held',
    ]);
    const pointers = results.map((r: { problem?: { errors: { pointer: string }[] } }) => r.problem?.errors.map((e) => e.pointer));
    expect(pointers[1]).toEqual(['/messages/1/to']);
    expect(pointers[3]).toEqual(['/messages/3/dryRun']);
    expect(pointers[4].sort()).toEqual(['/messages/4/text', '/messages/4/to', '/messages/4/txt']);
    expect(pointers[5]).toEqual(['/messages/5']);
    expect(pointers[6]).toEqual(['/messages/6']);
    for (const i of [5, 6]) expect(results[i].problem.detail).toBe('This entry must be a JSON object.');
    expect(pointers[7]).toEqual(['/messages/7/text']);
    const now = await stored();
    expect(now.slice(0, now.length - before.length)).toEqual([results[9].id, results[2].id, results[0].id]);
    for (const i of [0, 2, 9]) {
      // Whose number it is stands where it is read.
      expect({ ...results[i], name: null }).toEqual({ ...(await rig.call('GET', `/v1/messages/${results[i].id}`)).json(), cost: null });
    }
  });

  it('takes 1,000 at once, in one transaction', async () => {
    const before = (await stored()).length;
    let commits = 0;
    const stop = rig.store.onEvents(() => {
      commits += 1;
    });
    const response = await batch({ messages: Array.from({ length: 1000 }, (_, i) => ({ ...good, text: `n ${i}` })) });
    stop();
    expect(response.statusCode).toBe(202);
    const ids = response.json().results.map((m: { id: string }) => m.id);
    expect(new Set(ids).size).toBe(1000);
    expect(commits).toBe(1);
    expect((await stored()).length).toBe(before + 1000);
    expect((await stored()).slice(0, 1000).reverse()).toEqual(ids);
  });

  it('answers 202 with nothing but problems, and stores nothing, when no message is good', async () => {
    const before = await stored();
    const response = await batch({ messages: [{ ...good, to: 'x' }, {}] });
    expect(response.statusCode).toBe(202);
    expect(response.json().results.every((r: { problem?: unknown }) => r.problem)).toBe(true);
    expect(await stored()).toEqual(before);
  });

  it('refuses a frame that is none, and stores nothing of it', async () => {
    const before = await stored();
    const cases: [unknown, number, string][] = [
      [undefined, 400, 'requestInvalid'],
      [{ messages: [] }, 400, 'requestInvalid'],
      [{}, 400, 'requestInvalid'],
      [[good], 400, 'requestInvalid'],
      [{ messages: good }, 400, 'requestInvalid'],
      [{ messages: [good], dryRun: true }, 400, 'requestInvalid'],
      [{ messages: Array.from({ length: 1001 }, () => good) }, 400, 'requestInvalid'],
      [`{"messages":[${JSON.stringify(good)},{"to":]}`, 400, 'bodyInvalid'],
      [`{"messages":[${JSON.stringify(good)}`, 400, 'bodyInvalid'],
      [`{"messages":[${JSON.stringify(good)}]} {}`, 400, 'bodyInvalid'],
      [`{"messages":[${JSON.stringify(good)}],"__proto__":{}}`, 400, 'requestInvalid'],
      [JSON.stringify({ messages: [{ ...good, text: 'x'.repeat(8 * 2 ** 20) }] }), 413, 'bodyTooLarge'],
      [Buffer.from([0xff, 0xfe]), 400, 'bodyInvalid'],
    ];
    for (const [body, status, code] of cases) {
      const response = await batch(body);
      expect(response.json(), String(JSON.stringify(body)).slice(0, 60)).toMatchObject({ status, code });
    }
    expect(await stored()).toEqual(before);
  });

  it('X16, X30: answers poisoned and monstrous entries in their place', async () => {
    const bomb = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const fields = `{${Array.from({ length: 50_000 }, (_, i) => `"f${i}":1`).join(',')}}`;
    const poison = `{"to":"${good.to}","text":"x","__proto__":{"flash":true}}`;
    const long = JSON.stringify({ ...good, text: 'x'.repeat(1_100_000) });
    const { results } = (await batch(`{"messages":[${[bomb, fields, poison, long, JSON.stringify(good)].join(',')}]}`)).json();
    expect(results.map((r: { problem?: { code: string } }) => r.problem?.code)).toEqual([
      'requestInvalid',
      'requestInvalid',
      'requestInvalid',
      'requestInvalid',
      undefined,
    ]);
    expect(results[2].problem.errors[0].pointer).toBe('/messages/2/__proto__');
    expect(results[4].flash).toBe(false);
  });

  it('takes a batch of more than 1 MB', async () => {
    const messages = Array.from({ length: 900 }, () => ({ ...good, text: 'я'.repeat(660) }));
    const body = JSON.stringify({ messages });
    expect(Buffer.byteLength(body)).toBeGreaterThan(2 ** 20);
    expect((await batch(body)).json().results.every((m: { segmentCount?: number }) => m.segmentCount === 10)).toBe(true);
  });
});
