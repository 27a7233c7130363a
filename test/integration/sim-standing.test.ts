import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { NO_CAPS } from '../support/config-text.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { virtualWorld } from '../support/virtual-world.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const HOUR = 3_600_000;

/** A whole daemon on virtual modems, and a clock that stands still until it is moved. */
class Box {
  readonly clock = new FakeClock();
  readonly network = new VirtualNetwork({ clock: this.clock, random: seededRandom(5), reportMs: 3_000 });
  readonly folder = mkdtempSync(join(tmpdir(), 'simpost-standing-'));
  readonly sims: string[];
  readonly #file = join(this.folder, 'simpost.toml');
  #hooks: WebhookReceiver | undefined;
  #daemon: Daemon | undefined;
  #key = '';

  constructor(modems: number) {
    this.sims = Array.from({ length: modems }, (_, n) => this.network.addModem({ name: `m${n + 1}` }).card?.iccid ?? '');
  }

  async start(): Promise<void> {
    if (this.#key === '') {
      this.#hooks = await WebhookReceiver.start();
      writeFileSync(
        this.#file,
        `[site]
country = "UA"
[http]
listen = "127.0.0.1:0"
[store]
path = "store"
[time]
trust = "always"
${NO_CAPS}[[webhook]]
url = "${this.#hooks.url}"
secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
events = ["sim.*"]
`,
      );
      this.#key = await createKey({ name: 'desk', scopes: 'read,send,operate', config: this.#file });
    }
    const modem = this.sims.map((_, n) => ({ port: `sim://m${n + 1}`, baudRate: 115_200 }));
    this.#daemon = await startDaemon({ ...loadConfig(this.#file, {}), modem }, virtualWorld(this.network, this.clock));
    await this.until(
      async () =>
        (await this.ask('GET', '/v1/sims')).data.filter((s: { state: string }) => s.state === 'ready').length === this.sims.length,
    );
  }

  async stop(): Promise<void> {
    if (this.#daemon) await this.clock.during(this.#daemon.stop());
    this.#daemon = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    this.network.close();
    await this.#hooks?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const answer = fetch(`${this.#daemon?.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await this.clock.during(
      answer.then((response) => response.json()),
      5,
    );
  }

  async send(to: string, more: object = {}): Promise<string> {
    return (await this.ask('POST', '/v1/messages', { to, text: `to ${to}`, ...more })).id;
  }

  async sim(n: number) {
    return (await this.ask('GET', '/v1/sims')).data.find((s: { iccid: string }) => s.iccid === this.sims[n - 1]);
  }

  /** Moves the clock until `done`, looking each second. */
  async until(done: () => Promise<boolean>, ms = 120_000): Promise<void> {
    const end = this.clock.monotonic() + ms;
    while (!(await done())) {
      if (this.clock.monotonic() > end) throw new Error(`not in ${ms} ms: ${JSON.stringify(await this.ask('GET', '/v1/sims'))}`);
      await this.clock.advance(1_000);
    }
  }

  /** What webhooks were told of SIMs, once there are so many. */
  async told(n: number): Promise<unknown[]> {
    await this.#hooks?.until(n);
    return (this.#hooks?.calls ?? []).map((call) => JSON.parse(call.body)).map(({ type, data }) => [type, data.sim, data.cause]);
  }
}

let box: Box;
afterEach(() => box.close());

const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `+38067111${String(i + 1).padStart(4, '0')}`);

test.each([8, 21, 30, 50, 500])(
  'M08 code %s to everybody: three messages at most are tried by that SIM, the other one sends them all',
  async (cms) => {
    box = new Box(2);
    await box.start();
    box.network.addFault({ fault: 'errorAfter', modem: 1, cms, count: 'always' });
    const ids = await Promise.all(people(8).map((to) => box.send(to)));
    await box.until(async () => (await box.sim(1)).trouble !== null, 60_000);
    expect((await box.sim(1)).trouble).toMatchObject({ kind: 'barred', sentence: expect.stringContaining(`CMS-${cms}`) });
    expect(await box.told(1)).toEqual([['sim.barred', box.sims[0], `CMS-${cms}`]]);
    // Uncertain ones (500) are sent again by the rule of their purpose.
    await box.until(async () => people(8).every((to) => box.network.phone(to).texts.length > 0), 1_200_000);
    expect(people(8).map((to) => box.network.phone(to).texts.length)).toEqual(people(8).map(() => 1));
    const tries = await Promise.all(ids.map((id) => box.ask('GET', `/v1/messages/${id}`)));
    const through = tries.flatMap((m) => m.segments[0].attempts).filter((a: { sim: string }) => a.sim === box.sims[0]);
    expect(through.length).toBeGreaterThanOrEqual(2);
    expect(through.length).toBeLessThanOrEqual(3);
    // The operator was asked what is left, although no schedule asks it.
    await box.until(async () => (await box.sim(1)).balance !== null);
  },
);

test('M08 a SIM that is barred stays so over a restart, is tried by one message after an hour, and is well when that is taken', async () => {
  box = new Box(1);
  await box.start();
  const fault = box.network.addFault({ fault: 'errorAfter', modem: 1, cms: 50, count: 'always' });
  for (const to of people(4)) await box.send(to);
  await box.until(async () => (await box.sim(1)).trouble !== null);
  expect(box.network.phone('+380671110001').texts).toEqual([]);
  const tried = (): number => fault.struck;
  expect(tried()).toBe(2);
  expect((await box.ask('GET', '/readyz')).reasons[0]).toContain('No SIM may send');
  await box.stop();
  await box.start();
  await box.clock.advance(HOUR / 2);
  expect([tried(), (await box.sim(1)).trouble.kind]).toEqual([2, 'barred']);
  await box.until(async () => tried() === 3, HOUR);
  await box.clock.advance(HOUR);
  expect(tried()).toBe(3);
  box.network.faults.remove(fault.id);
  // Somebody has topped it up, and says so.
  await box.ask('PUT', '/v1/sending', { state: 'running', sim: box.sims[0] });
  await box.until(async () => (await box.sim(1)).trouble === null);
  // One that was refused twice waits for six hours, and a fifth more at most.
  for (let hour = 0; hour < 8; hour += 1) await box.clock.advance(HOUR);
  expect(people(4).map((to) => box.network.phone(to).texts.length)).toEqual([1, 1, 1, 1]);
  expect(await box.told(2)).toEqual([
    ['sim.barred', box.sims[0], 'CMS-50'],
    ['sim.restored', box.sims[0], null],
  ]);
});

test('M09 an operator that takes everything and delivers nothing is told of within 30 messages', async () => {
  box = new Box(1);
  await box.start();
  const sendMany = async (n: number): Promise<number> => {
    for (let i = 0; i < n; i += 1) {
      await box.send('+380671110001');
      await box.clock.advance(8_000);
      if ((await box.sim(1)).trouble !== null) return i + 1;
    }
    return Number.POSITIVE_INFINITY;
  };
  expect(await sendMany(60)).toBe(Number.POSITIVE_INFINITY);
  await box.clock.advance(HOUR);
  const bar = box.network.addFault({ fault: 'dropReport', modem: 1, count: 'always' });
  expect(await sendMany(40)).toBeLessThanOrEqual(30);
  expect((await box.sim(1)).trouble).toMatchObject({ kind: 'silent', nextStep: expect.stringContaining('ask the operator') });
  box.network.faults.remove(bar.id);
  for (let i = 0; i < 11; i += 1) {
    await box.send('+380671110001');
    await box.clock.advance(8_000);
  }
  await box.until(async () => (await box.sim(1)).trouble === null);
  expect(await box.told(2)).toEqual([
    ['sim.silent', box.sims[0], null],
    ['sim.restored', box.sims[0], null],
  ]);
});
