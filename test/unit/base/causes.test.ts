import { describe, expect, it } from 'vitest';
import { causeOf, reportClass } from '../../../src/base/causes.ts';

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
    ['CMS-615', 'RETRY_SAME_SIM_LATER', false],
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
