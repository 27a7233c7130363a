import { type Money, readAmount } from './money.ts';

/** What a segment costs to numbers that begin so; to all numbers where the prefix is empty. */
export interface ListedPrice extends Money {
  readonly prefix: string;
}

/** A price as the configuration has it: `+380 0.65 UAH`, or `2.10 UAH` for all other numbers. Undefined where it is none. */
export function readPrice(written: string): ListedPrice | undefined {
  const match = /^(?:(\+[1-9]\d{0,14}) )?(\S+) ([A-Z]{3})$/.exec(written);
  const micros = match ? readAmount(match[2] ?? '') : undefined;
  return micros === undefined ? undefined : { prefix: match?.[1] ?? '', micros, currency: match?.[3] ?? '' };
}

/** The price of a segment to a number: of those that fit the one with the longest prefix, null where none does. */
export function priceFor(list: readonly ListedPrice[], number: string): Money | null {
  const fits = list.filter(({ prefix }) => number.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0];
  return fits ? { micros: fits.micros, currency: fits.currency } : null;
}
