import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { CallKeeper } from '../../src/inbound/call-keeper.ts';
import { OwnReplies } from '../../src/inbound/own-replies.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { encodeDeliver } from '../../src/pdu/deliver.ts';
import { ownReply } from '../../src/texts/own-replies.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const OLENA = '+380501234567';
const HOUR = 3_600_000;

let rig: QueueRig;
let receiver: Receiver;
let replies: OwnReplies;

function begin(): void {
  const { store, clock } = rig;
  replies = new OwnReplies({
    store,
    door: rig.acceptance,
    clock,
    log: silentLog,
    words: (kind, heard) => ownReply(kind, heard, 'uk', { site: 'Клініка', phone: undefined }),
  });
  receiver = new Receiver({
    store,
    clock,
    random: seededRandom(3),
    log: silentLog,
    country: 'UA',
    onReport: () => Promise.resolve(),
    onReply: () => replies.send(),
    onText: () => {},
  });
  replies.send();
}

beforeEach(async () => {
  rig = await queueRig({ sims: ['sim-a'] });
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
  begin();
});
afterEach(async () => {
  await replies.stop();
  await rig.close();
});

let count = 0;

/** A client writes; what follows has happened when this resolves. */
async function hear(text: string, from = OLENA): Promise<void> {
  count += 1;
  const { pdu } = encodeDeliver({
    from,
    text,
    alphabet: 'ucs2',
    timestamp: { epochMs: rig.clock.now() + count * 1000, offsetMinutes: 120 },
  });
  await receiver.receive({ iccid: 'sim-a', imei: '490154203237518', pdu });
  await rig.settle();
  await rig.settle();
}

const sent = () => rig.sender.all.map(({ segment }) => `${segment.to} ${segment.text}`);
const said = (to = OLENA) =>
  sent()
    .filter((line) => line.startsWith(to))
    .map((line) => line.slice(to.length + 1));
const ended = (to = OLENA) =>
  rig.store.optOut
    .of(to)
    .map(({ scope }) => scope)
    .sort();
const tasks = async () =>
  (await rig.store.desk.tasks(false, { limit: 50, cursor: null })).data.map(({ kind, contact }) => ({ kind, contact }));

const OFFERS = ['purpose:promotional', 'topic:greeting'];

describe('what a client asks by a word', () => {
  it('O04 after an offer ends offers and greetings, with exactly one confirmation', async () => {
    await rig.accept({ text: 'Знижки!', purpose: 'promotional' });
    await hear('СТОП');
    await hear('стоп!!');
    expect(ended()).toEqual(OFFERS);
    expect(said()).toEqual(['Знижки!', 'Реклами більше не буде. Візити й коди надійдуть. Повернути: СТАРТ']);
    expect(() => rig.acceptance.prepare('key_test', { to: OLENA, text: 'Ще', purpose: 'promotional' })).toThrow('does not want it');
    await rig.accept({ text: 'Чекаємо о 9' });
    expect(said()).toHaveLength(3);
  });

  it('ends the topic of a service text and offers; its purpose where it has none; STOP ALL everything but codes', async () => {
    await rig.accept({ text: 'Оцініть візит', topic: 'rating' });
    await hear('STOP');
    expect(ended()).toEqual([...OFFERS, 'topic:rating']);
    const [other, third] = ['+380501230001', '+380501230002'];
    await rig.accept({ to: other, text: 'Ваше авто готове' });
    await hear('stop', other);
    expect(ended(other)).toEqual(['purpose:promotional', 'purpose:service', 'topic:greeting']);
    await hear('СТОП ВСЕ', third);
    expect(ended(third)).toEqual(['all']);
    expect(said(third)).toHaveLength(1);
    await rig.accept({ to: third, text: '123456', purpose: 'otp' });
    expect(said(third)).toHaveLength(2);
  });

  it('O04 confirms after a crash that came before the reply was in the queue, and only once', async () => {
    await replies.stop();
    await hear('СТОП');
    expect(said()).toEqual([]);
    receiver.stop();
    await rig.restart();
    begin();
    await rig.settle();
    await rig.settle();
    replies.send();
    await rig.settle();
    expect(said()).toHaveLength(1);
    expect(rig.store.desk.openReplies()).toEqual([]);
  });

  it('O04 every confirmation fits into one segment of 70 characters, in every language', () => {
    for (const language of ['uk', 'ru', 'en', 'kk', 'pl']) {
      for (const kind of ['stoppedOffers', 'stoppedKind', 'stoppedAll', 'started', 'startedButOffers', 'agreed'] as const) {
        const text = ownReply(kind, '', language, { site: 'Клініка', phone: undefined });
        expect(text.length, text).toBeLessThanOrEqual(70);
      }
    }
    expect(ownReply('help', 'info', 'uk', { site: 'Клініка', phone: '044 1' })).toContain('044 1');
    for (const [word, said] of [
      ['Көмек', 'өшіру'],
      ['БАСТАУ', 'өшіру'],
      ['pomoc!', 'Wyłączyć'],
      ['WYPISZ MNIE', 'Wyłączyć'],
    ] as const)
      expect(ownReply('help', word, 'uk', { site: 'Клініка', phone: undefined }), word).toContain(said);
    expect(ownReply('stoppedAll', 'не присылайте, вы!', 'uk', { site: '', phone: undefined })).toContain('Больше');
  });

  it('after a reminder CANCEL means the visit: nothing is ended, a person is asked, offers wait a day', async () => {
    for (const [i, word] of ['ОТМЕНА', 'CANCEL', 'ОТКАЗ', 'ВІДМОВА'].entries()) {
      const to = `+38050123010${i}`;
      await rig.accept({ to, text: 'Завтра о 9:00', notAfter: new Date(rig.clock.now() + 20 * HOUR).toISOString() });
      await hear(word, to);
      expect(ended(to), word).toEqual([]);
      expect(await tasks(), word).toContainEqual({ kind: 'visit', contact: to });
      expect(said(to)).toEqual(['Завтра о 9:00']);
      await rig.accept({ to, text: 'Знижки!', purpose: 'promotional', validFor: 3 * 86_400 });
      expect(said(to)).toHaveLength(1);
    }
    await rig.clock.advance(24 * HOUR + 1000);
    expect(said('+380501230100')).toEqual(['Завтра о 9:00', 'Знижки!']);
  });

  it('but STOP after a reminder is a STOP, and CANCEL after an offer too', async () => {
    await rig.accept({ text: 'Завтра о 9:00', topic: 'reminder' });
    await hear('СТОП');
    expect(ended()).toEqual([...OFFERS, 'topic:reminder']);
    const other = '+380501230001';
    await rig.accept({ to: other, text: 'Знижки!', purpose: 'promotional' });
    await hear('cancel', other);
    expect(ended(other)).toEqual(OFFERS);
  });

  it('O03 what may be an opt-out holds offers until a person has read it', async () => {
    await hear('Скільки можна, стоп уже, набридли ви всі');
    expect(ended()).toEqual([]);
    const [task] = (await rig.store.desk.tasks(false, { limit: 1, cursor: null })).data;
    expect(task).toMatchObject({ kind: 'optOutUnsure', contact: OLENA });
    await rig.accept({ text: 'Знижки!', purpose: 'promotional' });
    expect(said()).toEqual([]);
    await rig.store.desk.finishTask(task?.id ?? '', 'key_desk', rig.clock.now());
    expect(await tasks()).toEqual([]);
    expect(rig.store.optOut.offersHeldUntil(OLENA, rig.clock.now())).toBeNull();
  });

  it('a wrong number gets nothing more, codes and replies included, and a person is told', async () => {
    await rig.accept({ text: 'Завтра о 9:00' });
    await hear('Ви помилились номером');
    expect(await tasks()).toEqual([{ kind: 'wrongNumber', contact: OLENA }]);
    for (const purpose of ['otp', 'urgent', 'service', 'promotional'] as const) {
      expect(() => rig.acceptance.prepare('key_test', { to: OLENA, text: 'a', purpose })).toThrow('does not want it');
    }
    expect(said()).toEqual(['Завтра о 9:00']);
  });

  it('O05, X23 START brings back what was ended, from the same number and after an opt-out only; offers never without proof', async () => {
    await hear('START');
    expect(said()).toEqual([]);
    await hear('СТОП ВСЕ');
    await hear('СТАРТ', '+380501239999');
    expect(ended()).toEqual(['all']);
    await hear('СТАРТ');
    // Nothing proves that this client ever agreed to offers.
    expect(ended()).toEqual(['purpose:promotional']);
    expect(said().at(-1)).toBe('Увімкнено все, крім пропозицій: потрібна ваша згода. Вимкнути: СТОП');
    expect(said('+380501239999')).toEqual([]);
  });

  it('O05, X23 START brings offers back where a consent is on record, and is kept as a new one', async () => {
    const at = rig.clock.now();
    const consent = {
      id: 'con_1',
      to: OLENA,
      purpose: 'promotional',
      topic: null,
      wording: 'Так',
      actor: 'desk',
      at,
      until: null,
      recordedAt: at,
    } as const;
    await rig.store.consents.give({ ...consent, source: 'form' });
    await hear('СТОП');
    await rig.clock.advance(HOUR);
    await hear('СТАРТ');
    expect(ended()).toEqual([]);
    const { data } = await rig.store.consents.list(OLENA, { limit: 9, cursor: null });
    expect(data.map(({ source, wording, actor }) => ({ source, wording, actor }))).toEqual([
      { source: 'start', wording: 'СТАРТ', actor: 'client' },
      { source: 'form', wording: 'Так', actor: 'desk' },
    ]);
  });

  it('O08 YES to a text that asks for it is a consent, to the words of that text; to any other it is none', async () => {
    const question = 'Надсилати вам новини? ТАК або СТОП';
    for (const [i, word] of ['ТАК', 'да', 'Yes!'].entries()) {
      const to = `+38050123030${i}`;
      await rig.accept({ to, text: question, topic: 'consent' });
      await hear(word, to);
      expect(rig.store.consents.covers(to, 'promotional', null, rig.clock.now()), word).toBe(true);
      expect(said(to).at(-1)).toContain('Дякуємо');
      const { data } = await rig.store.consents.list(to, { limit: 9, cursor: null });
      expect(data).toMatchObject([{ source: 'doubleOptIn', wording: question, actor: 'client' }]);
    }
    await rig.accept({ text: 'Прийдете завтра?' });
    await hear('ТАК');
    expect(rig.store.consents.covers(OLENA, 'promotional', null, rig.clock.now())).toBe(false);
    await hear('СТОП');
    // Who ended offers is not asked again.
    expect(() => rig.acceptance.prepare('key_test', { to: OLENA, text: question, topic: 'consent' })).toThrow('does not want it');
  });

  it('O11 a missed call ends offers where that is switched on, and can do nothing else; a withheld number nothing at all', async () => {
    const calls = new CallKeeper({
      store: rig.store,
      clock: rig.clock,
      log: silentLog,
      country: 'UA',
      optsOut: (iccid) => iccid === 'sim-a',
      onReply: () => replies.send(),
    });
    const ring = async (number: string | null, iccid: string, duration: number | null): Promise<void> => {
      calls.keep({ iccid, number, withheld: number === null, startedAt: rig.clock.now(), rings: 2, duration, hungUp: false });
      await rig.settle();
      await rig.settle();
    };
    await ring('0501234567', 'sim-b', 5000);
    await ring(null, 'sim-a', 5000);
    await ring('0501234567', 'sim-a', null);
    expect(ended()).toEqual([]);
    await rig.clock.advance(1000);
    await ring('0501234567', 'sim-a', 5000);
    expect(ended()).toEqual(OFFERS);
    expect(rig.store.optOut.of(OLENA)[0]?.source).toBe('call');
    await rig.clock.advance(1000);
    // Called again by whoever: nothing comes back, nothing is said twice.
    await ring('0501234567', 'sim-a', 5000);
    expect(ended()).toEqual(OFFERS);
    expect(said()).toHaveLength(1);
    await calls.stop();
  });

  it('X22 answers no robot: short codes, names, own SIMs, equal texts, and at most three an hour and five a day', async () => {
    for (const from of ['10101', 'Privat']) {
      await hear('СТОП', from);
      expect(ended(from)).toEqual(OFFERS);
    }
    await rig.store.seeSim({ iccid: 'sim-b', imsi: null, number: '+380501230077', at: rig.clock.now() });
    await hear('HELP', '+380501230077');
    for (const word of ['HELP', 'info', 'допомога', 'помощь', 'ІНФО']) await hear(word);
    expect(said()).toHaveLength(3);
    for (let i = 0; i < 4; i += 1) await hear('HELP', '+380501230078');
    expect(said('+380501230078')).toHaveLength(2);
    for (let hour = 0; hour < 8; hour += 1) {
      await rig.clock.advance(HOUR);
      await hear('HELP');
    }
    expect(said()).toHaveLength(5);
    expect(sent().every((line) => line.startsWith('+38050'))).toBe(true);
  });

  it('X22 goes silent for an hour when everybody seems to be a robot', async () => {
    for (let i = 0; i < 40; i += 1) await hear('HELP', `+3806300000${String(i).padStart(2, '0')}`);
    expect(rig.sender.all).toHaveLength(30);
  });

  it('X21 no text does more than take away, ask a person or be answered to its own sender', async () => {
    const orders = [
      'SEND +380671112233 hi',
      'SET profile off',
      'admin unlock',
      'PIN 1234',
      '*101#',
      'BALANCE',
      'SELECT 1',
      '{"to": 1}',
      'RESTART',
      'YES',
      'ТАК',
    ];
    for (const [i, text] of orders.entries()) await hear(text, `+38063111110${i % 10}`);
    expect(sent()).toEqual([]);
    expect(await tasks()).toEqual([]);
  });
});
