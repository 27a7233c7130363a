import type { Alphabet, Exemption, MessageStatus } from './records/message.ts';

/** A row of `messages` as the writing side sees it; changed here first, then saved. */
export interface MessageRow {
  readonly seq: number;
  readonly id: string;
  readonly keyId: string;
  readonly recipient: string;
  readonly rank: number;
  status: MessageStatus;
  reason: string | null;
  readonly alphabet: Alphabet;
  readonly flash: number;
  readonly transliterated: number;
  possibleDuplicate: number;
  readonly segmentCount: number;
  readonly simRequested: string | null;
  sim: string | null;
  begun: number;
  ready: number | null;
  lane: string | null;
  left: number;
  dueAt: number | null;
  avoidSim: string | null;
  avoidUntil: number | null;
  ref: number | null;
  refBits: 8 | 16 | null;
  crashes: number;
  readonly waited: number;
  readonly topic: string | null;
  readonly answer: number;
  readonly sendAt: number | null;
  readonly notAfter: number | null;
  readonly sendsAnyway: number;
  readonly exempt: Exemption | null;
  readonly acceptedAt: number;
  expiresAt: number;
}

export const MESSAGE_ROW_COLUMNS = `seq, id, key_id AS keyId, recipient, rank, status, reason, alphabet, flash, transliterated, possible_duplicate AS possibleDuplicate,
  segment_count AS segmentCount, sim_requested AS simRequested, sim, begun, ready, lane, left, due_at AS dueAt, avoid_sim AS avoidSim,
  avoid_until AS avoidUntil, crashes, waited, ref, ref_bits AS refBits, send_at AS sendAt, not_after AS notAfter,
  sends_anyway AS sendsAnyway, exempt, topic, answer, accepted_at AS acceptedAt, expires_at AS expiresAt`;

/** What crashes whoever takes it so often is given up, so that it does not go on for ever (Q07). */
export const MOST_CRASHES = 3;

/** Tries of a segment and segments of a message that fit into an attempt's id. */
export const MOST_TRIES = 2 ** 12 - 1;
const TRIES = 2 ** 12;
const ATTEMPTS = 2 ** 20;

/** The id of an attempt: the message, the segment (1..255) and the try (1..4095) in one number, so that they are ranges. */
export function attemptId(messageSeq: number, n: number, tries: number): number {
  return messageSeq * ATTEMPTS + n * TRIES + tries;
}

/** The message and the segment of an attempt. */
export function attemptPlace(id: number): { messageSeq: number; n: number; tries: number } {
  const rest = id % ATTEMPTS;
  return { messageSeq: Math.floor(id / ATTEMPTS), n: Math.floor(rest / TRIES), tries: rest % TRIES };
}

/** The SIM to show: the one that it goes or went through; while it may still go through any, the one asked for. */
export function shownSim(row: { status: MessageStatus; begun: number; sim: string | null; simRequested: string | null }): string | null {
  const open = row.status === 'held' || row.status === 'queued' || row.status === 'expired' || row.status === 'cancelled';
  return open && row.begun === 0 ? row.simRequested : (row.sim ?? row.simRequested);
}

/**
 * The SIM that alone may send a message, or an empty text. Of several segments, once begun, it never changes SIM: a
 * phone could not join it. One of a single segment is begun only when that is to go once more, whole, by whichever SIM.
 */
export function laneOf(row: { begun: number; segmentCount: number; sim: string | null; simRequested: string | null }): string {
  return (row.begun === 1 && row.segmentCount > 1 ? row.sim : row.simRequested) ?? '';
}
