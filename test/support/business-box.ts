import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { seededRandom } from '../../src/base/random.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { decodeTpdu } from '../../src/pdu/decode.ts';
import type { Deliver } from '../../src/pdu/deliver.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { FakeClock } from './fake-clock.ts';
import { readDelivered } from './other-codec.ts';
import { virtualWorld } from './virtual-world.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** A text as it reached a phone: what the TPDU says, and when it came, by the clocks in Kyiv. */
export interface Arrived {
  readonly text: string;
  readonly at: string;
  /** Of each segment. */
  readonly alphabets: readonly string[];
}

/**
 * A business on a whole daemon, a virtual modem and a clock that the test moves: told of its visits through the API, with policy as it
 * is by default, and a receiver of webhooks. What it says is read from the phones of its clients.
 */
export class BusinessBox {
  readonly clock: FakeClock;
  readonly network: VirtualNetwork;
  readonly folder = mkdtempSync(join(tmpdir(), 'simpost-business-'));
  readonly #file = join(this.folder, 'simpost.toml');
  #hooks: WebhookReceiver | undefined;
  #daemon: Daemon | undefined;
  #key = '';

  /** @param at when it begins, by the clocks in Kyiv in winter: `2026-11-23T10:00` */
  constructor(at: string) {
    this.clock = new FakeClock(kyiv(at));
    this.network = new VirtualNetwork({ clock: this.clock, random: seededRandom(5), reportMs: 2_000 });
    this.network.addModem({ name: 'desk' });
  }

  async start(): Promise<void> {
    if (this.#key === '') {
      this.#hooks = await WebhookReceiver.start();
      writeFileSync(
        this.#file,
        `[site]
name = "Клініка"
country = "UA"
timeZone = "Europe/Kyiv"
phone = "044 123 45 67"
[http]
listen = "127.0.0.1:0"
[store]
path = "store"
[time]
trust = "always"
[simDefaults]
perMinute = 0
perHour = 0
uniquePerDay = 0
[limits]
requestsPerSecond = 0
adjacentNumbers = 0
[[webhook]]
url = "${this.#hooks.url}"
secret = "${SECRET}"
events = ["occasion.*", "dialogue.ended", "message.delivered", "campaign.*", "alert.raised"]
`,
      );
      this.#key = await createKey({ name: 'clinic', scopes: 'read:all,send,operate,admin', config: this.#file });
    }
    this.#daemon = await startDaemon(
      { ...loadConfig(this.#file, {}), modem: [{ port: 'sim://desk', baudRate: 115_200 }] },
      virtualWorld(this.network, this.clock),
    );
    const isReady = async () => (await this.ask('GET', '/v1/sims')).data.some((s: { state: string }) => s.state === 'ready');
    while (!(await isReady())) await this.clock.advance(500);
  }

  async stop(): Promise<void> {
    if (this.#daemon) await this.clock.during(this.#daemon.stop());
    this.#daemon = undefined;
  }

  /** The box is switched off, and on again at that time. */
  async offUntil(at: string): Promise<void> {
    await this.stop();
    this.clock.step(kyiv(at) - this.clock.now());
    await this.start();
  }

  /** Lets time pass until then, by the clocks in Kyiv. */
  async until(at: string): Promise<void> {
    await this.clock.advance(Math.max(0, kyiv(at) - this.clock.now()));
  }

  async close(): Promise<void> {
    await this.stop();
    this.network.close();
    await this.#hooks?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const answer = fetch(`${this.#daemon?.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await this.clock.during(
      answer.then((response) => response.json()),
      5,
    );
  }

  /** Tells of an occasion, and waits until what is said at once has arrived. */
  async put(kind: string, name: string, body: object): Promise<void> {
    const answer = await this.ask('PUT', `/v1/occasions/${kind}/${name}`, body);
    if (answer.externalId !== name) throw new Error(JSON.stringify(answer));
    await this.clock.advance(60_000);
  }

  occasion(kind: string, name: string) {
    return this.ask('GET', `/v1/occasions/${kind}/${name}`);
  }

  /** A client writes from their phone, and what follows has happened. */
  async writes(from: string, text: string): Promise<void> {
    this.network.inbound({ from, text, modem: 'desk' });
    await this.clock.advance(60_000);
  }

  /** What reached a phone, read from the SMS-DELIVER TPDUs. */
  arrived(to: string): Arrived[] {
    const { received, texts } = this.network.phone(to);
    let next = 0;
    return texts.map(({ at, segments }) => {
      const tpdus = received.slice(next, next + segments).map((segment) => readDeliver(segment.deliver()));
      next += segments;
      const inOrder = tpdus.sort((a, b) => (a.concat?.n ?? 1) - (b.concat?.n ?? 1));
      return { text: inOrder.map(({ text }) => text).join(''), at: inKyiv(at), alphabets: inOrder.map(({ alphabet }) => alphabet) };
    });
  }

  /** The last text that reached a phone, with its time. */
  last(to: string): string {
    const last = this.arrived(to).at(-1);
    return last ? `${last.at} ${last.text}` : '';
  }

  /** What webhooks were told so far, of a family of events or one. @throws where a call is not signed as a receiver wants it */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any event.
  told(begins: string): { readonly type: string; readonly data: any }[] {
    const calls = this.#hooks?.calls ?? [];
    const webhook = new Webhook(SECRET);
    const forged = calls.find(
      ({ id, timestamp, body, signature }) => signature !== webhook.sign(id, new Date(Number(timestamp) * 1000), body),
    );
    if (forged) throw new Error(`the call ${forged.id} is not signed with the secret`);
    return calls.map(({ body }) => JSON.parse(body)).filter(({ type }) => type.startsWith(begins));
  }

  /**
   * What reached a phone, once the record says that all of it was delivered, and the webhook has said the same.
   * @throws where one of the three differs
   */
  async proven(to: string): Promise<Arrived[]> {
    const arrived = this.arrived(to);
    const texts = arrived.map(({ text }) => text).sort();
    const { data } = await this.ask('GET', `/v1/messages?limit=100&status=delivered&to=${encodeURIComponent(to)}`);
    const records = data.map((m: { text: string }) => m.text).sort();
    if (!isDeepStrictEqual(records, texts))
      throw new Error(`the record has ${JSON.stringify(records)}, the phone ${JSON.stringify(texts)}`);
    const heard = () => this.told('message.delivered').filter(({ data: m }) => m.to === to);
    while (heard().length < texts.length) await this.clock.advance(10);
    const said = heard()
      .map(({ data: m }) => m.text)
      .sort();
    if (!isDeepStrictEqual(said, texts))
      throw new Error(`the webhook says ${JSON.stringify(said)}, the phone has ${JSON.stringify(texts)}`);
    return arrived;
  }

  /** The process dies: what is on the disk at this moment is what the next one begins with. Call it while nothing is on the air. */
  async die(): Promise<void> {
    const image = mkdtempSync(join(tmpdir(), 'simpost-image-'));
    cpSync(join(this.folder, 'store'), image, { recursive: true });
    await this.stop();
    rmSync(join(this.folder, 'store'), { recursive: true });
    cpSync(image, join(this.folder, 'store'), { recursive: true });
    rmSync(image, { recursive: true });
    await this.start();
  }

  /** What webhooks were told of occasions, once it is enough. */
  async heard(enough: (all: readonly string[]) => boolean): Promise<string[]> {
    for (;;) {
      const all = this.told('occasion.').map(({ type, data }) => `${type} ${data.kind}/${data.externalId}`);
      if (enough(all)) return all;
      await this.clock.advance(10);
    }
  }
}

const HOUR = 3_600_000;

/** An instant by the clocks in Kyiv in winter. */
const kyiv = (at: string): number => Date.parse(`${at}:00+02:00`);

const inKyiv = (at: number): string => new Date(at + 2 * HOUR).toISOString().slice(0, 16);

/** Our codec is not its own judge: another one must read the same text. */
function readDeliver(hex: string): Deliver {
  const tpdu = decodeTpdu(hex, 'stored');
  if (tpdu.type !== 'deliver') throw new Error(`${hex} is no SMS-DELIVER`);
  const other = readDelivered(hex);
  if (other !== tpdu.text) throw new Error(`we read ${JSON.stringify(tpdu.text)}, another codec ${JSON.stringify(other)}`);
  return tpdu;
}
