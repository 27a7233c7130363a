import { describe, expect, it } from 'vitest';
import { parseLine, splitArgs } from '../../../src/simulator/at-line.ts';

describe('a command line', () => {
  it.each([
    ['', []],
    ['E0', [{ name: 'E', form: 'run', args: ['0'] }]],
    ['e', [{ name: 'E', form: 'run', args: [] }]],
    [
      'E0V1&F',
      [
        { name: 'E', form: 'run', args: ['0'] },
        { name: 'V', form: 'run', args: ['1'] },
        { name: '&F', form: 'run', args: [] },
      ],
    ],
    ['+CSQ', [{ name: '+CSQ', form: 'run', args: [] }]],
    ['+creg?', [{ name: '+CREG', form: 'read', args: [] }]],
    ['+CREG=?', [{ name: '+CREG', form: 'test', args: [] }]],
    ['+CNMI=2,1,,2', [{ name: '+CNMI', form: 'set', args: ['2', '1', undefined, '2'] }]],
    ['^ICCID?', [{ name: '^ICCID', form: 'read', args: [] }]],
    ['S0=1', [{ name: 'S0', form: 'set', args: ['1'] }]],
    ['S3?', [{ name: 'S3', form: 'read', args: [] }]],
    ['D+380501234567;', [{ name: 'D', form: 'run', args: ['+380501234567;'] }]],
    [
      'E0+CMEE=1;+CMGF=0',
      [
        { name: 'E', form: 'run', args: ['0'] },
        { name: '+CMEE', form: 'set', args: ['1'] },
        { name: '+CMGF', form: 'set', args: ['0'] },
      ],
    ],
    [
      '+CUSD=1,"*1;1#",15;+CSQ',
      [
        { name: '+CUSD', form: 'set', args: ['1', '*1;1#', '15'] },
        { name: '+CSQ', form: 'run', args: [] },
      ],
    ],
  ])('%j is read as it stands', (line, commands) => {
    expect(parseLine(line)).toEqual(commands);
  });

  it.each(['1', '?', '+CSQ y', '=1', 'E0 "'])('%j is refused', (line) => {
    expect(parseLine(line)).toBeUndefined();
  });

  it('tells an empty text from one that is left out', () => {
    expect(splitArgs('"",,"a,b", 1')).toEqual(['', undefined, 'a,b', '1']);
  });
});
