import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, type ApiMessage, apiClient } from '../support/api-client.ts';
import { type DaemonProcess, makeKey, makeSite, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { readSubmit } from '../support/other-codec.ts';
import { haveSocat } from '../support/pty.ts';

const TEXT =
  'Добрий день, пані Олено! Чекаємо на вас завтра, 23 листопада, о 10:00 за адресою: вул. Садова, 3, кабінет 12. Щоб перенести візит, відповідайте ПЕРЕНОС. Клініка «Добробут» 😊';
const OLENA = '+380671234567';

interface Inbound {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly complete: boolean;
  readonly answers: string | null;
}

describe.runIf(haveSocat())('the main job, through a real serial port', () => {
  let folder: string;
  let site: SiteFolder;
  let simulation: Simulation;
  let daemon: DaemonProcess;
  let api: ApiClient;
  let key: string;
  let message: ApiMessage;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simpost-main-job-'));
    simulation = await simulate({
      modems: 1,
      pty: folder,
      radioMs: 50,
      deliveryMs: 20,
      reportMs: 20,
      phones: [{ number: OLENA, name: 'Олена', answers: [{ contains: 'ПЕРЕНОС', text: 'ПЕРЕНОС', afterMs: 50 }] }],
    });
    site = makeSite(simulation.ptys);
    key = await makeKey(site, 'send,read:all,operate');
    daemon = await startDaemonProcess(site);
    api = apiClient(daemon.url, key);
    const { status, body } = await api.post<ApiMessage>('/v1/messages', { to: '067 123 45 67', text: TEXT });
    expect(status).toBe(202);
    const events = await api.eventsUntil((e) => e.type === 'inbound.received');
    if (!events.some((e) => e.type === 'message.delivered')) {
      await api.eventsUntil((e) => e.type === 'message.delivered', events.at(-1)?.seq);
    }
    message = await api.get<ApiMessage>(`/v1/messages/${body.id}`);
  });

  afterAll(async () => {
    await daemon?.stop();
    await simulation?.close();
    rmSync(folder, { recursive: true, force: true });
    site?.remove();
  });

  it('sends a Ukrainian confirmation of several segments, and it arrives whole', () => {
    expect(message.segmentCount).toBe(3);
    const phone = simulation.network.phone(OLENA);
    expect(phone.texts.map((t) => t.text)).toEqual([TEXT]);
  });

  it('put on the air what another codec reads as this text, once, in order, under one reference', () => {
    const submits = simulation.network.ledger.entries.map((e) => readSubmit(e.pdu));
    expect(submits.map((s) => s.concat?.n)).toEqual([1, 2, 3]);
    expect(new Set(submits.map((s) => s.concat?.ref)).size).toBe(1);
    expect(new Set(submits.map((s) => s.to))).toEqual(new Set([OLENA]));
    expect(submits.map((s) => s.text).join('')).toBe(TEXT);
  });

  it('matches the delivery reports', () => {
    const mrs = simulation.network.ledger.entries.map((e) => e.mr);
    expect(message).toMatchObject({ status: 'delivered', possibleDuplicate: false });
    expect(message.segments.map((s) => [s.state, s.mr])).toEqual(mrs.map((mr) => ['delivered', mr]));
  });

  it('gives the reply back through the API, as an answer to the message', async () => {
    const replies = await api.all<Inbound>('/v1/inbound');
    expect(replies).toMatchObject([{ from: OLENA, text: 'ПЕРЕНОС', complete: true, answers: message.id }]);
    expect(await api.get<Inbound>(`/v1/inbound/${replies[0]?.id}`)).toMatchObject({ text: 'ПЕРЕНОС' });
  });

  it('deleted from the SIM what it had stored', () => {
    expect(simulation.modems[0]?.memory('SM').used ?? 0).toBe(0);
  });

  it('names modem and SIM', async () => {
    const [modem] = await api.all<Record<string, unknown>>('/v1/modems');
    const [sim] = await api.all<Record<string, unknown>>('/v1/sims');
    expect(modem).toMatchObject({ imei: simulation.modems[0]?.imei, state: 'ready', nextStep: null });
    expect(sim).toMatchObject({
      iccid: simulation.modems[0]?.card?.iccid,
      state: 'ready',
      counters: { sent: 3, delivered: 3, received: 1 },
    });
  });

  it('Q08: says that it is not ready while sending is paused, and what to do, and sends when it runs again', async () => {
    const put = (body: object) =>
      fetch(`${daemon.url}/v1/sending`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const readiness = async () => {
      const response = await fetch(`${daemon.url}/readyz`);
      const { reasons }: { reasons: string[] } = JSON.parse(await response.text());
      return [response.status, reasons.join(' ')];
    };
    expect(await readiness()).toEqual([200, expect.stringContaining('Policy is off')]);
    await put({ state: 'paused', purpose: 'promotional' });
    expect(await readiness()).toEqual([200, expect.stringContaining('GET /v1/sending')]);
    await put({ state: 'paused' });
    expect(await readiness()).toEqual([503, expect.stringContaining('Sending is paused')]);
    const { body } = await api.post<ApiMessage>('/v1/messages', { to: OLENA, text: 'Чекаємо на вас.' });
    expect((await api.get<ApiMessage>(`/v1/messages/${body.id}`)).status).toBe('queued');
    await put({ state: 'running' });
    await api.eventsUntil((e) => e.type === 'message.delivered' && e.data.id === body.id);
    await put({ state: 'running', purpose: 'promotional' });
    expect(await readiness()).toEqual([200, expect.stringContaining('Policy is off')]);
  });

  it('wrote no text and no whole number into its log', () => {
    const log = JSON.stringify(daemon.log);
    expect(log.length).toBeGreaterThan(100);
    for (const secret of ['ПЕРЕНОС', 'Олено', '671234567']) expect(log).not.toContain(secret);
  });
});
