import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { type ApiMessage, apiClient } from '../support/api-client.ts';
import { makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { haveSocat } from '../support/pty.ts';
import { until } from '../support/until.ts';

const FULL = process.env.SIMPOST_TEST_FULL !== undefined;
const SEED = 20_261_122;
/** A segment takes 3 to 7 s in full, a tenth of that where the whole suite runs. */
const RADIO: [number, number] = FULL ? [3000, 7000] : [300, 700];
const OFFERS = FULL ? 50_000 : 300;
const CODES = FULL ? 200 : 20;
const SPAN = FULL ? 3_600_000 : 6000;

interface Sent extends ApiMessage {
  readonly acceptedAt: string;
  readonly purpose: string;
  readonly segments: readonly (ApiMessage['segments'][number] & { readonly attempts: readonly { readonly at: string }[] })[];
}

const begunAt = (m: Sent): number => Date.parse(m.segments[0]?.attempts[0]?.at ?? '');

describe.runIf(haveSocat())('codes in a flood of offers, in real time on four serial ports', () => {
  it(
    'Q01: each goes at the next segment of any SIM, before every offer',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'simpost-codes-'));
      const simulation = await simulate({ modems: 4, pty: folder, radioMs: RADIO, deliveryMs: 20, reportMs: 20, seed: SEED });
      const site = makeSite(simulation.ptys, '[messages.quota]\notp = 0\n[queue]\nsoftLimit = 0\nhardLimit = 0\n');
      const key = await makeKey(site);
      const daemon = await startDaemonProcess(site);
      try {
        const api = apiClient(daemon.url, key);
        for (let i = 0; i < OFFERS; i += 500) {
          const messages = Array.from({ length: Math.min(500, OFFERS - i) }, (_, n) => ({
            to: `+38050${String(i + n).padStart(7, '0')}`,
            text: 'Знижка 10 %',
            purpose: 'promotional',
          }));
          expect((await api.post('/v1/messages/batch', { messages })).status).toBe(202);
        }
        const random = seededRandom(SEED);
        const moments = Array.from({ length: CODES }, () => SPAN * random.float()).sort((a, b) => a - b);
        const began = systemClock.monotonic();
        const asked: { readonly id: string; readonly answeredAt: number }[] = [];
        for (const [i, moment] of moments.entries()) {
          await sleep(systemClock, Math.max(0, began + moment - systemClock.monotonic()));
          const { status, body } = await api.post<Sent>('/v1/messages', { to: `+38067${1_000_000 + i}`, text: `Код ${i}`, purpose: 'otp' });
          expect(status).toBe(202);
          asked.push({ id: body.id, answeredAt: systemClock.now() });
        }
        const codes: (Sent & { readonly answeredAt: number })[] = [];
        for (const { id, answeredAt } of asked) {
          await until(async () => !['queued', 'sending'].includes((await api.get<Sent>(`/v1/messages/${id}`)).status));
          codes.push({ ...(await api.get<Sent>(`/v1/messages/${id}`)), answeredAt });
        }
        const offers = (await api.all<Sent>('/v1/messages?purpose=promotional')).map(begunAt).filter((at) => !Number.isNaN(at));
        expect(offers.length).toBeGreaterThan(10);
        const waited = codes.map((code) => begunAt(code) - Date.parse(code.acceptedAt)).sort((a, b) => a - b);
        console.info(`codes waited ${waited.map((ms) => `${ms}`).join(' ')} ms`);
        for (const code of codes) {
          const overtaken = offers.filter((at) => at > code.answeredAt && at < begunAt(code));
          expect(overtaken, `seed ${SEED}: ${code.id}`).toEqual([]);
        }
        if (FULL) {
          expect(waited[Math.ceil(CODES * 0.5) - 1]).toBeLessThanOrEqual(1200);
          expect(waited[Math.ceil(CODES * 0.95) - 1]).toBeLessThanOrEqual(3200);
          expect(waited.at(-1)).toBeLessThanOrEqual(7200);
        }
      } finally {
        daemon.child.kill('SIGKILL');
        await simulation.close();
        rmSync(folder, { recursive: true, force: true });
        site.remove();
      }
    },
    FULL ? 4_500_000 : 120_000,
  );
});
