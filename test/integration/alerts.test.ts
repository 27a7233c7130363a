import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BoxState } from '../../src/alerts/conditions.ts';
import { Heartbeat } from '../../src/alerts/heartbeat.ts';
import { MailChannel } from '../../src/alerts/mail.ts';
import { TextChannel } from '../../src/alerts/texts.ts';
import { AlertWatch } from '../../src/alerts/watch.ts';
import { silentLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import type { StoredAlert } from '../../src/store/records/alert.ts';
import type { NewMessage } from '../../src/store/records/message.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MailReceiver, mailText } from '../support/mail-receiver.ts';
import { openStore } from '../support/open-store.ts';
import { portOf } from '../support/port-of.ts';
import { newMessage } from '../support/store-samples.ts';

const MINUTE = 60_000;
const QUIET = 15 * MINUTE;
const ICCID = '8938001234567890123';
const OTHER_ICCID = '8938007777777777777';

const WELL: BoxState = {
  canSend: true,
  sims: [],
  modems: [],
  lostTogether: 0,
  isDamaged: false,
  backupFailed: false,
  diskFree: 10e9,
  clockTrusted: true,
  paused: false,
  oldestCode: null,
  oldestService: null,
  inDoubt: 0,
  webhooks: [],
  strangers: [],
  numbersBlocked: false,
  costReached: false,
  lowRatings: [],
};
const BARRED: BoxState['sims'][number] = { iccid: ICCID, name: 'desk', trouble: 'barred', balanceLow: null, needs: [] };

let path: string;
let clock: FakeClock;
let store: Store;
let mail: MailReceiver;
let box: BoxState;
let watch: AlertWatch;
let accepted: NewMessage[];

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'simpost-alerts-'));
  clock = new FakeClock();
  store = await openStore({
    path,
    clock,
    random: systemRandom,
  });
  mail = await MailReceiver.start();
  box = WELL;
  accepted = [];
  begin();
});
afterEach(async () => {
  await watch.stop();
  await store.close();
  await mail.close();
  await rm(path, { recursive: true, force: true });
});

/** As after a start: what was looked at before is forgotten, what was kept is kept. */
function begin(): void {
  const sentence = (alert: StoredAlert): string => watch.sentence(alert);
  watch = new AlertWatch({
    store,
    clock,
    log: silentLog,
    language: 'uk',
    quiet: QUIET,
    box: (strangers) => Promise.resolve({ ...box, strangers: strangers.map((one) => ({ ...one, name: 'CRM' })) }),
    channels: [
      new MailChannel({
        settings: { host: '127.0.0.1', port: mail.port, security: 'none', from: 'simpost@clinic.example', to: ['olena@clinic.example'] },
        site: 'Клініка',
        language: 'uk',
        sentence,
      }),
      new TextChannel({
        door: {
          prepare: (keyId, { to, text, purpose, sim, topic }) =>
            newMessage(clock.now(), { keyId, to, text, purpose, sim: sim ?? null, topic, segments: [{ text }] }),
          commit: async (messages, idempotency) => {
            const outcome = await store.accept(messages, idempotency);
            if (outcome.kind === 'accepted') accepted.push(...messages);
            return outcome;
          },
        },
        clock,
        to: ['+380501234567'],
        perDay: 2,
        site: 'Клініка',
        language: 'uk',
        readySims: () => [ICCID, OTHER_ICCID],
        sentence,
      }),
    ],
  });
}

/** Looks every half minute for so long. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    await clock.advance(Math.min(30_000, left));
    await watch.look();
  }
}

const events = async (): Promise<string[]> =>
  (await store.events(0, 1000)).filter(({ type }) => type.startsWith('alert.')).map(({ type, notice }) => `${type}: ${notice}`);

describe('an alert', () => {
  it('is told by mail and by text through another SIM, once, after a minute, with all that came with it; and that it is over', async () => {
    box = { ...WELL, sims: [BARRED] };
    await watch.look();
    await pass(30_000);
    box = { ...box, diskFree: 1e8 };
    expect(mail.mails).toEqual([]);
    await pass(90_000);
    expect(mail.mails.length).toBe(1);
    const [first] = mail.mails;
    expect(first).toMatchObject({ from: 'simpost@clinic.example', to: ['olena@clinic.example'] });
    expect(mailText(first?.data ?? '')).toContain(
      'Simpost (Клініка) повідомляє:\n- SIM desk: оператор не приймає повідомлень. Перевірте рахунок і поповніть.',
    );
    expect(accepted).toMatchObject([{ to: '+380501234567', purpose: 'urgent', sim: OTHER_ICCID, keyId: 'alerts' }]);
    expect(accepted[0]?.text).toBe('Клініка: SIM desk: оператор не приймає повідомлень. Перевірте рахунок і поповніть.');
    // The disk is told of with the next message: after one there is quiet.
    await pass(QUIET - 2 * MINUTE);
    expect(mail.mails.length).toBe(1);
    box = { ...box, sims: [] };
    await pass(2 * MINUTE);
    expect(mail.mails.length).toBe(2);
    const second = mailText(mail.mails[1]?.data ?? '');
    expect(second).toContain('повідомляє:\n- На диску лишилося 100 МБ. Звільніть місце.\n\nМинуло:\n- SIM desk знову надсилає.');
    expect(accepted.length).toBe(2);
    await pass(2 * QUIET);
    expect([mail.mails.length, accepted.length]).toEqual([2, 2]);
    expect(await events()).toEqual([
      'alert.raised: SIM desk: оператор не приймає повідомлень. Перевірте рахунок і поповніть.',
      'alert.raised: На диску лишилося 100 МБ. Звільніть місце.',
      'alert.over: SIM desk знову надсилає.',
    ]);
  });

  it('waits for as long as its kind asks: a modem that starts anew is none', async () => {
    box = { ...WELL, canSend: false };
    await watch.look();
    await pass(4 * MINUTE);
    box = WELL;
    await pass(MINUTE);
    box = { ...WELL, canSend: false };
    await pass(4 * MINUTE);
    expect(await events()).toEqual([]);
    await pass(2 * MINUTE);
    expect(await events()).toHaveLength(1);
  });

  it('that comes and goes is one, and not told again and again', async () => {
    for (let i = 0; i < 20; i += 1) {
      box = { ...WELL, sims: i % 2 === 0 ? [BARRED] : [] };
      await pass(30_000);
    }
    box = { ...WELL, sims: [BARRED] };
    await pass(10 * MINUTE);
    expect(mail.mails.length).toBe(1);
    expect((await store.alerts.list(true, { limit: 50, cursor: null })).data.length).toBe(1);
  });

  it('is kept over a start, and not told anew', async () => {
    box = { ...WELL, sims: [BARRED] };
    await pass(2 * MINUTE);
    expect(mail.mails.length).toBe(1);
    await watch.stop();
    begin();
    await pass(2 * QUIET);
    expect([mail.mails.length, accepted.length]).toEqual([1, 1]);
    box = WELL;
    await pass(2 * MINUTE);
    expect(mailText(mail.mails[1]?.data ?? '')).toContain('SIM desk знову надсилає.');
  });

  it('that no mail server takes is told when one does, and by text meanwhile', async () => {
    mail.greeting = '554 go away';
    box = { ...WELL, sims: [BARRED] };
    await pass(3 * MINUTE);
    expect([mail.mails.length, accepted.length]).toEqual([0, 1]);
    mail.greeting = '250 well met';
    await pass(6 * MINUTE);
    expect([mail.mails.length, accepted.length]).toEqual([1, 1]);
  });

  it('makes no more texts in a day than are wanted', async () => {
    for (const iccid of ['1', '2', '3', '4']) {
      box = { ...WELL, sims: [...box.sims, { ...BARRED, iccid, name: iccid }] };
      await pass(QUIET + 2 * MINUTE);
    }
    expect([mail.mails.length, accepted.length]).toEqual([4, 2]);
  });

  it('shows in a test whether it would arrive', async () => {
    expect(await watch.test()).toEqual([
      { channel: 'mail', error: null },
      { channel: 'text', error: null },
    ]);
    expect(accepted[0]?.text).toBe('Клініка: Це перевірка: сповіщення доходять.');
    mail.greeting = '554 go away';
    expect((await watch.test())[0]?.error).toBe(
      `The mail server 127.0.0.1:${mail.port} does not want to talk; look at host and port in [alerts]. It said: 554 go away`,
    );
    await mail.close();
    expect((await watch.test())[0]?.error).toBe(
      `The mail server 127.0.0.1:${mail.port} cannot be reached: nothing listens there; look at host and port in [alerts].`,
    );
  });
});

describe('a key', () => {
  const write = (keyId: string, numbers: readonly number[]): Promise<unknown> =>
    store.accept(numbers.map((n) => newMessage(clock.now(), { keyId, to: `+38050${String(n).padStart(7, '0')}` })));
  const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

  it('X20: that writes to many numbers that were never written to is told of; one that writes to its clients is not', async () => {
    await write('key_clinic', range(0, 300));
    await watch.look();
    await write('key_clinic', [...range(0, 300), ...range(300, 60)]);
    await write('key_stolen', range(1000, 49));
    await pass(MINUTE);
    expect(await events()).toEqual([]);
    await write('key_stolen', [...range(1049, 1), ...range(0, 12)]);
    await pass(MINUTE);
    expect(await events()).toEqual([
      expect.stringContaining('alert.raised: Ключ CRM за годину написав на номери, яким ще ніколи не писали: їх 50'),
    ]);
    await pass(61 * MINUTE);
    expect((await events()).at(-1)).toMatch(/^alert.over/);
  });
});

describe('the heartbeat', () => {
  it('is there each minute while the store can be read, and goes on after the other side was away', async () => {
    let [beats, alive, status] = [0, true, 200];
    const server = createServer((_request, response) => {
      beats += 1;
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = portOf(server);
    const heartbeat = new Heartbeat({ fetch, url: `http://127.0.0.1:${port}/beat`, clock, log: silentLog, isAlive: () => alive });
    await heartbeat.beat();
    expect(beats).toBe(1);
    alive = false;
    await heartbeat.beat();
    expect(beats).toBe(1);
    alive = true;
    status = 500;
    await heartbeat.beat();
    heartbeat.start();
    // The one of the start, before time goes on and it is given up.
    while (beats < 3) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(MINUTE);
    while (beats < 4) await new Promise((resolve) => setImmediate(resolve));
    heartbeat.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
