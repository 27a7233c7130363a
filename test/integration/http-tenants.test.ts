import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS } from '../../src/http/access.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { portOf } from '../support/port-of.ts';
import { newMessage, newReceived } from '../support/store-samples.ts';

/** What must never be told to the other key: words of each, in texts, references and numbers. */
const MARKS = { ours: ['OURS', '380501110001'], theirs: ['THEIRS', '380502220002'] } as const;
type Side = keyof typeof MARKS;
const OTHER: Readonly<Record<Side, Side>> = { ours: 'theirs', theirs: 'ours' };

let rig: ApiRig;
const keys: Record<Side, string> = { ours: '', theirs: '' };
/** By whose message it is. */
const ids: Record<Side, { sent: string; doubtful: string; missed: string }> = {
  ours: { sent: '', doubtful: '', missed: '' },
  theirs: { sent: '', doubtful: '', missed: '' },
};
let inbound: string;

beforeAll(async () => {
  rig = await apiRig();
  for (const side of ['ours', 'theirs'] as const) {
    keys[side] = await rig.makeKey('send', 'read');
    const [word, number] = MARKS[side];
    const send = async (): Promise<string> => {
      const body = { to: `+${number}`, text: `${word} text`, reference: `${word} reference` };
      return (await rig.call('POST', '/v1/messages', { key: keys[side], body })).json().id;
    };
    const doubtful = await send();
    const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
    expect(claim?.messageId).toBe(doubtful);
    await rig.store.settle(claim?.attemptId ?? 0, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: rig.clock.now(), decideAt: null });
    const keyId = (await rig.store.message(doubtful))?.keyId ?? '';
    const missed = newMessage(rig.clock.now(), {
      keyId,
      to: `+${number}`,
      text: `${word}`,
      held: { reason: 'missed', dueAt: rig.clock.now() },
    });
    await rig.store.accept([missed]);
    const visit = { contact: { to: `+${number}`, name: `${word} name` }, startsAt: '2026-12-24T10:00:00Z' };
    expect((await rig.call('PUT', `/v1/occasions/lead/${side}`, { key: keys[side], body: visit })).statusCode).toBe(201);
    ids[side] = { doubtful, sent: await send(), missed: missed.id };
  }
  const { inboundId } = await rig.store.receive(newReceived(rig.clock.now(), { from: '+380503330003', text: 'INBOX' }));
  inbound = inboundId ?? '';
});
afterAll(() => rig.close());

const isMethod = (word: string): word is 'GET' | 'POST' | 'PUT' | 'DELETE' => ['GET', 'POST', 'PUT', 'DELETE'].includes(word);

/** Asks a route about the messages of `of`, with the key of `by`. */
async function ask(route: string, by: Side, of: Side): Promise<{ status: number; body: string }> {
  const [method = '', path = ''] = route.split(' ');
  const { sent, doubtful, missed } = ids[of];
  const id = path.includes('resolve') ? doubtful : path.includes('missed') ? missed : path.includes('inbound') ? inbound : sent;
  const body = path.endsWith('resolve')
    ? { as: 'sent' }
    : path.includes('missed')
      ? { as: 'leave' }
      : path.endsWith('steer')
        ? { to: 'cancel' }
        : path.includes('dialogues/')
          ? { event: 'paid' }
          : path.endsWith('/start')
            ? { recipients: 1 }
            : path.endsWith('verify')
              ? { code: '123456' }
              : path.includes(':kind/:externalId')
                ? path.endsWith('attendance')
                  ? { attendance: 'came' }
                  : { contact: { to: '+380504440004' } }
                : { to: '+380504440004', text: 'x' };
  if (!isMethod(method)) throw new Error(route);
  const url = path
    .replace(':kind/:externalId', `lead/${of}`)
    .replace(':kind', 'lead')
    .replace(':id', id)
    .replace(':iccid', ICCID)
    .replace(':modem', 'desk');
  const answer = await rig.call(method, url, { key: keys[by], ...(method === 'POST' || method === 'PUT' ? { body } : {}) });
  return { status: answer.statusCode, body: answer.body };
}

describe('two keys on one box', () => {
  const routes = Object.entries(ACCESS).flatMap(([route, access]) => (access === 'open' ? [] : [route]));

  it('X15: each sees its own, in the lists and by any filter', async () => {
    for (const side of ['ours', 'theirs'] as const) {
      const list = async (query: string): Promise<string[]> =>
        (await rig.call('GET', `/v1/messages${query}`, { key: keys[side] })).json().data.map((m: { id: string }) => m.id);
      const { sent, doubtful, missed } = ids[side];
      expect(await list('')).toEqual([sent, missed, doubtful]);
      expect(await list('?status=uncertain')).toEqual([doubtful]);
      expect(await list('?purpose=otp')).toEqual([]);
      expect(await list(`?to=%2B${MARKS[side][1]}&limit=1`)).toEqual([sent]);
      expect(await list(`?to=%2B${MARKS[OTHER[side]][1]}`)).toEqual([]);
      expect(await list('?since=2026-11-23T00:00:00Z')).toEqual([]);
      expect(
        (await rig.call('GET', '/v1/missed', { key: keys[side] })).json().data.map((m: { message: { id: string } }) => m.message.id),
      ).toEqual([missed]);
    }
    const all = await rig.makeKey('read:all', 'send');
    expect((await rig.call('GET', '/v1/messages', { key: all })).json().data).toHaveLength(6);
    expect((await rig.call('GET', '/v1/missed', { key: all })).json().data).toHaveLength(2);
    expect((await rig.call('GET', '/v1/inbound', { key: all })).json().data).toHaveLength(1);
    const other = (await rig.call('POST', '/v1/messages', { key: keys.ours, body: { to: '+380501110001', text: 'x' } })).json().id;
    expect((await rig.call('DELETE', `/v1/messages/${other}`, { key: all })).statusCode).toBe(200);
  });

  it.each(routes.filter((route) => route !== 'GET /v1/events'))(
    'X15: %s tells and does nothing of what another key handed over',
    async (route) => {
      for (const side of ['ours', 'theirs'] as const) {
        const before = JSON.stringify(await rig.store.message(ids[OTHER[side]].sent));
        const { status, body } = await ask(route, side, OTHER[side]);
        for (const mark of [...MARKS[OTHER[side]], ...Object.values(ids[OTHER[side]])]) expect(body).not.toContain(mark);
        // What clients wrote is the box's, for whoever reads.
        if (route.includes(':id') && !route.includes('inbound')) expect([403, 404]).toContain(status);
        if (route.includes(':kind/:externalId')) expect([404, 409]).toContain(status);
        expect(JSON.stringify(await rig.store.message(ids[OTHER[side]].sent))).toBe(before);
      }
      for (const side of ['ours', 'theirs'] as const) {
        expect((await rig.store.message(ids[side].doubtful))?.status).toBe('uncertain');
        expect((await rig.store.message(ids[side].missed))?.reason).toBe('missed');
      }
    },
  );

  it('X15: live events tell each of its own, and of the inbox all who may read', async () => {
    await rig.app.listen({ host: '127.0.0.1', port: 0 });
    const port = portOf(rig.app.server);
    const heard = async (key: string, enough: RegExp): Promise<string> => {
      const ended = new AbortController();
      const response = await fetch(`http://127.0.0.1:${port}/v1/events?lastEventId=0`, {
        headers: { authorization: `Bearer ${key}` },
        signal: ended.signal,
      });
      let text = '';
      for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (enough.test(text)) break;
      }
      ended.abort();
      return text;
    };
    // The last thing that each may hear of: it comes after all that it may not.
    const { id } = (await rig.call('POST', '/v1/messages', { key: keys.ours, body: { to: '+380501110001', text: 'OURS last' } })).json();
    const ours = await heard(keys.ours, new RegExp(`"${id}"`));
    for (const mark of MARKS.theirs) expect(ours).not.toContain(mark);
    const last = (await rig.call('POST', '/v1/messages', { key: keys.theirs, body: { to: '+380502220002', text: 'THEIRS last' } })).json()
      .id;
    const theirs = await heard(keys.theirs, new RegExp(`"${last}"`));
    for (const mark of MARKS.ours) expect(theirs).not.toContain(mark);
    const inbox = await heard(await rig.makeKey('inbox'), /INBOX/);
    for (const mark of [...MARKS.ours, ...MARKS.theirs]) expect(inbox).not.toContain(mark);
    expect(await heard(await rig.makeKey('read:all'), new RegExp(`"${last}"`))).toMatch(/OURS[\s\S]*INBOX/);
  });
});
