import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import type { UsbRemedies } from '../../src/modem/usb-remedies.ts';
import type { FakeModem } from '../support/fake-modem.ts';
import { type Body, UsbBench } from '../support/usb-bench.ts';

type Cure = 'startAnew' | 'usbReset' | 'powerCycle' | 'nothing';

const SOCKET = '1-1.4';
const HOUR = 3_600_000;
const body = (n: number): Body => ({ imei: String(867_648_010_000_000 + n), iccid: `89380062300${String(n).padStart(8, '0')}` });

/** Sticks on a bench that hang until they are cured, and somebody who may reset them and switch their power. */
class Ward {
  readonly done: { readonly what: string; readonly at: number }[] = [];
  readonly bench: UsbBench;
  #hangs: Cure | undefined;
  #port = 0;
  /** What was logged at the level of a warning and above. */
  readonly warned: string[] = [];

  constructor({ helper = true, refuses = undefined as string | undefined, kind = 'modem' as 'modem' | 'adapter' } = {}) {
    const usb: UsbRemedies = {
      able: () => (helper ? ['usbReset', 'powerCycle'] : []),
      apply: (remedy, socket) => {
        this.#note(`${remedy} ${socket}`);
        if (refuses !== undefined) return Promise.resolve(refuses);
        // The device leaves the bus and comes back, under another name.
        if (this.#hangs === remedy) this.#hangs = undefined;
        this.bench.unplug(socket);
        this.plug(socket, kind);
        return Promise.resolve(undefined);
      },
    };
    const log = createLog('warn', { write: (line: string) => void this.warned.push(JSON.parse(line).msg) });
    this.bench = new UsbBench([], true, true, { usb, log });
    const prepare = this.bench.rig.prepare;
    this.bench.rig.prepare = (fake, port) => {
      prepare(fake, port);
      if (this.#hangs) this.#hang(fake);
    };
  }

  plug(socket = SOCKET, kind: 'modem' | 'adapter' = 'modem', n = 1): void {
    this.#port += 1;
    this.bench.plug(socket, [[`/dev/ttyUSB${this.#port}`, body(n)]], kind);
  }

  async ready(modems = 1): Promise<void> {
    this.bench.rig.pool.start();
    await this.bench.settle(modems);
  }

  /** From now on it answers nothing, over all openings. */
  hang(until: Cure): void {
    this.#hangs = until;
    for (const fake of this.bench.live.values()) this.#hang(fake);
  }

  /** The same whatever it was that would have cured it. */
  cure(): void {
    this.#hangs = undefined;
  }

  get now(): number {
    return this.bench.rig.clock.monotonic();
  }

  count(what: string): number {
    return this.done.filter((one) => one.what.startsWith(what)).length;
  }

  #hang(fake: FakeModem): void {
    fake.instead.set('AT', null);
    const from = fake.heard.length;
    void fake.until('AT+CFUN=1,1', from).then(() => {
      this.#note('startAnew');
      if (this.#hangs === 'startAnew') this.#hangs = undefined;
    });
  }

  #note(what: string): void {
    this.done.push({ what, at: this.now });
  }
}

const wards: Ward[] = [];
afterEach(async () => {
  for (const { bench } of wards.splice(0)) {
    const stopped = bench.rig.pool.stop(0);
    await bench.rig.clock.advance(200_000);
    await stopped;
    expect(bench.rig.clock.timers).toBe(0);
  }
});

function ward(options: ConstructorParameters<typeof Ward>[0] = {}): Ward {
  const made = new Ward(options);
  wards.push(made);
  return made;
}

test.each([
  ['startAnew', ['startAnew'], 126_000],
  ['usbReset', ['startAnew', `usbReset ${SOCKET}`], 240_000],
  ['powerCycle', ['startAnew', `usbReset ${SOCKET}`, `powerCycle ${SOCKET}`], 300_000],
] as const)('M02 a modem that %s cures is back after that, and nothing more was done to it', async (cure, done, within) => {
  const w = ward();
  w.plug();
  await w.ready();
  w.hang(cure);
  const began = w.now;
  await w.bench.rig.until(() => w.done.length === done.length, within);
  await w.bench.settle(1);
  expect(w.now - began).toBeLessThanOrEqual(within + 60_000);
  await w.bench.rig.clock.advance(HOUR);
  expect(w.done.map(({ what }) => what)).toEqual(done);
});

test('M02 a modem that nothing cures is given up within 5 minutes, in words; and the limits hold beyond a day', async () => {
  const w = ward();
  w.plug();
  await w.ready();
  w.hang('nothing');
  await w.bench.rig.until(() => w.bench.rig.pool.modems()[0]?.sentence.includes('did not help') ?? false, 300_000);
  expect(w.bench.rig.pool.modems()[0]?.sentence).toMatch(/was told to start anew, and was reset .* and had the power/);
  for (let hour = 0; hour < 26; hour += 1) await w.bench.rig.clock.advance(HOUR);
  for (const [what, most, within] of [
    ['startAnew', 2, HOUR],
    ['usbReset', 2, HOUR],
    ['powerCycle', 3, 24 * HOUR],
  ] as const) {
    const times = w.done.filter((one) => one.what.startsWith(what)).map(({ at }) => at);
    expect(times.length, what).toBeGreaterThan(most);
    for (const time of times) expect(times.filter((t) => t > time - within && t <= time).length, what).toBeLessThanOrEqual(most);
  }
  w.cure();
  w.bench.unplug(SOCKET);
  w.plug();
  await w.bench.settle(1);
});

test('M02 nothing is done because a modem is absent, nor from outside to one port of an adapter, nor where no helper is', async () => {
  const absent = ward();
  absent.plug();
  await absent.ready();
  absent.bench.unplug(SOCKET);
  await absent.bench.rig.clock.advance(3 * HOUR);
  expect(absent.done).toEqual([]);
  for (const options of [{ kind: 'adapter' as const }, { helper: false }]) {
    const w = ward(options);
    w.plug(options.kind === 'adapter' ? `${SOCKET}:0.1` : SOCKET, options.kind);
    await w.ready();
    w.hang('nothing');
    await w.bench.rig.clock.advance(HOUR / 2);
    expect([w.count('startAnew'), w.count('usbReset'), w.count('powerCycle')]).toEqual([2, 0, 0]);
  }
});

test('M02 what the helper refuses is logged, and the ladder goes on to its end', async () => {
  const w = ward({ refuses: 'Hub 1-1 is not among those whose power may be switched.' });
  w.plug();
  await w.ready();
  w.hang('nothing');
  await w.bench.rig.until(() => w.bench.rig.pool.modems()[0]?.sentence.includes('did not help') ?? false, 300_000);
  expect(w.done.map(({ what }) => what)).toEqual(['startAnew', `usbReset ${SOCKET}`, `powerCycle ${SOCKET}`]);
  expect(w.warned).toContain('a modem that does not answer could not be helped from outside');
});

test('M11 eight modems go at once and come back silent for a while: one alert, nothing is done to any of them, all are back', async () => {
  const w = ward();
  const sockets = Array.from({ length: 8 }, (_, n) => `1-1.${n + 1}`);
  for (const [n, socket] of sockets.entries()) w.plug(socket, 'modem', n + 1);
  await w.ready(8);
  w.warned.splice(0);
  for (const socket of sockets) w.bench.unplug(socket);
  await w.bench.rig.clock.advance(1_500);
  w.hang('nothing');
  for (const [n, socket] of sockets.entries()) w.plug(socket, 'modem', n + 1);
  await w.bench.rig.clock.advance(40_000);
  w.cure();
  const began = w.now;
  await w.bench.settle(8);
  expect(w.now - began).toBeLessThanOrEqual(80_000);
  expect(w.done).toEqual([]);
  expect(w.warned.filter((line) => line.includes('several modems went at once'))).toHaveLength(1);
  await w.bench.rig.clock.advance(HOUR);
  expect([w.done, w.warned.filter((line) => line.includes('at once')).length]).toEqual([[], 1]);
});
