import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { apiClient } from '../support/api-client.ts';
import { type DaemonProcess, makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { median } from './median.ts';
import { bareFastifyPerSecond, runLoad } from './yardsticks.ts';

/** The built daemon on virtual modems behind ptys, in a process of its own; the network and the phones are in this one. */

const LOOP_DELAY = resolve(import.meta.dirname, 'loop-delay.mjs');

interface Site {
  readonly simulation: Simulation;
  readonly daemon: DaemonProcess;
  readonly key: string;
  readonly loopFile: string;
  close(): Promise<{ loopMaxMs: number }>;
}

async function startSite(modems: number, pace: { radioMs: number; deliveryMs?: number; reportMs?: number }): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-bench-'));
  const simulation = await simulate({ modems, pty: folder, ...pace });
  const site = makeSite(simulation.ptys, '[log]\nlevel = "info"\n');
  const key = await makeKey(site);
  const loopFile = join(folder, 'loop.json');
  const daemon = await startDaemonProcess(site, { NODE_OPTIONS: `--import ${LOOP_DELAY}`, LOOP_DELAY_FILE: loopFile });
  const api = apiClient(daemon.url, key);
  for (;;) {
    const { data } = await api.get<{ data: { state: string }[] }>('/v1/sims');
    if (data.filter((s) => s.state === 'ready').length === modems) break;
    await sleep(systemClock, 50);
  }
  daemon.child.kill('SIGUSR2');
  return {
    simulation,
    daemon,
    key,
    loopFile,
    async close() {
      await daemon.stop();
      await simulation.close();
      site.remove();
      const { maxMs } = existsSync(loopFile) ? JSON.parse(readFileSync(loopFile, 'utf8')) : { maxMs: Number.NaN };
      rmSync(folder, { recursive: true, force: true });
      return { loopMaxMs: maxMs };
    },
  };
}

const batchOf = (count: number, from = 0): { messages: { to: string; text: string }[] } => ({
  messages: Array.from({ length: count }, (_, i) => ({
    to: `+38067${String(from + i).padStart(7, '0')}`,
    text: `Your visit is tomorrow at 10:00, no. ${i}`,
  })),
});

export interface Drain {
  readonly radioShare: number;
  readonly segmentsPerSecond: number;
  readonly seconds: number;
  readonly loopMaxMs: number;
}

/** One-segment messages through `modems` modems: from the first acceptance to the last segment that the network took. */
export async function drain(modems: number, messages: number, radioMs: number): Promise<Drain> {
  const site = await startSite(modems, { radioMs, deliveryMs: 20, reportMs: 20 });
  const { simulation } = site;
  let lastAt = 0;
  const done = new Promise<void>((finished) => {
    simulation.network.events.on('accepted', () => {
      lastAt = performance.now();
      if (simulation.network.ledger.entries.length === messages) finished();
    });
  });
  const api = apiClient(site.daemon.url, site.key);
  let start = 0;
  for (let i = 0; i < messages; i += 1000) {
    await api.post('/v1/messages/batch', batchOf(Math.min(1000, messages - i), i));
    start ||= performance.now();
  }
  await done;
  const wall = lastAt - start;
  const radio = simulation.modems.reduce((sum, m) => sum + m.radio.busyMs, 0);
  const { loopMaxMs } = await site.close();
  return { radioShare: radio / (modems * wall), segmentsPerSecond: messages / (wall / 1000), seconds: wall / 1000, loopMaxMs };
}

/** Milliseconds from the network's delivery to an idle SIM until the message is stored and readable, at the median and 95 %. */
export async function inboundLatency(messages: number): Promise<{ medianMs: number; p95Ms: number }> {
  const site = await startSite(2, { radioMs: 250 });
  const api = apiClient(site.daemon.url, site.key);
  const times: number[] = [];
  let seen = 0;
  let sentAt = 0;
  const next = (): void => {
    sentAt = performance.now();
    site.simulation.network.inbound({ from: '+380501234567', modem: 'modem1', text: `Відповідь ${times.length}` });
  };
  const all = api.eventsUntil((event) => {
    if (event.type !== 'inbound.received') return false;
    times.push(performance.now() - sentAt);
    seen += 1;
    if (seen < messages) next();
    return seen === messages;
  });
  next();
  await all;
  await site.close();
  times.sort((a, b) => a - b);
  return { medianMs: times[Math.floor(times.length / 2)] ?? 0, p95Ms: times[Math.floor(times.length * 0.95)] ?? 0 };
}

export interface Acceptance {
  readonly barePerSecond: number;
  readonly singlesPerSecond: number;
  readonly singlesP50: number;
  readonly singlesP99: number;
  readonly batchedPerSecond: number;
  readonly loopMaxMs: number;
}

/** Of each round. */
const SINGLES = 10_000;
const BATCHES = 20;

/**
 * Durable acceptance, with no modem that would send meanwhile: a bare Fastify, singles over 32 connections, then batches of 1,000; round
 * after round, since a shared machine is another one from minute to minute. Medians of the rounds.
 */
export async function acceptance(rounds: number): Promise<Acceptance> {
  const site = await startSite(0, { radioMs: 0 });
  const plan = {
    port: Number(new URL(site.daemon.url).port),
    headers: { authorization: `Bearer ${site.key}` },
  };
  const single = { ...plan, path: '/v1/messages', body: JSON.stringify(batchOf(1).messages[0]), connections: 32 };
  const batch = { ...plan, path: '/v1/messages/batch', body: JSON.stringify(batchOf(1000)), connections: 2 };
  await runLoad({ ...single, requests: 3000 });
  await runLoad({ ...batch, requests: 4 });
  const taken = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await bareFastifyPerSecond({ headers: {}, body: single.body, connections: 32, requests: SINGLES });
    const singles = await runLoad({ ...single, requests: SINGLES });
    const batched = await runLoad({ ...batch, requests: BATCHES });
    if (singles.refused + batched.refused > 0) throw new Error('acceptance was refused during the bench');
    taken.push({ bare, singles, batched });
  }
  const { loopMaxMs } = await site.close();
  return {
    barePerSecond: median(taken.map(({ bare }) => bare)),
    singlesPerSecond: median(taken.map(({ singles }) => singles.requests / singles.seconds)),
    singlesP50: median(taken.map(({ singles }) => singles.p50)),
    singlesP99: median(taken.map(({ singles }) => singles.p99)),
    batchedPerSecond: median(taken.map(({ batched }) => (batched.requests * 1000) / batched.seconds)),
    loopMaxMs,
  };
}

/** Octets that reach the disk for each one-segment message that is sent and reported alone (S10). */
export async function wear(messages: number): Promise<number> {
  const site = await startSite(1, { radioMs: 20, deliveryMs: 5, reportMs: 5 });
  const api = apiClient(site.daemon.url, site.key);
  let last = 0;
  const sendOne = async (i: number): Promise<void> => {
    const { body } = await api.post<{ id: string }>('/v1/messages', batchOf(1, i).messages[0]);
    const events = await api.eventsUntil((e) => e.type === 'message.delivered' && e.data.id === body.id, last);
    last = events.at(-1)?.seq ?? last;
  };
  await sendOne(0);
  const before = writtenOctets(site.daemon.child.pid ?? 0);
  for (let i = 1; i <= messages; i += 1) await sendOne(i);
  const written = writtenOctets(site.daemon.child.pid ?? 0) - before;
  await site.close();
  return written / messages;
}

/** What a process has caused to be written to disks, octets (proc(5), `write_bytes`). */
function writtenOctets(pid: number): number {
  return Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

/** Share of one core, resident set and writes of the daemon with two idle modems, after a minute, over half a minute. */
export async function idle(): Promise<{ cpuPercent: number; rssMb: number; writtenMbPerDay: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-bench-'));
  const simulation = await simulate({ modems: 2, pty: folder });
  const site = makeSite(simulation.ptys);
  await makeKey(site);
  const daemon = await startDaemonProcess(site);
  await sleep(systemClock, 60_000);
  const before = cpuTicks(daemon.child.pid ?? 0);
  const writtenBefore = writtenOctets(daemon.child.pid ?? 0);
  await sleep(systemClock, 30_000);
  const written = writtenOctets(daemon.child.pid ?? 0) - writtenBefore;
  const ticks = cpuTicks(daemon.child.pid ?? 0) - before;
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'));
  await daemon.stop();
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();
  return { cpuPercent: (ticks / 100 / 30) * 100, rssMb: Number(rss?.[1]) / 1024, writtenMbPerDay: (written * 2880) / 2 ** 20 };
}

/** utime and stime of a process, in ticks of 10 ms (proc(5)). */
function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
