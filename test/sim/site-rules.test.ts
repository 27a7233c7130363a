import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { awayText } from '../../src/inbound/away.ts';
import { dutyPhone } from '../../src/inbound/duty-phone.ts';
import { FollowUp } from '../../src/inbound/follow-up.ts';
import { OwnReplies } from '../../src/inbound/own-replies.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { hasOneOf, SiteRules } from '../../src/inbound/rules/site-rules.ts';
import { encodeDeliver } from '../../src/pdu/deliver.ts';
import { presenceAt } from '../../src/policy/opening-hours.ts';
import type { Rule } from '../../src/store/records/rule.ts';
import { alarmText, awayReply, ownReply } from '../../src/texts/own-replies.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const OLENA = '+380501234567';
const IVAN = '+380671112233';
const DUTY = '+380990000001';
const HOUR = 3_600_000;

const rule = (name: string, over: Partial<Rule>): Rule => ({
  name,
  words: [],
  prefix: null,
  pattern: null,
  reply: null,
  tag: null,
  webhook: false,
  notify: false,
  ...over,
});

/** A gateway as the daemon joins it, with its replies. */
interface Site {
  readonly rig: QueueRig;
  hear(text: string, from?: string): Promise<void>;
  said(to?: string): string[];
  stop(): Promise<void>;
}

let count = 0;

function siteOn(rig: QueueRig, file: readonly Rule[]): Site {
  const { store, clock } = rig;
  const replies = new OwnReplies({
    store,
    door: rig.acceptance,
    clock,
    log: silentLog,
    words: (kind, heard) => ownReply(kind, heard, 'uk', { site: 'Клініка', phone: undefined }),
  });
  const onReply = (): void => replies.send();
  const rules = new SiteRules({ store, clock, file, names: (text) => text.replaceAll('{site}', 'Клініка'), onReply });
  const opening = { days: new Set([0, 1, 2, 3, 4, 5, 6]), from: 9 * 60, to: 18 * 60 };
  const place = { timeZone: 'Europe/Kyiv', country: 'UA', closed: new Set<number>() };
  const followUp = new FollowUp({
    store,
    clock,
    log: silentLog,
    followers: [
      dutyPhone({
        store,
        clock,
        to: DUTY,
        perHour: 3,
        isAlarm: hasOneOf(['кровотеча', 'дуже погано']),
        words: (from, heard) => alarmText(from, heard, 'uk'),
        onReply,
      }),
      rules.follow,
      awayText({
        store,
        clock,
        presence: (at) => presenceAt([opening], place, at),
        words: (heard) => awayReply(heard, 'uk', { site: 'Клініка', phone: '103' }),
        onReply,
      }),
    ],
  });
  const receiver = new Receiver({
    store,
    clock,
    random: seededRandom(clock.now()),
    log: silentLog,
    country: 'UA',
    onReport: () => Promise.resolve(),
    onReply,
    onText: () => followUp.go(),
  });
  followUp.start();
  replies.send();
  return {
    rig,
    async hear(text, from = OLENA) {
      count += 1;
      const timestamp = { epochMs: clock.now() + count * 1000, offsetMinutes: 120 };
      await receiver.receive({
        iccid: 'sim-a',
        imei: '490154203237518',
        pdu: encodeDeliver({ from, text, alphabet: 'ucs2', timestamp }).pdu,
      });
      for (let i = 0; i < 3; i += 1) await rig.settle();
    },
    said: (to = OLENA) => rig.sender.all.filter(({ segment }) => segment.to === to).map(({ segment }) => segment.text),
    async stop() {
      await followUp.stop();
      await replies.stop();
      receiver.stop();
    },
  };
}

async function newRig(): Promise<QueueRig> {
  const rig = await queueRig({ sims: ['sim-a'] });
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
  return rig;
}

const PRICES = rule('prices', { words: ['ціна', 'прайс'], reply: '{site}: прийом від 500 грн', tag: 'prices' });
const BIKE = rule('bike', { pattern: 'bike #', webhook: true, notify: true });

let site: Site;
beforeEach(async () => {
  site = siteOn(await newRig(), [PRICES, BIKE]);
});
afterEach(async () => {
  await site.stop();
  await site.rig.close();
});

const tasks = async () => (await site.rig.store.desk.tasks(false, { limit: 50, cursor: null })).data.map(({ kind }) => kind);
const inbox = async () => (await site.rig.store.inbounds({}, { limit: 50, cursor: null })).data;
const events = async () => (await site.rig.store.events(0, 1000)).map(({ type }) => type);

describe('the rules of a site', () => {
  it('answer, mark, tell the webhooks and the desk', async () => {
    await site.hear('Прайс!');
    expect(site.said()).toEqual(['Клініка: прийом від 500 грн']);
    await site.hear('Bike 12');
    expect((await inbox()).map((i) => [i.rule, i.tag])).toEqual([
      ['bike', null],
      ['prices', 'prices'],
    ]);
    expect(await tasks()).toEqual(['rule']);
    const matched = (await site.rig.store.events(0, 1000)).filter(({ type }) => type === 'inbound.matched');
    expect(matched).toMatchObject([{ inbound: { text: 'Bike 12', rule: 'bike' } }]);
    // What was told before stays as it was told.
    const received = (await site.rig.store.events(0, 1000)).filter(({ type }) => type === 'inbound.received');
    expect(received.map(({ inbound }) => inbound?.rule)).toEqual([null, null]);
  });

  it('come after an opt-out, whatever they say', async () => {
    await site.stop();
    site = siteOn(site.rig, [rule('all', { pattern: '* стоп *', reply: 'Не стоп' })]);
    await site.hear('СТОП');
    expect(site.said()).toEqual([expect.stringContaining('Реклами більше не буде')]);
  });

  it('do once what they do, also when the process dies before the reply is in the queue', async () => {
    await site.stop();
    const { store, clock } = site.rig;
    // The text came in, and what follows was written down; nothing more.
    await site.hear('ціна');
    expect(store.desk.toFollow(0, 9, clock.now())).toHaveLength(1);
    await site.rig.restart();
    site = siteOn(site.rig, [PRICES]);
    for (let i = 0; i < 3; i += 1) await site.rig.settle();
    await site.stop();
    await site.rig.restart();
    site = siteOn(site.rig, [PRICES]);
    await site.rig.settle();
    expect(site.said()).toEqual(['Клініка: прийом від 500 грн']);
  });

  it('do not answer what waited for half an hour, but mark it', async () => {
    await site.stop();
    await site.hear('ціна');
    await site.rig.clock.advance(HOUR);
    site = siteOn(site.rig, [PRICES]);
    await site.rig.settle();
    expect(site.said()).toEqual([]);
    expect((await inbox())[0]).toMatchObject({ rule: 'prices' });
  });

  it('let a client end their answers, and nothing else by that', async () => {
    await site.hear('ціна');
    await site.hear('стоп');
    expect(site.rig.store.optOut.of(OLENA).map(({ scope }) => scope)).toContain('topic:reply');
    await site.hear('прайс');
    expect(site.said().filter((text) => text.includes('500'))).toHaveLength(1);
    await site.rig.accept({ to: OLENA, text: 'Ваш візит завтра', topic: 'visit' });
    expect(site.said().at(-1)).toBe('Ваш візит завтра');
  });

  it('made by API come after those of the configuration, and are kept', async () => {
    const { store, clock } = site.rig;
    const rules = new SiteRules({ store, clock, file: [PRICES], names: (text) => text, onReply: () => {} });
    const entry = { at: clock.now(), actor: 'key_1', action: 'rule.set', target: 'x', detail: {} } as const;
    expect(await rules.put(rule('prices', { words: ['x'] }), entry)).toBe(false);
    expect(await rules.put(rule('also', { words: ['ціна', 'адреса'], tag: 'also' }), entry)).toBe(true);
    expect(rules.ruleFor('ціна')?.name).toBe('prices');
    expect(rules.ruleFor('адреса')?.name).toBe('also');
    const later = new SiteRules({ store, clock, file: [], names: (text) => text, onReply: () => {} });
    expect(later.ruleFor('ціна')?.name).toBe('also');
    expect(await later.remove('also', { ...entry, action: 'rule.remove' })).toBe(true);
    expect(await later.remove('also', { ...entry, action: 'rule.remove' })).toBe(false);
    expect(later.list()).toEqual([]);
  });
});

describe('a text at night', () => {
  /** 10:00 UTC is noon in Kyiv. */
  const toNight = (): Promise<void> => site.rig.clock.advance(9 * HOUR);

  it('is answered once a night, in the language of the client, with whom to call; and a rule goes before that', async () => {
    await site.hear('Ви є?');
    expect(site.said()).toEqual([]);
    await toNight();
    await site.hear('ціна');
    await site.hear('Ви є?');
    await site.hear('Алло?');
    await site.hear('вы есть?', IVAN);
    const [, away] = site.said();
    expect(site.said()).toHaveLength(2);
    expect(away).toBe('Клініка: зачинено, прочитаємо згодом. Терміново: 103');
    expect(site.said(IVAN)).toEqual([expect.stringContaining('закрыто, прочитаем')]);
    await site.rig.clock.advance(24 * HOUR);
    await site.hear('Алло?');
    expect(site.said()).toHaveLength(3);
  });

  it('that the box read in the morning is not answered so', async () => {
    await site.stop();
    await toNight();
    await site.hear('Ви є?');
    await site.rig.clock.advance(13 * HOUR);
    site = siteOn(site.rig, []);
    await site.rig.settle();
    expect(site.said()).toEqual([]);
  });
});

describe('an alarm word', () => {
  it('texts the duty phone, once for each text and so often an hour, and the rest goes on', async () => {
    await site.hear('У мене КРОВОТЕЧА після видалення');
    expect(site.said(DUTY)).toEqual([`ТЕРМІНОВО, пише ${OLENA}: У мене КРОВОТЕЧА після видалення`]);
    expect(site.rig.sender.all[0]?.segment).toMatchObject({ to: DUTY });
    for (const n of [1, 2, 3, 4]) await site.hear(`дуже погано ${n}`);
    expect(site.said(DUTY)).toHaveLength(3);
    await site.hear('кровотеча', DUTY);
    expect(site.said(DUTY)).toHaveLength(3);
    await site.rig.clock.advance(HOUR);
    await site.hear('кровотеча знову');
    expect(site.said(DUTY)).toHaveLength(4);
  });
});

describe('X22 machines that write to each other', () => {
  it('two gateways that answer everything stop after three replies an hour and five a day each', async () => {
    const answerAll = (reply: string): Rule => rule('all', { pattern: '* дякуємо|вітаємо *', reply });
    await site.stop();
    site = siteOn(site.rig, [answerAll('Дякуємо, ми прочитаємо')]);
    const other = siteOn(await newRig(), [answerAll('Вітаємо, що бажаєте?')]);
    const [ours, theirs] = ['+380501110001', '+380501110002'];
    const taken = { ours: 0, theirs: 0 };
    await site.hear('Вітаємо!', theirs);
    // Each carries to the other what it sends, over a day, and a subscriber of each says something now and then.
    for (let hour = 0; hour < 24; hour += 1) {
      for (let turn = 0; turn < 8; turn += 1) {
        for (const text of site.said(theirs).slice(taken.ours)) {
          taken.ours += 1;
          await other.hear(text, ours);
        }
        for (const text of other.said(ours).slice(taken.theirs)) {
          taken.theirs += 1;
          await site.hear(text, theirs);
        }
      }
      await site.hear(`Вітаємо знову ${hour}`, theirs);
      await site.rig.clock.advance(HOUR);
      await other.rig.clock.advance(HOUR);
    }
    expect(site.said(theirs).length).toBeLessThanOrEqual(5);
    expect(other.said(ours).length).toBeLessThanOrEqual(5);
    expect(site.said(theirs).length).toBeGreaterThanOrEqual(3);
    await other.stop();
    await other.rig.close();
  });

  it('somebody is told when there are thirty replies within an hour, and there are no more', async () => {
    for (let i = 0; i < 33; i += 1) await site.hear('ціна', `+3806300000${String(i).padStart(2, '0')}`);
    expect(site.rig.sender.all).toHaveLength(30);
    expect((await events()).filter((type) => type === 'replies.many')).toHaveLength(1);
    expect((await inbox()).every((i) => i.rule === 'prices')).toBe(true);
  });

  it('X21 no text has a rule send to anybody but its sender, set anything or tell what others wrote', async () => {
    const orders = ['ціна +380990009900', 'SEND +380990009900 hi', '{site} {phone} {text}', 'bike 12 +380990009900', 'ціна'];
    for (const [i, text] of orders.entries()) await site.hear(text, `+38063222220${i}`);
    expect(site.rig.sender.all.map(({ segment }) => [segment.to, segment.text])).toEqual([
      ['+380632222204', 'Клініка: прийом від 500 грн'],
    ]);
    for (const from of ['10101', 'Privat']) await site.hear('ціна', from);
    expect(site.rig.sender.all).toHaveLength(1);
  });
});
