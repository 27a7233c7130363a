import { describe, expect, it } from 'vitest';
import { judgeTime, type TimeFacts, TRUST_REASONS, type Trust, trustSentence, UNTRUSTED } from '../../../src/dispatch/trust.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const nothing: TimeFacts = {
  setting: 'auto',
  now: NOON,
  lastAlive: NOON - HOUR,
  disputed: false,
  synchronized: false,
  rtc: null,
  virtual: false,
  network: [],
  word: false,
};

const judged = (facts: Partial<TimeFacts>, before: Trust = UNTRUSTED): string => {
  const { trusted, reason } = judgeTime(before, { ...nothing, ...facts });
  return `${trusted ? 'trusted' : 'not trusted'}: ${reason}`;
};

const nitz = (ahead: number, sim = 'a') => ({ source: `nitz ${sim}`, ahead: [ahead] });
const smsc = (ahead: number, sim = 'a') => ({ source: `smsc ${sim}`, ahead: [ahead] });

describe('the trust in the clock', () => {
  it.each<[string, Partial<TimeFacts>, string]>([
    ['that nobody confirms', {}, 'not trusted: nobodySays'],
    [
      'that the configuration always trusts, whatever speaks against it',
      { setting: 'always', now: 0, network: [nitz(DAY), smsc(DAY)] },
      'trusted: always',
    ],
    ['that the time service has set', { synchronized: true }, 'trusted: synchronized'],
    ['of a virtual machine', { virtual: true }, 'trusted: virtualMachine'],
    ['of a virtual machine that was further on before', { virtual: true, lastAlive: NOON + DAY }, 'not trusted: nobodySays'],
    ['of a virtual machine, against the network', { virtual: true, network: [nitz(DAY), smsc(DAY)] }, 'not trusted: networkDisagrees'],
    ['that a person confirms', { word: true }, 'trusted: person'],
    ['that a person confirms against the network', { word: true, network: [nitz(DAY), smsc(DAY)] }, 'trusted: person'],
    ['that one source of the network confirms', { network: [nitz(0)] }, 'not trusted: nobodySays'],
    ['that one source confirms twice', { network: [nitz(0), nitz(500)] }, 'not trusted: nobodySays'],
    ['that two modems confirm', { network: [nitz(0, 'a'), nitz(4000, 'b')] }, 'trusted: network'],
    ['that the modem and the SMSC confirm', { network: [nitz(0), smsc(-90_000)] }, 'trusted: network'],
    ['on which two sources differ', { network: [nitz(0), smsc(HOUR)] }, 'not trusted: nobodySays'],
    ['that two of three confirm', { network: [nitz(0), smsc(1000), nitz(DAY, 'b')] }, 'trusted: network'],
    ['that two confirm and two others do not', { network: [nitz(0), smsc(0), nitz(DAY, 'b'), smsc(DAY, 'b')] }, 'trusted: network'],
    ['whose battery clock went on', { rtc: 900 }, 'trusted: batteryClock'],
    ['whose battery clock says another time', { rtc: HOUR }, 'not trusted: nobodySays'],
    ['whose battery clock went back over the boot', { rtc: 0, lastAlive: NOON + DAY }, 'not trusted: nobodySays'],
    ['whose battery is empty, at the first start', { rtc: 0, now: Date.UTC(2000, 0, 1), lastAlive: null }, 'not trusted: nobodySays'],
  ])('is this for a clock %s', (_what, facts, verdict) => {
    expect(judged(facts)).toBe(verdict);
  });

  it('is not confirmed by modems of makers who write UTC where local time belongs, and not taken away by them', () => {
    const odd = ['a', 'b'].map((sim) => ({ source: `nitz ${sim}`, ahead: [-2 * HOUR, 0] }));
    expect(judged({ network: odd })).toBe('not trusted: nobodySays');
    expect(judged({ network: odd, synchronized: true })).toBe('trusted: synchronized');
    expect(judged({ network: [...odd, smsc(0), smsc(0, 'b')] })).toBe('trusted: network');
  });

  it('T06 is withdrawn when the time service lies by six hours and NITZ and the SMSC agree that it does', () => {
    const lie = { synchronized: true, rtc: 0, network: [nitz(-6 * HOUR), smsc(-6 * HOUR - 2000)] };
    expect(judged(lie, { trusted: true, reason: 'synchronized' })).toBe('not trusted: networkDisagrees');
    // One alone may itself be wrong.
    expect(judged({ ...lie, network: [nitz(-6 * HOUR)] })).toBe('trusted: synchronized');
  });

  it('stays as it was while a jump is in dispute', () => {
    const trusted: Trust = { trusted: true, reason: 'network' };
    expect(judged({ disputed: true }, trusted)).toBe('trusted: network');
    expect(judged({ disputed: true, synchronized: true })).toBe('not trusted: nobodySays');
  });

  it('is said in one or more whole sentences, with what to do where there is something', () => {
    for (const reason of TRUST_REASONS) {
      const said = trustSentence({ trusted: false, reason });
      expect(said).toMatch(/^The clock is .*\.$/);
      expect(said.includes('PUT /v1/time')).toBe(said.startsWith('The clock is not trusted'));
    }
  });
});
