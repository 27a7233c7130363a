import { expect, test } from 'vitest';
import {
  type Credit,
  type CreditInput,
  firstProbeIn,
  judgeCredit,
  maySend,
  stillBarred,
  WITH_CREDIT,
} from '../../../src/standing/credit.ts';

const HOUR = 3_600_000;

const strangers = (function* () {
  for (let n = 1; ; n += 1) yield `+38050${n}`;
})();
const failed = (cause: string, to = strangers.next().value, hearsNetwork = true): CreditInput => ({
  type: 'ended',
  how: { taken: false, cause, to },
  hearsNetwork,
});
const TAKEN: CreditInput = { type: 'ended', how: { taken: true }, hearsNetwork: true };
const after = (inputs: readonly CreditInput[], from: Credit = WITH_CREDIT, now = 0): Credit =>
  inputs.reduce((credit, input) => judgeCredit(credit, input, now), from);

test.each(['CMS-8', 'CMS-30', 'CMS-50', 'CMS-10', 'CMS-28'])(
  'M08 %s says it of the SIM: two in a row bar it, also of one person',
  (cause) => {
    expect(after([failed(cause, 'a')]).at).toBe('well');
    expect(after([failed(cause, 'a'), failed(cause, 'a')])).toEqual({ at: 'barred', cause, probes: 0, probeAt: HOUR });
  },
);

test.each(['CMS-21', 'CMS-69', 'CMS-500', 'CMS-332'])('M08 %s may mean it: three in a row to three people bar it', (cause) => {
  expect(after([failed(cause), failed(cause)]).at).toBe('well');
  expect(after([failed(cause), failed(cause), failed(cause)]).at).toBe('barred');
  expect(after([failed(cause, 'a'), failed(cause, 'b'), failed(cause, 'b')]).at).toBe('well');
  expect(after([failed(cause), failed(cause), TAKEN, failed(cause)]).at).toBe('well');
});

test('what the modem, the recipient or a busy network says is no word about the SIM; nor is anything without signal', () => {
  for (const cause of ['EV-NO-PROMPT', 'EV-TIMEOUT', 'EV-PORT-GONE-BEFORE', 'CMS-38', 'CMS-42', 'CMS-1', 'CMS-313', 'CMS-304', 'CMS-96'])
    expect(after(Array.from({ length: 9 }, () => failed(cause))), cause).toEqual(WITH_CREDIT);
  expect(after(Array.from({ length: 9 }, (_, n) => failed('CMS-21', String(n), false))).at).toBe('well');
});

test('one segment is let through after 1 h, 6 h, and each 24 h; taken, it is well', () => {
  let credit = after([failed('CMS-50'), failed('CMS-50')]);
  const pauses: number[] = [];
  let now = 0;
  for (let probe = 0; probe < 4; probe += 1) {
    if (credit.at !== 'barred') throw new Error(credit.at);
    expect(maySend(credit)).toBe(false);
    pauses.push(credit.probeAt - now);
    now = credit.probeAt;
    credit = judgeCredit(credit, { type: 'retry' }, now);
    expect(maySend(credit)).toBe(true);
    credit = judgeCredit(credit, { type: 'began' }, now);
    expect(maySend(credit)).toBe(false);
    if (probe < 3) credit = judgeCredit(credit, failed('CMS-50'), now);
  }
  expect(pauses).toEqual([HOUR, 6 * HOUR, 24 * HOUR, 24 * HOUR]);
  expect(judgeCredit(credit, TAKEN, now)).toEqual(WITH_CREDIT);
  expect(maySend(judgeCredit(credit, failed('EV-NO-PROMPT'), now))).toBe(true);
});

test('what was on its way when it was barred changes nothing, unless the network took it', () => {
  const barred = after([failed('CMS-50'), failed('CMS-50')]);
  expect(judgeCredit(barred, failed('CMS-50'), 5_000)).toBe(barred);
  expect(judgeCredit(barred, TAKEN, 5_000)).toEqual(WITH_CREDIT);
});

test('after a start the time that it was barred counts', () => {
  expect(firstProbeIn(HOUR / 4)).toBe((HOUR * 3) / 4);
  expect(firstProbeIn(9 * HOUR)).toBe(0);
  expect(stillBarred('CMS-50', 1_000, HOUR)).toEqual({ at: 'barred', cause: 'CMS-50', probes: 0, probeAt: HOUR + 1_000 });
});
