import { expect, test } from 'vitest';
import { causeCode, finalResult } from '../../../src/at/result-codes.ts';
import { causeOf } from '../../../src/base/causes.ts';

test('final results are read in every dress that modems give them', () => {
  expect(finalResult('OK')).toEqual({ kind: 'ok' });
  expect(finalResult('ERROR')).toEqual({ kind: 'error' });
  expect(finalResult('COMMAND NOT SUPPORT')).toEqual({ kind: 'error' });
  for (const line of [
    '+CMS ERROR: 38',
    '+CMS ERROR:38',
    '+CMS ERROR : 38',
    '+CMS ERROR: Network out of order',
    '+CMS ERROR: NETWORK OUT OF ORDER',
  ]) {
    expect(finalResult(line), line).toEqual({ kind: 'cms', code: 38 });
  }
  expect(finalResult('+CMS ERROR: (U)SIM busy')).toEqual({ kind: 'cms', code: 314 });
  expect(finalResult('+CMS ERROR: SIM busy')).toEqual({ kind: 'cms', code: 314 });
  expect(finalResult('+CME ERROR: SIM not inserted')).toEqual({ kind: 'cme', code: 10 });
});

test('an error by a name that nobody knows is an unknown error', () => {
  expect(finalResult('+CMS ERROR: the moon is full')).toEqual({ kind: 'cms', code: 500 });
  expect(finalResult('+CME ERROR: ')).toEqual({ kind: 'cme', code: 100 });
});

test('other lines are no final result', () => {
  for (const line of ['', 'OK!', 'ok', 'NO CARRIER', 'BUSY', '+CMGS: 1', 'RING', 'ERRORS', '+CMSERROR: 1', '+CMTI: "SM",1']) {
    expect(finalResult(line), line).toBeUndefined();
  }
});

test('a code finds its row in the table of causes', () => {
  expect(causeCode({ kind: 'cms', code: 38 })).toBe('CMS-38');
  expect(causeOf(causeCode({ kind: 'cme', code: 30 }) ?? '').class).toBe('RETRY_SAME_SIM_LATER');
  expect(causeCode({ kind: 'error' })).toBeUndefined();
});
