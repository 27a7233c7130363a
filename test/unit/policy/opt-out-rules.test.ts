import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../../src/base/purpose.ts';
import { readScope, scopesOver } from '../../../src/base/suppression-scope.ts';
import { decide } from '../../../src/policy/decide.ts';
import type { ClientsWishes, PolicyFacts } from '../../../src/policy/rule.ts';
import { NO_WISHES, policyFacts } from '../../support/policy-settings.ts';

const facts = policyFacts({ purpose: 'promotional' });

const asked = (over: Partial<PolicyFacts>, wishes: Partial<ClientsWishes>) =>
  decide({ ...facts, ...over, wishes: { ...NO_WISHES, ...wishes } });

describe('what a client has ended', () => {
  it('refuses it, whatever the purpose, but not our answer to the opt-out itself', () => {
    for (const purpose of PURPOSES) {
      expect(asked({ purpose }, { suppressed: 'all' })).toMatchObject({ decision: 'refuse', reason: 'optedOut' });
    }
    expect(asked({}, { suppressed: 'unknown' })).toMatchObject({ decision: 'refuse', reason: 'suppressionsUnknown' });
    expect(asked({ purpose: 'service' }, { suppressed: 'all', isOwnReply: true })).toMatchObject({ decision: 'send' });
  });

  it('O03 holds offers, and nothing else, while a person reads what the client meant', () => {
    expect(asked({}, { offersHeldUntil: 3000 })).toMatchObject({ decision: 'hold', until: 3000, reason: 'optOutUnsure' });
    expect(asked({ purpose: 'service' }, { offersHeldUntil: 3000 })).toMatchObject({ decision: 'send' });
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
