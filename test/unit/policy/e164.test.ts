import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
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
  ] as const)('%s in %s is %s', (written, country, e164) => {
    expect(toE164(written, country)).toBe(e164);
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
  ])('refuses %j with a sentence', (written) => {
    const attempt = (): string => toE164(written, 'UA');
    expect(attempt).toThrow(Fault);
    expect(attempt).toThrow(/cannot be a phone number: .+\./);
  });
});
