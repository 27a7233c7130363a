import type { AttemptOutcome, MessageStatus, SegmentState } from './records/message.ts';

/**
 * What a message is, as a function of its parts: attempts make the state of a segment, segments and the last decision make
 * the status of the message. Nothing sets either by hand.
 *
 * An attempt is `pending` from the intent to its outcome. `sent`: the network took it. `refused`, `notSent`: surely not
 * sent, the segment may be tried again. `uncertain`: it may have gone out; it waits for a late answer, a report or a
 * decision. The decision makes it `sent`, `failed` (given up), or `resent` (the segment is sent again, and the first copy
 * may arrive too).
 *
 * A segment is `sending` while an attempt is under way, else the best that is known of any of its copies: `delivered` by
 * report, `sent` while a copy has no report, `uncertain`, `undelivered` by report; and when there is no copy, `queued`, or
 * `failed`, `expired`, `refused` (by policy), `cancelled` once the message ended without it.
 *
 * A message is `held` or `queued` before its first segment goes, `sending` from then until the last has gone (back to
 * `queued` while it waits for another try), `uncertain` while one of its segments is, then `sent`, and by reports
 * `delivered` (every segment) or `undelivered` (one of them not). `failed`, `expired`, `refused` and `cancelled` end it earlier; with
 * reason `partial` when some segments had gone. `delivered`, `undelivered`, `refused`, `failed`, `expired` and `cancelled`
 * are final: the one way out of a final status is to `delivered`, reason `lateDelivered`, when reports say that the
 * recipient has every segment after all (D16).
 */
export interface AttemptFacts {
  readonly outcome: AttemptOutcome;
  /** What a final status report said of it. */
  readonly report: 'delivered' | 'undelivered' | null;
}

/** How a segment ended that was never sent. */
export type Unsent = 'failed' | 'expired' | 'cancelled' | 'refused';

export interface StatusAndReason {
  readonly status: MessageStatus;
  readonly reason: string | null;
}

/**
 * The last decision about a message: why, and how a message with segments to go is shown: `held` or `queued` when it was
 * decided to wait, `going` when it goes on as it was.
 */
export interface Decision {
  readonly rest: 'held' | 'queued' | 'going';
  readonly reason: string | null;
}

export const FINAL_STATUSES: ReadonlySet<MessageStatus> = new Set<MessageStatus>([
  'delivered',
  'undelivered',
  'refused',
  'failed',
  'expired',
  'cancelled',
]);

/** The state of a segment with these attempts, `unsent` saying how it ended if it was given up. */
export function segmentState(attempts: readonly AttemptFacts[], unsent: Unsent | null): SegmentState {
  let sent = false;
  let delivered = false;
  let uncertain = false;
  let undelivered = false;
  for (const { outcome, report } of attempts) {
    if (outcome === 'pending') return 'sending';
    if (report === 'delivered') delivered = true;
    else if (outcome === 'uncertain') uncertain = true;
    else if (outcome === 'sent' && report === 'undelivered') undelivered = true;
    else if (outcome === 'sent') sent = true;
  }
  if (delivered) return 'delivered';
  if (sent) return 'sent';
  if (uncertain) return 'uncertain';
  if (undelivered) return 'undelivered';
  return unsent ?? 'queued';
}

/** Whether a segment in this state has left, or has come back by report. */
const gone = (state: SegmentState): boolean => state === 'sent' || state === 'delivered' || state === 'undelivered';

/**
 * The status of a message.
 * @param before what it was; as long as the status stays, so does its reason, unless it is held anew
 * @param segments the states of all its segments
 */
export function messageStatus(before: StatusAndReason, segments: readonly SegmentState[], decision: Decision): StatusAndReason {
  const after = derive(before, segments, decision);
  return after.status === before.status && decision.rest !== 'held' ? before : after;
}

function derive(before: StatusAndReason, segments: readonly SegmentState[], { rest, reason }: Decision): StatusAndReason {
  const has = (state: SegmentState): boolean => segments.includes(state);
  const delivered = segments.length > 0 && segments.every((state) => state === 'delivered');
  if (FINAL_STATUSES.has(before.status)) {
    return delivered && before.status !== 'delivered' ? { status: 'delivered', reason: 'lateDelivered' } : before;
  }
  // A row that lost its segments has nothing to be sent.
  if (segments.length === 0) return { status: 'failed', reason };
  if (has('sending')) return { status: 'sending', reason: null };
  if (has('uncertain')) return { status: 'uncertain', reason };
  const some = segments.some(gone);
  if (has('failed')) return { status: 'failed', reason: some ? 'partial' : reason };
  if (has('expired')) return { status: 'expired', reason: some ? 'partial' : reason };
  if (has('refused')) return { status: some ? 'failed' : 'refused', reason: some ? 'partial' : reason };
  if (has('cancelled')) return { status: 'cancelled', reason };
  if (has('queued')) {
    if (rest !== 'going') return { status: rest, reason };
    if (before.status === 'held' || before.status === 'queued') return before;
    return { status: some ? 'sending' : 'queued', reason: null };
  }
  if (delivered) return { status: 'delivered', reason: null };
  return has('undelivered') ? { status: 'undelivered', reason } : { status: 'sent', reason: null };
}

/** Whether the next segment may be claimed: some are to go, none is on its way or in doubt, and the message is not over. */
export function mayGoOn(status: MessageStatus, segments: readonly SegmentState[]): boolean {
  if (FINAL_STATUSES.has(status)) return false;
  return segments.includes('queued') && !segments.includes('sending') && !segments.includes('uncertain');
}
