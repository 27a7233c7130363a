import { writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { abuseFigures } from './abuse.ts';
import { businessFigures } from './business.ts';
import { codecRows } from './codec.ts';
import { consoleFigures } from './console.ts';
import { memory } from './memory.ts';
import { million } from './million.ts';
import { comparePeers } from './peers.ts';
import { acceptance, drain, idle, inboundLatency, wear } from './queue.ts';
import { retention } from './retention.ts';
import { fsyncsPerSecond } from './yardsticks.ts';

/**
 * `npm run bench`: figures beside what the machine itself can do in the same run, printed as a table and written to
 * bench-results.json. Never a part of a test: machines differ, ratios less.
 */
const peers = process.argv.indexOf('--peers');
if (peers > 0) {
  await comparePeers(process.argv.slice(peers + 1));
  process.exit(0);
}

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly wanted: string;
  readonly met: boolean | null;
}

const rows: Row[] = [];

function row(what: string, figure: string, wanted = '', met: boolean | null = null): void {
  rows.push({ what, figure, wanted, met });
  const mark = met === null ? ' ' : met ? '+' : '!';
  process.stdout.write(`${mark} ${what.padEnd(58)} ${figure.padEnd(34)} ${wanted}\n`);
}

const n = (x: number, digits = 0): string => x.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

process.stdout.write(`${cpus().length} x ${cpus()[0]?.model ?? '?'}, Node ${process.version}\n\n`);

const fsyncs = fsyncsPerSecond(tmpdir());
row('yardstick: 4 KiB writes, each with an fsync, a second', n(fsyncs));

for (const c of codecRows()) {
  const segments = c.segments === c.nodePduSegments ? `${c.segments} segments` : `${c.segments} segments, node-pdu ${c.nodePduSegments}`;
  row(
    `codec: ${c.name} (${segments})`,
    `${n(c.oursPerSecond)}/s, ${n(c.ratio, 1)} x node-pdu`,
    `at least ${c.target} x`,
    c.ratio >= c.target,
  );
}

const slow = await drain(8, 400, 250);
row('8 modems on ptys, 250 ms on the air, 400 messages: radio share', n(slow.radioShare, 3), 'at least 0.97', slow.radioShare >= 0.97);
const fast = await drain(8, 4000, 0);
row(
  '8 modems on ptys, 0 ms on the air, 4,000 messages',
  `${n(fast.segmentsPerSecond)} segments/s`,
  'at least 300',
  fast.segmentsPerSecond >= 300,
);
row('  the event loop was held at most', `${n(fast.loopMaxMs, 1)} ms`, 'at most 50', fast.loopMaxMs <= 50);

const heard = await inboundLatency(200);
row(
  'inbound on an idle SIM: stored and readable',
  `${n(heard.medianMs, 1)} ms (95 %: ${n(heard.p95Ms, 1)})`,
  'median at most 30',
  heard.medianMs <= 30,
);

const taken = await acceptance(5);
const share = taken.singlesPerSecond / taken.barePerSecond;
row('yardstick: bare Fastify, POSTs a second, 32 connections', n(taken.barePerSecond));
row('durable POSTs, 32 connections', `${n(taken.singlesPerSecond)}/s, ${n(share * 100)} % of bare Fastify`, 'at least 25 %', share >= 0.25);
row('  latency', `p50 ${n(taken.singlesP50, 1)} ms, p99 ${n(taken.singlesP99, 1)} ms`);
const gain = taken.batchedPerSecond / taken.singlesPerSecond;
row(
  'batches of 1,000',
  `${n(taken.batchedPerSecond)} messages/s, ${n(gain, 1)} x single, ${n((taken.batchedPerSecond / taken.barePerSecond) * 100)} % of bare Fastify`,
  'at least 3 x single',
  gain >= 3,
);
row('  the event loop was held at most', `${n(taken.loopMaxMs, 1)} ms`, 'at most 50', taken.loopMaxMs <= 50);

const kilobytes = (await wear(100)) / 1024;
row('written to disk for a message sent alone (S10)', `${n(kilobytes)} kB`, 'at most 160', kilobytes <= 160);

const full = await million();
row('a claim with 1,000,000 messages in the queue (S11): p99', `${n(full.claimP99, 1)} ms`, 'at most 5', full.claimP99 <= 5);
row('  with 1,000', `${n(full.claimP99AtThousand, 1)} ms`);
const growth = full.claimMean / full.claimMeanAtThousand;
row('  mean beside that with 1,000', `${n(full.claimMean, 2)} ms, ${n(growth, 2)} x`, 'at most 1.5 x', growth <= 1.5);
row('  a page of 50 messages: p95', `${n(full.listP95, 1)} ms`, 'at most 100', full.listP95 <= 100);
row('  start to first send (Q10)', `${n(full.firstSend / 1000, 1)} s`, 'at most 10', full.firstSend <= 10_000);
row('  resident', `${n(full.rssMb)} MB`, 'at most 300', full.rssMb <= 300);

const tidied = await retention();
row(
  'retention on 1,000,000 messages (S09): the longest transaction',
  `${n(tidied.turnMax, 1)} ms (99 %: ${n(tidied.turnP99, 1)}; a COMMIT: ${n(tidied.commitMax, 1)})`,
  'at most 20',
  tidied.turnMax <= 20,
);
row('  texts erased in one run', `${n(tidied.erased)} in ${n(tidied.seconds, 1)} s`, 'at most 200,000', tidied.erased <= 200_000);

const business = await businessFigures();
row('a list of 50,000 contacts: imported', `${n(business.importSeconds, 1)} s`, 'under 30', business.importSeconds < 30);
row('  a message accepted meanwhile: p95', `${n(business.acceptP95)} ms`, 'at most 50', business.acceptP95 <= 50);
row('  the event loop meanwhile: p99', `${n(business.importLoopP99)} ms`, 'at most 50', business.importLoopP99 <= 50);
row('  a page of it, looked for in nine ways: worst', `${n(business.listWorst)} ms`, 'under 100', business.listWorst < 100);
row('  a campaign to all of them: planned (S13)', `${n(business.planSeconds, 2)} s`, 'at most 3', business.planSeconds <= 3);
row('  the event loop meanwhile: p99', `${n(business.planLoopP99)} ms`, 'at most 50', business.planLoopP99 <= 50);
row('  an urgent message meanwhile, to the network: p95', `${n(business.urgentP95)} ms`);

const abuse = await abuseFigures();
const drift = abuse.abusedP95 / abuse.quietP95;
row('an urgent message waits for a modem that sends others: p95', `${n(abuse.quietP95)} ms`);
row(`  while somebody abuses the port, ${n(abuse.asked)} requests a second (X30)`, `${n(abuse.abusedP95)} ms`, 'within 20 %', drift <= 1.2);

const rest = await idle();
row('idle with two modems, after a minute: CPU', `${n(rest.cpuPercent, 2)} % of a core`, 'under 1 %', rest.cpuPercent < 1);
row('  resident', `${n(rest.rssMb)} MB`, 'at most 120', rest.rssMb <= 120);
row('  written to disk', `${n(rest.writtenMbPerDay, 1)} MB a day`, 'at most 5', rest.writtenMbPerDay <= 5);

const held = await memory(6, 4000);
row(
  `held after a collection: after 4,000 messages, after ${n(held.messages)} more`,
  `${n(held.first, 1)} MB, ${n(held.last, 1)} MB`,
  'at most 2 MB more',
  held.last - held.first <= 2,
);

const seen = await consoleFigures();
row('the console, processor 4 times slower: first paint', `${n(seen.firstPaintMs)} ms`, 'at most 1,000', seen.firstPaintMs <= 1000);
row('  Today is there', `${n(seen.todayMs)} ms`);
row('  its script, compressed', `${n(seen.scriptOctets / 1000, 1)} kB`, 'at most 150', seen.scriptOctets <= 150_000);

writeFileSync(
  'bench-results.json',
  `${JSON.stringify({ at: new Date().toISOString(), cpus: cpus()[0]?.model, node: process.version, rows }, null, 2)}\n`,
);
process.stdout.write('\nwritten to bench-results.json\n');
