import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, apiClient } from '../support/api-client.ts';
import { type DaemonProcess, makeKey, makeSite, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { readSubmit } from '../support/other-codec.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

interface Record {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly contact: string;
  readonly fields: { readonly [name: string]: unknown };
}

const OLENA = '+380671234567';
const IVAN = '+380501112233';

/** The rows of what a business sends that are conversations, through the built daemon: what the phone gets, what is told, what is kept. */
describe('conversations in the built daemon', () => {
  let simulation: Simulation;
  let hooks: WebhookReceiver;
  let site: SiteFolder;
  let key: string;
  let daemon: DaemonProcess;
  let api: ApiClient;
  const seen = new Map<string, number>();

  beforeAll(async () => {
    simulation = await simulate({ modems: 1, tcp: 0, radioMs: 20, deliveryMs: 10, reportMs: 10 });
    hooks = await WebhookReceiver.start();
    site = makeSite(
      simulation.tcp.map((port) => `tcp://127.0.0.1:${port}`),
      `[public]\nlisten = "127.0.0.1:0"\nbaseUrl = "https://s.clinic.example"\n[[webhook]]\nurl = "${hooks.url}"\nsecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"\nevents = ["dialogue.ended"]\n`,
    );
    key = await makeKey(site, 'send,read:all,operate,admin');
    await start();
  }, 60_000);

  afterAll(async () => {
    await daemon?.stop();
    await hooks?.close();
    await simulation?.close();
    site.remove();
  });

  afterEach(() => seen.clear());

  async function start(): Promise<void> {
    daemon = await startDaemonProcess(site);
    api = apiClient(daemon.url, key);
  }

  /** Kills the daemon once a text is known to have arrived: what is in doubt at such a moment is told in crash.test.ts. */
  async function killAfter(text: string, meanwhile = (): void => {}): Promise<void> {
    await api.eventsUntil(({ type, data }) => type === 'message.delivered' && data.text === text);
    await daemon.kill();
    meanwhile();
    await start();
  }

  const put = async (path: string, body: object): Promise<void> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(daemon.url + path, { method: 'PUT', headers, body: JSON.stringify(body) });
    expect(response.status, await response.clone().text()).toBe(200);
  };

  const write = (text: string, from = OLENA): void => {
    simulation.network.inbound({ from, modem: simulation.modems[0]?.name ?? '', text });
  };

  /** The next text on a phone that has these words; those before it stay as they are. */
  async function onPhone(words: string, to = OLENA): Promise<string> {
    const phone = simulation.network.phone(to);
    for (;;) {
      const at = seen.get(to) ?? 0;
      const found = phone.texts.slice(at).findIndex(({ text }) => text.includes(words));
      if (found >= 0) {
        seen.set(to, at + found + 1);
        return phone.texts[at + found]?.text ?? '';
      }
      await new Promise<void>((resolve) => simulation.network.events.once('text', () => resolve()));
    }
  }

  /** The texts as another codec reads them from what was put on the air. */
  const onAir = (to = OLENA): string =>
    simulation.network.ledger.entries
      .map(({ pdu }) => readSubmit(pdu))
      .filter((submit) => submit.to === to)
      .map(({ text }) => text)
      .join('\n');

  async function told(id: string): Promise<{ type: string; data: Record }> {
    for (let count = 1; ; count += 1) {
      const calls = await hooks.until(count);
      const found = calls.map(({ body }): { type: string; data: Record } => JSON.parse(body)).find(({ data }) => data.id === id);
      if (found) return found;
    }
  }

  const records = async (contact: string): Promise<Record[]> => api.all(`/v1/dialogues?contact=${encodeURIComponent(contact)}`);

  it('orders by SMS: two pizzas, with a kill in the middle', async () => {
    await put('/v1/dialogue-definitions/order', { from: 'order' });
    write('Піца');
    expect(await onPhone('Що замовляєте?')).toBe('Що замовляєте? 1 - Маргарита 180, 2 - Капричоза 210. Надішліть номер.');
    write('1');
    await killAfter(await onPhone('скільки?'), () => write('дві'));
    await onPhone('Куди привезти?');
    write('вул. Садова, 3');
    await onPhone('Замовляємо?');
    write('так');
    expect(await onPhone('Прийнято')).toBe('Прийнято: Маргарита x 2, 360 грн. Веземо!');
    const [order, ...others] = await records(OLENA);
    expect(others).toEqual([]);
    const ended = { outcome: 'completed', fields: { item: 'margherita', count: 2, total: 360, address: 'вул. Садова, 3' } };
    expect(order).toMatchObject(ended);
    expect(await told(order?.id ?? '')).toMatchObject({ type: 'dialogue.ended', data: ended });
    // Each question went out once, whatever died.
    for (const question of ['Що замовляєте', 'скільки?', 'Куди привезти?', 'Прийнято'])
      expect(onAir().split(question), question).toHaveLength(2);
  }, 60_000);

  it('hire by SMS: BIKE 12 gives the lock code once paid, with a kill in the middle', async () => {
    await put('/v1/dialogue-definitions/hire', { from: 'hire', data: { payAt: 'https://pay.example/' } });
    await put('/v1/stock/bikes', { things: [{ thing: '12', secret: '471108' }] });
    write('BIKE 12', IVAN);
    await killAfter(await onPhone('Сплатіть', IVAN));
    const [hire] = await records(IVAN);
    const id = hire?.id ?? '';
    expect(onAir(IVAN).replaceAll('\n', '')).toContain(id);
    expect(onAir(IVAN)).not.toContain('471108');
    expect((await api.post(`/v1/dialogues/${id}/events`, { event: 'paid' })).status).toBe(200);
    expect((await api.post(`/v1/dialogues/${id}/events`, { event: 'paid' })).status).toBe(409);
    expect(await onPhone('471108', IVAN)).toBe('471108 - код замка велосипеда 12. Нікому його не кажіть.');
    expect(onAir(IVAN).split('471108 - код')).toHaveLength(2);
    const [code] = await api.all<{ purpose: string; text: string | null }>(`/v1/messages?to=${encodeURIComponent(IVAN)}`);
    expect(code).toMatchObject({ purpose: 'otp', text: null });
    await api.post(`/v1/dialogues/${id}/events`, { event: 'returned' });
    await onPhone('повернено', IVAN);
    expect(await told(id)).toMatchObject({ data: { outcome: 'completed', fields: { bike: 12 } } });
    expect(JSON.stringify([daemon.log, hooks.calls, await records(IVAN)])).not.toContain('471108');
  }, 60_000);

  it('O11 a link in a text leads to the page of its client, on a port where nothing else is', async () => {
    const to = '+380630000009';
    const { status } = await api.post('/v1/messages', { to, text: 'Знижки! Відмова: {optOutLink}', purpose: 'promotional' });
    expect(status).toBe(202);
    const text = await onPhone('Відмова', to);
    const path = text.slice(text.indexOf('/o/'));
    const pages = String(daemon.log.find(({ msg }) => msg === 'the pages for clients are open')?.url);
    expect(await (await fetch(pages + path)).text()).toContain('+38063***0009');
    const form = { method: 'POST', body: new URLSearchParams({ choice: 'offers' }) };
    expect((await fetch(pages + path, form)).status).toBe(200);
    expect((await fetch(`${pages}/v1/messages`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(404);
    const again = await api.post('/v1/messages', { to, text: 'Ще знижки', purpose: 'promotional' });
    expect(again).toMatchObject({ status: 422, body: { code: 'optedOut' } });
  }, 60_000);

  it('auction by SMS: the highest bid wins, the outbid is told once, the closing time holds, also over a kill', async () => {
    const [first, second] = ['+380630000001', '+380630000002'];
    const closesAt = new Date(systemClock.now() + 4000).toISOString();
    await put('/v1/dialogue-definitions/auction', {
      from: 'auction',
      data: { lot: 'картина' },
      auction: { least: 100, step: 10, closesAt },
    });
    write('ставка 100', first);
    await onPhone('Ваша ставка 100', first);
    write('ставка 150', second);
    const outbid = await onPhone('перебито', first);
    expect(outbid).toContain('перебито: 150 грн');
    await killAfter(outbid);
    expect(await onPhone('Вітаємо', second)).toBe('Вітаємо: картина ваш за 150 грн!');
    expect(await onPhone('закрито', first)).toBe('Торги закрито: картина пішов за 150 грн.');
    write('ставка 900', first);
    await onPhone('Торги закрито.', first);
    expect(onAir(first).split('перебито')).toHaveLength(2);
    const [won] = await records(second);
    expect(won).toMatchObject({ outcome: 'completed', fields: { bid: 150 } });
    expect(await told(won?.id ?? '')).toMatchObject({ data: { outcome: 'completed', contact: second, fields: { bid: 150 } } });
    expect((await records(first)).map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  }, 60_000);
});
