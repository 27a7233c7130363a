import { mkdtempSync, rmSync } from 'node:fs';
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
const STOPPED = 90_000;

interface PeerFigures {
  readonly name: string;
  readonly seconds: number;
  readonly radioShare: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
  readonly inboundMs: number;
  readonly doubled: number;
  readonly neverSent: number;
  /** Of those, how many it tells to be in doubt. */
  readonly told: number;
}

const recipient = (i: number): string => `+38067${String(1_000_000 + i)}`;

async function on(make: MakePeer, work: (peer: PeerDaemon, simulation: Simulation) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-peers-'));
  const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: RADIO_MS, deliveryMs: 5, reportMs: 5 });
  const peer = await make(simulation.ptys, folder);
  try {
    await peer.start();
    await work(peer, simulation);
  } finally {
    await peer.kill();
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

/** Waits until the network has taken a message for so many, or nothing goes out any more. */
async function drained(simulation: Simulation, recipients: number): Promise<void> {
  let [seen, since] = [0, performance.now()];
  while (copies(simulation).size < recipients && performance.now() - since < STOPPED) {
    const taken = simulation.network.ledger.entries.length;
    if (taken !== seen) [seen, since] = [taken, performance.now()];
    await sleep(systemClock, 10);
  }
}

async function measure(make: MakePeer): Promise<PeerFigures> {
  let figures: PeerFigures | undefined;
  await on(make, async (peer, simulation) => {
    // One goes first, so that its start is not measured.
    await peer.send(recipient(0), 'Your visit is tomorrow at 10:00');
    await drained(simulation, 1);
    const before = peer.load();
    const busyBefore = simulation.modems.reduce((sum, m) => sum + m.radio.busyMs, 0);
    const began = performance.now();
    for (let i = 1; i <= MESSAGES; i += 1) await peer.send(recipient(i), `Your visit is tomorrow at 10:00, no. ${i}`);
    await drained(simulation, MESSAGES + 1);
    const wall = performance.now() - began;
    const after = peer.load();
    const busy = simulation.modems.reduce((sum, m) => sum + m.radio.busyMs, 0) - busyBefore;
    const waits: number[] = [];
    for (let i = 0; i < INBOUND; i += 1) {
      const [had, sentAt] = [await peer.received(), performance.now()];
      simulation.network.inbound({ from: '+380501234567', modem: simulation.modems[0]?.name, text: `no. ${i}` });
      while ((await peer.received()) === had && performance.now() - sentAt < STOPPED) await sleep(systemClock, 5);
      waits.push(performance.now() - sentAt);
    }
    figures = {
      name: peer.name,
      seconds: wall / 1000,
      radioShare: busy / (MODEMS * wall),
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      rssMb: after.rss / 2 ** 20,
      inboundMs: waits.toSorted((a, b) => a - b)[Math.floor(INBOUND / 2)] ?? Number.NaN,
      doubled: 0,
      neverSent: 0,
      told: 0,
    };
  });
  await on(make, async (peer, simulation) => {
    const random = seededRandom(1);
    for (let i = 0; i < MESSAGES; i += 1) await peer.send(recipient(i), `Your visit is tomorrow at 10:00, no. ${i}`);
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Spread over the work, each at its own point of a segment.
      const until = Math.floor(((kill + 1) * MESSAGES) / (KILLS + 1));
      await drained(simulation, until);
      await sleep(systemClock, RADIO_MS * random.float());
      await peer.kill();
      await peer.start();
    }
    await drained(simulation, MESSAGES);
    const taken = copies(simulation);
    const doubled = [...taken.values()].reduce((sum, n) => sum + n - 1, 0);
    const doubtful = new Set(await peer.inDoubt?.());
    const missing = Array.from({ length: MESSAGES }, (_, i) => recipient(i)).filter((to) => !taken.has(to.replace(/\D/g, '')));
    if (figures) figures = { ...figures, doubled, neverSent: missing.length, told: missing.filter((to) => doubtful.has(to)).length };
  });
  if (!figures) throw new Error('nothing was measured');
  return figures;
}

/**
 * Runs all that are installed, and prints a table for the README.
 * @param only the programs to run (`node` is Simpost); all unless given
 */
export async function comparePeers(only: readonly string[]): Promise<void> {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  out(`${cpus().length} x ${cpus()[0]?.model ?? '?'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  out(`${MESSAGES} messages of one segment, ${MODEMS} modems, ${RADIO_MS} ms on the air\n`);
  out(
    `| daemon | to drain | radio share | CPU | memory | inbound, median | doubled by ${KILLS} kills | never sent | of these told as in doubt |`,
  );
  out('|---|---|---|---|---|---|---|---|---|');
  const peers: readonly (readonly [string, MakePeer])[] = [
    ['node', simpost],
    ['gammu-smsd', gammu],
    ['smsd', smstools],
  ];
  for (const [program, make] of peers) {
    if (only.length > 0 && !only.includes(program)) continue;
    if (!installed(program)) {
      out(`| ${program} | not installed | | | | | | | |`);
      continue;
    }
    const f = await measure(make);
    const cells = [
      f.name,
      `${f.seconds.toFixed(1)} s`,
      `${(f.radioShare * 100).toFixed(0)} %`,
      `${f.cpuSeconds.toFixed(1)} s`,
      `${f.rssMb.toFixed(0)} MB`,
      `${f.inboundMs.toFixed(0)} ms`,
      String(f.doubled),
      String(f.neverSent),
      String(f.told),
    ];
    out(`| ${cells.join(' | ')} |`);
  }
}
