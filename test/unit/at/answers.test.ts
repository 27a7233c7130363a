import { expect, test } from 'vitest';
import * as answers from '../../../src/at/answers.ts';
import type { Info } from '../../../src/at/lines.ts';
import { Trace } from '../../../src/at/trace.ts';

const info = (...texts: string[]): Info[] => texts.map((text) => ({ kind: 'info', text, doubtful: false }));

test('a serial number is found in every dress', () => {
  for (const text of [
    '356938035643809',
    '"356938035643809"',
    '+CGSN: 356938035643809',
    '+CGSN: "356938035643809"',
    '356938035643809,20',
    '35-693803-564380-9',
    '356938035643809 V1.0',
  ]) {
    expect(answers.readSerial(info(text)), text).toBe('356938035643809');
  }
  expect(answers.readSerial(info('none'))).toBeUndefined();
});

test('an ICCID is found in every dress', () => {
  const whole = '8938003992012345678';
  for (const text of [whole, `+CCID: ${whole}`, `+CCID: "${whole}"`, `+ICCID: ${whole}F`, `^ICCID: ${whole}F`, `+QCCID: ${whole}f`]) {
    expect(answers.readIccid(info(text)), text).toBe(whole);
  }
  expect(answers.readIccid(info('+CRSM: 144,0,"983800930221436587F9"'))).toBe('8983003920123456789');
  expect(answers.readIccid(info('^ICCID: 98380093022143658709'))).toBe('89830039201234567890');
  expect(answers.readIccid(info('+CRSM: 106,130'))).toBeUndefined();
  expect(answers.readIccid(info('+CRSM: 144,0,"9883000302010000FFFF"'))).toBe('8938003020100000');
  expect(answers.readIccid(info('ICCID: 8949020000086394062F'))).toBe('8949020000086394062');
  // Of one with letters in its middle a part of it would be another card's.
  expect(answers.readIccid(info('+CCID: "898607B1011770069438"'))).toBeUndefined();
});

test('own number, SMSC, PIN state', () => {
  expect(answers.readOwnNumber(info('+CNUM: "my, own","+380501112233",145'))).toBe('+380501112233');
  expect(answers.readOwnNumber(info('+CNUM: ,"380501112233",145,7,4'))).toBe('+380501112233');
  expect(answers.readOwnNumber(info('+CNUM: "","0501112233",129'))).toBe('0501112233');
  expect(answers.readOwnNumber(info('+CNUM: "",""'))).toBeUndefined();
  expect(answers.readOwnNumber(info('+CNUM: ,+380501112233,145'))).toBe('+380501112233');
  expect(answers.readOwnNumber(info('+CNUM: "+380501112233",145'))).toBe('+380501112233');
  expect(answers.readOwnNumber(info('+CNUM: 380501112233,"145"'))).toBe('+380501112233');
  expect(answers.readOwnNumber(info('+CNUM: "380501112233","0672223344",129'))).toBe('0672223344');
  expect(answers.readOwnNumber(info('+CNUM: "","002B003300380030003500300031003100310032003200330033",145'))).toBe('+380501112233');
  expect(answers.readSmsc(info('+CSCA: +380500000501,145'))).toBe('+380500000501');
  expect(answers.readSmsc(info('+CSCA:380500000501,"145"'))).toBe('+380500000501');
  expect(answers.readSmsc(info('+CSCA: "+380500000501",145'))).toBe('+380500000501');
  expect(answers.readSmsc(info('+CSCA: "002B003300380030",145'))).toBe('+380');
  expect(answers.readSmsc(info('+CSCA: "",129'))).toBeUndefined();
  expect(answers.readPinState(info('+CPIN: READY'))).toBe('READY');
  expect(answers.readPinState(info('+CPIN:"SIM PIN"'))).toBe('SIM PIN');
});

test('registration, asked and unasked', () => {
  expect(answers.readRegistration('+CREG: 0,1')).toEqual({ name: 'CREG', stat: 1 });
  expect(answers.readRegistration('+CREG: 5')).toEqual({ name: 'CREG', stat: 5 });
  expect(answers.readRegistration('+CEREG: 2,"00A1","01B2C3D4",7')).toEqual({ name: 'CEREG', stat: 2 });
  expect(answers.readRegistration('+CGREG: 1,00A1,B2')).toEqual({ name: 'CGREG', stat: 1 });
  expect(answers.readRegistration('+CREG: 1,1234,5678')).toEqual({ name: 'CREG', stat: 1 });
  expect(answers.readRegistration('+CRING: VOICE')).toBeUndefined();
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8].filter(answers.isRegistered)).toEqual([1, 5, 6, 7]);
});

test('signal and operator', () => {
  expect(answers.readSignal(info('+CSQ: 20,99'))).toBe(-73);
  expect(answers.readSignal(info('+CSQ: 99,99'))).toBeNull();
  expect(answers.readSignal(info('+CSQ: '))).toBeUndefined();
  expect(answers.readOperator(info('+COPS: 0,0,"Kyivstar",7'))).toBe('Kyivstar');
  expect(answers.readOperator(info('+COPS: 0,0,Kyivstar'))).toBe('Kyivstar');
  expect(answers.readOperator(info('+COPS: 0, 0, UA KYIVSTAR, 7'))).toBe('UA KYIVSTAR');
  expect(answers.readOperator(info('+COPS: 0,1,Life:), UA,2'))).toBe('Life:), UA');
  expect(answers.readOperator(info('+COPS: 0,0,"'))).toBeNull();
  expect(answers.readOperator(info('+COPS: 0,0,,7'))).toBeNull();
  expect(answers.readOperator(info('+COPS: 0,2,25503'))).toBeNull();
  expect(answers.readOperatorCode(info('+COPS: 0,2,"25503"'))).toBe('25503');
  expect(answers.readOperatorCode(info('+COPS: 0,2,25503'))).toBe('25503');
  expect(answers.readOperatorCode(info('+COPS: 0,2,25503,7'))).toBe('25503');
  expect(answers.readOperatorCode(info('+COPS: 0,2,"0032003500350030"'))).toBeUndefined();
  expect(answers.readOperatorCode(info('+COPS: 0,0,25503'))).toBeUndefined();
  expect(answers.readOperator(info('+COPS: 0'))).toBeNull();
  expect(answers.readOperator(info('+COPS: 0,0,"004B0079006900760073007400610072"'))).toBe('Kyivstar');
  expect(answers.readOperator(info('+COPS: 0,0,"a\nOK\nb",7'))).toBe('a OK b');
});

test('storages', () => {
  expect(answers.readStorages(info('+CPMS: ("SM","ME","SR"),("SM"),("SM","ME")'))).toEqual([['SM', 'ME', 'SR'], ['SM'], ['SM', 'ME']]);
  expect(answers.readStorageUse(info('+CPMS: "SM",3,20,"SM",3,20,"ME",0,99'))).toEqual([
    { memory: 'SM', used: 3, total: 20 },
    { memory: 'SM', used: 3, total: 20 },
    { memory: 'ME', used: 0, total: 99 },
  ]);
  expect(answers.readStorageUse(info('+CPMS: SM,3,20,SM,3,20'))[0]).toEqual({ memory: 'SM', used: 3, total: 20 });
  expect(answers.readStorageUse(info('+CPMS:"SM","3","20"'))[0]).toEqual({ memory: 'SM', used: 3, total: 20 });
  expect(answers.readStorages(info('+CPMS: (SM,ME),SM,(SM)'))).toEqual([['SM', 'ME'], ['SM'], ['SM']]);
  expect(answers.readStorageUse(info('+CPMS: 3,20,3,20'))[0]).toEqual({ memory: undefined, used: 3, total: 20 });
  expect(answers.readIndication('+CMTI: "SM",3')).toEqual({ memory: 'SM', index: 3 });
  expect(answers.readIndication('+CMTI: ME, 12')).toEqual({ memory: 'ME', index: 12 });
  expect(answers.readIndication('+CDSI:"SR",0')).toEqual({ memory: 'SR', index: 0 });
  expect(answers.readIndication('+CMTI: "SM"')).toBeUndefined();
  expect(answers.readListed({ kind: 'info', text: '+CMGL: 4,1,"Anna",24', pdu: '00', doubtful: false })).toEqual({
    index: 4,
    stat: 1,
    pdu: '00',
    whole: false,
    isEmpty: false,
    isText: false,
  });
});

/** What a trace shows of a dialogue; `>` before what was sent. */
function shown(...dialogue: string[]): string[] {
  const trace = new Trace();
  for (const line of dialogue) trace.add(0, line.startsWith('>') ? 'sent' : 'heard', line.replace(/^>/, ''));
  return trace.lines().map((l) => l.text);
}

test('a trace keeps the last lines that were said, and nothing private (X24)', () => {
  const trace = new Trace(3);
  for (const text of ['AT', 'AT+CMGS=18', '0001000B918350214365F7000005C8329BFD06', '+CMGS: 5']) trace.add(0, 'sent', text);
  expect(trace.lines().map((l) => l.text)).toEqual(['AT+CMGS=18', '<19 octets>', '+CMGS: 5']);
  expect(shown('+CUSD: 0,"You have 5 UAH",15', '+CLIP: "+380501234567",145')).toEqual(['+CUSD: 0,*', '+CLIP: "*",145']);
  expect(shown('>AT+CGSN', '356938035643809', 'OK')).toEqual(['AT+CGSN', '356938*********', 'OK']);
  expect(shown('Your code is 4711', '4711', '+CREG: 1')).toEqual(['<17 characters>', '<4 characters>', '+CREG: 1']);
  expect(shown('>AT+CPIN="1234"')).toEqual(['AT+CPIN=*']);
});

test('a text that a modem hands over in text mode is not in the trace, whatever its lines look like (X24)', () => {
  const header = '+CMT: "+380501234567",,"26/11/22,10:00:00+08"';
  expect(shown(header, 'Anna, your code', '+4711: 4711', '5523', '>AT', 'OK')).toEqual([
    '+CMT: "*",,"*"',
    '<15 characters>',
    '<11 characters>',
    '<4 characters>',
    'AT',
    'OK',
  ]);
  const full = new Trace(2);
  for (const text of [header, '+4711: 4711', 'Anna']) full.add(0, 'heard', text);
  expect(full.lines().map((l) => l.text)).toEqual(['<11 characters>', '<4 characters>']);
});

test.each<[string, string[]]>([
  ['+CCLK: "26/11/22,12:00:00+08"', ['2026-11-22T10:00:00.000Z', '2026-11-22T12:00:00.000Z']],
  ['+CCLK: "26/11/22,06:30:00-14"', ['2026-11-22T10:00:00.000Z', '2026-11-22T06:30:00.000Z']],
  ['+CCLK:2026/11/22,10:00:00+00', ['2026-11-22T10:00:00.000Z']],
  ['+CCLK: "80/01/06,00:02:10+00"', []],
  ['+CCLK: "04/01/01,00:00:00+00"', []],
  ['+CCLK: "26/11/22,12:00:00"', []],
  ['+CCLK: "26/02/30,12:00:00+08"', []],
  ['+CCLK: "26/11/22,12:00:00+99"', []],
  ['+CCLK: rubbish', []],
])('the clock of a modem: %s may mean %j', (text, instants) => {
  expect(answers.readClock(info(text)).map((ms) => new Date(ms).toISOString())).toEqual(instants);
});
