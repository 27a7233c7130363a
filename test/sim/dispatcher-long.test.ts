import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep } from '../../src/base/clock.ts';
import type { SendOutcome } from '../../src/dispatch/sender.ts';
import type { SubmitSegment } from '../../src/pdu/submit.ts';
import type { MessageView } from '../../src/store/records/message.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { reported } from '../support/store-runs.ts';

/**
 * What happens to one segment of a long message when it is handed to a modem: `ok`; `refused` and `notSent` with a cause;
 * `late`: no answer within the limit, one a minute after; `doubt`: no answer at all, and the network `took` it or not;
 * `killed`: the process dies with it on the air; `gone`: the modem is unplugged before, and plugged in again ten minutes
 * later; `dead`: before, and for good.
 */
type Fate =
  | { readonly kind: 'ok' | 'late' | 'gone' | 'dead' }
  | { readonly kind: 'refused' | 'notSent'; readonly cause: string }
  | { readonly kind: 'doubt' | 'killed'; readonly took: boolean };

/** A cause of each class, for the ways in which a segment may surely not be sent. */
const CAUSES = [
  ['RETRY_SAME_SIM_LATER', 'CMS-41'],
  ['RETRY_OTHER_SIM', 'CMS-21'],
  ['SIM_BARRED_OR_NO_CREDIT', 'CMS-30'],
  ['OPERATOR_ACTION', 'CMS-310'],
  ['QUARANTINE_MODEM', 'CMS-320'],
  ['PERMANENT', 'CMS-1'],
  ['PERMANENT_OUR_PDU', 'CMS-304'],
] as const;

const OK: Fate = { kind: 'ok' };
const KILLED: Fate = { kind: 'killed', took: false };

const SIMS = ['sim-a', 'sim-b', 'sim-c'];
const SEGMENTS = 5;
const MINUTE = 60_000;
const TEXT = Array.from({ length: SEGMENTS }, (_, i) => `${i + 1}`.repeat(150)).join('');

/** What the network took. */
interface Part {
  readonly iccid: string;
  readonly n: number;
  readonly total: number;
  readonly ref: string;
  readonly text: string;
}

let rig: QueueRig;
let recipients = 0;
let fates: Fate[] = [];
let oracle: Part[] = [];
/** Answers that are still to come. */
let lateAnswers = 0;
/** Whether the process is to die now. */
let dying = false;
/** How often it has died over this message: what it dies of three times is given up, whether the last part went out or not (Q07). */
let deaths = 0;
const MOST_DEATHS = 3;

beforeAll(async () => {
  const hold = { as: 'hold', after: 0 } as const;
  rig = await queueRig({ sims: SIMS, patience: MINUTE, uncertain: { otp: hold, urgent: hold, service: hold, promotional: hold } });
  rig.sender.auto = async (iccid, segment) => {
    await sleep(rig.clock, 4000);
    return await meet(fates.shift() ?? { kind: 'ok' }, iccid, segment);
  };
});
afterAll(() => rig.close());

function take(iccid: string, { concat, text }: SubmitSegment): void {
  if (!concat) throw new Error('a segment of a long message has no reference');
  oracle.push({ iccid, n: concat.n, total: concat.total, ref: `${concat.bits}/${concat.ref}`, text });
}

async function meet(fate: Fate, iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
  switch (fate.kind) {
    case 'ok':
      take(iccid, segment);
      return { kind: 'ok', mr: rig.sender.nextMr() };
    case 'refused':
      return { kind: 'refused', cause: fate.cause };
    case 'notSent':
      return { kind: 'not-sent', cause: fate.cause };
    case 'late':
      take(iccid, segment);
      return { kind: 'unknown', cause: 'EV-TIMEOUT', late: lateAnswer() };
    case 'doubt':
      if (fate.took) take(iccid, segment);
      return { kind: 'unknown', cause: 'EV-TIMEOUT', late: Promise.resolve(undefined) };
    case 'killed':
      if (fate.took) take(iccid, segment);
      dying = true;
      return await new Promise(() => {});
    case 'gone':
    case 'dead':
      rig.sender.setReady(iccid, false);
      if (fate.kind === 'gone') rig.clock.setTimer(10 * MINUTE, () => plugIn(iccid));
      return { kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' };
    default:
      return fate satisfies never;
  }
}

async function lateAnswer(): Promise<number> {
  lateAnswers += 1;
  await sleep(rig.clock, MINUTE);
  lateAnswers -= 1;
  return rig.sender.nextMr();
}

function plugIn(iccid: string): void {
  rig.sender.setReady(iccid, true);
  rig.dispatcher.wake();
}

/** Sends one long message through these fates, a person settling each doubt as it was; then every segment goes well. */
async function meets(pattern: readonly Fate[]): Promise<MessageView> {
  fates = [...pattern];
  oracle = [];
  deaths = 0;
  for (const iccid of SIMS) rig.sender.setReady(iccid, true);
  recipients += 1;
  const id = await rig.accept({ text: TEXT, to: `+38050${String(recipients).padStart(7, '0')}`, validFor: 6 * 3600 });
  for (let steps = 0; steps < 1000; steps += 1) {
    if (dying) {
      dying = false;
      deaths += 1;
      await rig.restart();
    }
    const view = await rig.view(id);
    if (view.status === 'uncertain') {
      const doubted = view.segments.find((segment) => segment.state === 'uncertain');
      // An answer that is only late comes by itself; else a person looks at the phone.
      const came = oracle.some((part) => part.n === doubted?.n);
      if (lateAnswers > 0) await rig.clock.advance(MINUTE);
      else if (came) await rig.acceptance.resolve(id, 'sent');
      else await rig.acceptance.resolve(id, rig.clock.now() < view.expiresAt ? 'resend' : 'failed');
    } else if (!['queued', 'sending'].includes(view.status)) return view;
    await rig.clock.advance(view.status === 'queued' ? 30 * MINUTE : 5000);
  }
  throw new Error('it does not come to an end');
}

/** Each segment once and in order, of one text, through one SIM, with one reference; and the message says what became of it. */
function judge(view: MessageView, unsent: string): void {
  expect(oracle.map((part) => part.n)).toEqual(oracle.map((_, i) => i + 1));
  expect(TEXT.startsWith(oracle.map((part) => part.text).join(''))).toBe(true);
  expect(new Set(oracle.map(({ iccid, ref, total }) => `${iccid} ${ref} ${total}`)).size).toBe(Math.min(oracle.length, 1));
  if (deaths >= MOST_DEATHS) {
    const segments = view.segments.filter((segment) => segment.state === 'sent');
    expect(view).toMatchObject({ status: 'failed', reason: segments.length > 0 ? 'partial' : 'deadLetter' });
  } else if (oracle.length === SEGMENTS) expect(view).toMatchObject({ status: 'sent', reason: null });
  else {
    expect(['failed', 'expired']).toContain(view.status);
    expect(view.reason).toBe(oracle.length > 0 ? 'partial' : unsent);
  }
}

describe('a message of five segments', () => {
  it.each(CAUSES)('D10: %s at each position leaves no part doubled and none to another SIM', async (cls, cause) => {
    const permanent = cls.startsWith('PERMANENT');
    for (let position = 0; position < SEGMENTS; position += 1) {
      const before = Array.from({ length: position }, () => ({ kind: 'ok' }) as const);
      const view = await meets([...before, { kind: 'refused', cause }]);
      judge(view, 'refusedByNetwork');
      expect(oracle).toHaveLength(permanent ? position : SEGMENTS);
      judge(await meets([...before, { kind: 'notSent', cause }]), 'never');
      expect(oracle).toHaveLength(SEGMENTS);
    }
  });

  it.each(['late', 'doubt', 'killed', 'gone'] as const)('D10: %s at each position is got over', async (kind) => {
    for (let position = 0; position < SEGMENTS; position += 1) {
      const before = Array.from({ length: position }, () => ({ kind: 'ok' }) as const);
      for (const took of [true, false]) {
        judge(await meets([...before, kind === 'doubt' || kind === 'killed' ? { kind, took } : { kind }]), 'never');
        expect(oracle).toHaveLength(SEGMENTS);
      }
    }
  });

  it('D10: the death of its SIM ends it as partial, with no part from another SIM; one that was not begun goes through another', async () => {
    for (let position = 0; position < SEGMENTS; position += 1) {
      const view = await meets([...Array.from({ length: position }, () => ({ kind: 'ok' }) as const), { kind: 'dead' }]);
      judge(view, 'never');
      expect(oracle).toHaveLength(position === 0 ? SEGMENTS : position);
      expect(view.reason).toBe(position === 0 ? null : 'partial');
    }
  });

  it('D10: is held by the network once, in order, from one SIM, whatever meets its segments and however often the process dies', async () => {
    const fate: fc.Arbitrary<Fate> = fc.oneof(
      { weight: 5, arbitrary: fc.constant<Fate>({ kind: 'ok' }) },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constantFrom('refused', 'notSent'), cause: fc.constantFrom(...CAUSES.map(([, cause]) => cause)) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('doubt', 'killed'), took: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('late', 'gone') }) },
      { weight: 1, arbitrary: fc.constant<Fate>({ kind: 'dead' }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 12 }), async (pattern) => {
        const view = await meets(pattern);
        const known = ['refusedByNetwork', 'triesUsedUp', 'timeToLive', 'unconfirmed'].find((reason) => reason === view.reason);
        judge(view, known ?? 'a reason that is known');
      }),
      reported<[Fate[]]>({
        numRuns: process.env.SIMPOST_TEST_FULL === undefined ? 100 : 2000,
        // The third death at the last segment, after a person had settled two doubts.
        examples: [[[OK, OK, KILLED, KILLED, OK, { kind: 'late' }, { kind: 'killed', took: true }]]],
      }),
    );
  }, 900_000);
});
