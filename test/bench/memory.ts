import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { apiClient } from '../support/api-client.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';

/**
 * Whether a daemon holds more the more it has done. A resident set says little of that in an hour, since the heap takes what it
 * is allowed; what is left after a collection says it at once, message by message.
 */

const LIVE_HEAP = resolve(import.meta.dirname, 'live-heap.mjs');
const MODEMS = 4;
const AT_ONCE = 500;

export interface Memory {
  /** What the daemon holds after a collection, megabytes, at even distances. */
  readonly live: readonly number[];
  readonly rss: readonly number[];
  /** How much more it holds for a thousand messages that went, were reported and answered, kilobytes. */
  readonly growthPerThousand: number;
}

/** Messages that go, are reported and answered, while modems are unplugged and come back; `rounds` measurements after the first. */
export async function memory(rounds: number, messagesEach: number): Promise<Memory> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-bench-'));
  const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: 0, deliveryMs: 5, reportMs: 5 });
  const site = makeSite(simulation.ptys);
  const key = await makeKey(site);
  const file = join(folder, 'heap.json');
  const daemon = await startDaemonProcess(site, { NODE_OPTIONS: `--import ${LIVE_HEAP}`, LIVE_HEAP_FILE: file });
  const api = apiClient(daemon.url, key);
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await sleep(systemClock, 50);
  };
  const allReady = async (): Promise<boolean> => {
    const { data } = await api.get<{ data: { state: string }[] }>('/v1/sims');
    return data.filter((sim) => sim.state === 'ready').length === MODEMS;
  };
  const measure = async (): Promise<{ live: number; rss: number }> => {
    rmSync(file, { force: true });
    daemon.child.kill('SIGUSR2');
    await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('}'));
    return JSON.parse(readFileSync(file, 'utf8'));
  };

  await until(allReady);
  const { ledger, events } = simulation.network;
  let went = 0;
  const goRound = async (): Promise<void> => {
    for (let i = 0; i < messagesEach; i += AT_ONCE) {
      const messages = Array.from({ length: AT_ONCE }, (_, k) => ({
        to: `+38067${String(went + k).padStart(7, '0')}`,
        text: `Ваш візит завтра о 10:00, № ${went + k}`,
      }));
      await api.post('/v1/messages/batch', { messages });
      went += AT_ONCE;
      await until(() => ledger.entries.length >= went);
    }
  };
  void events;
  const found: { live: number; rss: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await goRound();
    await sleep(systemClock, 2000);
    found.push(await measure());
    process.stdout.write(`${JSON.stringify(found.at(-1))}\n`);
  }
  await daemon.stop();
  await simulation.close();
  const live = found.map((at) => at.live / 2 ** 20);
  const growth = (live.at(-1) ?? 0) - (live[0] ?? 0);
  return { live, rss: found.map((at) => at.rss / 2 ** 20), growthPerThousand: (growth * 1024) / ((rounds * messagesEach) / 1000) };
}
