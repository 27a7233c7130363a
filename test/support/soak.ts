import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, type ApiMessage, apiClient } from './api-client.ts';
import { type DaemonProcess, makeKey, makeSite, startDaemonProcess } from './daemon-process.ts';
import { LiveHeap } from './live-heap.ts';

/** How long a soak goes on, and how much happens in it; all milliseconds. */
export interface SoakPlan {
  readonly minutes: number;
  readonly seed: number;
  readonly faultEvery: number;
  readonly messageEvery: number;
  /** Between readings of the memory. */
  readonly readEvery: number;
}

export const MODEMS = 8;

/** As many faults and messages in a minute as else in three or, in a long run, a fault a minute and as many messages as a busy site has. */
export function soakPlan(minutes: number, seed: number): SoakPlan {
  const long = minutes > 10;
  return {
    minutes,
    seed,
    faultEvery: long ? 60_000 : (minutes * 60_000) / 45,
    messageEvery: long ? 1_000 : (minutes * 60_000) / 720,
    readEvery: (minutes * 60_000) / 120,
  };
}

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

/** The memory at a moment, by days since the beginning. */
export interface Reading {
  readonly day: number;
  /** RSS, MB. */
  readonly megabytes: number;
  /** What is held after a collection, MB. */
  readonly live: number;
}

export interface Soaked {
  readonly simulation: Simulation;
  readonly messages: readonly ApiMessage[];
  readonly accepted: ReadonlySet<string>;
  readonly sentIn: readonly string[];
  readonly inbound: readonly { text: string }[];
  readonly states: readonly string[];
  /** From a third of the time on: before that the heap still finds its size. */
  readonly memory: readonly Reading[];
  readonly faults: number;
}

/** How fast the memory grows, MB a day: the slope of the line through the readings. */
export function growthPerDay(memory: readonly Reading[]): number {
  const mean = (of: (reading: Reading) => number): number => memory.reduce((sum, reading) => sum + of(reading), 0) / memory.length;
  const [day, megabytes] = [mean((r) => r.day), mean((r) => r.megabytes)];
  const spread = memory.reduce((sum, r) => sum + (r.day - day) ** 2, 0);
  return memory.reduce((sum, r) => sum + (r.day - day) * (r.megabytes - megabytes), 0) / spread;
}

/** Eight virtual modems on pseudo-terminals, a daemon of its own, messages in both directions, and faults without pause until near the end. */
export async function soak(plan: SoakPlan): Promise<Soaked> {
  const longest = plan.minutes * 60_000;
  const random = seededRandom(plan.seed);
  const folder = mkdtempSync(join(tmpdir(), 'simpost-soak-'));
  const { seed } = plan;
  const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: [50, 300], deliveryMs: 10, reportMs: [10, 100], seed });
  const site = makeSite(simulation.ptys, '[delivery]\nanswerLimit = 4\n[delivery.uncertain]\nservice = "hold"\n[log]\nlevel = "info"\n');
  const key = await makeKey(site);
  const heap = new LiveHeap(folder);
  const daemon = await startDaemonProcess(site, heap.env);
  const api = apiClient(daemon.url, key);
  const accepted = new Set<string>();
  const sentIn: string[] = [];
  const memory: Reading[] = [];
  const began = systemClock.monotonic();
  const read = async (): Promise<Reading> => {
    const day = (systemClock.monotonic() - began) / 86_400_000;
    return { day, live: await heap.measure(daemon), megabytes: residentMegabytes(daemon) };
  };
  let faults = 0;
  for (let n = 0; ; n += 1) {
    const elapsed = systemClock.monotonic() - began;
    if (elapsed >= longest) break;
    const { status, body } = await api.post<ApiMessage>('/v1/messages', {
      to: `+38067${String(n % 10_000_000).padStart(7, '0')}`,
      text: 'Ваше авто готове',
    });
    if (status !== 202) throw new Error(`refused with ${status}`);
    accepted.add(body.id);
    if (n % 4 === 0) {
      const text = `${n}: ПЕРЕНОС`;
      sentIn.push(text);
      simulation.network.inbound({ from: '+380501112233', modem: simulation.modems[n % MODEMS]?.name, text });
    }
    if (elapsed > longest / 3 && elapsed - longest / 3 >= memory.length * plan.readEvery) {
      memory.push(await read());
    }
    // The last part is without faults, so that what they left behind can be seen to heal.
    if (elapsed > faults * plan.faultEvery && elapsed < longest * 0.8) {
      const fault = FAULTS[Math.floor(random.float() * FAULTS.length)];
      const modem = simulation.modems[Math.floor(random.float() * MODEMS)];
      if (fault && modem) simulation.network.addFault(fault(modem.name, random));
      faults += 1;
    }
    // What a request took is part of the pause, so that there is as much to do on a slow machine.
    await sleep(systemClock, Math.max(0, (n + 1) * plan.messageEvery - (systemClock.monotonic() - began)));
  }
  await settled(api, sentIn.length);
  memory.push(await read());
  const states = (await api.all<{ state: string; sentence: string }>('/v1/modems')).map((m) => `${m.state}: ${m.sentence}`);
  const messages = await api.each<ApiMessage>([...accepted].map((id) => `/v1/messages/${id}`));
  const inbound = await api.all<{ text: string }>('/v1/inbound');
  expect(await daemon.stop()).toBe(0);
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();
  return { simulation, messages, accepted, sentIn, inbound, states, memory, faults };
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
