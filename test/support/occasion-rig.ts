import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { contactFieldsOf, resourceFieldsOf, wantsCall } from '../../src/daemon/occasion-clients.ts';
import { FollowUp } from '../../src/inbound/follow-up.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { OccasionAnswers } from '../../src/occasions/answers.ts';
import { type Asking, OccasionDesk } from '../../src/occasions/desk.ts';
import { OccasionRunner } from '../../src/occasions/runner.ts';
import { Sequences } from '../../src/occasions/sequences.ts';
import { WaitingList } from '../../src/occasions/waiting.ts';
import { Wording } from '../../src/occasions/wording.ts';
import { encodeDeliver } from '../../src/pdu/deliver.ts';
import type { OccasionView } from '../../src/store/records/occasion.ts';
import { textsOf } from '../../src/templates/stored.ts';
import { type QueueRig, queueRig } from './queue-rig.ts';

const ZONE = 'Europe/Kyiv';

/** Whoever may do everything. */
export const ANYBODY: Asking = { keyId: 'key_test', by: 'desk', reaches: () => true };

export interface OccasionRig {
  readonly queue: QueueRig;
  readonly desk: OccasionDesk;
  /** Tells of an occasion, and lets what follows happen. */
  put(name: string, wish: { readonly to: string } & Partial<Parameters<OccasionDesk['put']>[1]>, kind?: string): Promise<void>;
  view(name: string, kind?: string): Promise<OccasionView>;
  /** A client writes, and what follows has happened. */
  hear(text: string, from: string): Promise<void>;
  /** What was sent to a number. */
  said(to: string): string[];
  /** What became of occasions since they were booked, with the name of each. */
  events(): Promise<string[]>;
  /** Tasks that are open: their kinds with what they are about. */
  tasks(): Promise<string[]>;
  /** Lets everything run that does not wait for time. */
  settle(): Promise<void>;
  /** The process dies, and the next one begins on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Occasions over the real queue and the real receiver, with modems by script and a clock that the test moves. */
export async function occasionRig(): Promise<OccasionRig> {
  const queue = await queueRig({ sims: ['sim-a'] });
  queue.sender.auto = () => ({ kind: 'ok', mr: queue.sender.nextMr() });
  let count = 0;
  const begin = async () => {
    const { store, clock } = queue;
    const sequences = new Sequences(store);
    await sequences.load();
    const wording = new Wording({
      site: { name: 'Клініка', phone: undefined, language: 'uk', timeZone: ZONE },
      ownTexts: (name) => textsOf(store.templates.of(name)),
      contact: (id) => contactFieldsOf(store, id),
      resource: (id) => resourceFieldsOf(store, id),
    });
    const common = { store, clock, sequences, wording, timeZone: ZONE };
    const waiting = new WaitingList({ ...common, openFrom: (_to, at) => at });
    const runner = new OccasionRunner({
      ...common,
      door: queue.acceptance,
      log: silentLog,
      isTimeKnown: () => true,
      wantsCall: (occasion) => wantsCall(store, occasion),
      onTurn: () => waiting.offer(),
    });
    const onChange = (): void => runner.wake();
    // No dialogue is in use here: see test/system/occasions.test.ts.
    const rescheduling = { offers: () => Promise.resolve(false), begin: () => Promise.resolve(false) };
    const answers = new OccasionAnswers({ ...common, rescheduling, onChange });
    const followUp = new FollowUp({ store, clock, log: silentLog, followers: [(text) => answers.follow(text)] });
    const receiver = new Receiver({
      store,
      clock,
      random: seededRandom(count + 3),
      log: silentLog,
      country: 'UA',
      onReport: () => Promise.resolve(),
      onReply: () => {},
      onText: () => followUp.go(),
    });
    const desk = new OccasionDesk({ store, clock, random: seededRandom(count + 5), sequences, timeZone: ZONE, onChange });
    runner.start();
    followUp.start();
    return { desk, runner, receiver, followUp };
  };
  let life = await begin();
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 4; i += 1) await queue.settle();
  };
  const end = async (): Promise<void> => {
    await life.followUp.stop();
    await life.runner.stop();
  };
  return {
    queue,
    get desk() {
      return life.desk;
    },
    async put(name, wish, kind = 'visit') {
      const whole = { contact: null, name: null, language: null, timeZone: null, ...wish };
      await life.desk.put({ kind, externalId: name }, whole, ANYBODY);
      await settle();
    },
    view: (name, kind = 'visit') => life.desk.view({ kind, externalId: name }, ANYBODY),
    async hear(text, from) {
      count += 1;
      const timestamp = { epochMs: queue.clock.now() + count * 1000, offsetMinutes: 120 };
      const { pdu } = encodeDeliver({ from, text, alphabet: 'ucs2', timestamp });
      await life.receiver.receive({ iccid: 'sim-a', imei: '490154203237518', pdu });
      await settle();
    },
    said(to) {
      const texts: string[] = [];
      for (const { segment } of queue.sender.all) {
        if (segment.to !== to) continue;
        if ((segment.concat?.n ?? 1) > 1) texts.push(`${texts.pop()}${segment.text}`);
        else texts.push(segment.text);
      }
      return texts;
    },
    async events() {
      const events = await queue.store.events(0, 1000);
      return events.flatMap(({ type, occasion }) =>
        occasion && type !== 'occasion.booked'
          ? [`${type} ${occasion.occasion.externalId}${occasion.detail.rating === null ? '' : ` ${occasion.detail.rating}`}`]
          : [],
      );
    },
    async tasks() {
      const { data } = await queue.store.desk.tasks(false, { limit: 100, cursor: null });
      return data.map(({ kind, occasion }) => `${kind} ${occasion}`);
    },
    settle,
    async restart() {
      await end();
      await queue.restart();
      life = await begin();
      await settle();
    },
    async close() {
      await end();
      await queue.close();
    },
  };
}
