import { describe, expect, it } from 'vitest';
import { judgeTrial, type TriedCode } from '../../../src/policy/code-trial.ts';

const MAC = 'ab'.repeat(32);
const code: TriedCode = { state: 'open', mac: MAC, triesLeft: 5, expiresAt: 5000, bootId: 'a', endsAt: 900 };
const facts = { mac: MAC, now: 1000, bootId: 'a', monotonic: 100, clockTrusted: true };

describe('a try at a code', () => {
  it('is right or wrong, and a wrong one costs', () => {
    expect(judgeTrial(code, facts)).toEqual({ outcome: 'right', triesLeft: 0 });
    expect(judgeTrial(code, { ...facts, mac: 'cd'.repeat(32) })).toEqual({ outcome: 'wrong', triesLeft: 4 });
    expect(judgeTrial({ ...code, triesLeft: 0 }, facts)).toEqual({ outcome: 'noAttemptsLeft', triesLeft: 0 });
  });

  it('is never right again once the code was used or superseded, nor against no digest', () => {
    expect(judgeTrial({ ...code, state: 'used' }, facts).outcome).toBe('used');
    expect(judgeTrial({ ...code, state: 'superseded' }, facts).outcome).toBe('superseded');
    expect(judgeTrial({ ...code, mac: null }, { ...facts, mac: '00'.repeat(32) }).outcome).not.toBe('right');
    expect(judgeTrial(code, { ...facts, mac: '' }).outcome).toBe('wrong');
  });

  it('T02 ends by the time since the boot, whatever the wall says; after another boot by the wall, where it is believed', () => {
    expect(judgeTrial(code, { ...facts, now: 9e12 }).outcome).toBe('right');
    expect(judgeTrial(code, { ...facts, now: 0, monotonic: 900 }).outcome).toBe('expired');
    expect(judgeTrial(code, { ...facts, bootId: 'b', monotonic: 9e9 }).outcome).toBe('right');
    expect(judgeTrial(code, { ...facts, bootId: 'b', now: 5000 }).outcome).toBe('expired');
    expect(judgeTrial(code, { ...facts, bootId: 'b', clockTrusted: false }).outcome).toBe('expired');
  });
});
