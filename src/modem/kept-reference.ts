/**
 * Whether a modem leaves the TP-MR of a segment as it is given, or writes its own (TS 27.005 leaves that to it). Only of one that
 * leaves it can the SMSC be asked whether it still holds a first copy (TP-RD, TS 23.040 9.2.3.25). Four states:
 *
 * - **unasked**: nobody wants to know. Segments go with 0, and what the modem writes over it counts. One that answers with that 0
 *   where it should have counted on is asked after all: if all its segments went with 0, no report could be told from another.
 * - **asked**: the next segment gets a TP-MR half way round from the one that the modem would count to, so that its answer tells.
 * - **keeps**: its last answer had the TP-MR that was given. Each further answer is held against it again.
 * - **overwrites**: an answer had another one. That is not asked again before the next start.
 */
export type KeptReference = 'unasked' | 'asked' | 'keeps' | 'overwrites';

const HALF_WAY = 128;

/**
 * The TP-MR of the next segment: given to the modem, or expected of it.
 * @param last the one before, 0..255; undefined while none is known
 */
export function nextReference(kept: KeptReference, last: number | undefined): number | null {
  if (last === undefined) return null;
  return (last + 1 + (kept === 'asked' ? HALF_WAY : 0)) % 256;
}

/**
 * @param given the TP-MR of the segment, null where none was given, so that it went with 0
 * @param answered that of the answer
 * @param predicted what a modem that counts would have answered; null while that is not known
 */
export function afterAnswer(kept: KeptReference, given: number | null, answered: number, predicted: number | null): KeptReference {
  if (kept === 'unasked') return answered === 0 && predicted !== null && predicted !== 0 ? 'asked' : kept;
  if (given === null || kept === 'overwrites') return kept;
  return given === answered ? 'keeps' : 'overwrites';
}
