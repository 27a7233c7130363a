import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../../../src/base/purpose.ts';
import { decide } from '../../../src/policy/decide.ts';
import { readPolicy, writePolicy } from '../../../src/store/policy-record.ts';
import type { PolicyRecord } from '../../../src/store/records/message.ts';
import { policyFacts, policySettings } from '../../support/policy-settings.ts';

const RECORD: PolicyRecord = {
  decision: 'hold',
  until: 1_795_341_660_000,
  rules: [
    { rule: 'suppression', verdict: 'pass', reason: 'wanted' },
    { rule: 'quietHours', verdict: 'hold', reason: 'quietHours' },
  ],
};

describe('the policy record of a message', () => {
  it('is read as it was written, in less than half the space', () => {
    const many = { ...RECORD, rules: Array.from({ length: 10 }, () => RECORD.rules).flat() };
    expect(readPolicy(writePolicy(many))).toEqual(many);
    expect(writePolicy(many).length).toBeLessThan(JSON.stringify(many).length / 2);
  });

  it('keeps who let a message go, and when it was judged anew', () => {
    const record = { ...RECORD, decidedAt: 5, released: { at: 7, key: 'usr_1', reason: 'She asked' } };
    expect(readPolicy(writePolicy(record))).toEqual(record);
  });

  it('S10 is a letter for each verdict where a message goes at once, whatever it is for', () => {
    const settings = policySettings({ profile: 'standard', countries: new Set(['UA']) });
    const noon = Date.parse('2026-11-24T12:00:00+02:00');
    const from = policyFacts({ settings, now: noon, expiresAt: noon + 3_600_000 });
    for (const purpose of PURPOSES) {
      for (const exempt of [null, 'answer'] as const) {
        const { decision, until, rules } = decide({ ...from, purpose, exempt });
        expect(decision).toBe('send');
        const record: PolicyRecord = { decision: 'send', until, rules };
        expect(writePolicy(record)).toMatch(new RegExp(`^=[A-Z]{${rules.length}}$`));
        expect(readPolicy(writePolicy(record))).toEqual(record);
      }
    }
    const rare: PolicyRecord = { ...RECORD, decision: 'send', until: null, rules: [{ rule: 'doubt', verdict: 'warn', reason: 'inDoubt' }] };
    expect(readPolicy(writePolicy(rare))).toEqual(rare);
    // A letter that a newer program wrote.
    expect(readPolicy('=A~')).toEqual({
      decision: 'send',
      until: null,
      rules: [{ rule: 'suppression', verdict: 'pass', reason: 'wanted' }],
    });
  });

  it('S10 keeps the meaning of each letter, since files hold them', () => {
    const rules = 'ABCDEFGHIJKLMNOPQRSTUV'.split('').flatMap((letter) => readPolicy(`=${letter}`).rules);
    expect(rules.map(({ rule, verdict, reason }) => `${rule} ${verdict} ${reason}`)).toMatchInlineSnapshot(`
      [
        "suppression pass wanted",
        "suppression pass answer",
        "consent pass consentNotNeeded",
        "consent pass agreed",
        "country pass anyCountry",
        "country pass countryAllowed",
        "premium pass ordinaryNumber",
        "validity pass withinTime",
        "doubt pass noDoubt",
        "schedule pass due",
        "clock pass clockTrusted",
        "clock pass clockUntrusted",
        "fewOffers pass notForThisPurpose",
        "fewOffers pass wanted",
        "frequency pass notForThisPurpose",
        "frequency pass withinCaps",
        "frequency pass answer",
        "moment pass notForThisPurpose",
        "moment pass goodMoment",
        "quietHours pass notForThisPurpose",
        "quietHours pass openHours",
        "quietHours pass answer",
      ]
    `);
  });

  it('is also read as it was kept before', () => {
    expect(readPolicy(JSON.stringify(RECORD))).toEqual(RECORD);
  });

  it.each(['', 'x', '[]', '{"decision":"send"}', '{"decision":"send","until":null,"rules":7}'])(
    '%j is taken for nothing that is known',
    (text) => {
      expect(readPolicy(text)).toEqual({ decision: 'send', until: null, rules: [] });
    },
  );

  it('leaves out a verdict that is none', () => {
    expect(readPolicy('{"decision":"send","until":null,"rules":"a pass b;c maybe d;"}').rules).toEqual([
      { rule: 'a', verdict: 'pass', reason: 'b' },
    ]);
  });
});
