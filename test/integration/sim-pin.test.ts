import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import type { SimCard } from '../../src/simulator/sim-card.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { virtualWorld } from '../support/virtual-world.ts';

/** Eight digits that stand nowhere by chance. */
const PIN = '80417263';
const WRONG = '93526170';

/** A whole daemon over three modems whose SIMs ask for a PIN that no configuration has. */
const clock = new FakeClock();
const network = new VirtualNetwork({ clock, random: seededRandom(5) });
const cards = new Map<string, SimCard>();
for (const name of ['one', 'two', 'three']) {
  const { card } = network.addModem({ name });
  if (!card) throw new Error('a modem without a SIM');
  card.lockWith(PIN);
  cards.set(name, card);
}
const folder = mkdtempSync(join(tmpdir(), 'simpost-pin-'));
const logged: string[] = [];
let daemon: Daemon;
let technician: string;
let reader: string;

beforeAll(async () => {
  const config = join(folder, 'simpost.toml');
  writeFileSync(config, '[site]\ncountry = "UA"\n[http]\nlisten = "127.0.0.1:0"\n[store]\npath = "store"\n');
  technician = await createKey({ name: 'technician', scopes: 'read:all,operate', config });
  reader = await createKey({ name: 'reader', scopes: 'read:all,send', config });
  daemon = await startDaemon(
    {
      ...loadConfig(config, {}),
      modem: [...cards.keys()].map((name) => ({ port: `sim://${name}`, name, baudRate: 115_200 })),
    },
    virtualWorld(network, clock, { log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) }),
  );
  for (const name of cards.keys()) await until(name, 'pinNeeded');
});
afterAll(async () => {
  await clock.during(daemon.stop());
  network.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly code?: string;
    readonly asksAgain?: boolean;
    readonly data: readonly { readonly name: string; readonly reason: string; readonly state: string }[];
  };
  readonly text: string;
}

/** Asks the API, and lets time go on until it answers. */
async function ask(method: string, path: string, body?: object, as = technician): Promise<Answer> {
  const answered = fetch(daemon.url + path, {
    method,
    headers: { authorization: `Bearer ${as}`, connection: 'close', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await clock.during(answered);
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text), text };
}

async function until(name: string, reason: string, ms = 60_000): Promise<void> {
  for (const end = clock.monotonic() + ms; clock.monotonic() < end; await clock.advance(500)) {
    const { data } = (await ask('GET', '/v1/modems')).body;
    if (data.find((modem) => modem.name === name)?.reason === reason) return;
  }
  throw new Error(`${name} did not come to ${reason}: ${(await ask('GET', '/v1/modems')).text}`);
}

const give = (name: string, pin: string, more: object = {}, as = technician): Promise<Answer> =>
  ask('POST', `/v1/modems/${name}/pin`, { pin, ...more }, as);

it('M06: a wrong PIN costs one try, and the same is never tried again', async () => {
  expect(await give('one', WRONG)).toMatchObject({ status: 422, body: { code: 'pinRefused' } });
  expect(cards.get('one')).toMatchObject({ pinTried: 1, triesLeft: 2 });
  for (let n = 0; n < 3; n += 1) expect(await give('one', WRONG)).toMatchObject({ status: 422, body: { code: 'pinRefused' } });
  expect(cards.get('one')).toMatchObject({ pinTried: 1, triesLeft: 2 });
});

it('M06 X31: with fewer than two tries left none is made, nor where the SIM asks for its PUK', async () => {
  const card = cards.get('three');
  card?.enter('00000000');
  card?.enter('00000001');
  expect(card?.triesLeft).toBe(1);
  expect(await give('three', PIN)).toMatchObject({ status: 409, body: { code: 'pinNotTried' } });
  expect(card).toMatchObject({ pinTried: 2, triesLeft: 1 });
  card?.block();
  await until('three', 'pukNeeded');
  expect(await give('three', PIN)).toMatchObject({ status: 409, body: { code: 'pinNotTried' } });
  expect(card?.pinTried).toBe(2);
});

it('the right PIN makes the SIM ready, and where that is wanted the SIM asks no more', async () => {
  expect(await give('one', PIN, { switchOff: true })).toMatchObject({ status: 200, body: { asksAgain: false } });
  await until('one', 'ready', 30_000);
  expect(await give('one', PIN)).toMatchObject({ status: 409, body: { code: 'pinNotTried' } });
  network.addFault({ fault: 'unplug', modem: 'one', backMs: 5_000 });
  await clock.advance(6_000);
  await until('one', 'ready');
  expect(cards.get('one')).toMatchObject({ lock: 'READY', pinTried: 2, triesLeft: 3 });
});

it('where it is not switched off it is given again when the modem was without power, by the same daemon', async () => {
  expect(await give('two', PIN)).toMatchObject({ status: 200, body: { asksAgain: true } });
  await until('two', 'ready', 30_000);
  network.addFault({ fault: 'unplug', modem: 'two', backMs: 5_000 });
  await clock.advance(6_000);
  await until('two', 'ready');
  expect(cards.get('two')).toMatchObject({ pinTried: 2, triesLeft: 3 });
});

it('who may not operate the box gives none, and what is no PIN is refused without being shown again', async () => {
  expect((await give('two', PIN, {}, reader)).status).toBe(403);
  for (const wrong of [`${PIN}"`, `${PIN}9`, '123', '12 45', '+CPIN']) {
    const { status, text } = await give('two', wrong);
    expect([status, text.includes(wrong)]).toEqual([400, false]);
  }
  expect((await give('nowhere', PIN)).status).toBe(404);
});

it('X24: no PIN stands in a log, a trace or the store', async () => {
  // Given here too, so that this test stands alone; after the others the SIM wants none.
  for (const pin of [WRONG, PIN]) expect([200, 409, 422]).toContain((await give('one', pin, { switchOff: true })).status);
  const files = (at: string): string[] =>
    readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? files(join(at, name)) : [join(at, name)]));
  const kept = files(join(folder, 'store'));
  expect(kept.some((path) => path.endsWith('.db'))).toBe(true);
  const traces = await Promise.all([...cards.keys()].map(async (name) => (await ask('GET', `/v1/modems/${name}/trace`)).text));
  expect(traces[0]).toContain('AT+CLCK=*');
  for (const pin of [PIN, WRONG]) {
    expect(logged.filter((line) => line.includes(pin))).toEqual([]);
    expect(traces.filter((trace) => trace.includes(pin))).toEqual([]);
    expect(kept.filter((path) => readFileSync(path).includes(pin))).toEqual([]);
  }
  expect(logged.some((line) => line.includes('a SIM was given its PIN'))).toBe(true);
});

it('a SIM that asks again while its modem is in use gets the PIN that it had; of another that is not it, a person is told', async () => {
  const card = cards.get('one');
  network.addFault({ fault: 'pin', modem: 'one', pin: PIN });
  expect(card?.lock).toBe('SIM PIN');
  await clock.advance(120_000);
  expect(card?.lock).toBe('READY');
  network.addFault({ fault: 'pin', modem: 'one', pin: '55550001' });
  await until('one', 'pinRefused', 120_000);
  expect(await give('one', '55550001')).toMatchObject({ status: 200 });
  await until('one', 'ready');
});
