import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MessageStatus } from '../../../src/store/records/message.ts';
import { full, reported } from '../store-runs.ts';
import { claimOn, DAY, longMessage, newReport, SIM_A, SIM_B } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const FINAL: readonly MessageStatus[] = ['delivered', 'undelivered', 'refused', 'failed', 'expired', 'cancelled'];

/** One thing that happens to a message, in any order, sensible or not. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('claim' as const), sim: fc.constantFrom(SIM_A, SIM_B) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('settle' as const),
      attempt: fc.nat(30),
      as: fc.constantFrom('sent', 'sent', 'retry', 'wait', 'failed', 'uncertain'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('report' as const),
      attempt: fc.nat(30),
      meaning: fc.constantFrom('delivered' as const, 'undelivered' as const, 'pending' as const, 'unknown' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('decide' as const),
      attempt: fc.nat(30),
      as: fc.constantFrom('resend' as const, 'sent' as const, 'failed' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('promote' as const), hours: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('recover' as const) }) },
);

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export function histories(rig: Rig): void {
  it('D16 leaves no final status but for a late delivery, whatever happens in whatever order', async () => {
    const run = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(happening, { minLength: 5, maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(run, async ([segments, happenings]) => {
        const { store, now } = rig;
        const message = longMessage(now, segments, { expiresAt: now + DAY });
        await store.accept([message]);
        const attempts: number[] = [];
        let at = now;
        for (const happened of happenings) {
          at += 1000;
          at = await happen(rig, happened, message.id, attempts, at);
          const depth = store.queueDepth();
          const shown = await store.message(message.id);
          if (!shown) throw new Error('the message is gone');
          const queued = shown.segments.filter((s) => s.state === 'queued').length;
          const going = shown.segments.some((s) => s.state === 'sending' || s.state === 'uncertain');
          // The queue holds what is to go, and nothing while something is on its way or in doubt.
          expect(depth.ready + depth.waiting).toBe(going || FINAL.includes(shown.status) ? 0 : queued);
          expect(shown.segments.filter((s) => s.state === 'sending').length).toBeLessThanOrEqual(1);
          expect(shown.status === 'sending').toBe(
            shown.segments.some((s) => s.state === 'sending') || (shown.status === 'sending' && depth.ready + depth.waiting > 0),
          );
          if (shown.segments.some((s) => s.attempts.some((a) => a.outcome === 'resent'))) expect(shown.possibleDuplicate).toBe(true);
        }
        const history = (await store.message(message.id))?.events ?? [];
        for (const [i, event] of history.entries()) {
          const before = history[i - 1];
          if (!before || !FINAL.some((status) => before.type === `message.${status}`)) continue;
          expect(event).toMatchObject({ type: 'message.delivered', reason: 'lateDelivered' });
          expect(before.type).not.toBe('message.delivered');
        }
        expect(history.at(-1)?.type).toBe(`message.${(await store.message(message.id))?.status}`);
        // Ends what is left, so that the next run has the queue to itself.
        await store.recover(at, () => undefined);
        await store.promote(now + 100 * DAY);
      }),
      reported({ numRuns: full(5000) }),
    );
  }, 600_000);
}

/** Makes it happen; the time after it. */
async function happen(rig: Rig, happened: Happening, id: string, attempts: number[], at: number): Promise<number> {
  const { store } = rig;
  const attemptId = 'attempt' in happened ? (attempts[happened.attempt % Math.max(attempts.length, 1)] ?? 0) : 0;
  switch (happened.what) {
    case 'claim': {
      const claim = await claimOn(store, happened.sim, at, 7);
      if (claim) attempts.push(claim.attemptId);
      return at;
    }
    case 'settle':
      await settle(rig, attemptId, happened.as, at);
      return at;
    case 'report': {
      const tpStatus = { delivered: 0, undelivered: 70, pending: 32, unknown: 255 }[happened.meaning];
      const claim = { to: '+380501234567', attemptId };
      await store.report(newReport(claim, at, { meaning: happened.meaning, tpStatus }));
      return at;
    }
    case 'decide':
      await store.decide(attemptId, happened.as, at);
      return at;
    case 'promote': {
      const later = at + happened.hours * 3_600_000;
      await store.promote(later);
      return later;
    }
    case 'cancel':
      await store.cancel(id, at);
      return at;
    case 'recover':
      await store.recover(at, () => at);
      return at;
  }
}

async function settle({ store }: Rig, attemptId: number, as: string, at: number): Promise<void> {
  const avoid = { iccid: SIM_A, until: at + 3000 };
  if (as === 'sent') await store.settle(attemptId, { kind: 'sent', mr: 7, at });
  if (as === 'retry') await store.settle(attemptId, { kind: 'retry', outcome: 'refused', cause: 'CMS-41', at, dueAt: null, avoid });
  if (as === 'wait')
    await store.settle(attemptId, { kind: 'retry', outcome: 'notSent', cause: 'CMS-41', at, dueAt: at + 5000, avoid: null });
  if (as === 'failed') await store.settle(attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'permanent', at });
  if (as === 'uncertain') await store.settle(attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at, decideAt: at });
}
