import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEARTBEAT, SLOWEST } from '../../src/http/live-events.ts';
import type { NewMessage } from '../../src/store/records/message.ts';
import { schemasOf } from '../support/api-document.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { EventSource } from '../support/event-source.ts';
import { newMessage } from '../support/store-samples.ts';

let rig: ApiRig;
let origin: string;
const open: EventSource[] = [];

beforeEach(async () => {
  rig = await apiRig();
  origin = await rig.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const source of open.splice(0)) source.close();
  await rig.close();
});

async function listen(query = '', headers: Record<string, string> = {}): Promise<EventSource> {
  const source = await EventSource.open(`${origin}/v1/events${query}`, { authorization: `Bearer ${rig.key}`, ...headers });
  open.push(source);
  return source;
}

const message = (text: string, purpose: NewMessage['purpose'] = 'service'): NewMessage =>
  newMessage(rig.clock.now(), { text, segments: [{ text }], alphabet: 'gsm7', purpose });
const happen = (n: number): Promise<unknown> => Promise.all(Array.from({ length: n }, (_, i) => rig.store.accept([message(`n ${i}`)])));

describe('GET /v1/events', () => {
  it('streams what happens from now on, as /openapi.json describes it, the text of a code hidden', async () => {
    await happen(3);
    const source = await listen();
    expect(source.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const sent = (await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Ваше авто готове' } })).json();
    await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Код 774411', purpose: 'otp' } });
    await rig.call('DELETE', `/v1/messages/${sent.id}`);
    await rig.store.receive({
      inboundId: 'in_1',
      iccid: ICCID,
      imei: '1',
      from: '+380501234567',
      text: 'ПЕРЕНОС',
      alphabet: 'ucs2',
      smscAt: null,
      smscTime: null,
      receivedAt: rig.clock.now(),
      pdu: '00',
      placement: { kind: 'single' },
      answers: sent.id,
    });
    const frames = await source.until(4);
    expect(frames.map((f) => f.event)).toEqual(['message.queued', 'message.queued', 'message.cancelled', 'inbound.received']);
    expect(frames.map((f) => f.data.type)).toEqual(frames.map((f) => f.event));
    const { policy, segments, events, cost, damaged, dueAt, ...summary } = sent;
    expect([policy, segments, events, cost, damaged, dueAt]).not.toContain(undefined);
    expect(frames[0]?.data).toMatchObject({ id: expect.stringMatching(/^evt_/), timestamp: sent.acceptedAt, data: summary });
    expect(frames[1]?.data.data).toMatchObject({ text: null, textHidden: true });
    expect(frames[2]?.data.data).toMatchObject({ id: sent.id, status: 'cancelled' });
    expect(frames[3]?.data.data).toEqual((await rig.call('GET', '/v1/inbound/in_1')).json());

    const document: object = (await rig.call('GET', '/openapi.json')).json();
    const validate = schemasOf(document)('#/components/schemas/StreamedEvent');
    for (const { data } of frames) {
      validate(data);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('resumes after Last-Event-ID, by header or in the address, and the header wins', async () => {
    await happen(5);
    const all = (await (await listen('?lastEventId=0')).until(5)).map((f) => f.id);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    const third = String(all[2]);
    for (const source of [
      await listen('', { 'last-event-id': third }),
      await listen(`?lastEventId=${third}`),
      await listen('?lastEventId=0', { 'last-event-id': third }),
    ]) {
      expect((await source.until(2)).map((f) => f.id)).toEqual(all.slice(3));
    }
  });

  it('begins with what happens next where the place is of another store', async () => {
    await happen(2);
    const source = await listen('', { 'last-event-id': '999999' });
    await happen(1);
    expect((await source.until(1)).length).toBe(1);
  });

  it('refuses a place that is none', async () => {
    for (const headers of [
      { 'last-event-id': 'abc' },
      { 'last-event-id': '-1' },
      { 'last-event-id': '1.5' },
      { 'last-event-id': '0x10' },
      { 'last-event-id': '1e3' },
    ]) {
      expect((await rig.call('GET', '/v1/events', { headers })).json()).toMatchObject({ status: 400, code: 'requestInvalid' });
    }
    expect((await rig.call('GET', '/v1/events?lastEventId=x')).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '?lastEventId' }],
    });
  });

  it('loses and doubles nothing over connections that break at any moment', async () => {
    const events = 600;
    const seen: number[] = [];
    let source = await listen('?lastEventId=0');
    const work = (async () => {
      for (let i = 0; i < events; i += 1) await rig.store.accept([message(`n ${i}`)]);
    })();
    for (let want = 37; seen.length < events; want = (want * 7) % 101) {
      await source.until(Math.min(want, events - seen.length));
      source.close();
      seen.push(...source.frames.map((f) => f.id));
      source.frames.length = 0;
      source = await listen('', { 'last-event-id': String(seen.at(-1) ?? 0) });
    }
    await work;
    expect(seen.length).toBe(events);
    expect(new Set(seen).size).toBe(events);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('gives a sign of life each 15 s, and none more', async () => {
    const source = await listen();
    const before = source.comments;
    await rig.clock.advance(HEARTBEAT - 1);
    expect(source.comments).toBe(before);
    await rig.clock.advance(1);
    await source.untilComments(before + 1);
    await rig.clock.advance(2 * HEARTBEAT);
    await source.untilComments(before + 3);
  });

  it('cuts a reader that reads nothing for 30 s, with bounded memory, and the reader resumes', async () => {
    const source = await listen('?lastEventId=0');
    source.pause();
    const texts = 400;
    // Far more than the sockets of both ends hold.
    for (let i = 0; i < texts; i += 50) await rig.store.accept(Array.from({ length: 50 }, () => message('x'.repeat(100_000))));
    const others = await listen(`?lastEventId=${await rig.store.lastEvent()}`);
    await happen(1);
    await others.until(1);
    let cut = false;
    const ended = source.ended.then(() => {
      cut = true;
    });
    await rig.clock.advance(SLOWEST - 1);
    expect(cut).toBe(false);
    await rig.clock.advance(1);
    source.resume();
    await ended;
    const got = source.frames.length;
    expect(got).toBeLessThan(texts);
    const again = await listen('', { 'last-event-id': String(source.frames.at(-1)?.id ?? 0) });
    await again.until(texts + 1 - got);
    expect(new Set([...source.frames, ...again.frames].map((f) => f.id)).size).toBe(texts + 1);
  });

  it('ends every stream when the server closes, at once', async () => {
    const sources = [await listen(), await listen()];
    await rig.app.close();
    await Promise.all(sources.map((source) => source.ended));
    expect(rig.clock.timers).toBe(0);
  });

  it('leaves no timer and no listener behind a reader that goes', async () => {
    // The first use of a key sets a timer of its own.
    await rig.call('GET', '/v1/sims');
    const before = rig.clock.timers;
    const source = await listen();
    expect(rig.clock.timers).toBe(before + 1);
    source.close();
    await expect.poll(() => rig.clock.timers).toBe(before);
  });

  it('has room for 64 readers and says so to the next', async () => {
    for (let i = 0; i < 64; i += 1) await listen();
    const refused = await rig.call('GET', '/v1/events');
    expect(refused.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(refused.headers['retry-after']).toBe('5');
  });
});
