import { describe, expect, it } from 'vitest';
import { readPolicy, writePolicy } from '../../../src/store/policy-record.ts';
import type { PolicyRecord } from '../../../src/store/records/message.ts';

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
