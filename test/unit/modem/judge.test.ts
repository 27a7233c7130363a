import { expect, test } from 'vitest';
import type { Transmission } from '../../../src/at/exchange-state.ts';
import type { SendOutcome } from '../../../src/modem/outcome.ts';
import { judge } from '../../../src/modem/send.ts';

const outcome = (
  transmission: Transmission,
  predicted: number | null = null,
): { kind: SendOutcome['kind']; cause?: string; mr?: number } => {
  const said = judge(transmission, predicted, null, () => Promise.resolve(undefined));
  return said.kind === 'unknown' ? { kind: said.kind, cause: said.cause } : said;
};

test('what came before the prompt says nothing about the segment: not sent, with a code or without', () => {
  expect(outcome({ kind: 'errorBefore', result: { kind: 'cms', code: 500 } })).toEqual({ kind: 'not-sent', cause: 'CMS-500' });
  expect(outcome({ kind: 'errorBefore', result: { kind: 'cme', code: 10 } })).toEqual({ kind: 'not-sent', cause: 'CME-10' });
  expect(outcome({ kind: 'errorBefore', result: { kind: 'error' } })).toEqual({ kind: 'not-sent', cause: 'EV-ERROR-BEFORE' });
  expect(outcome({ kind: 'noPrompt' })).toEqual({ kind: 'not-sent', cause: 'EV-NO-PROMPT' });
  expect(outcome({ kind: 'goneBefore' })).toEqual({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
});

test('after Ctrl-Z a code refuses only if it says that nothing was sent (D09)', () => {
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code: 38 } })).toEqual({ kind: 'refused', cause: 'CMS-38' });
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code: 21 } })).toEqual({ kind: 'refused', cause: 'CMS-21' });
  for (const code of [332, 500, 521, 300, 615, 4711]) {
    expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code } })).toEqual({ kind: 'unknown', cause: `CMS-${code}` });
  }
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cme', code: 31 } })).toEqual({ kind: 'unknown', cause: 'CME-31' });
  expect(outcome({ kind: 'errorAfter', result: { kind: 'error' } })).toEqual({ kind: 'unknown', cause: 'EV-ERROR-AFTER' });
});

test('what a modem in text mode refuses never left, and says nothing about the segment', () => {
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code: 305 } })).toEqual({ kind: 'not-sent', cause: 'CMS-305' });
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code: 304 } })).toEqual({ kind: 'refused', cause: 'CMS-304' });
});

test('everything else after Ctrl-Z leaves it open (D09, M04)', () => {
  expect(outcome({ kind: 'okWithoutReference' })).toEqual({ kind: 'unknown', cause: 'EV-OK-NO-REF' });
  expect(outcome({ kind: 'overdue' })).toEqual({ kind: 'unknown', cause: 'EV-TIMEOUT' });
  expect(outcome({ kind: 'goneAfter' })).toEqual({ kind: 'unknown', cause: 'EV-PORT-GONE-AFTER' });
});

test('an SMSC that refuses a duplicate has the first one', () => {
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code: 197 } }, 12)).toEqual({ kind: 'ok', mr: 12, earlier: true });
  expect(outcome({ kind: 'errorAfter', result: { kind: 'cms', code: 197 } })).toEqual({ kind: 'unknown', cause: 'CMS-197' });
});
