import data from './data/numbers.json' with { type: 'json' };

/** What a number says of whom it belongs to. */
export interface Recipient {
  /** ISO 3166-1 alpha-2; null for a number of no country, such as a satellite phone's. */
  readonly country: string | null;
  /** The IANA zones in which they may be, one of them at least. */
  readonly zones: readonly string[];
  /** A number that costs more than others or rings somewhere else. */
  readonly premium: boolean;
}

/** Where the site is, for numbers that say no more. */
export interface Site {
  readonly country: string | undefined;
  readonly timeZone: string;
}

const PREFIXES: ReadonlyMap<string, string> = new Map(Object.entries(data.prefixes));
const ZONES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(data.countries));
const PREMIUM = new Map(Object.entries(data.premium).map(([code, pattern]) => [code, new RegExp(`^(?:${pattern})$`)]));

/** Digits of the longest prefix of the table, and of the longest calling code. */
const LONGEST_PREFIX = Math.max(...Object.keys(data.prefixes).map((prefix) => prefix.length));
const LONGEST_CODE = 3;

/**
 * Whose number it may be. One of the site's own country is taken to be where the site is; of any other country every zone
 * counts, and a number of no country is taken to be where the site is.
 * @param e164 `+380501234567`
 */
export function recipientOf(e164: string, site: Site): Recipient {
  const digits = e164.slice(1);
  const country = countryOf(digits);
  const zones = country === null || country === site.country ? undefined : ZONES.get(country);
  return { country, zones: zones ?? [site.timeZone], premium: isPremium(digits) };
}

/**
 * The same recipient where contacts have said in which zone they are: several may share a number, and what is sent must suit all
 * of them.
 * @param own the zones of the contacts, null for one who has said none; empty where nobody has said any
 */
export function inOwnZones(recipient: Recipient, own: readonly (string | null)[]): Recipient {
  if (own.length === 0) return recipient;
  return { ...recipient, zones: [...new Set(own.flatMap((zone) => zone ?? recipient.zones))] };
}

function countryOf(digits: string): string | null {
  for (let length = LONGEST_PREFIX; length > 0; length -= 1) {
    const country = PREFIXES.get(digits.slice(0, length));
    if (country !== undefined) return country;
  }
  return null;
}

function isPremium(digits: string): boolean {
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    if (PREMIUM.get(digits.slice(0, length))?.test(digits.slice(length))) return true;
  }
  return false;
}
