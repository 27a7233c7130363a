import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttemptFacts,
  type Decision,
  FINAL_STATUSES,
  mayGoOn,
  messageStatus,
  segmentState,
  type Unsent,
} from '../../../src/store/message-status.ts';
import { MESSAGE_STATUSES, type MessageStatus, SEGMENT_STATES, type SegmentState } from '../../../src/store/records/message.ts';
import { full, reported } from '../../support/store-runs.ts';

const GOING: Decision = { rest: 'going', reason: null };
const because = (reason: string): Decision => ({ rest: 'going', reason });

describe('the state of a segment', () => {
  // [attempts as outcome or outcome/report, how it ended unsent, state]
  const table: [string, Unsent | null, SegmentState][] = [
    ['', null, 'queued'],
    ['', 'failed', 'failed'],
    ['', 'expired', 'expired'],
    ['', 'cancelled', 'cancelled'],
    ['pending', null, 'sending'],
    ['pending/delivered', null, 'sending'],
    ['sent', null, 'sent'],
    ['sent/delivered', null, 'delivered'],
    ['sent/undelivered', null, 'undelivered'],
    ['refused', null, 'queued'],
    ['notSent', null, 'queued'],
    ['refused', 'failed', 'failed'],
    ['uncertain', null, 'uncertain'],
    ['resent', null, 'queued'],
    ['resent/undelivered', null, 'queued'],
    ['resent', 'expired', 'expired'],
    ['failed', 'failed', 'failed'],
    ['resent pending', null, 'sending'],
    ['sent pending', null, 'sending'],
    ['resent sent', null, 'sent'],
    ['sent refused', 'failed', 'sent'],
    ['sent sent/undelivered', null, 'sent'],
    ['sent/delivered sent/undelivered', null, 'delivered'],
    ['sent/undelivered uncertain', null, 'uncertain'],
    ['refused notSent sent', null, 'sent'],
  ];
  const outcomes: readonly AttemptFacts['outcome'][] = ['pending', 'sent', 'refused', 'notSent', 'uncertain', 'resent', 'failed'];
  const attemptsOf = (text: string): AttemptFacts[] =>
    text
      .split(' ')
      .filter(Boolean)
      .map((word) => {
        const [name, report] = word.split('/');
        const outcome = outcomes.find((o) => o === name);
        if (!outcome) throw new Error(`no outcome ${word}`);
        return { outcome, report: report === 'delivered' || report === 'undelivered' ? report : null };
      });

  it.each(table)('of "%s", ended as %s, is %s', (attempts, unsent, state) => {
    expect(segmentState(attemptsOf(attempts), unsent)).toBe(state);
  });
});

describe('the status of a message', () => {
  // [before, segments, decision, status and reason]
  const table: [MessageStatus, SegmentState[], Decision, string][] = [
    ['queued', ['queued'], GOING, 'queued before'],
    ['held', ['queued'], GOING, 'held before'],
    ['held', ['queued'], { rest: 'queued', reason: null }, 'queued'],
    ['queued', ['sending', 'queued'], GOING, 'sending'],
    ['sending', ['sent', 'queued'], GOING, 'sending before'],
    ['sending', ['queued'], { rest: 'queued', reason: 'CMS-38' }, 'queued CMS-38'],
    ['sending', ['sent', 'queued'], { rest: 'queued', reason: 'CMS-38' }, 'queued CMS-38'],
    ['sending', ['uncertain', 'queued'], because('EV-TIMEOUT'), 'uncertain EV-TIMEOUT'],
    ['uncertain', ['sent', 'queued'], GOING, 'sending'],
    ['uncertain', ['queued'], { rest: 'queued', reason: 'resend' }, 'queued resend'],
    ['uncertain', ['sent', 'uncertain'], because('TP-ST-70'), 'uncertain before'],
    ['sending', ['sent'], GOING, 'sent'],
    ['sending', ['delivered', 'sent'], GOING, 'sent'],
    ['sent', ['delivered', 'sent'], because('TP-ST-0'), 'sent before'],
    ['sent', ['delivered', 'delivered'], because('TP-ST-0'), 'delivered'],
    ['sent', ['undelivered', 'sent'], because('TP-ST-70'), 'undelivered TP-ST-70'],
    ['sending', ['undelivered', 'queued'], because('TP-ST-70'), 'sending before'],
    ['sending', ['failed', 'cancelled'], because('numberUnknown'), 'failed numberUnknown'],
    ['sending', ['sent', 'failed'], because('numberUnknown'), 'failed partial'],
    ['sending', ['delivered', 'failed', 'cancelled'], because('numberUnknown'), 'failed partial'],
    ['queued', ['expired', 'expired'], because('timeToLive'), 'expired timeToLive'],
    ['queued', ['sent', 'expired'], because('timeToLive'), 'expired partial'],
    ['held', ['cancelled'], GOING, 'cancelled'],
    ['undelivered', ['delivered', 'delivered'], GOING, 'delivered lateDelivered'],
    ['undelivered', ['delivered', 'sent'], GOING, 'undelivered before'],
    ['expired', ['delivered'], GOING, 'delivered lateDelivered'],
    ['failed', ['sent', 'delivered'], GOING, 'failed before'],
    ['delivered', ['delivered'], GOING, 'delivered before'],
    ['delivered', ['undelivered'], because('TP-ST-70'), 'delivered before'],
  ];

  it.each(table)('%s with %j after %j is %s', (status, segments, decision, expected) => {
    const after = messageStatus({ status, reason: 'before' }, segments, decision);
    expect(after.reason === null ? after.status : `${after.status} ${after.reason}`).toBe(expected);
  });

  const any = {
    status: fc.constantFrom(...MESSAGE_STATUSES),
    segments: fc.array(fc.constantFrom(...SEGMENT_STATES), { minLength: 1, maxLength: 5 }),
    decision: fc.record({
      rest: fc.constantFrom('held' as const, 'queued' as const, 'going' as const),
      reason: fc.option(fc.string(), { nil: null }),
    }),
  };

  it('D16 leaves no final status but for delivered, and that one never', () => {
    fc.assert(
      fc.property(any.status, any.segments, any.decision, (status, segments, decision) => {
        const after = messageStatus({ status, reason: 'before' }, segments, decision);
        if (!FINAL_STATUSES.has(status)) return;
        if (after.status === status) expect(after.reason).toBe('before');
        else {
          expect(after).toEqual({ status: 'delivered', reason: 'lateDelivered' });
          expect(segments.every((s) => s === 'delivered')).toBe(true);
        }
      }),
      reported({ numRuns: full(100_000) }),
    );
  });

  it('goes on only when something is to go and nothing is on its way, in doubt or over', () => {
    fc.assert(
      fc.property(any.status, any.segments, (status, segments) => {
        const expected =
          !FINAL_STATUSES.has(status) && segments.includes('queued') && !segments.some((s) => s === 'sending' || s === 'uncertain');
        expect(mayGoOn(status, segments)).toBe(expected);
      }),
    );
  });
});
