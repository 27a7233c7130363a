import { Fault } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import { readDay } from '../policy/local-date.ts';

/** What a field of a template may hold. Instants are milliseconds since 1970. */
export type FieldValue =
  | string
  | number
  | { readonly kind: 'date' | 'time' | 'dateTime' | 'weekday'; readonly at: number }
  /** A day without a time, days since 1970-01-01. */
  | { readonly kind: 'day'; readonly day: number }
  /** `amount`: a decimal number as text. */
  | { readonly kind: 'money'; readonly amount: string; readonly currency: string };

/** What is known for a text, by the names of fields. */
export type Fields = ReadonlyMap<string, FieldValue>;

/** As callers write the value of a field in JSON. */
export type WrittenValue = string | number | { readonly amount: string; readonly currency: string };

/**
 * Reads a value: `2026-11-24` is a day, an instant in RFC 3339 a date with its time, an amount with its currency money, any
 * other text itself.
 * @throws Fault `requestInvalid` for an amount that is none
 */
export function readField(written: WrittenValue): FieldValue {
  if (typeof written === 'number') return written;
  if (typeof written === 'object') {
    if (/^-?\d{1,12}(\.\d{1,6})?$/.test(written.amount) && /^[A-Z]{3}$/.test(written.currency)) return { kind: 'money', ...written };
    throw new Fault('requestInvalid', 'An amount is a decimal number as text with the three capital letters of its currency.');
  }
  const day = readDay(written);
  if (day !== undefined) return { kind: 'day', day };
  const at = readInstant(written);
  return at === undefined ? written : { kind: 'dateTime', at };
}
