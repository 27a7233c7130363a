import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as commands from '../../../src/at/commands.ts';

test('what Simpost says is in the grammar', () => {
  for (const line of ['AT', 'ATE0', 'AT+CMGS=18', 'AT+CMGD=3', 'AT+CNMI=2,1,0,1,0', 'AT+CPMS="SM","SM","SM"']) {
    expect(commands.permitted(line), line).toBe(true);
  }
});

test('what would be another command is not (X01)', () => {
  const evil = [
    'AT;',
    'AT+CMGS=18;+CFUN=0',
    'AT+CMGS=18\r',
    'ATD+380501234567',
    'AT+CMGD=1,4',
    'AT+CPMS="SM\r","SM"',
    'at',
    '',
    'AT+CMGS=9999',
    'A/',
  ];
  for (const line of evil) expect(commands.permitted(line), JSON.stringify(line)).toBe(false);
  for (const pdu of ['', '0', '00\x1a', '00\r', 'zz', '00 11', 'ab', '00'.repeat(189)])
    expect(commands.permittedPdu(pdu), JSON.stringify(pdu)).toBe(false);
  expect(commands.permittedPdu('0011AABB')).toBe(true);
});

test('no mixture of octets that control something is in the grammar (X01)', () => {
  const controls = ['\r', '\n', '\x1a', '\x1b', ';'];
  const octets = fc.array(fc.constantFrom(...controls, ...'AT+CMGS=?",0189 ^*#'), { maxLength: 30 });
  fc.assert(
    fc.property(octets, (line) => {
      fc.pre(line.some((octet) => controls.includes(octet)));
      expect(commands.permitted(line.join(''))).toBe(false);
    }),
    { numRuns: 10_000 },
  );
});

test('a number that is none makes no command (X01)', () => {
  expect(() => commands.readMessage(Number.NaN)).toThrow();
  expect(() => commands.deleteMessage(-1)).toThrow();
  expect(() => commands.selectStorages('SM";+CFUN=0,"')).toThrow();
});

test('a question knows its own answer', () => {
  expect(commands.registrationState('CREG').accepts('+CREG: 0,1')).toBe(true);
  expect(commands.registrationState('CREG').accepts('+CREG: 2,1,"00A1","B2C3",7')).toBe(true);
  expect(commands.registrationState('CREG').accepts('+CREG: 1')).toBe(false);
  expect(commands.registrationState('CREG').accepts('+CREG: 1,"00A1","B2C3"')).toBe(false);
  expect(commands.manufacturer().accepts('huawei')).toBe(true);
  expect(commands.manufacturer().accepts('^RSSI:12')).toBe(false);
  expect(commands.manufacturer().accepts('RING')).toBe(false);
  expect(commands.serialNumber().accepts('+CGSN: "356938035643809"')).toBe(true);
  expect(commands.serialNumber().accepts('+CLIP: "+380501234567890",145')).toBe(false);
});
