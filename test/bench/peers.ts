import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { gammu, installed, type MakePeer, type PeerDaemon, simpost, smstools } from './peer-daemons.ts';

/**
 * `npm run bench -- --peers`: the daemons that are installed, each on the same virtual modems behind ptys, measured from
 * outside: what the network took, and what can be read. Nothing is installed; `apt install gammu-smsd smstools` does that.
 */
const MODEMS = 4;
const MESSAGES = 100;
const RADIO_MS = 250;
const INBOUND = 20;
const KILLS = Number(process.env.SIMPOST_TEST_KILLS ?? 20);
/** Nothing went out for so long: it has stopped, milliseconds. */
const STOPPED = 60_000;
/** How long one part of one daemon may take, milliseconds: what is not done by then is told as such in the table. */
const PART = 300_000;

interface PeerFigures {
  readonly name: string;
  /** Of the messages of the first part. */
  readonly drained: number;
  readonly seconds: number;
  readonly radioShare: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
  /** How many of the texts that came in were read, and the median of how long that took. */
  readonly heard: number;
  readonly inboundMs: number;
  readonly crashed: Crashed;
}

interface Crashed {
  readonly kills: number;
  /** Whether it ended because of the time, and not because the work was done. */
  readonly cutShort: boolean;
  readonly doubled: number;
  readonly neverSent: number;
  /** Of those, how many it tells to be in doubt. */
  readonly told: number;
}

const recipient = (i: number): string => `+38067${String(1_000_000 + i)}`;

async function on<T>(make: MakePeer, work: (peer: PeerDaemon, simulation: Simulation) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-peers-'));
  const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: RADIO_MS, deliveryMs: 5, reportMs: 5 });
  // Held open here, so that a port stays when a daemon closes it or dies, as that of a modem does: a pseudo-terminal would go.
  const ports = simulation.ptys.map((path) => openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
  const peer = await make(simulation.ptys, folder);
  try {
    await peer.start();
    return await work(peer, simulation);
  } finally {
    await peer.kill();
    for (const port of ports) closeSync(port);
    await simulation.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whom the network took a message for, and how often. */
function copies(simulation: Simulation): Map<string, number> {
  const taken = new Map<string, number>();
  for (const { to } of simulation.network.ledger.entries) {
    const name = to.replace(/\D/g, '');
    taken.set(name, (taken.get(name) ?? 0) + 1);
  }
  return taken;
}

/** Waits until the network has taken a message for so many, or nothing goes out any more, or it is `end`. Whether all went. */
async function drained(simulation: Simulation, recipients: number, end: number): Promise<boolean> {
  let [seen, since] = [0, performance.now()];
  while (copies(simulation).size < recipients) {
    if (performance.now() - since > STOPPED || performance.now() > end) return false;
    const taken = simulation.network.ledger.entries.length;
    if (taken !== seen) [seen, since] = [taken, performance.now()];
    await sleep(systemClock, 10);
  }
  return true;
}

/** Sends all, and lets it hear some: what can be done without a fault. */
async function measureWork(peer: PeerDaemon, simulation: Simulation): Promise<Omit<PeerFigures, 'crashed'>> {
  const end = performance.now() + PART;
  // One goes first, so that its start is not measured.
  await peer.send(recipient(0), 'Your visit is tomorrow at 10:00');
  await drained(simulation, 1, end);
  const before = peer.load();
  const busyBefore = simulation.modems.reduce((sum, m) => sum + m.radio.busyMs, 0);
  const began = performance.now();
  for (let i = 1; i <= MESSAGES; i += 1) await peer.send(recipient(i), `Your visit is tomorrow at 10:00, no. ${i}`);
  await drained(simulation, MESSAGES + 1, end);
  const wall = performance.now() - began;
  const after = peer.load();
  const busy = simulation.modems.reduce((sum, m) => sum + m.radio.busyMs, 0) - busyBefore;
  const waits: number[] = [];
  for (let i = 0; i < INBOUND && performance.now() < end; i += 1) {
    const [had, sentAt] = [await peer.received(), performance.now()];
    simulation.network.inbound({ from: '+380501234567', modem: simulation.modems[0]?.name, text: `no. ${i}` });
    let has = had;
    while (has === had && performance.now() - sentAt < STOPPED) {
      await sleep(systemClock, 5);
      has = await peer.received();
    }
    if (has > had) waits.push(performance.now() - sentAt);
  }
  return {
    name: peer.name,
    drained: copies(simulation).size - 1,
    seconds: wall / 1000,
    radioShare: busy / (MODEMS * wall),
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    rssMb: after.rss / 2 ** 20,
    heard: waits.length,
    inboundMs: waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? Number.NaN,
  };
}

/** Kills it again and again while it sends, and looks at what the network got. */
async function measureKills(peer: PeerDaemon, simulation: Simulation): Promise<Crashed> {
  const end = performance.now() + PART;
  const random = seededRandom(1);
  for (let i = 0; i < MESSAGES; i += 1) await peer.send(recipient(i), `Your visit is tomorrow at 10:00, no. ${i}`);
  let kills = 0;
  let wentOn = true;
  while (kills < KILLS && wentOn) {
    // Spread over the work, each at its own point of a segment.
    wentOn = await drained(simulation, Math.floor(((kills + 1) * MESSAGES) / (KILLS + 1)), end);
    if (!wentOn) break;
    await sleep(systemClock, RADIO_MS * random.float());
    await peer.kill();
    await peer.start();
    kills += 1;
  }
  if (wentOn) await drained(simulation, MESSAGES, end);
  const taken = copies(simulation);
  const doubtful = new Set(await peer.inDoubt?.());
  const missing = Array.from({ length: MESSAGES }, (_, i) => recipient(i)).filter((to) => !taken.has(to.replace(/\D/g, '')));
  return {
    kills,
    cutShort: performance.now() > end,
    doubled: [...taken.values()].reduce((sum, n) => sum + n - 1, 0),
    neverSent: missing.length,
    told: missing.filter((to) => doubtful.has(to)).length,
  };
}

async function measure(make: MakePeer): Promise<PeerFigures> {
  const work = await on(make, measureWork);
  return { ...work, crashed: await on(make, measureKills) };
}

/**
 * Runs all that are installed, and prints a table for the README.
 * @param only the programs to run (`node` is Simpost); all unless given
 */
export async function comparePeers(only: readonly string[]): Promise<void> {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  out(`${cpus().length} x ${cpus()[0]?.model ?? '?'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  out(`${MESSAGES} messages of one segment, ${MODEMS} modems on ports that stay, ${RADIO_MS} ms on the air, ${INBOUND} texts in; then as`);
  out(
    `many messages again, with SIGKILL up to ${KILLS} times meanwhile. A daemon that sends nothing for ${STOPPED / 1000} s has stopped; no part`,
  );
  out(`is given more than ${PART / 60_000} minutes.\n`);
  out('| daemon | to drain | radio share | CPU | memory | inbound, median | kills | doubled | never sent | of these told as in doubt |');
  out('|---|---|---|---|---|---|---|---|---|---|');
  const peers: readonly (readonly [string, MakePeer])[] = [
    ['node', simpost],
    ['gammu-smsd', gammu],
    ['smsd', smstools],
  ];
  for (const [program, make] of peers) {
    if (only.length > 0 && !only.includes(program)) continue;
    if (!installed(program)) {
      out(`| ${program} | not installed | | | | | | | | |`);
      continue;
    }
    const { crashed, ...f } = await measure(make);
    const cells = [
      f.name,
      f.drained === MESSAGES ? `${f.seconds.toFixed(1)} s` : `stopped after ${f.drained} of ${MESSAGES}`,
      `${(f.radioShare * 100).toFixed(0)} %`,
      `${f.cpuSeconds.toFixed(1)} s`,
      `${f.rssMb.toFixed(0)} MB`,
      f.heard === INBOUND ? `${f.inboundMs.toFixed(0)} ms` : `${f.inboundMs.toFixed(0)} ms (${f.heard} of ${INBOUND} heard)`,
      `${crashed.kills}${crashed.cutShort ? ', time was up' : crashed.kills < KILLS ? ', then it sent no more' : ''}`,
      String(crashed.doubled),
      String(crashed.neverSent),
      String(crashed.told),
    ];
    out(`| ${cells.join(' | ')} |`);
  }
}
