import type { SubmitSegment } from '../pdu/submit.ts';
import type { SimFacts } from './choose-sim.ts';

/**
 * What the dispatcher needs of the modems. Four outcomes, and nothing else:
 * - `ok`: the network took the segment and the modem gave its TP-MR; `earlier`: it refused this copy, since it holds an earlier one.
 * - `refused`: the network or the modem said no; nothing was sent.
 * - `not-sent`: it never left; safe to try again.
 * - `unknown`: it may have gone out. `late` is the TP-MR of an answer that came after all, or undefined when the
 *   port session has ended without one.
 */
export type SendOutcome =
  | { readonly kind: 'ok'; readonly mr: number; readonly earlier?: true }
  | { readonly kind: 'refused'; readonly cause: string }
  | { readonly kind: 'not-sent'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly cause: string; readonly late: Promise<number | undefined> };

export interface Sender {
  /** Puts one segment on the air through the SIM. Resolves always. */
  send(iccid: string, segment: SubmitSegment): Promise<SendOutcome>;
  sims(): readonly SimFacts[];
}
