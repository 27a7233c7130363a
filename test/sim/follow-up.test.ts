import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/base/fault.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { deferred } from '../../src/base/waits.ts';
import { type Follower, FollowUp } from '../../src/inbound/follow-up.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { encodeDeliver } from '../../src/pdu/deliver.ts';
import type { FollowedText } from '../../src/store/records/follow-up.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const OLENA = '+380501234567';
const IVAN = '+380671112233';

let rig: QueueRig;
let receiver: Receiver;
let followUp: FollowUp;
let asked: { readonly by: string; readonly text: FollowedText }[];

/** A follower that notes what it is asked, and then does what the test says. */
const noting =
  (by: string, then: Follower): Follower =>
  (text) => {
    asked.push({ by, text });
    return then(text);
  };

function begin(...followers: readonly Follower[]): void {
  const { store, clock } = rig;
  followUp = new FollowUp({ store, clock, log: silentLog, followers });
  receiver = new Receiver({
    store,
    clock,
    random: seededRandom(clock.now()),
    log: silentLog,
    country: 'UA',
    onReport: () => Promise.resolve(),
    onReply: () => {},
    onText: () => followUp.go(),
  });
  followUp.start();
}

beforeEach(async () => {
  rig = await queueRig({ sims: ['sim-a'] });
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
  asked = [];
});
afterEach(async () => {
  await followUp.stop();
  await rig.close();
});

let count = 0;

async function hear(text: string, from = OLENA): Promise<void> {
  count += 1;
  const timestamp = { epochMs: rig.clock.now() + count * 1000, offsetMinutes: 120 };
  const { pdu } = encodeDeliver({ from, text, alphabet: 'ucs2', timestamp });
  await receiver.receive({ iccid: 'sim-a', imei: '490154203237518', pdu });
  await rig.settle();
}

const heard = () => asked.map(({ by, text }) => `${by} ${text.text}`);
const passed: Follower = () => Promise.resolve('passed');
const taken: Follower = () => Promise.resolve('taken');
const open = () => rig.store.desk.toFollow(0, 50, rig.clock.now());

describe('what follows after a text', () => {
  it('is asked of each in turn, until one takes it', async () => {
    begin(
      noting('first', ({ text }) => Promise.resolve(text === '1' ? 'taken' : 'passed')),
      noting('second', taken),
      noting('third', taken),
    );
    await hear('1');
    await hear('2');
    expect(heard()).toEqual(['first 1', 'first 2', 'second 2']);
    expect(open()).toEqual([]);
  });

  it('is nothing after an opt-out, START, a wrong number, or what was answered already; and knows what else it may answer', async () => {
    begin(noting('a', passed));
    const id = await rig.accept({ text: 'Завтра о 9:00', topic: 'visit', reference: 'visit-17' });
    for (const text of ['СТОП', 'СТАРТ', 'HELP', 'Ви помилились номером']) await hear(text, IVAN);
    expect(asked).toEqual([]);
    await hear('Буду');
    expect(asked[0]?.text).toMatchObject({
      from: OLENA,
      text: 'Буду',
      sim: 'sim-a',
      meaning: null,
      answered: { messageId: id, topic: 'visit', purpose: 'service', reference: 'visit-17', remindsOf: null },
    });
    await hear('Хто це?', '+380639998877');
    expect(asked[1]?.text.answered).toBeNull();
  });

  it('waits for the earlier text of the same sender, and for nobody else', async () => {
    let full = true;
    begin(
      noting('a', ({ from }) => {
        if (full && from === OLENA) return Promise.reject(new Fault('storeFull', 'The disk is full.'));
        return Promise.resolve('taken');
      }),
    );
    await hear('1');
    await hear('2');
    await hear('3', IVAN);
    expect(heard()).toEqual(['a 1', 'a 1', 'a 1', 'a 3']);
    full = false;
    await rig.clock.advance(5000);
    expect(heard().slice(4)).toEqual(['a 1', 'a 2']);
    expect(open()).toEqual([]);
  });

  it('is left to a person when it cannot be done for ten minutes, and what came after goes on', async () => {
    begin(noting('a', ({ text }) => (text === 'bad' ? Promise.reject(new TypeError('a mistake')) : Promise.resolve('taken'))));
    await hear('bad');
    await hear('good');
    await rig.clock.advance(9 * 60_000);
    expect(heard()).not.toContain('a good');
    await rig.clock.advance(2 * 60_000);
    expect(heard().at(-1)).toBe('a good');
    const { data } = await rig.store.desk.tasks(false, { limit: 9, cursor: null });
    expect(data).toMatchObject([{ kind: 'notFollowed', contact: OLENA, inboundId: asked[0]?.text.id }]);
    expect(open()).toEqual([]);
  });

  it('is asked again after the process died in the middle, in the same order', async () => {
    const never = deferred<'taken'>();
    begin(noting('dead', () => never.promise));
    await hear('1');
    await hear('2');
    expect(heard()).toEqual(['dead 1']);
    await rig.restart();
    begin(noting('new', taken));
    await rig.settle();
    expect(heard()).toEqual(['dead 1', 'new 1', 'new 2']);
    expect(asked[1]?.text).toMatchObject({ seq: asked[0]?.text.seq, id: asked[0]?.text.id });
    await rig.restart();
    begin(noting('later', taken));
    await rig.settle();
    expect(asked).toHaveLength(3);
  });
});
