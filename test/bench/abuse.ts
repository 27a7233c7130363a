import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Simpost } from '../../examples/client/simpost.ts';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';

/** X30: what an urgent message waits for its modem while offers are sent, in a quiet hour and while somebody abuses the port. */

const ABUSER = resolve(import.meta.dirname, 'abuser.mjs');
/** Milliseconds that a segment is on the air: what an urgent message waits for, for it begins at any moment of another one. */
const ON_THE_AIR = 400;
/** Urgent messages of each kind of hour. */
const COUNT = 60;

export interface AbuseFigures {
  /** From accepted to begun, by the clock of the daemon: 95 of 100 waited no longer, milliseconds. */
  readonly quietP95: number;
  readonly abusedP95: number;
  /** Requests of the abuser that were answered, or cut off, a second. */
  readonly asked: number;
}

export async function abuseFigures(): Promise<AbuseFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-bench-'));
  const simulation = await simulate({ modems: 1, pty: folder, radioMs: ON_THE_AIR, deliveryMs: 20, reportMs: 20 });
  const site = makeSite(simulation.ptys, '[messages.quota]\nurgent = 0\n');
  const key = await makeKey(site, 'send,read:all');
  const abused = await makeKey(site, 'send,read:all');
  const daemon = await startDaemonProcess(site, { SIMPOST_LIMITS_REQUESTS_PER_SECOND: '100' });
  const api = new Simpost(daemon.url, key);
  while (!(await api.listSims()).data.some(({ state }) => state === 'ready')) await sleep(systemClock, 50);
  for (let from = 0; from < 600; from += 200) {
    const messages = Array.from({ length: 200 }, (_, n) => ({ to: `+38067${1_000_000 + from + n}`, text: 'Ваше авто готове' }));
    await api.sendBatch({ body: { messages } });
  }
  let sent = 0;
  const waits = async (): Promise<number> => {
    const found: number[] = [];
    for (let i = 0; i < COUNT; i += 1) {
      const path = {
        id: (await api.sendMessage({ body: { to: `+38063${1_000_000 + sent}`, text: 'Ліфт не працює', purpose: 'urgent' } })).id ?? '',
      };
      sent += 1;
      for (;;) {
        const { acceptedAt, segments } = await api.getMessage({ path });
        const begun = segments[0]?.attempts[0]?.at;
        if (begun !== undefined) {
          found.push(Date.parse(begun) - Date.parse(acceptedAt));
          break;
        }
        await sleep(systemClock, 50);
      }
      // At any moment of the segment after the next one: an offer goes in between, or the floor of the offers would be measured (Q03).
      await sleep(systemClock, ON_THE_AIR + ((i * 137) % ON_THE_AIR));
    }
    return found.sort((a, b) => a - b)[Math.floor(COUNT * 0.95)] ?? Number.NaN;
  };
  const quietP95 = await waits();
  const abuser = spawn(process.execPath, [ABUSER, new URL(daemon.url).port, abused], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  abuser.stdout.on('data', (text: Buffer) => said.push(text.toString()));
  const began = systemClock.monotonic();
  const abusedP95 = await waits();
  const seconds = (systemClock.monotonic() - began) / 1000;
  abuser.kill('SIGTERM');
  await once(abuser, 'close');
  await daemon.stop();
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();
  return { quietP95, abusedP95, asked: Number(said.join('')) / seconds };
}
