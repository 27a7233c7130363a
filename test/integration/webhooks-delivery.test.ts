import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom, systemRandom } from '../../src/base/random.ts';
import { shapeEvent } from '../../src/http/shape.ts';
import type { NewMessage } from '../../src/store/records/message.ts';
import type { Store } from '../../src/store/store.ts';
import { ANSWER_LIMIT } from '../../src/webhooks/call.ts';
import type { WebhookEndpoint } from '../../src/webhooks/lane.ts';
import { fetchPost } from '../../src/webhooks/post.ts';
import { RETRIES } from '../../src/webhooks/retry.ts';
import { WebhookSender } from '../../src/webhooks/sender.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openStore } from '../support/open-store.ts';
import { newMessage } from '../support/store-samples.ts';
import { type ReceivedCall, WebhookReceiver } from '../support/webhook-receiver.ts';

const FULL = process.env.SIMPOST_TEST_FULL !== undefined;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const ICCID = '8938001234567890123';
const DAY = 86_400_000;

let path: string;
let clock: FakeClock;
let store: Store;
let sender: WebhookSender;
let log: string[];
const receivers: WebhookReceiver[] = [];

const open = (): Promise<Store> =>
  openStore({
    path,
    clock,
    random: systemRandom,
  });

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'simpost-webhooks-'));
  // A receiver checks that a call is fresh by its own watch.
  clock = new FakeClock(Date.now());
  store = await open();
  log = [];
});

afterEach(async () => {
  await sender.stop();
  await store.close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  await rm(path, { recursive: true, force: true });
});

async function receiver(path?: string): Promise<WebhookReceiver> {
  const one = await WebhookReceiver.start(path);
  receivers.push(one);
  return one;
}

function start(...endpoints: WebhookEndpoint[]): void {
  sender = new WebhookSender({
    store,
    endpoints,
    post: fetchPost(fetch),
    guardedPost: () => Promise.reject(new Error('nothing here is guarded')),
    clock,
    random: seededRandom(8025),
    log: pino({ level: 'debug' }, { write: (line: string) => log.push(line) }),
    shape: shapeEvent,
  });
  sender.start();
}

const to = (one: Pick<WebhookReceiver, 'url'>, ...events: string[]): WebhookEndpoint => ({
  name: one.url,
  url: one.url,
  secret: SECRET,
  previous: null,
  guarded: false,
  events: events.length > 0 ? events : ['*'],
});

const message = (over: Partial<NewMessage> = {}): NewMessage => newMessage(clock.now(), { expiresAt: clock.now() + 7 * DAY, ...over });

const happen = (n = 1): Promise<unknown> => store.accept(Array.from({ length: n }, () => message()));

const reply = (id: string): Promise<unknown> =>
  store.receive({
    inboundId: id,
    iccid: ICCID,
    imei: '1',
    from: '+380501234567',
    text: 'ПЕРЕНОС',
    alphabet: 'ucs2',
    smscAt: null,
    smscTime: null,
    receivedAt: clock.now(),
    pdu: '00',
    placement: { kind: 'single' },
    answers: null,
  });

/** Lets the event loop turn until something is so. */
async function turnsUntil(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setImmediate(resolve));
}

/** Nothing of an endpoint is under way or due now. */
const settled = (one: { url: string }): Promise<void> =>
  turnsUntil(async () => ((await store.nextDelivery(one.url)) ?? Number.POSITIVE_INFINITY) > clock.now());

/** Moves time from retry to retry until every delivery has come to its end. */
async function drained(one: { url: string }): Promise<void> {
  await settled(one);
  for (let next = await store.nextDelivery(one.url); next !== undefined; next = await store.nextDelivery(one.url)) {
    await clock.advance(next - clock.now());
    await settled(one);
  }
}

const idsOf = (calls: readonly ReceivedCall[]): string[] => [...new Set(calls.map((c) => c.id))];

describe('a webhook', () => {
  it('X09: carries {type, timestamp, data} as the API shows it, signed as Standard Webhooks want it', async () => {
    const shop = await receiver();
    start(to(shop));
    await store.accept([message({ reference: 'visit-7' })]);
    const [call] = await shop.until(1);
    if (!call) throw new Error('no call');
    expect(call.contentType).toBe('application/json');
    expect(call.userAgent).toBe('simpost');
    const headers = { 'webhook-id': call.id, 'webhook-timestamp': call.timestamp, 'webhook-signature': call.signature };
    expect(new Webhook(SECRET).verify(call.body, headers)).toEqual(JSON.parse(call.body));
    const [event] = await store.events(0, 1);
    if (!event) throw new Error('no event');
    expect(call.id).toBe(event.id);
    expect(JSON.parse(call.body)).toEqual(shapeEvent(event));
    expect(JSON.parse(call.body)).toMatchObject({
      type: 'message.queued',
      data: { to: '+380501234567', status: 'queued', reference: 'visit-7' },
    });
    await settled(shop);
    expect(await store.nextDelivery(shop.url)).toBeUndefined();
  });

  it('goes to those that asked for it: one type, a family, or all', async () => {
    const [all, family, one] = [await receiver(), await receiver(), await receiver()];
    start(to(all), to(family, 'message.*'), to(one, 'inbound.received', 'message.cancelled'));
    const taken = message();
    await store.accept([taken]);
    await reply('in_1');
    await store.cancel(taken.id, clock.now());
    const types = (calls: readonly ReceivedCall[]): string[] => calls.map((c) => JSON.parse(c.body).type).sort();
    expect(types(await all.until(3))).toEqual(['inbound.received', 'message.cancelled', 'message.queued']);
    expect(types(await family.until(2))).toEqual(['message.cancelled', 'message.queued']);
    expect(types(await one.until(2))).toEqual(['inbound.received', 'message.cancelled']);
    await Promise.all([all, family, one].map(settled));
    expect([all.calls.length, family.calls.length, one.calls.length]).toEqual([3, 2, 2]);
  });

  it('never tells the text of a code', async () => {
    const shop = await receiver();
    start(to(shop));
    await store.accept([message({ purpose: 'otp', text: 'Код 774411', segments: [{ text: 'Код 774411' }] })]);
    const [call] = await shop.until(1);
    expect(call?.body).not.toContain('774411');
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ data: { text: null, textHidden: true } });
  });

  it('tells what happens to one message in order, one call at a time, and to several at once', async () => {
    const shop = await receiver();
    shop.behaviour = () => undefined;
    start(to(shop));
    const [first, second] = [message(), message()];
    await store.accept([first, second]);
    await store.cancel(first.id, clock.now());
    await shop.until(2);
    expect(shop.calls.map((c) => JSON.parse(c.body).data.id).sort()).toEqual([first.id, second.id].sort());
    await clock.advance(1);
    expect(shop.calls.length).toBe(2);
    const queued = shop.calls.find((c) => JSON.parse(c.body).data.id === first.id);
    shop.open
      .get(queued?.id ?? '')
      ?.writeHead(200)
      .end('thanks');
    await shop.until(3);
    expect(JSON.parse(shop.calls[2]?.body ?? '')).toMatchObject({ type: 'message.cancelled', data: { id: first.id } });
  });
});

describe('a webhook receiver that fails', () => {
  it('D18: with errors at every second call loses nothing, and sees one id for each event over all retries', async () => {
    const events = FULL ? 1000 : 200;
    const random = seededRandom(1815);
    const shop = await receiver();
    shop.behaviour = (_call, response) => {
      const dice = random.float();
      if (dice < 0.2) {
        response.destroy();
        return undefined;
      }
      return dice < 0.3 ? 503 : dice < 0.4 ? 404 : dice < 0.5 ? 302 : 200;
    };
    const answered = new Map<string, number>();
    const behave = shop.behaviour;
    shop.behaviour = (call, response) => {
      const status = behave(call, response);
      if (status === 200) answered.set(call.id, (answered.get(call.id) ?? 0) + 1);
      return status;
    };
    start(to(shop));
    await happen(events);
    await drained(shop);
    const ids = (await store.events(0, events + 1)).map((e) => e.id);
    expect(idsOf(shop.calls).sort()).toEqual([...ids].sort());
    expect([...answered.keys()].sort()).toEqual([...ids].sort());
    expect([...answered.values()].every((n) => n === 1)).toBe(true);
    const webhook = new Webhook(SECRET);
    const bodies = new Map<string, string>();
    for (const { id, timestamp, body, signature } of shop.calls) {
      expect(body).toBe(bodies.get(id) ?? body);
      bodies.set(id, body);
      expect(signature).toBe(webhook.sign(id, new Date(Number(timestamp) * 1000), body));
    }
  });

  it('D18: that hangs is given up after 10 s and called again, with the same id and body and a new time', async () => {
    const shop = await receiver();
    shop.behaviour = () => undefined;
    start(to(shop));
    await happen();
    await shop.until(1);
    await clock.advance(ANSWER_LIMIT - 1);
    expect(shop.open.size).toBe(1);
    await clock.advance(1);
    await settled(shop);
    shop.behaviour = () => 200;
    await clock.advance(5500);
    const [first, second] = await shop.until(2);
    expect(second).toMatchObject({ id: first?.id, body: first?.body });
    expect(Number(second?.timestamp)).toBeGreaterThanOrEqual(Number(first?.timestamp) + 14);
    expect(second?.signature).not.toBe(first?.signature);
    await settled(shop);
    expect(await store.nextDelivery(shop.url)).toBeUndefined();
    expect(log.join('')).toContain('no answer within 10 s');
  });

  it('D18: that is dead or hangs delays no other endpoint', async () => {
    const [well, hanging] = [await receiver(), await receiver()];
    const dead = await WebhookReceiver.start();
    await dead.close();
    hanging.behaviour = () => undefined;
    start(to(dead), to(hanging), to(well));
    const before = clock.monotonic();
    await happen(100);
    await well.until(100);
    await settled(well);
    expect(idsOf(well.calls).length).toBe(100);
    expect(clock.monotonic()).toBe(before);
    await settled(dead);
    expect(log.join('')).toContain('ECONNREFUSED');
    expect(hanging.calls.length).toBeLessThanOrEqual(8);
  });

  it('D18: gets every event although the daemon stops at any moment', async () => {
    const kills = FULL ? 200 : 20;
    const random = seededRandom(200);
    const shop = await receiver();
    const answered: string[] = [];
    shop.behaviour = (call) => {
      if (random.float() < 0.3) return 500;
      answered.push(call.id);
      return 200;
    };
    const endpoint = to(shop);
    start(endpoint);
    for (let i = 0; i < kills; i += 1) {
      const work = happen(5);
      for (let turns = Math.floor(random.float() * 40); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
      await work;
      await sender.stop();
      await store.close();
      store = await open();
      start(endpoint);
    }
    await drained(shop);
    const ids = (await store.events(0, kills * 5 + 1)).map((e) => e.id);
    expect(ids.length).toBe(kills * 5);
    expect([...new Set(answered)].sort()).toEqual([...ids].sort());
    expect(idsOf(shop.calls).length).toBe(ids.length);
  });

  it('is called nine times over two days, then never again, and the log says so', async () => {
    const shop = await receiver();
    shop.behaviour = () => 500;
    start(to(shop));
    await happen();
    const times: number[] = [];
    for (let tries = 1; tries <= RETRIES.length + 1; tries += 1) {
      await shop.until(tries);
      times.push(clock.now());
      await settled(shop);
      const next = await store.nextDelivery(shop.url);
      if (next !== undefined) await clock.advance(next - clock.now());
    }
    const gaps = times.slice(1).map((at, i) => (at - (times[i] ?? 0)) / (RETRIES[i] ?? 1));
    expect(gaps.length).toBe(8);
    for (const gap of gaps) expect(Math.abs(gap - 1)).toBeLessThanOrEqual(0.1001);
    expect(await store.nextDelivery(shop.url)).toBeUndefined();
    await clock.advance(7 * DAY);
    expect(shop.calls.length).toBe(9);
    expect(idsOf(shop.calls).length).toBe(1);
    expect(log.filter((line) => line.includes('given up')).length).toBe(1);
  });

  it('and says 410 is not called again, about that or anything that waits or comes', async () => {
    const shop = await receiver();
    shop.behaviour = () => 410;
    start(to(shop));
    await happen();
    await shop.until(1);
    await settled(shop);
    expect(await store.nextDelivery(shop.url)).toBeUndefined();
    shop.behaviour = () => 200;
    await happen();
    await turnsUntil(async () => (await store.nextDelivery(shop.url)) === undefined);
    expect(shop.calls.length).toBe(1);
    expect(log.filter((line) => line.includes('is gone')).length).toBe(1);
  });

  it('X08: cannot lead a call elsewhere by a redirect', async () => {
    const [shop, elsewhere] = [await receiver(), await receiver()];
    shop.behaviour = (_call, response) => {
      response.writeHead(307, { location: elsewhere.url }).end();
      return undefined;
    };
    start(to(shop));
    await happen();
    await shop.until(1);
    await settled(shop);
    expect(elsewhere.calls.length).toBe(0);
    expect(await store.nextDelivery(shop.url)).toBeGreaterThan(clock.now());
  });

  it('X08: cannot hold a call by an answer without end', async () => {
    const shop = await receiver();
    shop.behaviour = (_call, response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x78)));
        response.once('drain', pour);
      };
      pour();
      return undefined;
    };
    start(to(shop));
    await happen();
    await shop.until(1);
    await settled(shop);
    expect(await store.nextDelivery(shop.url)).toBeUndefined();
  });

  it('X24: leaves neither secrets of its address nor what clients write in the log', async () => {
    const shop = await receiver('/hook/T0K3N?key=T0K3N');
    shop.behaviour = () => 500;
    start(to(shop));
    await store.accept([message({ text: 'CANARY' })]);
    await shop.until(1);
    await settled(shop);
    expect(log.join('')).toContain('HTTP 500');
    expect(log.join('')).not.toMatch(/T0K3N|CANARY|380501234567|whsec_/);
  });
});

describe('a configuration', () => {
  it('with a secret that is none is refused at the start', () => {
    expect(() => start({ ...to({ url: 'http://127.0.0.1:9/x' }), secret: 'hunter2' })).toThrow(
      expect.objectContaining({ code: 'configInvalid' }),
    );
    start();
  });
});

/** Time that moves on each time that somebody looks, as it does where everything takes time. */
class PassingClock extends FakeClock {
  /** Milliseconds for each look. */
  pace = 0;

  override now(): number {
    const now = super.now();
    this.step(this.pace);
    return now;
  }
}

describe('a webhook that is due while the lane looks', () => {
  it('a retry that falls due between reading what is due and setting the alarm is not a minute late', async () => {
    const passing = new PassingClock(Date.now());
    clock = passing;
    const shop = await receiver();
    shop.behaviour = () => 500;
    start(to(shop));
    await happen();
    await shop.until(1);
    await settled(shop);
    const due = await store.nextDelivery(shop.url);
    if (due === undefined) throw new Error('no retry');
    shop.behaviour = () => 200;
    // The alarm goes off a millisecond before that by the wall, and the one that is set then is set a millisecond later.
    clock.step(-1);
    passing.pace = 1;
    const left = due - 1 - clock.now();
    clock.step(-1);
    await clock.advance(left + 1);
    passing.pace = 0;
    await clock.advance(5);
    await shop.until(2);
    await settled(shop);
  });
});
