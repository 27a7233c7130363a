import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/policy/decide.ts';
import { policyFacts } from '../../support/policy-settings.ts';

const facts = policyFacts();

describe('policy', () => {
  it('sends what nothing holds back, and says what it asked', () => {
    expect(decide(facts)).toEqual({
      decision: 'send',
      until: null,
      reason: null,
      rules: [
        { rule: 'suppression', verdict: 'pass', reason: 'wanted' },
        { rule: 'consent', verdict: 'pass', reason: 'consentNotNeeded' },
        { rule: 'validity', verdict: 'pass', reason: 'withinTime' },
        { rule: 'doubt', verdict: 'pass', reason: 'noDoubt' },
        { rule: 'schedule', verdict: 'pass', reason: 'due' },
        { rule: 'clock', verdict: 'pass', reason: 'clockTrusted' },
        { rule: 'fewOffers', verdict: 'pass', reason: 'notForThisPurpose' },
      ],
    });
  });

  it('holds what is scheduled until its moment', () => {
    expect(decide({ ...facts, sendAt: 3000 })).toMatchObject({ decision: 'hold', until: 3000, reason: 'scheduled' });
    expect(decide({ ...facts, sendAt: 1000 })).toMatchObject({ decision: 'send' });
  });

  it('refuses what would be sent after its time: what forbids comes before what delays', () => {
    expect(decide({ ...facts, sendAt: 5000 })).toMatchObject({ decision: 'refuse', reason: 'expired' });
    expect(decide({ ...facts, now: 5000 })).toMatchObject({ decision: 'refuse', reason: 'expired' });
  });

  it('T01 while nobody knows the time: a service message waits a minute, a schedule for its moment, codes and urgent ones for nothing', () => {
    const lost = { ...facts, clockTrusted: false };
    expect(decide(lost)).toMatchObject({ decision: 'hold', until: 61_000, reason: 'clockUntrusted' });
    expect(decide({ ...lost, purpose: 'otp' })).toMatchObject({ decision: 'send' });
    expect(decide({ ...lost, purpose: 'urgent' })).toMatchObject({ decision: 'send' });
    expect(decide({ ...lost, sendAt: 500 })).toMatchObject({ decision: 'hold', until: 500, reason: 'scheduled' });
    // Once it has waited, it does not wait again.
    expect(decide({ ...lost, isItsTurn: true })).toMatchObject({ decision: 'send' });
  });
});
