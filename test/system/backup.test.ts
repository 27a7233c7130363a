import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { inspectStore } from '../../src/store/inspect.ts';
import { type ApiMessage, apiClient } from '../support/api-client.ts';
import { makeKey, makeSite, runSimpost, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/main.js');
const KILLS = process.env.SIMPOST_TEST_FULL ? 200 : 8;
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? Date.now() % 1_000_000);

let simulation: Simulation;
let site: SiteFolder;

beforeAll(async () => {
  simulation = await simulate({ modems: 2, tcp: 0, radioMs: [20, 60], seed: 1 });
  site = makeSite(simulation.tcp.map((port) => `tcp://127.0.0.1:${port}`));
});
afterAll(async () => {
  await simulation.close();
  site.remove();
});

describe(`backups of a daemon at work, ${KILLS} of them killed`, () => {
  it('S06 publishes whole ones only, and leaves nothing of the others', { timeout: KILLS * 5000 }, async () => {
    process.stdout.write(`backup kills: seed ${SEED}\n`);
    const random = seededRandom(SEED);
    const key = await makeKey(site);
    const daemon = await startDaemonProcess(site);
    const api = apiClient(daemon.url, key);
    let working = true;
    let accepted = 0;
    const work = (async () => {
      while (working) {
        const answer = await api.post<ApiMessage>('/v1/messages', { to: `+38067${String(accepted).padStart(7, '0')}`, text: 'Ваш візит' });
        expect(answer.status).toBe(202);
        accepted += 1;
      }
    })();
    const directory = join(site.folder, 'backups');
    const args = ['backup', '--to', directory, '--config', site.config];

    const began = systemClock.monotonic();
    expect((await runSimpost(args)).code).toBe(0);
    const whole = systemClock.monotonic() - began;
    let killed = 0;
    for (let i = 0; i < KILLS; i += 1) {
      const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' });
      const ended = once(child, 'close');
      await sleep(systemClock, whole * (0.3 + 0.7 * random.float()));
      if (child.kill('SIGKILL')) killed += 1;
      await ended;
    }
    const last = await runSimpost(args);
    working = false;
    await work;
    expect(last).toMatchObject({ code: 0, err: '' });
    expect(await daemon.stop()).toBe(0);

    const names = readdirSync(directory);
    expect(names.filter((name) => !name.endsWith('.db'))).toEqual([]);
    for (const name of names) expect((await inspectStore(join(directory, name))).messages, name).toBeGreaterThan(0);
    expect(killed).toBeGreaterThan(0);
    process.stdout.write(`${killed} killed, ${names.length} published, ${accepted} messages accepted meanwhile\n`);
  });
});
