import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type DaemonProcess, makeKey, makeSite, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { haveSocat } from '../support/pty.ts';
import { until } from '../support/until.ts';

const MARIA = (n: number): string => `+3806755500${String(n).padStart(2, '0')}`;
const VISITS = 12;

describe.runIf(haveSocat())('visits in the built daemon, killed in the middle', () => {
  let folder: string;
  let site: SiteFolder;
  let simulation: Simulation;
  let daemon: DaemonProcess;
  let key: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simpost-visits-'));
    simulation = await simulate({ modems: 1, pty: folder, radioMs: 20, deliveryMs: 20, reportMs: 20, phones: [] });
    site = makeSite(simulation.ptys);
    key = await makeKey(site, 'send,read:all,operate');
    daemon = await startDaemonProcess(site);
  });
  afterAll(async () => {
    await daemon?.stop();
    await simulation?.close();
    rmSync(folder, { recursive: true, force: true });
    site?.remove();
  });

  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
  async function ask(method: string, path: string, body?: unknown): Promise<any> {
    const headers = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(`${daemon.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return await answer.json();
  }

  /** What the visit is, in its first or its second version; in two months, so that nothing but the confirmation is due. */
  const visit = (n: number, hour: number): object => ({
    contact: { to: MARIA(n), name: `Марія ${n}`, language: 'ru' },
    startsAt: `${new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)}T${hour}:00:00+02:00`,
    data: { address: 'ул. Мира, 1' },
  });

  async function restart(): Promise<void> {
    await daemon.kill();
    daemon = await startDaemonProcess(site);
  }

  const texts = (n: number): string[] => simulation.network.phone(MARIA(n)).texts.map(({ text }) => text);

  it('confirms each once, at the time to which it was moved meanwhile', async () => {
    // What is written down is not yet on the air, so that a kill leaves no doubt about the air.
    await ask('PUT', '/v1/sending', { state: 'paused' });
    for (const [round, hour] of [10, 11].entries()) {
      const puts = Array.from({ length: VISITS }, (_, n) => ask('PUT', `/v1/occasions/visit/m${n}`, visit(n, hour)));
      // Some are answered, some are under way, some of the confirmations are in the queue: it dies.
      await Promise.race(puts.slice(round * 4, round * 4 + 4));
      const answered = Promise.allSettled(puts);
      await restart();
      await answered;
    }
    for (let n = 0; n < VISITS; n += 1) expect((await ask('PUT', `/v1/occasions/visit/m${n}`, visit(n, 14))).externalId).toBe(`m${n}`);
    await ask('PUT', '/v1/sending', { state: 'running' });
    await until(() => Array.from({ length: VISITS }, (_, n) => texts(n).length).every((count) => count > 0));
    await until(async () => (await ask('GET', '/v1/messages?status=queued')).data.length === 0);
    for (let n = 0; n < VISITS; n += 1)
      expect(texts(n), `visit m${n}`).toEqual([expect.stringMatching(/^Клініка: вы записаны на .* в 14:00, ул\. Мира, 1\./)]);
    const { steps } = await ask('GET', '/v1/occasions/visit/m0');
    expect(steps.filter((s: { state: string }) => s.state === 'accepted').map((s: { step: string }) => s.step)).toEqual(['confirmation']);
  }, 120_000);

  it('follows an answer once: one change, one event, one reply', async () => {
    await ask('PUT', '/v1/sending', { state: 'paused' });
    simulation.network.inbound({ from: MARIA(3), text: 'ПЕРЕНОС', modem: 1 });
    await until(async () => (await ask('GET', '/v1/inbound')).data.length === 1);
    await restart();
    await until(async () => (await ask('GET', '/v1/occasions/visit/m3')).answer === 'moveAsked');
    await restart();
    await ask('PUT', '/v1/sending', { state: 'running' });
    await until(() => texts(3).length > 1);
    expect(texts(3).slice(1)).toEqual(['Спасибо, скоро свяжемся с вами и договоримся о другом времени']);
    expect((await ask('GET', '/v1/tasks')).data).toMatchObject([{ kind: 'visit', occasion: 'visit/m3' }]);
  }, 120_000);
});
