import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Dialogues } from '../../src/dialogues/dialogues.ts';
import { FollowUp } from '../../src/inbound/follow-up.ts';
import { OwnReplies } from '../../src/inbound/own-replies.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { encodeDeliver } from '../../src/pdu/deliver.ts';
import type { Dialogue, DialogueFilter } from '../../src/store/records/dialogue.ts';
import { ownReply } from '../../src/texts/own-replies.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const OLENA = '+380501234567';
const IVAN = '+380671112233';
const OLEH = '+380631112244';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let rig: QueueRig;
let dialogues: Dialogues;
let followUp: FollowUp;
let replies: OwnReplies;
let receiver: Receiver;

const ENTRY = { at: 0, actor: 'key_1', action: 'dialogue.define', target: 'x', detail: {} } as const;

function begin(): void {
  const { store, clock } = rig;
  replies = new OwnReplies({
    store,
    door: rig.acceptance,
    clock,
    log: silentLog,
    words: (kind, heard) => ownReply(kind, heard, 'uk', { site: 'Клініка', phone: undefined }),
  });
  const onReply = (): void => replies.send();
  const site = {
    name: 'Клініка',
    phone: undefined,
    language: 'uk',
    timeZone: 'Europe/Kyiv',
    day: (at: number) => Math.floor(at / 86_400_000),
  } as const;
  dialogues = new Dialogues({ store, clock, log: silentLog, site, onReply });
  followUp = new FollowUp({ store, clock, log: silentLog, followers: [dialogues.follow] });
  receiver = new Receiver({
    store,
    clock,
    random: seededRandom(clock.now()),
    log: silentLog,
    country: 'UA',
    onReport: () => Promise.resolve(),
    onReply,
    onText: () => followUp.go(),
  });
  replies.send();
  dialogues.start();
  followUp.start();
}

async function end(): Promise<void> {
  await followUp.stop();
  await dialogues.stop();
  await replies.stop();
  receiver.stop();
}

/** The process dies, and another one goes on. */
async function die(): Promise<void> {
  await end();
  await rig.restart();
  begin();
  await settle();
}

beforeEach(async () => {
  rig = await queueRig({ sims: ['sim-a', 'sim-b'] });
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
  begin();
});
afterEach(async () => {
  await end();
  await rig.close();
});

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await rig.settle();
}

let count = 0;

async function hear(text: string, from = OLENA, iccid = 'sim-a'): Promise<void> {
  count += 1;
  const timestamp = { epochMs: rig.clock.now() + count * 1000, offsetMinutes: 120 };
  const { pdu } = encodeDeliver({ from, text, alphabet: 'ucs2', timestamp });
  await receiver.receive({ iccid, imei: '490154203237518', pdu });
  await settle();
}

const said = (to = OLENA) => rig.sender.all.filter(({ segment }) => segment.to === to).map(({ segment }) => segment.text);
const last = (to = OLENA) => said(to).at(-1);
const list = async (filter: DialogueFilter = {}): Promise<Dialogue[]> =>
  (await rig.store.dialogues.list(filter, { limit: 50, cursor: null })).data;
const use = async (name: string, over: object = {}): Promise<void> => void (await dialogues.put(name, { from: name, ...over }, ENTRY));
const stock = async (pool: string) =>
  Object.fromEntries(
    (await rig.store.dialogues.stock(pool)).map(({ thing, dialogue, sold }) => [
      thing,
      sold ? 'sold' : dialogue === null ? 'free' : 'held',
    ]),
  );
const fill = (pool: string, ...things: string[]) =>
  rig.store.dialogues.putStock(
    pool,
    things.map((thing) => ({ thing, label: thing, secret: null })),
  );
const tasks = async () => (await rig.store.desk.tasks(false, { limit: 50, cursor: null })).data.map(({ kind }) => kind);
const ended = async () =>
  (await rig.store.events(0, 1000))
    .filter(({ type }) => type === 'dialogue.ended')
    .map(({ dialogue }) => [dialogue?.contact, dialogue?.outcome]);

describe('an order with a menu', () => {
  beforeEach(() => use('order'));

  it('two pizzas end in a record and an event, with the sum', async () => {
    await hear('Піца');
    expect(said()).toEqual(['Що замовляєте? 1 - Маргарита 180, 2 - Капричоза 210. Надішліть номер.']);
    await hear('маргарита');
    await hear('дві');
    await hear('вул. Садова, 3');
    expect(said().slice(-2).join('')).toContain('Маргарита x 2 = 360 грн, вул. Садова, 3. Замовляємо?');
    await hear('Так!');
    const [order] = await list();
    expect(order).toMatchObject({
      definition: 'order',
      contact: OLENA,
      sim: 'sim-a',
      state: 'done',
      outcome: 'completed',
      fields: { item: 'margherita', count: 2, total: 360, address: 'вул. Садова, 3' },
    });
    expect(await ended()).toEqual([[OLENA, 'completed']]);
    expect(await list({ state: 'open' })).toEqual([]);
    // It is over: the same word begins another.
    await hear('піца?');
    expect(await list({ state: 'open', contact: OLENA })).toMatchObject([{ state: 'item' }]);
  });

  it('helps, goes back, asks again, and leaves to a person who is not understood', async () => {
    await hear('Піца');
    await hear('2');
    expect(last()).toContain('Капричоза: скільки?');
    await hear('назад');
    expect(last()).toContain('Що замовляєте?');
    await hear('1');
    expect(last()).toContain('Маргарита: скільки?');
    await hear('багато');
    expect(last()).toBe('Не зрозуміли. Маргарита: скільки?');
    await hear('?');
    expect(said().slice(-3).join('')).toContain('НАЗАД - крок назад');
    // Two numbers are no answer.
    await hear('2 або 3');
    await hear('ой');
    expect(await tasks()).toEqual(['dialogue']);
    expect(last()).toContain('адміністратор');
    expect(await ended()).toEqual([[OLENA, 'handedOver']]);
  });

  it('CANCEL ends it and no texts; STOP ends both', async () => {
    await hear('Піца');
    await hear('ОТМЕНА');
    expect(last()).toBe('Скасовано.');
    expect(rig.store.optOut.of(OLENA)).toEqual([]);
    await hear('Піца', IVAN);
    await hear('СТОП', IVAN);
    expect(rig.store.optOut.of(IVAN).map(({ scope }) => scope)).toContain('topic:order');
    expect(await ended()).toEqual([
      [OLENA, 'cancelled'],
      [IVAN, 'stopped'],
    ]);
    await hear('Піца', IVAN);
    expect(said(IVAN).filter((text) => text.includes('замовляєте'))).toHaveLength(1);
  });

  it('one at a time for each client and SIM, and one goes on by the definition that it began with', async () => {
    await hear('Піца');
    await use('order', { data: { menu: [{ value: 'soup', label: 'Борщ', price: 90 }] } });
    await hear('Піца', OLENA, 'sim-b');
    expect(said().map((text) => text.slice(0, 40))).toEqual([expect.stringContaining('Маргарита'), expect.stringContaining('Борщ')]);
    await hear('1');
    expect(last()).toContain('Маргарита: скільки?');
    expect((await list()).map(({ version, sim }) => [version, sim])).toEqual([
      [2, 'sim-b'],
      [1, 'sim-a'],
    ]);
    expect(rig.sender.all.map(({ iccid }) => iccid)).toEqual(['sim-a', 'sim-b', 'sim-a']);
  });

  it('X22 ends after thirty texts, and robots begin none', async () => {
    await hear('Піца');
    for (let i = 0; i < 15; i += 1) {
      await hear(`${(i % 2) + 1}`);
      await hear('назад');
    }
    expect(await ended()).toEqual([[OLENA, 'handedOver']]);
    await hear('Піца', '10101');
    for (let i = 0; i < 3; i += 1) await hear('не піца', IVAN);
    await hear('не піца', IVAN);
    expect(await list({ contact: '10101' })).toEqual([]);
    for (let i = 0; i < 12; i += 1) {
      await hear(`Замовити ${i}`, OLEH);
      await hear('скасувати', OLEH);
      await rig.clock.advance(30 * MINUTE);
    }
    expect(await list({ contact: OLEH })).toHaveLength(10);
  });

  it('drops what nobody answers', async () => {
    await hear('Піца');
    await rig.clock.advance(15 * MINUTE + 1000);
    expect(last()).toContain('не дочекалися');
    expect(await ended()).toEqual([[OLENA, 'expired']]);
  });
});

describe('a thing of which there is one', () => {
  beforeEach(async () => {
    await use('table');
    await fill('tables', 'сьогодні 19:00', 'сьогодні 21:00');
  });

  it('is offered, held for who takes it, and booked with people and name', async () => {
    await hear('Столик');
    expect(last()).toBe('Вільно: 1 - сьогодні 19:00, 2 - сьогодні 21:00. Надішліть номер.');
    await hear('2');
    expect(await stock('tables')).toEqual({ 'сьогодні 19:00': 'free', 'сьогодні 21:00': 'held' });
    await hear('четверо');
    await hear('4');
    await hear('Коваль');
    expect(await stock('tables')).toEqual({ 'сьогодні 19:00': 'free', 'сьогодні 21:00': 'sold' });
    expect((await list())[0]).toMatchObject({ outcome: 'completed', fields: { table: 'сьогодні 21:00', people: 4, name: 'Коваль' } });
  });

  it('is never given twice, and a number means what was offered with it', async () => {
    await hear('Столик');
    await hear('Столик', IVAN);
    await hear('1', IVAN);
    await hear('1');
    expect(last()).toContain('Цього вже немає');
    expect(await stock('tables')).toEqual({ 'сьогодні 19:00': 'held', 'сьогодні 21:00': 'free' });
    await hear('Столик', OLEH);
    expect(last(OLEH)).toBe('Вільно: 1 - сьогодні 21:00. Надішліть номер.');
    await hear('1', OLEH);
    await hear('Столик');
    expect(last()).toContain('Цього вже немає');
  });

  it('is free again when its client goes back, cancels, is silent or ends texts', async () => {
    for (const [text, then] of [
      ['назад', 'held'],
      ['скасувати', 'free'],
      ['стоп', 'free'],
      ['', 'free'],
    ] as const) {
      const from = `+38063222${String(Math.abs(text.length * 1117)).padStart(4, '0')}`;
      await hear('Столик', from);
      await hear('1', from);
      expect((await stock('tables'))['сьогодні 19:00'], text).toBe('held');
      if (text === '') await rig.clock.advance(11 * MINUTE);
      else await hear(text, from);
      if (then === 'held') {
        expect((await stock('tables'))['сьогодні 19:00']).toBe('free');
        await hear('відміна', from);
      }
      expect(await stock('tables'), text).toEqual({ 'сьогодні 19:00': 'free', 'сьогодні 21:00': 'free' });
    }
  });

  it('is offered again, in its place, to who goes back from it, also where it is the last one', async () => {
    await hear('Столик');
    const list = last();
    await hear('2');
    await hear('назад');
    expect(last()).toBe(list);
    await hear('2');
    expect(await stock('tables')).toEqual({ 'сьогодні 19:00': 'free', 'сьогодні 21:00': 'held' });
    await hear('Столик', IVAN);
    await hear('1', IVAN);
    await hear('назад', IVAN);
    expect(last(IVAN)).toBe('Вільно: 1 - сьогодні 19:00. Надішліть номер.');
  });

  it('of twenty that want one of two, two get one, whenever the process dies', async () => {
    const people = Array.from({ length: 20 }, (_, i) => `+3806344400${String(i).padStart(2, '0')}`);
    for (const from of people) await hear('Столик', from);
    for (const [i, from] of people.entries()) {
      await hear('1', from);
      if (i % 5 === 0) await die();
    }
    const winners = (await list({ state: 'open' })).filter(({ state }) => state === 'people');
    expect(winners).toHaveLength(1);
    expect(Object.values(await stock('tables')).filter((state) => state === 'held')).toHaveLength(1);
    for (const from of people) expect(said(from).length, from).toBeLessThanOrEqual(2);
  });
});

describe('hire with payment', () => {
  beforeEach(async () => {
    await use('hire');
    await rig.store.dialogues.putStock('bikes', [{ thing: '12', label: '12', secret: '4711' }]);
  });

  it('gives the code after the payment, as a code, and the bicycle is free when it is back', async () => {
    await hear('BIKE 12');
    const [hire] = await list();
    expect(last()).toContain(`Сплатіть: https://pay.example/${hire?.id}`.slice(-20));
    await hear('bike 12', IVAN);
    expect(last(IVAN)).toBe('Велосипед 12 зайнятий або такого немає.');
    const id = hire?.id ?? '';
    await dialogues.tell(id, 'paid', {});
    await settle();
    expect(last()).toBe('4711 - код замка велосипеда 12. Нікому його не кажіть.');
    const [message] = (await rig.store.messages({ to: OLENA }, { limit: 1, cursor: null })).data;
    expect(message?.purpose).toBe('otp');
    // Told twice it is not done twice, and nothing of the code stands in the record or in what is told.
    await expect(dialogues.tell(id, 'paid', {})).rejects.toMatchObject({ code: 'tooLate' });
    expect(JSON.stringify([await list(), await rig.store.events(0, 1000)].flat()).replaceAll(message?.text ?? 'x', '')).not.toContain(
      '4711',
    );
    await dialogues.tell(id, 'returned', {});
    await settle();
    expect(await stock('bikes')).toEqual({ '12': 'free' });
    expect((await list({ state: 'completed' })).map((d) => d.id)).toEqual([id]);
  });

  it('frees what nobody paid for, and asks a person about what does not come back', async () => {
    await hear('велосипед 12');
    await rig.clock.advance(15 * MINUTE + 1000);
    expect(await stock('bikes')).toEqual({ '12': 'free' });
    await expect(dialogues.tell((await list())[0]?.id ?? '', 'paid', {})).rejects.toMatchObject({ code: 'tooLate' });
    await hear('велосипед 12');
    await dialogues.tell((await list())[0]?.id ?? '', 'paid', {});
    await rig.clock.advance(25 * HOUR);
    expect(await tasks()).toContain('dialogue');
    // A person decides about it.
    expect(await stock('bikes')).toEqual({ '12': 'held' });
    await rig.store.dialogues.freeThing('bikes', '12');
    expect(await stock('bikes')).toEqual({ '12': 'free' });
  });
});

describe('an auction by bids', () => {
  beforeEach(async () => {
    const closesAt = new Date(rig.clock.now() + HOUR).toISOString();
    await use('auction', { data: { lot: 'картина' }, auction: { least: 100, step: 10, closesAt } });
  });

  it('leads the highest, tells the outbid once, takes the first of two equal bids, and closes in time', async () => {
    await hear('ставка 50');
    expect(last()).toContain('ставка від 100');
    await hear('100');
    expect(last()).toContain('Ваша ставка 100 грн найвища');
    await hear('ставка 150', IVAN);
    expect(said().filter((text) => text.includes('перебито: 150'))).toHaveLength(1);
    // The same amount later is too low, and who is outbid already is not told again.
    await hear('ставка 150', OLEH);
    expect(last(OLEH)).toContain('ставка від 160');
    await hear('200', OLEH);
    expect(said().filter((text) => text.includes('перебито'))).toHaveLength(1);
    expect(last(IVAN)).toContain('перебито: 200');
    await rig.clock.advance(HOUR - 30_000);
    await hear('205', IVAN);
    expect(last(IVAN)).toContain('від 210');
    await die();
    await rig.clock.advance(40_000);
    await settle();
    expect(last(OLEH)).toContain('Вітаємо: картина ваш за 200 грн!');
    expect(last(IVAN)).toContain('пішов за 200 грн');
    expect(last()).toContain('пішов за 200 грн');
    await hear('ставка 500');
    expect(last()).toBe('Торги закрито.');
    expect((await ended()).sort()).toEqual([
      [OLENA, 'refused'],
      [OLENA, 'refused'],
      [OLEH, 'completed'],
      [IVAN, 'refused'],
    ]);
    await die();
    expect((await ended()).length).toBe(4);
    // Another lot under the same name begins anew.
    await use('auction', { auction: { least: 20, step: 10, closesAt: new Date(rig.clock.now() + HOUR).toISOString() } });
    await hear('ставка 20', IVAN);
    expect(last(IVAN)).toContain('Ваша ставка 20 грн');
  });

  it('takes a bid that came in time though it was read after the closing', async () => {
    await hear('ставка 100');
    await rig.clock.advance(HOUR - 3000);
    await followUp.stop();
    await hear('ставка 300', IVAN);
    await rig.clock.advance(4000);
    followUp = new FollowUp({ store: rig.store, clock: rig.clock, log: silentLog, followers: [dialogues.follow] });
    followUp.start();
    await settle();
    expect(last(IVAN)).toContain('Ваша ставка 300');
    await rig.clock.advance(10_000);
    expect(last(IVAN)).toContain('Вітаємо');
  });
});

describe('a dialogue that the API begins', () => {
  const ask = (definition: string, fields: Dialogue['fields'] = {}, contact = OLENA) =>
    dialogues.begin({ definition, contact, sim: undefined, fields });

  it('rates a visit, and a low one asks a person', async () => {
    await use('rating');
    await ask('rating');
    await settle();
    expect(last()).toBe('Клініка: як минув візит? Оцініть від 1 до 5.');
    await expect(ask('rating')).rejects.toMatchObject({ code: 'dialogueOpen' });
    await hear('2', OLENA, 'sim-b');
    expect(await tasks()).toEqual(['dialogue']);
    await hear('довго чекала', OLENA, 'sim-b');
    expect((await list())[0]).toMatchObject({ outcome: 'completed', sim: 'sim-b', fields: { rating: 2, comment: 'довго чекала' } });
    await ask('rating', {}, IVAN);
    await hear('5!', IVAN);
    expect((await list({ contact: IVAN }))[0]).toMatchObject({ outcome: 'completed', fields: { rating: 5 } });
    await ask('rating', {}, OLEH);
    await hear('7', OLEH);
    expect((await list({ contact: OLEH }))[0]?.fields.rating).toBeUndefined();
  });

  it('asks for consent, and YES is one to its words', async () => {
    await use('doubleOptIn');
    await ask('doubleOptIn');
    await settle();
    const question = said().join('');
    await hear('ТАК');
    const { data } = await rig.store.consents.list(OLENA, { limit: 9, cursor: null });
    expect(data).toMatchObject([{ source: 'doubleOptIn', wording: question, actor: 'client' }]);
    await ask('doubleOptIn', {}, IVAN);
    await hear('ні', IVAN);
    expect(rig.store.consents.covers(IVAN, 'promotional', null, rig.clock.now())).toBe(false);
    expect(await ended()).toEqual([
      [OLENA, 'completed'],
      [IVAN, 'refused'],
    ]);
  });

  it('offers other times, and the one that is taken is taken', async () => {
    await use('reschedule');
    await fill('slots', '24.11 10:00', '25.11 12:30');
    await ask('reschedule');
    await ask('reschedule', {}, IVAN);
    await settle();
    expect(said().join('')).toContain('1 - 24.11 10:00, 2 - 25.11 12:30');
    await hear('2');
    expect(last()).toBe('Перенесено: 25.11 12:30. Чекаємо!');
    await hear('2', IVAN);
    expect(last(IVAN)).toContain('уже зайнятий');
    expect(await stock('slots')).toEqual({ '24.11 10:00': 'free', '25.11 12:30': 'sold' });
    expect(await tasks()).toEqual(['dialogue']);
  });

  it('can be ended or taken over by the desk, and needs a definition in use', async () => {
    await expect(ask('rating')).rejects.toMatchObject({ code: 'dialogueUnknown' });
    await use('rating');
    const { id } = await ask('rating');
    const entry = { ...ENTRY, action: 'dialogue.steer', target: id } as const;
    expect(await dialogues.steer(id, 'handOver', entry)).toMatchObject({ outcome: 'handedOver' });
    await expect(dialogues.steer(id, 'cancel', entry)).rejects.toMatchObject({ code: 'tooLate' });
    await expect(dialogues.steer('dlg_x', 'cancel', entry)).rejects.toMatchObject({ code: 'notFound' });
    await rig.store.dialogues.removeDefinition('rating');
    await expect(ask('rating')).rejects.toMatchObject({ code: 'dialogueUnknown' });
  });
});

describe('a process that dies in the middle', () => {
  it('and comes back as another version that cannot lead a dialogue leaves it to a person, and leads the others', async () => {
    await rig.store.dialogues.putDefinition('odd', '{"from":"the future"}', 0);
    const odd = rig.store.dialogues.definitions().find(({ name }) => name === 'odd');
    const news = { contact: IVAN, sim: 'sim-a', language: 'uk', fields: {}, endsAt: rig.clock.now() + HOUR };
    if (odd)
      await rig.store.dialogues.begin(
        { definition: odd, ...news },
        (_body, dialogue) => ({ dialogue: { ...dialogue, state: 'x' }, says: [], topic: 'x', effects: [] }),
        0,
      );
    await use('order');
    await hear('Піца');
    expect(last()).toContain('Що замовляєте?');
    await hear('щось', IVAN);
    expect(await ended()).toEqual([[IVAN, 'handedOver']]);
    expect(await tasks()).toEqual(['dialogue']);
  });

  it('loses no step, takes none twice, and says each thing once', async () => {
    await use('order');
    await hear('Піца');
    // The text is on the disk, and nothing has followed.
    await followUp.stop();
    await hear('1');
    await die();
    // The step is on the disk, and its reply is not in the queue.
    await replies.stop();
    await hear('2');
    await die();
    await hear('Садова 3');
    await hear('так');
    expect(said().map((text) => text.slice(0, 9))).toHaveLength(new Set(said()).size);
    expect((await list()).map(({ outcome, fields }) => [outcome, fields.total])).toEqual([['completed', 360]]);
    expect(await ended()).toHaveLength(1);
  });

  it('what was said in it is erased in its time', async () => {
    await use('order');
    await hear('Піца');
    await hear('1');
    await hear('скасувати');
    const periods = { otp: 1, urgent: 1, service: 1, promotional: 1, inbound: 86_400_000 };
    await rig.store.eraseTexts(periods, rig.clock.now() + 2 * 86_400_000);
    expect((await list())[0]?.fields).toEqual({});
    expect(
      (await rig.store.events(0, 1000)).filter((e) => e.dialogue).every((e) => Object.keys(e.dialogue?.fields ?? {}).length === 0),
    ).toBe(true);
  });
});
