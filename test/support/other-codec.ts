import { Deliver, parse, Submit } from 'node-pdu';

/**
 * An SMS-SUBMIT as somebody else's decoder reads it: what tests hold the ledger against, so that our codec is not its own
 * judge.
 */
export interface ReadSubmit {
  readonly to: string;
  readonly text: string;
  readonly concat: { readonly ref: number; readonly total: number; readonly n: number } | null;
}

/** @param pdu hex, SMSC prefix included */
export function readSubmit(pdu: string): ReadSubmit {
  const parsed = parse(pdu);
  if (!(parsed instanceof Submit)) throw new Error('the other codec does not see an SMS-SUBMIT');
  const header = parsed.data.parts[0]?.header?.toJSON();
  const concat = header?.POINTER === undefined ? null : { ref: header.POINTER, total: header.SEGMENTS ?? 0, n: header.CURRENT ?? 0 };
  return { to: `+${parsed.address.phone ?? ''}`, text: parsed.data.data, concat };
}

/** The text of an SMS-DELIVER as that decoder reads it. @param pdu hex, SMSC prefix included */
export function readDelivered(pdu: string): string {
  const parsed = parse(pdu);
  if (!(parsed instanceof Deliver)) throw new Error('the other codec does not see an SMS-DELIVER');
  return parsed.data.data;
}
