import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { StatusReports } from '../../src/dispatch/status-reports.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { ModemPool } from '../../src/modem/pool.ts';
import type { Profiles } from '../../src/modem/profile.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { PinTable, PROFILES } from '../support/modem-rig.ts';
import { openStore } from '../support/open-store.ts';

const TEXTS = 40;

const folder = mkdtempSync(join(tmpdir(), 'simpost-lossy-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A serial line that loses some octets of every third PDU that a modem hands over. */
class LossyLine extends Duplex {
  readonly #far: Duplex;
  readonly #random: Random;
  #said = '';
  #handing = false;
  lost = 0;

  constructor(far: Duplex, random: Random) {
    super();
    this.#far = far;
    this.#random = random;
    far.on('data', (chunk: Buffer) => this.#carry(chunk.toString('latin1')));
    far.on('close', () => this.destroy());
    far.on('error', () => undefined);
  }

  #carry(octets: string): void {
    this.#said += octets;
    for (let end = this.#said.search(/[\n>]/); end >= 0; end = this.#said.search(/[\n>]/)) {
      const line = this.#said.slice(0, end + 1);
      this.#said = this.#said.slice(end + 1);
      this.push(Buffer.from(this.#handing && /^[0-9A-F]{20,}/.test(line) ? this.#damage(line) : line, 'latin1'));
      if (line.trim() !== '') this.#handing = line.startsWith('+CMT:');
    }
  }

  #damage(line: string): string {
    if (this.#random.float() > 0.33) return line;
    this.lost += 1;
    const at = Math.floor(this.#random.float() * (line.length - 12));
    return line.slice(0, at) + line.slice(at + 1 + Math.floor(this.#random.float() * 8));
  }

  override _read(): void {}

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#far.write(chunk, encoding, done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#far.destroy();
    done(error);
  }
}

it('I01, I10: what a line damages is asked for again, so each text that a phone sent is there, once, and damage is shown as such', async () => {
  const clock = new FakeClock();
  const random = seededRandom(11);
  const store = await openStore({
    path: folder,
    clock,
    random,
  });
  const reports = new StatusReports(store, silentLog, 'UA');
  const receiver = new Receiver({
    store,
    clock,
    random,
    log: silentLog,
    country: 'UA',
    onReply: () => undefined,
    onText: () => undefined,
    onReport: async (iccid, report, pdu, at) => {
      await reports.take(iccid, report, pdu, at);
    },
  });
  await receiver.start();
  const network = new VirtualNetwork({ clock, random, retryMs: 60_000 });
  network.addModem({ name: 'one' });
  const direct: Profiles = { ...PROFILES, generic: { ...PROFILES.generic, indications: [[2, 2, 0, 1, 0]] } };
  let line: LossyLine | undefined;
  const pool = new ModemPool({
    modems: [{ port: 'sim://one' }],
    open: async () => {
      line = new LossyLine(network.open('one'), random);
      return line;
    },
    clock,
    random,
    log: silentLog,
    hangUpAfter: 0,
    onCall: () => undefined,
    pins: new PinTable(),
    profiles: direct,
    mayRoam: () => false,
    onReceived: (received) => receiver.receive(received),
    onChange: () => undefined,
  });
  pool.start();
  const until = async (done: () => boolean | Promise<boolean>, ms: number): Promise<void> => {
    for (let left = ms; !(await done()); left -= 5_000) {
      if (left <= 0) throw new Error(`it did not come to that in ${ms} ms`);
      await clock.advance(5_000);
    }
  };
  await until(() => pool.modems()[0]?.state === 'ready', 30_000);
  const sent = Array.from({ length: TEXTS }, (_, i) => `Текст ${i + 1}: чекаю на вас о ${i % 24}:00`);
  for (const text of sent) {
    network.inbound({ from: '+380671234567', modem: 'one', text });
    await clock.advance(2_000);
  }
  const kept = async () => (await store.inbounds({}, { limit: 500, cursor: null })).data;
  await until(async () => (await kept()).filter((m) => m.problem === null).length >= TEXTS, 7_200_000);
  const all = await kept();
  expect(
    all
      .filter((m) => m.problem === null)
      .map((m) => m.text)
      .sort(),
  ).toEqual([...sent].sort());
  const damaged = all.filter((m) => m.problem !== null);
  expect(line?.lost).toBeGreaterThan(TEXTS / 5);
  expect(damaged).toHaveLength(line?.lost ?? 0);
  for (const { problem } of damaged)
    expect(problem).toBe('Octets of it were lost between the modem and here; the network was asked to send it again.');
  await pool.stop(0);
  receiver.stop();
  await store.close();
});
