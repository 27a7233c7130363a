import { describe, expect, it } from 'vitest';
import {
  decideAt,
  isOfTheSim,
  MOST_TRIES,
  type RetryFacts,
  restAfter,
  settlementOf,
  type UncertainPolicy,
} from '../../../src/dispatch/retry.ts';
import type { SendOutcome } from '../../../src/dispatch/sender.ts';

const uncertain: UncertainPolicy = {
  otp: { as: 'resend', after: 30_000 },
  urgent: { as: 'resend', after: 120_000 },
  service: { as: 'resend', after: 900_000 },
  promotional: { as: 'hold', after: 0 },
};
const facts: RetryFacts = { iccid: '8938', now: 1_000_000, expiresAt: 90_000_000, tries: 0, simsTried: 1, otherSims: 0, chance: 0.5 };
const settle = (outcome: SendOutcome, change: Partial<RetryFacts> = {}) =>
  settlementOf(outcome, { ...facts, ...change }, 'service', uncertain);
const refused = (cause: string): SendOutcome => ({ kind: 'refused', cause });
const unknown: SendOutcome = { kind: 'unknown', cause: 'EV-TIMEOUT', late: Promise.resolve(undefined) };

describe('what follows an attempt', () => {
  it('ok is sent with its TP-MR', () => {
    expect(settle({ kind: 'ok', mr: 7 })).toEqual({ kind: 'sent', mr: 7, at: facts.now });
  });

  it('an unknown outcome is uncertain and never a retry; the rule of its purpose says when it is decided', () => {
    expect(settle(unknown)).toEqual({ kind: 'uncertain', cause: 'EV-TIMEOUT', at: facts.now, decideAt: facts.now + 900_000 });
    expect(settlementOf(unknown, facts, 'promotional', uncertain)).toMatchObject({ kind: 'uncertain', decideAt: null });
    expect(decideAt(uncertain, 'otp', 5)).toBe(30_005);
  });

  it('a temporary failure comes back on its schedule: 30 s, 2 min, 10 min, 30 min', () => {
    const waits = [0, 1, 2, 3]
      .map((tries) => settle(refused('CMS-41'), { tries }))
      .map((s) => (s.kind === 'retry' ? (s.dueAt ?? 0) - facts.now : 0));
    expect(waits).toEqual([30_000, 120_000, 600_000, 1_800_000]);
  });

  it('strays by a fifth at most', () => {
    const at = (chance: number): number => {
      const s = settle(refused('CMS-41'), { chance });
      return s.kind === 'retry' ? (s.dueAt ?? 0) - facts.now : 0;
    };
    expect([at(0), at(0.999999)]).toEqual([24_000, 36_000]);
  });

  it('D12: gives up after six tries, whatever the cause', () => {
    expect(settle(refused('CMS-41'), { tries: MOST_TRIES - 1 })).toMatchObject({ kind: 'failed', reason: 'triesUsedUp' });
  });

  it('never waits past the time of the message', () => {
    expect(settle(refused('CMS-41'), { expiresAt: facts.now + 10 })).toMatchObject({ kind: 'retry', dueAt: facts.now + 10 });
  });

  it('a wrong number fails at once, and is not the SIM’s fault', () => {
    expect(settle(refused('CMS-1'))).toMatchObject({ kind: 'failed', reason: 'refusedByNetwork', outcome: 'refused' });
  });

  it('M04: a port gone before Ctrl-Z goes to another SIM at once, if there is one and nothing of the message is out', () => {
    const gone: SendOutcome = { kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' };
    expect(settle(gone, { otherSims: 1 })).toMatchObject({ kind: 'retry', dueAt: null, avoid: { iccid: '8938' } });
    expect(settle(gone, { otherSims: 1, tries: 2, simsTried: 3 })).toMatchObject({ kind: 'retry', dueAt: facts.now + 30_000, avoid: null });
    expect(settle(gone)).toMatchObject({ kind: 'retry', dueAt: facts.now + 30_000, avoid: null });
  });

  it('a modem that refuses before it has seen the segment never fails the message, and hands it over', () => {
    for (const cause of ['CMS-304', 'CME-4', 'CMS-302', 'EV-ERROR-BEFORE', 'EV-NO-PROMPT', 'CMS-1']) {
      const outcome: SendOutcome = { kind: 'not-sent', cause };
      expect(settle(outcome, { otherSims: 1 }), cause).toMatchObject({ kind: 'retry', dueAt: null, avoid: { iccid: '8938' } });
      expect(settle(outcome), cause).toMatchObject({ kind: 'retry', outcome: 'notSent', avoid: null });
    }
  });

  it('a SIM rests after three faults of its own in a row: 5 s, doubling to a minute', () => {
    expect([0, 2, 3, 4, 6, 7, 50].map(restAfter)).toEqual([0, 0, 5000, 10_000, 40_000, 60_000, 60_000]);
    expect(isOfTheSim({ kind: 'not-sent', cause: 'EV-NO-PROMPT' })).toBe(true);
    expect(isOfTheSim(refused('CMS-30'))).toBe(true);
    for (const cause of ['CMS-1', 'CMS-38', 'CMS-41']) expect(isOfTheSim(refused(cause)), cause).toBe(false);
  });

  it('a SIM without credit hands over to another, and alone it is tried again after an hour', () => {
    expect(settle(refused('CMS-30'), { otherSims: 2 })).toMatchObject({
      kind: 'retry',
      dueAt: null,
      avoid: { iccid: '8938', until: facts.now + 3_600_000 },
    });
    expect(settle(refused('CMS-30'))).toMatchObject({ kind: 'retry', dueAt: facts.now + 3_600_000, avoid: null });
  });
});
