import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { seededRandom } from '../../../src/base/random.ts';
import { toE164 } from '../../../src/policy/e164.ts';

describe('a number in any usual writing', () => {
  it.each([
    ['0501234567', 'UA', '+380501234567'],
    ['050 123-45-67', 'UA', '+380501234567'],
    ['(050) 123 45 67', 'UA', '+380501234567'],
    ['+38 (050) 123 45 67', 'UA', '+380501234567'],
    ['380501234567', 'UA', '+380501234567'],
    ['00380501234567', 'UA', '+380501234567'],
    ['80501234567', 'UA', '+380501234567'],
    ['8 (050) 123-45-67', 'UA', '+380501234567'],
    [' +380501234567 ', 'UA', '+380501234567'],
    ['+380 50 123 45 67', 'UA', '+380501234567'],
    ['0671230045', 'UA', '+380671230045'],
    ['87011234567', 'KZ', '+77011234567'],
    ['8 701 123 45 67', 'KZ', '+77011234567'],
    ['+48 600 700 800', 'UA', '+48600700800'],
    ['+1 202 555 0100', 'UA', '+12025550100'],
    ['+ 380 50 123 45 67', 'UA', '+380501234567'],
    ['050–123–45–67', 'UA', '+380501234567'],
    ['501234567', 'UA', '+380501234567'],
    ['044 123 45 67', 'UA', '+380441234567'],
    ['00 48 600 700 800', 'UA', '+48600700800'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['+39 06 1234 5678', 'UA', '+390612345678'],
    ['07 01 23 45 67', 'CI', '+2250701234567'],
    ['+7 812 123-45-67', 'KZ', '+78121234567'],
    ['\u202a+380 50 123 45 67\u202c', 'UA', '+380501234567'],
    ['\u2066050\u00a0123\u200e 45 67\u2069\ufeff', 'UA', '+380501234567'],
  ] as const)('%s in %s is %s', (written, country, e164) => {
    expect(toE164(written, country)).toBe(e164);
  });

  it.each([
    ['8 701 123 456', 'KZ'],
    ['1 202 555 010', 'US'],
    ['030', 'DE'],
  ] as const)('%s in %s lacks a digit', (written, country) => {
    expect(() => toE164(written, country)).toThrow(Fault);
  });

  it('wants the country code where no country is set', () => {
    expect(toE164('+38 050 123 45 67', undefined)).toBe('+380501234567');
    expect(() => toE164('0501234567', undefined)).toThrow(/site\.country/);
  });

  it.each([
    '',
    '   ',
    '101',
    '5433',
    '+380501',
    '+38050123456789012',
    'not a number',
    '050CALLNOW',
    '0501234567;+CMGS',
    '0501234567\r\nATZ',
    '0501234567 0671234567',
    '+0501234567',
    '*100#',
    `+${'1'.repeat(400)}`,
    '0501234567 ext 5',
    '+999501234567',
    // A digit is missing behind the trunk prefix, or there is one too many.
    '050123456',
    '05012345678',
    '+380050123456',
    '123456789',
    '80501234567 8',
    '-380501234567',
    '-0501234567',
    '--0501234567',
    '+-380501234567',
    '.0501234567',
    '/0501234567',
    '0501234567-',
    '050\n1234567',
  ])('refuses %j with a sentence', (written) => {
    const attempt = (): string => toE164(written, 'UA');
    expect(attempt).toThrow(Fault);
    expect(attempt).toThrow(/cannot be a phone number: .+\./);
  });

  it('is the same however it is written, and as the library reads it, in every country', () => {
    const random = seededRandom(20261123);
    const digits = (n: number): string => Array.from({ length: n }, () => Math.floor(random.float() * 10)).join('');
    const answer = (written: string): string => {
      try {
        return toE164(written, 'UA');
      } catch (error) {
        if (error instanceof Fault) return error.message.replace(/"[^"]*"/, '');
        throw error;
      }
    };
    let taken = 0;
    for (const code of new Set(getCountries().map((country) => getCountryCallingCode(country)))) {
      for (let i = 0; i < 20; i += 1) {
        const head = digits(2 + Math.floor(random.float() * 5));
        for (let k = 0; k < 4; k += 1) {
          const rest = head + digits(6);
          // Written with a blank it is never told by others.
          const read = answer(`+${code} ${rest}`);
          expect(answer(`+${code}${rest}`), `+${code}${rest}`).toBe(read);
          if (read === `+${code}${rest}`) taken += 1;
        }
      }
    }
    expect(taken).toBeGreaterThan(1000);
  });
});
