/**
 * How the attempt to send one segment ended; there is no fifth way.
 *
 * - `ok`: the network took it and the modem gave its TP-MR; `earlier`: it refused this copy, since it holds an earlier one.
 * - `refused`: the network or the modem said no, with a code, and nothing went out.
 * - `not-sent`: it never left, through nobody's fault in particular; safe to try again.
 * - `unknown`: it may have gone out. `late` is the TP-MR of an answer that comes after all, or undefined when the
 *   session with the modem ends without one.
 *
 * Causes are codes of the table of causes: `CMS-38`, `CME-30`, `EV-TIMEOUT`.
 */
export type SendOutcome =
  | { readonly kind: 'ok'; readonly mr: number; readonly earlier?: true }
  | { readonly kind: 'refused'; readonly cause: string }
  | { readonly kind: 'not-sent'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly cause: string; readonly late: Promise<number | undefined> };
