import { describe, expect, it } from 'vitest';
import { iccidOf, imeiOf, imsiOf, luhnDigit, msisdnOf } from '../../../src/simulator/identities.ts';

describe('identities of virtual equipment', () => {
  it('has check digits as known numbers have them', () => {
    // TS 23.003 annex B has no example; these are the textbook ones for IMEI and card numbers.
    expect(luhnDigit('49015420323751')).toBe('8');
    expect(luhnDigit('7992739871')).toBe('3');
    expect(luhnDigit('0')).toBe('0');
  });

  it('gives IMEIs of the test range, with 15 digits, all different', () => {
    const imeis = Array.from({ length: 200 }, (_, i) => imeiOf(i + 1));
    expect(new Set(imeis).size).toBe(200);
    for (const imei of imeis) {
      expect(imei).toMatch(/^00101700\d{7}$/);
      expect(luhnDigit(imei.slice(0, -1))).toBe(imei.at(-1));
    }
  });

  it('gives Ukrainian ICCIDs with 19 digits and a check digit', () => {
    for (const n of [1, 2, 99, 12345]) {
      expect(iccidOf(n)).toMatch(/^8938001\d{12}$/);
      expect(luhnDigit(iccidOf(n).slice(0, -1))).toBe(iccidOf(n).at(-1));
    }
  });

  it('gives IMSIs and numbers that show which SIM it is', () => {
    expect(imsiOf(7)).toBe('255010000000007');
    expect(msisdnOf(7)).toBe('+380500000007');
  });
});
