import {
  type CountryCallingCode,
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { Fault } from '../base/fault.ts';
import { remember } from '../base/remember.ts';

/** Longer than any way to write a number; what is longer is not looked at. */
const LONGEST_WRITING = 40;

/** Numbers, and beginnings of numbers, that are remembered. */
const MOST = 5000;

/** What people add between the digits when they write a number. Before them stands a plus or a bracket, behind them nothing. */
const WRITING = /^(?:[+＋][\p{Zs}\t]*)?\(?\p{Nd}(?:[\p{Nd}\p{Zs}\t().\-/‐-―]*\p{Nd})?$/u;

/** Unseen marks that come along where a number is copied from an address book or a chat: for the direction of writing, and the like. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** `8 050 …`: the trunk prefix that Ukraine gave up in 2009 and that spreadsheets still have. */
const OLD_UKRAINIAN = /^80\d{9}$/;

/**
 * A phone number in E.164 (`+380501234567`) from any usual way to write it in the country of the site.
 * Whether a number of that length can exist is checked, not whether somebody has it: numbering plans grow. Written without
 * a plus it must also fit the plan as it is known, since a missing digit makes the trunk prefix look like part of the number.
 * @param written such as `050 123-45-67`, `+38 (050) 123 45 67`, `00380501234567`
 * @param country ISO 3166-1 alpha-2, for numbers written without their country code; undefined refuses those
 * @throws Fault `numberInvalid`
 */
export function toE164(written: string, country: CountryCode | undefined): string {
  return PLAIN.test(written) && isItself(written) ? written : readAgain(written, country);
}

const readAgain = remember(MOST, (written: string, country: CountryCode | undefined) => `${country} ${written}`, readNumber);

/** As numbers are kept, and as nearly all come; of eleven digits and more, so that one can tell by the others what the last six need not. */
const PLAIN = /^\+[1-9]\d{10,14}$/;
const UNTOLD = 6;

/**
 * Whether a plain number is one, and already in E.164: so it is, or is not, with all that begin so and are as long. Only where a calling code
 * has one country to itself and what follows begins like no trunk prefix anywhere: then nothing but the length tells. Others are read each.
 */
const isItself = remember(
  MOST,
  (plain: string) => `${plain.length} ${plain.slice(0, -UNTOLD)}`,
  (plain) => {
    const parsed = parsePhoneNumberFromString(plain, { extract: false });
    if (!parsed?.isPossible() || parsed.number !== plain) return false;
    return /^[2-79]/.test(parsed.nationalNumber) && COUNTRIES_OF.get(parsed.countryCallingCode) === 1;
  },
);

const COUNTRIES_OF = new Map<CountryCallingCode, number>();
for (const country of getCountries()) {
  const code = getCountryCallingCode(country);
  COUNTRIES_OF.set(code, (COUNTRIES_OF.get(code) ?? 0) + 1);
}

function readNumber(written: string, country: CountryCode | undefined): string {
  const refuse = (why: string): Fault =>
    new Fault('numberInvalid', `"${written.slice(0, LONGEST_WRITING)}" cannot be a phone number: ${why}.`, [
      { pointer: '/to', detail: why, reason: 'number' },
    ]);
  const trimmed = written.replace(UNSEEN, '').trim();
  if (trimmed === '') throw refuse('it is empty; write it as +380501234567 or as people in the country of the site do');
  const international = /^[+＋]/.test(trimmed);
  if (trimmed.length > LONGEST_WRITING) throw refuse('it is longer than any number; write one, such as +380501234567');
  if (!WRITING.test(trimmed)) {
    throw refuse('it has something in it that numbers do not have; write one number, such as +380501234567');
  }
  const digits = trimmed.replace(/\D/g, '');
  const plain = country === 'UA' && OLD_UKRAINIAN.test(digits) && !international ? `+3${digits}` : trimmed;
  const parsed = parsePhoneNumberFromString(plain, country ? { defaultCountry: country, extract: false } : { extract: false });
  if (!parsed) {
    throw refuse(
      country
        ? `it is no number of ${country} and has no country code that exists`
        : 'without site.country it needs a + and its country code',
    );
  }
  if (!parsed.isPossible()) {
    throw refuse(
      `${parsed.number} is ${digits.length < 8 ? 'too short' : 'of a length that no number there has'}; short codes are not sent to`,
    );
  }
  const { nationalNumber, countryCallingCode } = parsed;
  // `8 701 123 456` in Kazakhstan: ten digits with the trunk prefix, of which the plan alone cannot say that one is missing.
  const trunkEight = !international && countryCallingCode === '7' && digits.length === 10 && nationalNumber.startsWith('8');
  // Where a number does begin with 0, as in Italy, the plan knows it.
  if (trunkEight || ((!international || nationalNumber.startsWith('0')) && !parsed.isValid())) {
    throw refuse('a digit is missing or too many; if it is right, write it with + and its country code');
  }
  return parsed.number;
}

/** How all numbers of a country begin: `+380`. */
export function countryPrefix(country: CountryCode): string {
  return `+${getCountryCallingCode(country)}`;
}
