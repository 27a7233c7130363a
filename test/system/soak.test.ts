import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, type ApiMessage, apiClient } from '../support/api-client.ts';
import { judge } from '../support/crash-judge.ts';
import { type DaemonProcess, makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { haveSocat } from '../support/pty.ts';

/** How long it goes on, milliseconds: an hour in the full run, as long as it is told by SIMPOST_TEST_SOAK_MINUTES. */
const MINUTES = Number(process.env.SIMPOST_TEST_SOAK_MINUTES ?? (process.env.SIMPOST_TEST_FULL ? 60 : 3));
const LONGEST = MINUTES * 60_000;
const MODEMS = 8;
/** Milliseconds between faults; a fault a minute would be three in CI. */
const FAULT_EVERY = MINUTES > 10 ? 60_000 : 4_000;
const MESSAGE_EVERY = 250;
/** Megabytes; in the first minutes the heap still finds its size. */
const MAY_GROW = MINUTES > 10 ? 25 : 60;
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? Date.now() % 1_000_000);

/** What can go wrong with a modem, each as its own call of the simulator. */
const FAULTS: readonly ((modem: string, random: Random) => Parameters<Simulation['network']['addFault']>[0])[] = [
  (modem) => ({ fault: 'silence', modem, at: 'now', forMs: 8_000 }),
  (modem) => ({ fault: 'silence', modem, at: 'afterCtrlZ', accepted: true, forMs: 8_000 }),
  (modem) => ({ fault: 'unplug', modem, at: 'now', backMs: 2_000 }),
  (modem) => ({ fault: 'unplug', modem, at: 'afterCtrlZ', accepted: true, backMs: 2_000 }),
  (modem) => ({ fault: 'errorAfter', modem, cms: 38, accepted: false, delayMs: 0 }),
  (modem) => ({ fault: 'noPrompt', modem }),
  (modem) => ({ fault: 'unanswered', modem, accepted: true }),
  (modem) => ({ fault: 'noReference', modem, accepted: true }),
  (modem) => ({ fault: 'registrationLost', modem, forMs: 5_000 }),
  (modem) => ({ fault: 'deleteFails', modem, count: 3 }),
];

const residentMegabytes = (daemon: DaemonProcess): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'))?.[1]) / 1024;

interface Soaked {
  readonly simulation: Simulation;
  readonly messages: readonly ApiMessage[];
  readonly accepted: ReadonlySet<string>;
  readonly sentIn: readonly string[];
  readonly inbound: readonly { text: string }[];
  readonly states: readonly string[];
  /** RSS after a third of the time, and at the end, MB. */
  readonly rss: readonly [number, number];
  readonly faults: number;
}

async function soak(): Promise<Soaked> {
  process.stdout.write(`soak of ${MINUTES} minutes, seed ${SEED}\n`);
  const random = seededRandom(SEED);
  const folder = mkdtempSync(join(tmpdir(), 'simpost-soak-'));
  const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: [50, 300], deliveryMs: 10, reportMs: [10, 100], seed: SEED });
  const site = makeSite(simulation.ptys, '[delivery]\nanswerLimit = 4\n[delivery.uncertain]\nservice = "hold"\n[log]\nlevel = "info"\n');
  const key = await makeKey(site);
  const daemon = await startDaemonProcess(site);
  const api = apiClient(daemon.url, key);
  const accepted = new Set<string>();
  const sentIn: string[] = [];
  const began = systemClock.monotonic();
  let early = 0;
  let faults = 0;
  for (let n = 0; systemClock.monotonic() - began < LONGEST; n += 1) {
    const { status, body } = await api.post<ApiMessage>('/v1/messages', {
      to: `+38067${String(n).padStart(7, '0')}`,
      text: 'Ваше авто готове',
    });
    if (status !== 202) throw new Error(`refused with ${status}`);
    accepted.add(body.id);
    if (n % 4 === 0) {
      const text = `${n}: ПЕРЕНОС`;
      sentIn.push(text);
      simulation.network.inbound({ from: '+380501112233', modem: simulation.modems[n % MODEMS]?.name, text });
    }
    const elapsed = systemClock.monotonic() - began;
    if (early === 0 && elapsed > LONGEST / 3) early = residentMegabytes(daemon);
    // The last part is without faults, so that what they left behind can be seen to heal.
    if (elapsed > faults * FAULT_EVERY && elapsed < LONGEST * 0.8) {
      const fault = FAULTS[Math.floor(random.float() * FAULTS.length)];
      const modem = simulation.modems[Math.floor(random.float() * MODEMS)];
      if (fault && modem) simulation.network.addFault(fault(modem.name, random));
      faults += 1;
    }
    await sleep(systemClock, MESSAGE_EVERY);
  }
  await settled(api, sentIn.length);
  const rss = [early, residentMegabytes(daemon)] as const;
  const states = (await api.all<{ state: string; sentence: string }>('/v1/modems')).map((m) => `${m.state}: ${m.sentence}`);
  const messages = await Promise.all([...accepted].map((id) => api.get<ApiMessage>(`/v1/messages/${id}`)));
  const inbound = await api.all<{ text: string }>('/v1/inbound');
  expect(await daemon.stop()).toBe(0);
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  return { simulation, messages, accepted, sentIn, inbound, states, rss, faults };
}

const OPEN = ['queued', 'sending', 'held', 'accepted'];

/** Waits until nothing is under way any more and all that was written in has come. */
async function settled(api: ApiClient, sentIn: number): Promise<void> {
  for (const end = systemClock.monotonic() + 120_000; systemClock.monotonic() < end; await sleep(systemClock, 1_000)) {
    const open = await Promise.all(OPEN.map((status) => api.get<{ data: unknown[] }>(`/v1/messages?status=${status}&limit=1`)));
    const inbound = await api.all('/v1/inbound');
    const modems = await api.all<{ state: string }>('/v1/modems');
    if (open.every((list) => list.data.length === 0) && inbound.length >= sentIn && modems.every((m) => m.state === 'ready')) return;
  }
}

describe.runIf(haveSocat())('eight modems under faults', () => {
  it('M13: nothing is lost, nothing doubled, nothing wedged, and the memory stays flat', { timeout: LONGEST + 240_000 }, async () => {
    const run = await soak();
    process.stdout.write(
      `${run.accepted.size} messages, ${run.faults} faults, ${run.sentIn.length} texts in, RSS ${run.rss.map(Math.round).join(' -> ')} MB\n`,
    );
    const verdict = judge({
      ledger: run.simulation.network.ledger.entries,
      messages: run.messages,
      accepted: run.accepted,
      kills: run.faults,
      sims: 1,
      uncertain: 'hold',
    });
    expect(verdict.problems).toEqual([]);
    expect(run.inbound.map((i) => i.text).sort()).toEqual([...run.sentIn].sort());
    expect(run.states).toEqual(Array.from({ length: MODEMS }, () => 'ready: Ready.'));
    expect(run.rss[1] - run.rss[0]).toBeLessThan(MAY_GROW);
  });
});
