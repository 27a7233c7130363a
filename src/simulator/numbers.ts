/** How the virtual network reads and writes numbers. It stands in Ukraine: country code 380, trunk prefix 0. */

const COUNTRY = '380';

/**
 * A number as the network routes it: E.164 with `+` wherever it can be, short codes and names as they are.
 * @param number `+380501234567`, `00380501234567`, `0501234567`, `101`
 */
export function routed(number: string): string {
  if (number.startsWith('+')) return number;
  if (number.startsWith('00')) return `+${number.slice(2)}`;
  if (/^0\d{9}$/.test(number)) return `+${COUNTRY}${number.slice(1)}`;
  if (/^380\d{9}$/.test(number)) return `+${number}`;
  return number;
}

/** A number as its own country writes it: `+380501234567` as `0501234567`; others as they are. */
export function national(number: string): string {
  return number.startsWith(`+${COUNTRY}`) ? `0${number.slice(COUNTRY.length + 1)}` : number;
}

/** Stands for the number of a caller who keeps it back. */
export const WITHHELD = 'withheld';

/** A caller's number as `+CLIP` and `+CLCC` show it; one that is kept back is empty, of type 128 (TS 27.007 7.6). */
export function quotedCaller(from: string): string {
  return from === WITHHELD ? '"",128' : quotedNumber(from);
}

/** A number and its type of address as AT commands show it: `"+380501234567",145` (TS 27.007 10.1.1, TS 24.008 10.5.4.7). */
export function quotedNumber(number: string): string {
  return `"${number}",${number.startsWith('+') ? 145 : 129}`;
}
