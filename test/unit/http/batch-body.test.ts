import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { splitBatch } from '../../../src/http/batch-body.ts';
import { measureValue } from '../../../src/http/json-scan.ts';

const split = (json: string, most = 1000): unknown[] => {
  const body = Buffer.from(json);
  return splitBatch(body, most).map(({ start, end }) => {
    const value: unknown = JSON.parse(body.toString('utf8', start, end));
    return value;
  });
};

const codeOf = (json: string, most?: number): string => {
  try {
    split(json, most);
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.places[0]?.pointer ?? ''}`.trim();
    throw error;
  }
  return 'none';
};

describe('splitting a batch without parsing it', () => {
  it('gives back every entry of any batch, in order, however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(undefined, 1, '\t', ' \n\r'),
        (messages, space) => {
          // JSON has one zero.
          const plain: unknown = JSON.parse(JSON.stringify(messages));
          expect(split(JSON.stringify({ messages }, null, space))).toEqual(plain);
          expect(split(`  { "m\\u0065ssages" : ${JSON.stringify(messages, null, space)} }\n`)).toEqual(plain);
        },
      ),
      { numRuns: 300, seed: 8025 },
    );
  });

  it('finds the end of strings that end in backslashes and quotes', () => {
    const nasty = ['\\', '"', '\\"', '\\\\', '"]}', '\\\\"', ',"', '[{', '\u2028'];
    expect(split(JSON.stringify({ messages: nasty }))).toEqual(nasty);
  });

  it('refuses what is no frame, as not JSON', () => {
    const cases = [
      '',
      ' ',
      'x',
      '{',
      '{"messages"',
      '{"messages":',
      '{"messages":[',
      '{"messages":[1',
      '{"messages":[1,',
      '{"messages":[1,]}',
      '{"messages":[,1]}',
      '{"messages":[1 2]}',
      '{"messages":[1]',
      '{"messages":[1]} x',
      '{"messages":[1],}',
      '{messages:[1]}',
      '{"messages":[1}',
      '{"messages":["a]}',
    ];
    expect(cases.map((json) => `${json} -> ${codeOf(json)}`)).toEqual(cases.map((json) => `${json} -> bodyInvalid`));
  });

  it('says where a frame is another than expected', () => {
    expect(codeOf('[1]')).toBe('requestInvalid');
    expect(codeOf('{}')).toBe('requestInvalid /messages');
    expect(codeOf('{"messages":[]}')).toBe('requestInvalid /messages');
    expect(codeOf('{"messages":{}}')).toBe('requestInvalid /messages');
    expect(codeOf('{"messages":[1],"dryRun":true}')).toBe('requestInvalid /dryRun');
    expect(codeOf('{"messages":[1],"messages":[2]}')).toBe('requestInvalid /messages');
    expect(codeOf('{"messages":[1,2,3]}', 2)).toBe('requestInvalid /messages');
  });

  it('never lets through a frame that JSON.parse would refuse', () => {
    const broken = fc.tuple(
      fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0'),
    );
    fc.assert(
      fc.property(broken, ([messages, at, put]) => {
        const whole = JSON.stringify({ messages });
        const i = at % whole.length;
        const json = whole.slice(0, i) + put + whole.slice(i + 1);
        let valid = true;
        try {
          JSON.parse(json);
        } catch {
          valid = false;
        }
        let passed = true;
        try {
          split(json);
        } catch {
          passed = false;
        }
        if (!valid) expect(passed).toBe(false);
      }),
      { numRuns: 2000, seed: 8025 },
    );
  });

  it('counts structure, so that a bomb of brackets is not parsed at all', () => {
    const bomb = Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(measureValue(bomb, 0)).toEqual({ end: 200_000, structure: 100_000 });
    expect(measureValue(Buffer.from('{"to":"[[[[,,,,","text":"{{{"}'), 0).structure).toBe(2);
  });
});
