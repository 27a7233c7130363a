import { describe, expect, it } from 'vitest';
import { checkUssdCode } from '../../../src/policy/ussd-code.ts';

describe('the grammar of USSD codes', () => {
  it.each(['*101#', '*111#', '#102#', '*124*#', '*111*2*1#', '*#10#', '*123*12345678901234#'])('lets %s pass', (code) => {
    expect(() => checkUssdCode(code)).not.toThrow();
  });

  it.each([
    '**21*+380501234567#',
    '*21*380501234567#',
    '*#21#',
    '##002#',
    '**04*1234*4321*4321#',
    '**05*12345678*1111*1111#',
    '*#06#',
    '#31#',
    '*31#',
    '*33*0000#',
    '**61*101**20#',
    '*#62#',
    '**03*330*0*1*1#',
    '*43#',
    '##67#',
    '*004#',
  ])('X01 refuses %s: it changes or tells how the SIM works in the network', (code) => {
    expect(() => checkUssdCode(code)).toThrow(/^The USSD code (?:is a command to the network|must have)/);
  });

  it.each([
    '',
    '*',
    '#',
    '101',
    '*101',
    '101#',
    '*101#1',
    '*10a#',
    '*101#\r',
    '*101#;+CMGD=1',
    ' *101#',
    '*101#*21#',
    `*${'1'.repeat(39)}#`,
    '*#*#4636#*#*',
    '*١٠١#',
  ])('X01 refuses %j: it is no question', (code) => {
    expect(() => checkUssdCode(code)).toThrow(/^The USSD code must/);
  });
});
