import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { NO_CAPS } from '../support/config-text.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type StillMachine, stillMachine } from '../support/still-machine.ts';
import { virtualWorld } from '../support/virtual-world.ts';

const HOUR = 3_600_000;
const OFFER_TO = '+380670000001';
const CODE_TO = '+380670000002';
const SERVICE_TO = '+380670000003';

/** A whole daemon on two virtual modems, whose wall clock may lie by `lie` against the network's. */
let time: FakeClock;
let lie: number;
let machine: StillMachine;
let network: VirtualNetwork;
let sentTo: string[];
let folder: string;
let file: string;
let key: string;
let daemon: Daemon;

async function start(): Promise<void> {
  const clock: Clock = {
    now: () => time.now() + lie,
    monotonic: () => time.monotonic(),
    setTimer: (delay, fn) => time.setTimer(delay, fn),
  };
  daemon = await startDaemon(
    { ...loadConfig(file, {}), modem: ['one', 'two'].map((name) => ({ port: `sim://${name}`, baudRate: 115_200 })) },
    virtualWorld(network, clock, { machine }),
  );
}

async function stop(): Promise<void> {
  // The connections of the API are looked after each 100 ms of the daemon's own time.
  await time.during(daemon.stop());
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
type Answer = { status: number; body: any };

const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
  time.during(
    (async () => {
      const response = await fetch(daemon.url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    })(),
  );

const send = async (to: string, purpose: string, more: object = {}): Promise<string> => {
  const { status, body } = await ask('POST', '/v1/messages', { to, text: 'Добрий день', purpose, ...more });
  expect(status).toBe(202);
  return body.id;
};

const statusOf = async (id: string): Promise<string> => {
  const { body } = await ask('GET', `/v1/messages/${id}`);
  return `${body.status} ${body.reason ?? ''}`.trim();
};

const reasonOfTime = async (): Promise<string> => (await ask('GET', '/v1/time')).body.reason;

beforeEach(async () => {
  time = new FakeClock(Date.UTC(2026, 10, 22, 0, 0, 0));
  lie = 0;
  machine = stillMachine(time);
  network = new VirtualNetwork({ clock: time, random: seededRandom(3) });
  sentTo = [];
  network.events.on('accepted', ({ to }) => sentTo.push(to));
  for (const name of ['one', 'two']) network.addModem({ name });
  for (const number of [OFFER_TO, CODE_TO, SERVICE_TO]) network.addPhone({ number });
  folder = mkdtempSync(join(tmpdir(), 'simpost-time-'));
  file = join(folder, 'simpost.toml');
  writeFileSync(file, `[site]\ncountry = "UA"\n[http]\nlisten = "127.0.0.1:0"\n[store]\npath = "store"\n${NO_CAPS}`);
  key = await createKey({ name: 'desk', scopes: 'send,read:all,operate', config: file });
});

afterEach(async () => {
  await stop();
  network.close();
  rmSync(folder, { recursive: true });
});

describe('a box whose clock may lie', () => {
  it('T01 boots in 1970: codes go at once, a service message after a minute and says so, offers and schedules when the time is known', async () => {
    lie = -time.now();
    await start();
    await time.advance(1000);
    const offers = [await send(OFFER_TO, 'promotional'), await send(OFFER_TO, 'promotional')];
    const scheduled = await send(OFFER_TO, 'urgent', { sendAt: '2026-11-22T00:10:00Z' });
    const codes = [];
    for (let i = 0; i < 5; i += 1) codes.push(await send(CODE_TO, 'otp'));
    const service = await send(SERVICE_TO, 'service');
    expect(await statusOf(service)).toBe('held clockUntrusted');
    await time.advance(50_000);
    expect(sentTo).toEqual(codes.map(() => CODE_TO));
    await time.advance(25_000);
    expect(sentTo.slice(5)).toEqual([SERVICE_TO]);
    expect((await ask('GET', `/v1/messages/${service}`)).body.events).toContainEqual(
      expect.objectContaining({ type: 'message.queued', reason: 'clockUntrusted' }),
    );
    // The modems and the SMSC say that this is not 1970.
    expect(await reasonOfTime()).toBe('networkDisagrees');
    expect((await ask('GET', '/readyz')).body.reasons).toContainEqual(expect.stringContaining('The clock is not trusted'));
    await time.advance(15_000);
    lie = 0;
    machine.isSynchronized = true;
    await time.advance(30_000);
    expect(await Promise.all(offers.map(statusOf))).toEqual(['queued', 'queued']);
    await time.advance(120_000);
    expect(await reasonOfTime()).toBe('synchronized');
    expect(sentTo.slice(6)).toEqual([OFFER_TO, OFFER_TO]);
    expect(await statusOf(scheduled)).toBe('held scheduled');
    await time.advance(10 * 60_000);
    expect(sentTo.slice(8)).toEqual([OFFER_TO]);
  });

  it('T01 boots three days late: codes go at once, and when the time turns out to be two at night, no offer goes before nine', async () => {
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('[http]', 'timeZone = "Europe/Kyiv"\n[http]').replace('profile = "off"', 'profile = "standard"'),
    );
    // It stood at five in the afternoon of an ordinary day, when offers may go.
    lie = -3 * 24 * HOUR - 9 * HOUR;
    await start();
    await time.advance(1000);
    const messages = Array.from({ length: 100 }, (_, i) => ({
      to: `+38067100${String(i).padStart(4, '0')}`,
      text: 'Знижка',
      purpose: 'promotional',
    }));
    expect((await ask('POST', '/v1/messages/batch', { messages })).status).toBe(202);
    const codes = [];
    for (let i = 0; i < 5; i += 1) codes.push(await send(CODE_TO, 'otp'));
    await time.advance(60_000);
    lie = 0;
    machine.isSynchronized = true;
    await time.advance(150_000);
    expect(await reasonOfTime()).toBe('synchronized');
    expect(sentTo).toEqual(codes.map(() => CODE_TO));
    const held: { reason: string; dueAt: string }[] = (await ask('GET', '/v1/messages?status=held&limit=200')).body.data;
    expect(held.map(({ reason }) => reason)).toEqual(messages.map(() => 'quietHours'));
    // Nine in Kyiv.
    expect(held.filter(({ dueAt }) => Date.parse(dueAt) < Date.UTC(2026, 10, 22, 7))).toEqual([]);
  });

  it('T06 takes its trust back within five minutes when the time service lies by six hours and the network says otherwise', async () => {
    machine.isSynchronized = true;
    await start();
    await time.advance(60_000);
    expect(await reasonOfTime()).toBe('synchronized');
    lie = 6 * HOUR;
    await time.advance(300_000);
    expect(await ask('GET', '/v1/time')).toMatchObject({ body: { trusted: false, reason: 'networkDisagrees' } });
    const offer = await send(OFFER_TO, 'promotional');
    await time.advance(60_000);
    expect(await statusOf(offer)).toBe('queued');
    expect((await ask('GET', '/readyz')).body.reasons).toContainEqual(expect.stringContaining('says another time'));
    lie = 0;
    await time.advance(180_000);
    expect(await reasonOfTime()).toBe('synchronized');
    expect(sentTo).toEqual([OFFER_TO]);
  });

  it('believes two modems that agree with it, and a person until the clock jumps', async () => {
    await start();
    await time.advance(60_000);
    expect(await reasonOfTime()).toBe('network');
    expect(await ask('PUT', '/v1/time', { trusted: true })).toMatchObject({ status: 200, body: { trusted: true, reason: 'person' } });
    lie = 3 * HOUR;
    await time.advance(180_000);
    expect(await reasonOfTime()).toBe('networkDisagrees');
    expect(await ask('PUT', '/v1/time', { trusted: 'yes' })).toMatchObject({ status: 400 });
  });

  it('T08 was off for three days: it lists what it missed, tells so in /readyz, and sends what a person wants sent', async () => {
    machine.isSynchronized = true;
    await start();
    await time.advance(1000);
    const wanted = await send(SERVICE_TO, 'service', { sendAt: '2026-11-22T09:00:00Z' });
    const unwanted = await send(OFFER_TO, 'promotional', { sendAt: '2026-11-23T09:00:00Z' });
    await stop();
    await time.advance(72 * HOUR);
    machine.bootId = 'boot-2';
    await start();
    await time.advance(60_000);
    expect(sentTo).toEqual([]);
    const { body } = await ask('GET', '/v1/missed');
    expect(body).toMatchObject({
      data: [
        { dueAt: '2026-11-22T09:00:00.000Z', message: { id: wanted, status: 'held', reason: 'missed', purpose: 'service' } },
        { dueAt: '2026-11-23T09:00:00.000Z', message: { id: unwanted, status: 'held', reason: 'missed' } },
      ],
      nextCursor: null,
    });
    expect((await ask('GET', '/readyz')).body.reasons).toContainEqual(expect.stringContaining('due while the box was off: 2'));
    expect(await ask('POST', `/v1/missed/${wanted}`, { as: 'send' })).toMatchObject({
      status: 200,
      body: { status: 'queued', reason: 'missed' },
    });
    expect(await ask('POST', `/v1/missed/${unwanted}`, { as: 'leave' })).toMatchObject({
      status: 200,
      body: { status: 'expired', reason: 'missed' },
    });
    expect(await ask('POST', `/v1/missed/${unwanted}`, { as: 'send' })).toMatchObject({ status: 409, body: { code: 'tooLate' } });
    expect(await ask('POST', '/v1/missed/msg_none', { as: 'send' })).toMatchObject({ status: 404 });
    await time.advance(10_000);
    expect(sentTo).toEqual([SERVICE_TO]);
    expect((await ask('GET', '/readyz')).body.reasons).toEqual([expect.stringContaining('Policy is off')]);
  });
});
