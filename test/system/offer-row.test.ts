import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, type ApiEvent, apiClient } from '../support/api-client.ts';
import { type DaemonProcess, makeKey, makeSite, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { readSubmit } from '../support/other-codec.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const OLENA = '+380671234567';
const IVAN = '+380501112233';
const MARIA = '+380931112244';

const LIST =
  'Код;ПІБ;Імʼя;Телефон;Мова;Група\nk1;Коваль Олена;Олена;067 123 45 67;uk;чистка\nk2;Бойко Іван;Іван;050 111 22 33;uk;чистка\nk3;Лис Мария;Мария;0931112244;ru;чистка\n';
const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const CONSENT = { purpose: 'promotional', source: 'paper', wording: 'Надсилайте знижки', actor: 'Olena', at: '2026-01-10T10:00:00Z' };

interface Campaign {
  readonly id: string;
  readonly state: string;
  readonly progress: { readonly begun: number; readonly skipped: number };
}

/** News and offers, the row of what a business sends, through the built daemon: list in, estimate, texts on the phones, results. */
describe('news and offers in the built daemon', () => {
  let simulation: Simulation;
  let hooks: WebhookReceiver;
  let site: SiteFolder;
  let key: string;
  let daemon: DaemonProcess;
  let api: ApiClient;

  beforeAll(async () => {
    simulation = await simulate({ modems: 1, tcp: 0, radioMs: 20, deliveryMs: 10, reportMs: 10 });
    hooks = await WebhookReceiver.start();
    site = makeSite(
      simulation.tcp.map((port) => `tcp://127.0.0.1:${port}`),
      `[[webhook]]\nurl = "${hooks.url}"\nsecret = "${SECRET}"\nevents = ["message.delivered", "campaign.*"]\n`,
    );
    key = await makeKey(site, 'send,read:all');
    await start();
  }, 60_000);

  afterAll(async () => {
    await daemon?.stop();
    await hooks?.close();
    await simulation?.close();
    site.remove();
  });

  async function start(): Promise<void> {
    daemon = await startDaemonProcess(site);
    api = apiClient(daemon.url, key);
  }

  /** Events until so many messages of campaigns have arrived in all. */
  const delivered = (count: number): Promise<ApiEvent[]> => {
    let seen = 0;
    return api.eventsUntil(({ type }) => {
      if (type === 'message.delivered') seen += 1;
      return seen === count;
    });
  };

  /** What the first events of a type say, each known by its signature to be of this box. A kill may have one told twice, under its id. */
  async function told(type: string, count: number): Promise<{ readonly campaign?: string; readonly to?: string }[]> {
    for (let calls = 1; ; calls += 1) {
      const all = (await hooks.until(calls)).map(({ id, timestamp, signature, body }) => {
        const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
        new Webhook(SECRET).verify(body, headers);
        const event: { readonly type: string; readonly data: { readonly campaign?: string; readonly to?: string } } = JSON.parse(body);
        return [id, event] as const;
      });
      const ofType = [...new Map(all).values()].filter((event) => event.type === type);
      if (ofType.length >= count) return ofType.map(({ data }) => data);
    }
  }

  /** What was put on the air for a number, as another codec reads it. */
  const onAir = (to: string): string[] =>
    simulation.network.ledger.entries
      .map(({ pdu }) => readSubmit(pdu))
      .filter((submit) => submit.to === to)
      .map(({ text }) => text);

  it('reach everybody on the list once, with a kill in the middle, and who says СТОП is out of the next one', async () => {
    const imported = await fetch(`${daemon.url}/v1/contacts/import?consent=${encodeURIComponent(JSON.stringify(CONSENT))}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body: LIST,
    });
    expect(await imported.json()).toMatchObject({ created: 3, refused: 0 });
    const { body: campaign } = await api.post<Campaign>('/v1/campaigns', {
      name: 'Чистка',
      condition: { all: [{ tag: 'чистка' }, { agreesTo: 'promotional' }] },
      variants: [
        {
          name: 'A',
          share: 100,
          texts: { uk: '{site}: {firstName}, чистка -20%. Не цікаво? СТОП', ru: '{site}: {firstName}, чистка -20%. Неинтересно? СТОП' },
        },
      ],
      // Three seconds between them: nothing is on the air when it dies.
      perHour: 1200,
    });
    const { body: estimate } = await api.post<object>(`/v1/campaigns/${campaign.id}/estimate`, {});
    expect(estimate).toHaveProperty('refused', {});
    expect(estimate).toMatchObject({ recipients: 3, messages: 3, segments: 3 });
    expect((await api.post<Campaign>(`/v1/campaigns/${campaign.id}/start`, {})).status).toBe(200);
    await delivered(1);
    await daemon.kill();
    await start();
    await delivered(3);

    const texts = new Map([
      [OLENA, 'Клініка: Олена, чистка -20%. Не цікаво? СТОП'],
      [IVAN, 'Клініка: Іван, чистка -20%. Не цікаво? СТОП'],
      [MARIA, 'Клініка: Мария, чистка -20%. Неинтересно? СТОП'],
    ]);
    for (const [to, text] of texts) {
      expect(onAir(to)).toEqual([text]);
      expect(simulation.network.phone(to).texts.map((one) => one.text)).toEqual([text]);
    }
    expect((await told('message.delivered', 3)).map(({ to }) => to).sort()).toEqual([...texts.keys()].sort());
    const finished = { campaign: campaign.id, name: 'Чистка', state: 'finished' };
    expect(await told('campaign.finished', 1)).toMatchObject([finished]);
    expect(await told('campaign.started', 1)).toMatchObject([{ campaign: campaign.id }]);

    simulation.network.inbound({ from: IVAN, modem: simulation.modems[0]?.name ?? '', text: 'СТОП' });
    await api.eventsUntil(({ type, data }) => type === 'inbound.received' && data.from === IVAN);
    expect(await api.get(`/v1/campaigns/${campaign.id}/results`)).toMatchObject({
      variants: [{ name: 'A', recipients: 3, sent: 3, delivered: { count: 3, rate: 1 }, replied: { count: 1 }, optedOut: { count: 1 } }],
    });

    // Another one, at its time: not to who has left.
    const startAt = new Date(systemClock.now() + 2000).toISOString();
    const { body: second } = await api.post<Campaign>('/v1/campaigns', {
      name: 'Новини',
      condition: { tag: 'чистка' },
      variants: [{ name: 'A', share: 100, texts: { uk: '{site}: ми відкрили другий кабінет. Не цікаво? СТОП' } }],
      startAt,
    });
    await api.post(`/v1/campaigns/${second.id}/start`, {});
    const events = await api.eventsUntil(
      ({ type, data }) => type === 'message.delivered' && data.to === MARIA && (data.text ?? '').includes('другий'),
    );
    expect(events.length).toBeGreaterThan(0);
    expect(onAir(IVAN).filter((text) => text.includes('другий'))).toEqual([]);
    expect(onAir(MARIA)).toHaveLength(2);
    expect(await api.get<Campaign>(`/v1/campaigns/${second.id}`)).toMatchObject({ progress: { skipped: 1 } });
  }, 90_000);
});
