import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { virtualWorld } from '../support/virtual-world.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const CALLER = '+380671112233';

/** A whole daemon on a virtual modem and a clock that stands still until it is moved. */
const clock = new FakeClock();
const network = new VirtualNetwork({ clock, random: seededRandom(5) });
const modem = network.addModem({ name: 'one' });
const iccid = modem.card?.iccid ?? '';
const folder = mkdtempSync(join(tmpdir(), 'simpost-telephone-'));
const file = join(folder, 'simpost.toml');
let hooks: WebhookReceiver;
let daemon: Daemon;
let key: string;
let reader: string;

async function start(): Promise<void> {
  daemon = await startDaemon({ ...loadConfig(file, {}), modem: [{ port: 'sim://one', baudRate: 115_200 }] }, virtualWorld(network, clock));
  for (let i = 0; i < 100; i += 1) {
    await clock.advance(100);
    if ((await ask('GET', '/readyz')).status === 200) return;
  }
  throw new Error('the daemon did not become ready');
}

async function stop(): Promise<void> {
  // Its connections are looked after each 100 ms.
  await clock.during(daemon.stop());
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
type Answer = { status: number; body: any };

/** Asks the API, and lets time go on until it answers. */
const ask = (method: string, path: string, body?: unknown, as = key): Promise<Answer> => clock.during(answer(method, path, body, as));

async function answer(method: string, path: string, body: unknown, as: string): Promise<Answer> {
  const response = await fetch(daemon.url + path, {
    method,
    headers: { authorization: `Bearer ${as}`, connection: 'close', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

/** The events of a type that the webhook was told of. */
const told = (type: string): { data: unknown }[] => hooks.calls.map((c) => JSON.parse(c.body)).filter((event) => event.type === type);

beforeAll(async () => {
  hooks = await WebhookReceiver.start();
  writeFileSync(
    file,
    `[site]
country = "UA"
[http]
listen = "127.0.0.1:0"
[store]
path = "store"
[time]
trust = "always"
[balance]
every = 3600
[[sim]]
iccid = "${iccid}"
balanceBelow = 20
[[webhook]]
url = "${hooks.url}"
secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
events = ["call.*", "sim.balanceLow"]
`,
  );
  key = await createKey({ name: 'desk', scopes: 'read:all,admin', config: file });
  reader = await createKey({ name: 'screen', scopes: 'read:all', config: file });
  await start();
});
afterAll(async () => {
  await stop();
  network.close();
  await hooks.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('calls', () => {
  it('a missed call is listed with its number, and told of once', async () => {
    network.call({ from: '0671112233', modem: 'one', forMs: 12_000 });
    await clock.advance(1_000);
    expect((await ask('GET', '/v1/calls', undefined, reader)).body.data).toMatchObject([
      { from: CALLER, state: 'ringing', duration: null },
    ]);
    await clock.advance(12_000);
    await hooks.until(1);
    const { data, nextCursor } = (await ask('GET', '/v1/calls')).body;
    expect(nextCursor).toBeNull();
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^call_[0-9a-f]{24}$/),
        from: CALLER,
        withheld: false,
        sim: iccid,
        state: 'missed',
        startedAt: expect.stringMatching(/^2026-11-22T10:/),
        duration: 12,
        rings: 3,
        hungUp: false,
      },
    ]);
    expect(told('call.missed').map((event) => event.data)).toEqual(data);
  });

  it('one with its number withheld has none; the list is newest first, in pages, and from a time on', async () => {
    await clock.advance(600_000);
    network.call({ from: 'withheld', modem: 'one', forMs: 1_000 });
    await clock.advance(2_000);
    await hooks.until(2);
    const page = (await ask('GET', '/v1/calls?limit=1')).body;
    expect(page.data).toMatchObject([{ from: null, withheld: true }]);
    const rest = (await ask('GET', `/v1/calls?limit=1&cursor=${page.nextCursor}`)).body;
    expect(rest).toMatchObject({ data: [{ from: CALLER }], nextCursor: null });
    const since = encodeURIComponent(page.data[0].startedAt);
    expect((await ask('GET', `/v1/calls?since=${since}`)).body.data).toEqual(page.data);
  });

  it('one that rings when the daemon stops is missed, not lost', async () => {
    network.call({ from: CALLER, modem: 'one', forMs: 60_000 });
    await clock.advance(1_000);
    await stop();
    modem.line.end('rejected');
    await start();
    // How often it rang depends on how far the stop had come.
    expect((await ask('GET', '/v1/calls?limit=1')).body.data).toMatchObject([{ from: CALLER, state: 'missed' }]);
    await hooks.until(3);
  });
});

describe('USSD', () => {
  const ussd = (body: unknown, as = key): Promise<Answer> => ask('POST', `/v1/sims/${iccid}/ussd`, body, as);

  it('walks through a menu', async () => {
    const menu = await ussd({ code: '*100#' });
    expect(menu).toMatchObject({ status: 200, body: { text: '1 Баланс\n2 Пакет\n0 Вихід', done: false } });
    expect(await ussd({ code: '*101#' })).toMatchObject({ status: 409, body: { code: 'ussdBusy' } });
    expect(await ussd({ sessionId: menu.body.sessionId, answer: '2' })).toEqual({
      status: 200,
      body: { text: 'Пакет: залишилося 150 SMS до 31.12.2026', sessionId: null, done: true },
    });
    expect(await ussd({ sessionId: menu.body.sessionId, answer: '2' })).toMatchObject({ status: 404, body: { code: 'notFound' } });
  });

  it('X01 sends only questions, says in one sentence why not, and nothing reaches the modem', async () => {
    const asked: string[] = [];
    const { ussd: service } = network;
    const original = service.ask.bind(service);
    service.ask = (card, text, say) => {
      asked.push(text);
      original(card, text, say);
    };
    for (const code of ['**21*+380501234567#', '*#21#', '##002#', '**04*1*2*2#', '101', '*101#\r', '*101#;+CMGD=1']) {
      const refused = await ussd({ code });
      expect(refused, code).toMatchObject({ status: 422, body: { code: 'ussdRefused', errors: [{ pointer: '/code' }] } });
    }
    expect(await ussd({})).toMatchObject({ status: 400 });
    expect(await ussd({ code: '*101#', answer: '1' })).toMatchObject({ status: 400 });
    expect(await ussd({ sessionId: 'ussd_x', answer: 'a\u0000b' })).toMatchObject({ status: 422, body: { code: 'textInvalid' } });
    expect(asked).toEqual([]);
    service.ask = original;
  });

  it('says which SIM it cannot ask, and gives up on a silent network', async () => {
    expect(await ask('POST', '/v1/sims/89380000000000000/ussd', { code: '*101#' })).toMatchObject({ status: 404 });
    expect(await ussd({ code: '*101#' }, reader)).toMatchObject({ status: 403, body: { code: 'scopeMissing' } });
    expect(await ussd({ code: '*999#' })).toMatchObject({ status: 502, body: { code: 'networkRefused' } });
    network.ussd.replies.set('*105#', { text: 'late', more: false, afterMs: 600_000 });
    expect(await ussd({ code: '*105#' })).toMatchObject({ status: 504, body: { code: 'networkMute' } });
    await clock.advance(3_000);
    expect(await ussd({ code: '*101#' })).toMatchObject({ status: 200 });
  });
});

describe('forwarding', () => {
  it('is set by an administrator, who is told that it costs, and ended', async () => {
    const path = `/v1/sims/${iccid}/forwarding`;
    expect(await ask('PUT', path, { to: '044 123 45 67', when: 'unreachable' }, reader)).toMatchObject({ status: 403 });
    expect(await ask('PUT', path, { to: '044 123 45 67', when: 'never' })).toMatchObject({ status: 400 });
    expect(await ask('PUT', path, { to: '12', when: 'busy' })).toMatchObject({ status: 422, body: { code: 'numberInvalid' } });
    expect(await ask('PUT', path, { to: '044 123 45 67', when: 'unreachable' })).toMatchObject({
      status: 200,
      body: { to: '+380441234567', when: 'unreachable', costs: true, notice: expect.stringContaining('charges') },
    });
    expect(modem.card?.forwarding).toEqual({ unreachable: '+380441234567' });
    expect(await ask('GET', path, undefined, reader)).toMatchObject({ status: 403 });
    expect(await ask('GET', path)).toEqual({ status: 200, body: { forwarding: [{ when: 'unreachable', to: '+380441234567' }] } });
    expect(await ask('DELETE', path)).toEqual({ status: 200, body: { forwarding: null } });
    expect(modem.card?.forwarding).toEqual({});
    expect(await ask('GET', path)).toEqual({ status: 200, body: { forwarding: [] } });
  });
});

describe('the balance', () => {
  const balance = async () => (await ask('GET', '/v1/sims')).body.data[0].balance;

  it('M08 is asked on a schedule, shown, and told of once when it is low, until it is above again', async () => {
    await clock.advance(3_700_000);
    expect(await balance()).toMatchObject({ amount: 25, currency: 'UAH', package: { left: 150, unit: 'SMS' } });
    const hour = async (text: string): Promise<void> => {
      network.ussd.replies.set('*101#', { text, more: false });
      await clock.advance(3_700_000);
    };
    await hour('На рахунку 4,50 грн');
    expect(await balance()).toMatchObject({ amount: 4.5, package: null });
    await hour('На рахунку 3,00 грн');
    await hour('На рахунку 103,00 грн');
    await hour('Спробуйте пізніше');
    expect(await balance()).toMatchObject({ amount: 103 });
    await hour('На рахунку 19,99 грн');
    await hooks.until(5);
    expect(told('sim.balanceLow').map((event) => event.data)).toMatchObject([
      { sim: iccid, amount: 4.5, currency: 'UAH' },
      { sim: iccid, amount: 19.99, currency: 'UAH' },
    ]);
  });
});
