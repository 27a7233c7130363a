import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../../src/base/purpose.ts';
import { readScope, scopesOver } from '../../../src/base/suppression-scope.ts';
import { decide } from '../../../src/policy/decide.ts';

const facts = {
  purpose: 'promotional',
  now: 1000,
  sendAt: null,
  expiresAt: 5000,
  clockTrusted: true,
  suppressed: null,
  offersHeldUntil: null,
  isOwnReply: false,
} as const;

describe('what a client has ended', () => {
  it('refuses it, whatever the purpose, but not our answer to the opt-out itself', () => {
    for (const purpose of PURPOSES) {
      expect(decide({ ...facts, purpose, suppressed: 'all' })).toMatchObject({ decision: 'refuse', reason: 'optedOut' });
    }
    expect(decide({ ...facts, suppressed: 'unknown' })).toMatchObject({ decision: 'refuse', reason: 'suppressionsUnknown' });
    expect(decide({ ...facts, purpose: 'service', suppressed: 'all', isOwnReply: true })).toMatchObject({ decision: 'send' });
  });

  it('O03 holds offers, and nothing else, while a person reads what the client meant', () => {
    expect(decide({ ...facts, offersHeldUntil: 3000 })).toMatchObject({ decision: 'hold', until: 3000, reason: 'optOutUnsure' });
    expect(decide({ ...facts, purpose: 'service', offersHeldUntil: 3000 })).toMatchObject({ decision: 'send' });
  });

  it('reads scopes, and nothing that is none', () => {
    for (const scope of ['all', 'purpose:service', 'topic:new-year', 'topic:новини']) expect(readScope(scope)).toBe(scope);
    for (const wrong of ['', 'ALL', 'purpose:', 'purpose:offers', 'topic:', 'topic:two words', `topic:${'x'.repeat(41)}`]) {
      expect(readScope(wrong), wrong).toBeUndefined();
    }
  });

  it('stops codes by their own scope alone, since they were asked for', () => {
    expect(scopesOver('otp', 'login')).toEqual(['purpose:otp']);
    expect(scopesOver('service', 'reminder')).toEqual(['all', 'purpose:service', 'topic:reminder']);
    expect(scopesOver('promotional', null)).toEqual(['all', 'purpose:promotional']);
  });
});
