import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulator/simulate.ts';
import { apiClient } from '../support/api-client.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { haveSocat } from '../support/pty.ts';
import { until } from '../support/until.ts';

const MODEMS = 8;

/** Re-enumerations in all: each round moves every modem to another name. */
const WANTED = 500;
const ROUNDS = Math.ceil(WANTED / MODEMS);

/** From here on the heap has its size; and how many readings a mean is of. */
const WARM = 16;
const READINGS = 8;

/** What the resident memory of the daemon may grow by, megabytes. */
const MAY_GROW = 10;

const isFull = process.env.SIMPOST_TEST_FULL === '1';

describe.runIf(haveSocat() && isFull)('a daemon whose modems come back under other names again and again', () => {
  it(`M12: ${WANTED} re-enumerations leave no descriptor open, and its memory where it was`, { timeout: 1_800_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simpost-rename-'));
    const simulation = await simulate({ modems: MODEMS, pty: folder, radioMs: 20, deliveryMs: 20, reportMs: 20 });
    const links = simulation.ptys.map((_, n) => join(folder, `link${n}`));
    const lead = (turn: number): void => {
      for (const [n, link] of links.entries()) {
        symlinkSync(simulation.ptys[(n + turn) % MODEMS] ?? '', `${link}.new`);
        renameSync(`${link}.new`, link);
      }
    };
    lead(0);
    const site = makeSite(links);
    const key = await makeKey(site);
    const daemon = await startDaemonProcess(site);
    const api = apiClient(daemon.url, key);
    const iccids = simulation.modems.map((modem) => modem.card?.iccid);
    const settled = (turn: number): Promise<void> =>
      until(async () => {
        const shown = await api.all<{ port: string; state: string; sim: string | null }>('/v1/modems');
        const at = new Map(shown.filter(({ state }) => state === 'ready').map(({ port, sim }) => [port, sim]));
        return links.every((link, n) => at.get(link) === iccids[(n + turn) % MODEMS]);
      });
    const descriptors = (): number => readdirSync(`/proc/${daemon.child.pid}/fd`).length;
    const memory = (): number => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'))?.[1]) / 1024;
    const readings: number[] = [];
    await settled(0);
    let open = 0;
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      lead(turn);
      await settled(turn);
      readings.push(memory());
      if (turn === WARM) open = descriptors();
    }
    const mean = (from: number): number => readings.slice(from, from + READINGS).reduce((sum, one) => sum + one, 0) / READINGS;
    const [early, late] = [mean(WARM), mean(ROUNDS - READINGS)];
    process.stdout.write(
      `${ROUNDS * MODEMS} re-enumerations, descriptors ${open} -> ${descriptors()}, RSS ${early.toFixed(1)} -> ${late.toFixed(1)} MB\n`,
    );
    // A request of this test may still be open.
    expect(descriptors()).toBeLessThanOrEqual(open + 2);
    expect(late - early).toBeLessThanOrEqual(MAY_GROW);
    expect(await daemon.stop()).toBe(0);
    await simulation.close();
    rmSync(folder, { recursive: true, force: true });
    site.remove();
  });
});
