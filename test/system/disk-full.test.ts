import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { type ApiMessage, apiClient } from '../support/api-client.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { canWatchDisk, READ_ONLY, watchDisk } from '../support/fsync-count.ts';
import { haveSocat } from '../support/pty.ts';
import { until } from '../support/until.ts';

const OLENA = '+380671234567';

describe.runIf(haveSocat() && canWatchDisk())('a daemon whose disk takes nothing for a while', () => {
  it.each([
    ['full', {}, 507, 'storeFull'],
    ['read-only', READ_ONLY, 503, 'unavailable'],
  ])(
    'S03: while it is %s refuses, loses no outcome of what is on the air, leaves what comes in in the SIM, and heals by itself',
    async (_, kind, status, code) => {
      const folder = mkdtempSync(join(tmpdir(), 'simpost-full-'));
      const simulation = await simulate({
        modems: 1,
        pty: folder,
        radioMs: 1500,
        deliveryMs: 20,
        reportMs: 20,
        phones: [{ number: OLENA }],
      });
      const site = makeSite(simulation.ptys);
      const key = await makeKey(site);
      const watch = watchDisk(join(site.folder, 'data'), site.folder);
      const daemon = await startDaemonProcess(site, { ...watch.env, ...kind });
      try {
        const api = apiClient(daemon.url, key);
        const send = (text: string) => api.post<ApiMessage & { code?: string }>('/v1/messages', { to: OLENA, text });
        const view = (id: string) => api.get<ApiMessage>(`/v1/messages/${id}`);
        const first = (await send('one')).body.id;
        const second = (await send('two')).body.id;
        await until(async () => (await view(first)).status === 'sending');

        writeFileSync(watch.fullFlag, '');
        const refused = await send('three');
        expect([refused.status, refused.body.code]).toEqual([status, code]);
        simulation.network.inbound({ from: OLENA, modem: simulation.modems[0]?.name, text: 'four' });
        // The network has taken the first by now, and the modem holds what came in.
        await until(() => simulation.network.ledger.entries.length === 1 && (simulation.modems[0]?.memory('SM').used ?? 0) > 0);
        await until(() => daemon.log.some((entry) => String(entry.msg).startsWith('how a segment ended could not be kept')));
        expect((await view(first)).status).toBe('sending');
        expect(await api.all('/v1/inbound')).toEqual([]);
        expect(daemon.child.exitCode).toBeNull();

        rmSync(watch.fullFlag);
        const began = systemClock.monotonic();
        await until(async () => (await api.all('/v1/inbound')).length === 1 && simulation.modems[0]?.memory('SM').used === 0);
        await until(async () => (await view(second)).status === 'delivered' && (await view(first)).status === 'delivered');
        console.info(`healed in ${Math.round(systemClock.monotonic() - began)} ms`);
        expect((await send('five')).status).toBe(202);
        expect((await view(first)).segments[0]?.attempts).toMatchObject([{ outcome: 'sent' }]);
        expect((await view(first)).possibleDuplicate).toBe(false);
        await until(() => simulation.network.phone(OLENA).texts.length === 3);
        expect(simulation.network.phone(OLENA).texts.map((t) => t.text)).toEqual(['one', 'two', 'five']);
        expect(await daemon.stop()).toBe(0);
      } finally {
        daemon.child.kill('SIGKILL');
        await simulation.close();
        rmSync(folder, { recursive: true, force: true });
        site.remove();
      }
    },
    60_000,
  );
});
