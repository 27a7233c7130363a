import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { apiClient } from '../support/api-client.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { LiveHeap } from '../support/live-heap.ts';

const MODEMS = 4;
const AT_ONCE = 500;
/** One in so many clients writes back. */
const ANSWERS = 10;

export interface Memory {
  /** What the daemon holds after a collection, megabytes: after the first round and after the last. */
  readonly first: number;
  readonly last: number;
  readonly messages: number;
}

/** Messages that go, are reported and answered, while modems are unplugged and come back: what a daemon holds more for them. */
export async function memory(rounds: number, messagesEach: number): Promise<Memory> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-bench-'));
  const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: 0, deliveryMs: 5, reportMs: 5 });
  const heap = new LiveHeap(folder);
  const site = makeSite(simulation.ptys);
  const key = await makeKey(site);
  const daemon = await startDaemonProcess(site, heap.env);
  const api = apiClient(daemon.url, key);
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await sleep(systemClock, 50);
  };
  const allReady = async (): Promise<boolean> => {
    const { data } = await api.get<{ data: { state: string }[] }>('/v1/modems');
    return data.filter((modem) => modem.state === 'ready').length === MODEMS;
  };
  const { network } = simulation;
  let sent = 0;
  const goRound = async (): Promise<void> => {
    for (let i = 0; i < messagesEach; i += AT_ONCE) {
      const messages = Array.from({ length: AT_ONCE }, (_, k) => ({
        to: `+38067${String(sent + k).padStart(7, '0')}`,
        text: `Ваш візит завтра о 10:00, № ${sent + k}`,
      }));
      await api.post('/v1/messages/batch', { messages });
      for (let k = 0; k < AT_ONCE; k += ANSWERS) {
        network.inbound({ from: messages[k]?.to ?? '', modem: simulation.modems[k % MODEMS]?.name, text: `так, № ${sent + k}` });
      }
      sent += AT_ONCE;
      await until(() => network.ledger.entries.length >= sent);
      const { data } = await api.get<{ data: { id: string }[] }>('/v1/messages?limit=50');
      for (const { id } of data) await api.get(`/v1/messages/${id}`);
    }
    for (const { name } of simulation.modems) network.addFault({ fault: 'unplug', modem: name, at: 'now', backMs: 200 });
    await sleep(systemClock, 3000);
    await until(allReady);
  };

  await until(allReady);
  await goRound();
  const first = await heap.measure(daemon);
  for (let round = 0; round < rounds; round += 1) await goRound();
  const last = await heap.measure(daemon);
  await daemon.stop();
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();
  return { first, last, messages: rounds * messagesEach };
}
