import type { InboundGroup } from '../store/records/inbound.ts';

/**
 * Which message a received segment belongs to. Pure: the groups that its sender and reference name, and the segment in,
 * its place out.
 *
 * A reference is reused: 8 bits wrap after 256 long messages, and some phones always say 0. So a group takes a segment
 * only when it lacks that number, is not complete, and was submitted at about the same time (TP-SCTS): the segments of
 * one message leave the phone within minutes, however late one of them arrives. Of several such groups the nearest in
 * time wins. What fits nowhere begins a message of its own; nothing is ever merged on the reference alone.
 */

/** TP-SCTS of two segments of one message differ by less than this, milliseconds. */
const SUBMITTED_TOGETHER = 3_600_000;

/** Segments are kept this long for the ones still missing, milliseconds; then the reference may be somebody else's. */
export const SEGMENTS_KEPT = 7 * 86_400_000;

export interface ReceivedSegment {
  /** 1-based. */
  readonly n: number;
  readonly total: number;
  readonly pdu: string;
  /** TP-SCTS, milliseconds since 1970; null when unreadable. */
  readonly smscAt: number | null;
  readonly receivedAt: number;
}

export type Place =
  | { readonly kind: 'begin' }
  | { readonly kind: 'join'; readonly group: InboundGroup; readonly complete: boolean }
  | { readonly kind: 'duplicate'; readonly group: InboundGroup };

/** @param groups those of the same sender, SIM, reference, width and total, newest first */
export function place(groups: readonly InboundGroup[], segment: ReceivedSegment): Place {
  for (const group of groups) {
    if (group.segments.some((s) => s.n === segment.n && s.pdu === segment.pdu)) return { kind: 'duplicate', group };
  }
  let best: { group: InboundGroup; distance: number } | undefined;
  for (const group of groups) {
    if (group.complete || group.segments.some((s) => s.n === segment.n)) continue;
    const distance = apart(group, segment);
    if (distance <= SUBMITTED_TOGETHER && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { group, distance };
  }
  if (!best) return { kind: 'begin' };
  return { kind: 'join', group: best.group, complete: best.group.segments.length + 1 === segment.total };
}

/** How far from the group's segments this one was submitted, milliseconds; by arrival where a time stamp is missing. */
function apart(group: InboundGroup, segment: ReceivedSegment): number {
  let least = Number.POSITIVE_INFINITY;
  for (const other of group.segments) {
    const distance =
      segment.smscAt !== null && other.smscAt !== null
        ? Math.abs(segment.smscAt - other.smscAt)
        : Math.abs(segment.receivedAt - group.startedAt);
    least = Math.min(least, distance);
  }
  return least;
}
