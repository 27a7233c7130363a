import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { statusReport } from '../support/status-reports.ts';

const FULL = process.env.SIMPOST_TEST_FULL !== undefined;
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? 20_261_122);
const SIMS = FULL ? ['sim-1', 'sim-2', 'sim-3', 'sim-4'] : ['sim-1'];
/** Ten times round the 256 TP-MRs of each SIM. */
const SEGMENTS = SIMS.length * 2500;
const RECIPIENTS = 40;
const DELIVERED = 0x00;
const NOT_DELIVERED = 0x46;

let rig: QueueRig;

beforeEach(async () => {
  // The test claims by itself, as many SIMs as it likes.
  rig = await queueRig({ sims: [] });
});

afterEach(() => rig.close());

interface Sent {
  readonly id: string;
  readonly iccid: string;
  readonly mr: number;
  readonly to: string;
  readonly at: number;
  readonly tpStatus: number;
}

describe('ten thousand reports', () => {
  it('D15: find their segments over ten wraps of TP-MR, late, shuffled, doubled, in national form, over restarts', async () => {
    const random = seededRandom(SEED);
    const below = (n: number): number => Math.floor(random.float() * n);
    const sent: Sent[] = [];
    const to = (): string => `+3805012345${String(below(RECIPIENTS)).padStart(2, '0')}`;
    const mrs = new Map(SIMS.map((iccid) => [iccid, below(256)]));
    for (let i = 0; i < SEGMENTS; i += SIMS.length) {
      await rig.acceptMany(SIMS.map((sim) => ({ to: to(), text: sim, validFor: 86_400 * 7 })));
      for (const iccid of SIMS) {
        const now = rig.clock.now();
        const mr = ((mrs.get(iccid) ?? 0) + 1) % 256;
        mrs.set(iccid, mr);
        const claim = await rig.store.claim({ iccid, imei: iccid, predictedMr: mr, now });
        if (!claim) throw new Error('nothing to claim');
        // Every twentieth answer is lost, so that only the prediction is left.
        if (random.float() < 0.05) {
          await rig.store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null });
        } else await rig.store.settle(claim.attemptId, { kind: 'sent', mr, at: now });
        sent.push({ id: claim.messageId, iccid, mr, to: claim.to, at: now, tpStatus: random.float() < 0.1 ? NOT_DELIVERED : DELIVERED });
      }
      rig.clock.step(4000 + below(3000));
    }

    const reports = sent.flatMap((s) => {
      const arrives = s.at + 1000 + below(72 * 3_600_000);
      const one = { ...s, arrives, recipient: random.float() < 0.5 ? s.to : s.to.replace('+38', '') };
      return random.float() < 0.05 ? [one, { ...one, arrives: arrives + below(600_000) }] : [one];
    });
    reports.sort((a, b) => a.arrives - b.arrives);
    const restarts = new Set([1, 2, 3].map(() => below(reports.length)));
    for (const [i, { iccid, mr, recipient, tpStatus, at, arrives }] of reports.entries()) {
      if (restarts.has(i)) await rig.restart();
      const { report, pdu } = statusReport(mr, tpStatus, at, recipient);
      await rig.reports.take(iccid, report, pdu, arrives);
    }

    let wrong = 0;
    let unmatched = 0;
    for (const { id, tpStatus } of sent) {
      const { status } = await rig.view(id);
      if (status === (tpStatus === DELIVERED ? 'delivered' : 'undelivered')) continue;
      if (status === 'sent' || status === 'uncertain') unmatched += 1;
      else wrong += 1;
    }
    expect(wrong, `seed ${SEED}`).toBe(0);
    expect(unmatched / SEGMENTS, `seed ${SEED}`).toBeLessThanOrEqual(0.001);
    // What found nothing is kept as it came.
    const kept = await Promise.all(SIMS.map((iccid) => rig.store.unmatchedReports(iccid, null, 0)));
    expect(kept.flat().length, `seed ${SEED}`).toBeGreaterThanOrEqual(unmatched);
  }, 300_000);
});

it('D15: of a modem that gives every segment the same TP-MR each segment of a long text gets its report, by whichever clock', async () => {
  for (const ahead of [-40_000, 0, 40_000]) {
    const id = await rig.accept({ text: 'Чекаємо на вас завтра о 10:00, вул. Садова, 3. '.repeat(5) });
    const times: number[] = [];
    for (let claim = await rig.store.claim({ iccid: 'sim-1', imei: 'x', predictedMr: 0, now: rig.clock.now() }); claim; ) {
      await rig.store.settle(claim.attemptId, { kind: 'sent', mr: 0, at: rig.clock.now() });
      times.push(rig.clock.now());
      rig.clock.step(3000);
      claim = await rig.store.claim({ iccid: 'sim-1', imei: 'x', predictedMr: 0, now: rig.clock.now() });
    }
    expect(times).toHaveLength(4);
    for (const [n, at] of times.entries()) {
      const { report, pdu } = statusReport(0, DELIVERED, at + ahead);
      // The network says it twice.
      for (let copies = 0; copies < 2; copies += 1) await rig.reports.take('sim-1', report, pdu, rig.clock.now());
      expect((await rig.view(id)).status).toBe(n === times.length - 1 ? 'delivered' : 'sent');
    }
    rig.clock.step(1_200_000);
  }
});
