import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { causeOf, reportClass, type Vendor } from '../../../src/base/causes.ts';

type Expected = readonly [
  code: string,
  vendor: '' | Vendor,
  cls: string,
  notSent: string,
  backoff: readonly number[] | null,
  simEffect: string,
  action: string,
];

const table: { rows: readonly Expected[] } = JSON.parse(readFileSync(new URL('../../vectors/data/causes.json', import.meta.url), 'utf8'));

/** What a row alone says: both ends of its range, and of the two that say all the rest (1-127, 512 and up) a code within. */
function ends(range: string): readonly string[] {
  const [space, from, to] = range.split(' ');
  if (from === undefined) return [range];
  if (from === '1' && to === '127') return ['CMS-2', 'CMS-126'];
  return [...new Set([`${space}-${to === '65535' ? '800' : from}`, `${space}-${to}`])];
}

describe('D12: every row of the table of causes has its class, its action, and says whether nothing was sent', () => {
  const causes = table.rows.filter(([code]) => !code.startsWith('TP-ST'));

  it.each(causes)('%s %s is %s, not sent: %s', (range, vendor, cls, notSent, backoff, simEffect, action) => {
    for (const code of ends(range)) {
      const cause = vendor === '' ? causeOf(code) : causeOf(code, vendor);
      expect(cause, code).toMatchObject({ class: cls, surelyNotSent: notSent === 'yes', simEffect, action });
      expect(cause.code).toBe(vendor === '' ? code : `${code}/${vendor}`);
      if (backoff) expect(cause.backoff, code).toEqual(backoff);
      else expect(cause.backoff.length, code).toBeGreaterThan(0);
      // What is stored with an attempt can be looked up again by those who know no profile.
      expect(causeOf(cause.code)).toEqual(cause);
    }
  });

  it.each(table.rows.filter(([code]) => code.startsWith('TP-ST')))('%s is %s%s', (range, _vendor, cls) => {
    const [, from, to] = range.split(' ').map(Number);
    for (let status = from ?? 0; status <= (to ?? 0); status += 1) expect(reportClass(status), `0x${status.toString(16)}`).toBe(cls);
  });

  it('has all of them', () => {
    expect(table.rows.filter(([, vendor]) => vendor !== 'wavecom')).toHaveLength(163);
    expect(table.rows.filter(([, vendor]) => vendor === 'wavecom')).toHaveLength(9);
  });
});

describe('the codes of vendors', () => {
  it('are UNCERTAIN and not surely unsent until a profile says whose they are', () => {
    for (let code = 512; code <= 800; code += 1) {
      expect(causeOf(`CMS-${code}`)).toMatchObject({ code: `CMS-${code}`, class: 'UNCERTAIN', surelyNotSent: false });
    }
  });

  it('mean what their maker says: 515 is our mistake on a Siemens, and only patience on a Wavecom', () => {
    expect(causeOf('CMS-515', 'siemens').class).toBe('PERMANENT_OUR_PDU');
    expect(causeOf('CMS-515', 'wavecom')).toMatchObject({ class: 'RETRY_SAME_SIM_LATER', backoff: [5] });
  });

  it('that a maker does not have are UNCERTAIN, and codes below 512 are the same for all', () => {
    expect(causeOf('CMS-527', 'siemens')).toMatchObject({ code: 'CMS-527', class: 'UNCERTAIN', surelyNotSent: false });
    expect(causeOf('CMS-38', 'wavecom')).toEqual(causeOf('CMS-38'));
    expect(causeOf('CME-30', 'siemens').code).toBe('CME-30');
  });

  it('of a maker that nobody knows are UNCERTAIN', () => {
    expect(causeOf('CMS-512/nokia')).toMatchObject({ class: 'UNCERTAIN', surelyNotSent: false });
    expect(causeOf('CMS-512/nokia', 'siemens')).toMatchObject({ class: 'UNCERTAIN', surelyNotSent: false });
  });
});

describe('the table of causes', () => {
  it.each([
    ['CMS-1', 'PERMANENT', true],
    ['CMS-41', 'RETRY_SAME_SIM_LATER', true],
    ['CMS-50', 'SIM_BARRED_OR_NO_CREDIT', true],
    ['CMS-100', 'RETRY_SAME_SIM_LATER', true],
    ['CMS-197', 'ACCEPTED_EARLIER', false],
    ['CMS-304', 'PERMANENT_OUR_PDU', true],
    ['CMS-332', 'UNCERTAIN', false],
    ['CMS-500', 'UNCERTAIN', false],
    ['CMS-512', 'UNCERTAIN', false],
    ['CMS-615', 'UNCERTAIN', false],
    ['CMS-60000', 'UNCERTAIN', false],
    ['CME-30', 'RETRY_SAME_SIM_LATER', true],
    ['CME-100', 'UNCERTAIN', false],
    ['EV-TIMEOUT', 'UNCERTAIN', false],
    ['EV-NO-PROMPT', 'RETRY_SAME_SIM_LATER', true],
  ])('%s is %s', (code, cls, surely) => {
    expect(causeOf(code)).toMatchObject({ code, class: cls, surelyNotSent: surely });
  });

  it('knows every +CMS ERROR from 1 up to the vendors’ own, and each with a name', () => {
    for (let n = 1; n <= 255; n += 1) expect(causeOf(`CMS-${n}`).name, `CMS-${n}`).not.toMatch(/no table/);
  });

  it('takes a code that it does not know as uncertain, for nothing says that it was not sent', () => {
    for (const code of ['CMS-', 'CME-9999', 'EV-NEW', '', 'CMS-41; AT'])
      expect(causeOf(code)).toMatchObject({ class: 'UNCERTAIN', surelyNotSent: false });
  });

  it('D17: reads TP-ST by range, 256 of 256', () => {
    const expected = (st: number): string => {
      if (st >= 0x80) return 'STATUS_UNKNOWN';
      if (st <= 0x02 || (st >= 0x10 && st <= 0x1f)) return 'DELIVERED';
      if ((st >= 0x20 && st <= 0x25) || (st >= 0x30 && st <= 0x3f)) return 'PENDING_SC_STILL_TRYING';
      if ((st >= 0x40 && st <= 0x49) || (st >= 0x50 && st <= 0x5f)) return 'FAILED_PERMANENT';
      return 'FAILED_SC_GAVE_UP_TEMPORARY';
    };
    const wrong = Array.from({ length: 256 }, (_, st) => st).filter((st) => reportClass(st) !== expected(st));
    expect(wrong).toEqual([]);
  });
});
