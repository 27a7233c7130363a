import { expect, test } from 'vitest';
import texts from '../../../src/at/data/error-texts.json' with { type: 'json' };
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
    '+CMS ERROR: "38"',
    '+CMS ERROR: "Network out of order"',
    'CMS ERROR: 38',
    'CMS ERROR:"38"',
    'CMS ERROR: network out of order',
    '+CMS ERROR:  38 ',
  ]) {
    expect(finalResult(line), line).toEqual({ kind: 'cms', code: 38 });
  }
  expect(finalResult('+CMS ERROR: (U)SIM busy')).toEqual({ kind: 'cms', code: 314 });
  expect(finalResult('+CMS ERROR: SIM busy')).toEqual({ kind: 'cms', code: 314 });
  expect(finalResult('+CME ERROR: SIM not inserted')).toEqual({ kind: 'cme', code: 10 });
});

test('every verbose text of the table gives its number, in any letters, with and without quotes and (U)', () => {
  const shapes = [(s: string) => s, (s: string) => s.toUpperCase(), (s: string) => `"${s}"`, (s: string) => s.replace('(U)', '')];
  for (const [text, code] of Object.entries(texts.cms)) {
    for (const shape of shapes) expect(finalResult(`+CMS ERROR: ${shape(text)}`), text).toEqual({ kind: 'cms', code });
  }
  for (const [text, code] of Object.entries(texts.cme)) {
    for (const shape of shapes) expect(finalResult(`+CME ERROR: ${shape(text)}`), text).toEqual({ kind: 'cme', code });
  }
});

test('what Siemens modems say in words is a code of theirs', () => {
  // MC55 AT Command Set V01.05, 12.7 AT+CMGS (page 324): a timeout is `timer expired` or `Unknown error`.
  expect(finalResult('+CMS ERROR: timer expired')).toEqual({ kind: 'cms', code: 521 });
  expect(finalResult('+CMS ERROR: Unknown error')).toEqual({ kind: 'cms', code: 500 });
  expect(finalResult('+CMS ERROR: user abort')).toEqual({ kind: 'cms', code: 512 });
});

test('an error by a name that nobody knows is an unknown error', () => {
  expect(finalResult('+CMS ERROR: the moon is full')).toEqual({ kind: 'cms', code: 500 });
  expect(finalResult('+CME ERROR: ')).toEqual({ kind: 'cme', code: 100 });
});

test('other lines are no final result', () => {
  for (const line of [
    '',
    'OK!',
    'ok',
    'NO CARRIER',
    'BUSY',
    '+CMGS: 1',
    'RING',
    'ERRORS',
    '+CMSERROR: 1',
    '+CMTI: "SM",1',
    'CMS ERROR',
    'A CMS ERROR: 38',
    '++CMS ERROR: 38',
  ]) {
    expect(finalResult(line), line).toBeUndefined();
  }
});

test('a code finds its row in the table of causes', () => {
  expect(causeCode({ kind: 'cms', code: 38 })).toBe('CMS-38');
  expect(causeOf(causeCode({ kind: 'cme', code: 30 }) ?? '').class).toBe('RETRY_SAME_SIM_LATER');
  expect(causeCode({ kind: 'error' })).toBeUndefined();
});
