import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { type ApiMessage, apiClient } from '../support/api-client.ts';
import { builtProgram } from '../support/built-program.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { type Op, traceDisk } from '../support/disk-trace.ts';
import { canWatchDisk } from '../support/fsync-count.ts';
import { cutPower, cutSideBySide, filesIn } from '../support/power-cuts.ts';

const CHILD = builtProgram(fileURLToPath(new URL('../support/store-child.ts', import.meta.url)));
const CUTS = process.env.SIMPOST_TEST_FULL ? 10_000 : 1000;
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? Date.now() % 1_000_000);
const LONG = 'Чекаємо на вас завтра о 10:00 за адресою вул. Садова, 3, кабінет 12. Щоб перенести візит, відповідайте ПЕРЕНОС. Клініка';

let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'simpost-power-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** A day of the built daemon in small: batches and single messages go out, texts and reports come in. */
async function aDay(): Promise<{ ops: Op[]; before: Map<string, Buffer> }> {
  const simulation = await simulate({ modems: 3, tcp: 0, radioMs: [10, 40], deliveryMs: 5, reportMs: [5, 20], seed: SEED });
  const site = makeSite(simulation.tcp.map((port) => `tcp://127.0.0.1:${port}`));
  const key = await makeKey(site);
  const data = join(site.folder, 'data');
  const before = filesIn(data);
  const trace = traceDisk(data, scratch);
  const daemon = await startDaemonProcess(site, trace.env);
  const api = apiClient(daemon.url, key);
  let number = 0;
  const to = (): string => `+38067${String(++number).padStart(7, '0')}`;
  for (let round = 0; round < 4; round += 1) {
    const batch = Array.from({ length: 8 }, () => ({ to: to(), text: 'Ваш візит завтра о 9:30', reference: `8 in batch ${round}` }));
    expect((await api.post('/v1/messages/batch', { messages: batch })).status).toBe(202);
    for (let i = 0; i < 4; i += 1) {
      const text = i === 0 ? LONG : 'Ваше авто готове';
      expect((await api.post<ApiMessage>('/v1/messages', { to: to(), text })).status).toBe(202);
      simulation.network.inbound({
        from: `+38050${String(round * 4 + i).padStart(7, '0')}`,
        modem: 'modem1',
        text: i === 1 ? LONG : 'ТАК',
      });
    }
  }
  const over = new Set<string>();
  let received = 0;
  await api.eventsUntil((event) => {
    if (event.type === 'message.delivered') over.add(event.data.id);
    if (event.type === 'inbound.received' && event.data.complete) received += 1;
    return over.size === number && received === 16;
  });
  await daemon.kill();
  await simulation.close();
  site.remove();
  return { ops: trace.read(), before };
}

/** What `store-child.ts` does in a mode, so many times, traced. */
async function child(mode: string, synchronous: string, times = 10): Promise<Op[]> {
  const folder = join(scratch, `data-${times}`);
  mkdirSync(folder);
  const trace = traceDisk(folder, scratch);
  const args = [CHILD, mode, folder, String(times), synchronous];
  const process_ = spawn(process.execPath, args, { env: { ...process.env, ...trace.env }, stdio: ['ignore', 'pipe', 'inherit'] });
  process_.stdout.resume();
  await once(process_, 'close');
  return trace.read();
}

describe.skipIf(!canWatchDisk())('the power is cut', () => {
  it('D01, D14, S02 loses nothing that was answered, handed to a modem or taken from a SIM, and leaves nothing half done', {
    timeout: 60_000 + CUTS * 600,
  }, async () => {
    process.stdout.write(`power cuts: seed ${SEED}\n`);
    const { ops, before } = await aDay();
    process.stdout.write(`${ops.length} operations are recorded\n`);
    const verdict = await cutSideBySide({ ops, before }, CUTS, SEED);
    const syncs = ops.filter((op) => op.kind === 'sync').length;
    process.stdout.write(`${ops.length} operations, ${syncs} syncs, ${verdict.promises} promises, ${verdict.cuts} cuts\n`);
    expect(verdict.broken).toEqual([]);
    // 32 in batches and 16 alone are 48 answers and 56 segments; 16 texts came in as 24 TPDUs.
    expect(verdict.promises).toBeGreaterThan(48 + 56 + 24);
  });

  it('S10 writes little for a message that is sent alone', { timeout: 60_000 }, async () => {
    const written = (ops: readonly Op[]): number => ops.reduce((sum, op) => sum + (op.kind === 'write' ? op.data.length : 0), 0);
    // The making of the store is in both.
    const few = written(await child('lives', 'FULL', 10));
    const each = (written(await child('lives', 'FULL', 40)) - few) / 30;
    process.stdout.write(`${Math.round(each / 1000)} kB written for each message\n`);
    expect(each).toBeGreaterThan(1000);
    // Three of its four commits, so less than three quarters of what four may write.
    expect(each).toBeLessThan(120_000);
  });

  it.each([
    ['keeps what a store at FULL said', 'lives', 'FULL', false],
    ['finds a store at NORMAL that said too much (control)', 'lives', 'NORMAL', true],
    ['finds a store at OFF that said too much (control)', 'lives', 'OFF', true],
    ['finds a store that speaks before its commit (control)', 'rash', 'FULL', true],
  ])('S02 %s', { timeout: 60_000 }, async (_what, mode, synchronous, breaks) => {
    const ops = await child(mode, synchronous);
    const share = { name: 'alone', index: 0, count: 10, seed: SEED };
    const verdict = await cutPower({ ops, before: new Map(), share, random: seededRandom(SEED) });
    expect(verdict.promises).toBeGreaterThanOrEqual(10);
    if (breaks) expect(verdict.broken.length).toBeGreaterThan(5);
    else expect(verdict.broken).toEqual([]);
  });
});
