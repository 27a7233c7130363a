import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, type ApiMessage, apiClient } from '../support/api-client.ts';
import { type DaemonProcess, makeKey, makeSite, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { haveSocat } from '../support/pty.ts';
import { until } from '../support/until.ts';

interface ShownModem {
  readonly port: string;
  readonly state: string;
  readonly sentence: string;
  readonly sim: string | null;
}

interface ShownSim {
  readonly iccid: string;
  readonly counters: { readonly sent: number };
}

const OLENA = '+380671234567';

describe.runIf(haveSocat())('ports that change under a running daemon', () => {
  let folder: string;
  let site: SiteFolder;
  let simulation: Simulation;
  let daemon: DaemonProcess;
  let api: ApiClient;
  let links: readonly string[];
  let iccids: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simpost-hotplug-'));
    simulation = await simulate({ modems: 2, pty: folder, radioMs: 20, deliveryMs: 20, reportMs: 20, phones: [{ number: OLENA }] });
    links = ['left', 'right'].map((name) => join(folder, name));
    for (const [i, link] of links.entries()) symlinkSync(simulation.ptys[i] ?? '', link);
    iccids = simulation.modems.map((m) => m.card?.iccid ?? '');
    site = makeSite(links);
    const key = await makeKey(site);
    daemon = await startDaemonProcess(site);
    api = apiClient(daemon.url, key);
    await untilShown((modems) => modems.every((m) => m.state === 'ready'));
  });

  afterAll(async () => {
    await daemon?.stop();
    await simulation?.close();
    rmSync(folder, { recursive: true, force: true });
    site?.remove();
  });

  /** Asks again and again, since no event tells of modems. */
  const untilShown = (so: (modems: readonly ShownModem[]) => boolean): Promise<void> =>
    until(async () => so(await api.all<ShownModem>('/v1/modems')));

  const at = (modems: readonly ShownModem[]): (string | null)[] => links.map((link) => modems.find((m) => m.port === link)?.sim ?? null);

  /** Link i leads to modem order[i] from now on; each changes in one step, as udev does it. */
  function lead(order: readonly number[]): void {
    for (const [i, link] of links.entries()) {
      symlinkSync(simulation.ptys[order[i] ?? 0] ?? '', `${link}.new`);
      renameSync(`${link}.new`, link);
    }
  }

  it('M03, M12: links swapped again and again: each message leaves from the SIM that was named, once, and no descriptor stays open', async () => {
    const ids: { id: string; iccid: string }[] = [];
    const descriptors = (): number => readdirSync(`/proc/${daemon.child.pid}/fd`).length;
    let before = 0;
    for (let round = 0; round < 4; round += 1) {
      const order = round % 2 === 0 ? [1, 0] : [0, 1];
      for (const iccid of iccids) {
        const { status, body } = await api.post<ApiMessage>('/v1/messages', { to: OLENA, text: iccid, sim: iccid });
        expect(status).toBe(202);
        ids.push({ id: body.id, iccid });
      }
      lead(order);
      await untilShown((modems) => modems.every((m) => m.state === 'ready') && at(modems).every((sim, i) => sim === iccids[order[i] ?? 0]));
      if (round === 1) before = descriptors();
      if (round === 3) expect(descriptors()).toBeLessThanOrEqual(before + 2);
    }
    for (const { id } of ids) {
      const over = (m: ApiMessage): boolean => ['sent', 'delivered'].includes(m.status);
      await until(async () => over(await api.get<ApiMessage>(`/v1/messages/${id}`)));
    }
    const imsis = new Map(simulation.modems.map((m) => [m.card?.iccid, m.card?.imsi]));
    const texts = simulation.network.phone(OLENA).texts;
    expect(texts.map((t) => t.text).toSorted()).toEqual(ids.map(({ iccid }) => iccid).toSorted());
    for (const iccid of iccids) {
      expect(simulation.network.ledger.entries.filter((e) => e.imsi === imsis.get(iccid))).toHaveLength(4);
    }
    const numbers = new Map(texts.map((t) => [t.text, t.from]));
    expect(new Set(numbers.values()).size).toBe(2);
    for (const [text, from] of numbers) expect(texts.filter((t) => t.text === text).every((t) => t.from === from)).toBe(true);
    // The counters are the SIM's, at whichever port it was.
    const sims = await api.all<ShownSim>('/v1/sims');
    expect(sims.map((s) => [s.iccid, s.counters.sent]).toSorted()).toEqual(iccids.map((iccid) => [iccid, 4]).toSorted());
  });

  // Others than root cannot open what is open for us alone. How soon is tried where a test moves the clock.
  it.runIf(process.getuid?.() === 0)('M05: a program that opens the port meanwhile is named, with its process', async () => {
    const fd = openSync(realpathSync(links[0] ?? ''), constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    const other = spawn('sleep', ['60'], { stdio: [fd, 'ignore', 'ignore'] });
    closeSync(fd);
    const words = `sleep (process ${other.pid})`;
    await untilShown((modems) => modems.some((m) => m.port === links[0] && m.sentence.includes(words)));
    expect(daemon.log.some((entry) => JSON.stringify(entry.openers ?? '').includes(words))).toBe(true);
    const ended = once(other, 'exit');
    other.kill();
    await ended;
    await untilShown((modems) => modems.every((m) => !m.sentence.includes('sleep')));
  });
});
