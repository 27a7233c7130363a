import { describe, expect, it } from 'vitest';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { encodeSubmit } from '../../../src/pdu/submit.ts';
import { national, quotedNumber, routed } from '../../../src/simulator/numbers.ts';
import { deliverOf, deliversOf, prefixOctets, readSubmit, reportOf } from '../../../src/simulator/tpdu.ts';

const TIME = { epochMs: Date.UTC(2026, 10, 22, 10, 0, 0), quarterHours: 8 };
const SMSC = '+380500000999';

describe('what the simulator makes of TPDUs', () => {
  it.each([
    ['plain', { text: 'Hello', alphabet: 'gsm7' as const }],
    ['UCS2, class 0, report', { text: 'Привіт', alphabet: 'ucs2' as const, flash: true, statusReport: true }],
    ['relative validity', { text: 'x', alphabet: 'gsm7' as const, validity: { relativeSeconds: 300 } }],
    ['absolute validity', { text: 'x', alphabet: 'gsm7' as const, validity: { absolute: { epochMs: TIME.epochMs + 60_000 } } }],
    ['enhanced validity', { text: 'x', alphabet: 'gsm7' as const, validity: { enhanced: { seconds: 30 } } }],
    ['concatenated', { text: 'abc', alphabet: 'gsm7' as const, concat: { ref: 7, bits: 8 as const, total: 2, n: 1 } }],
    ['SMSC given, odd number of digits', { text: 'x', alphabet: 'gsm7' as const, smsc: '+38050', to: '12345' }],
    ['8-bit with ports', { text: '', alphabet: '8bit' as const, data: 'CAFE', extraElements: [{ id: 5, data: '0B8423F0' }] }],
  ])('a SUBMIT becomes a DELIVER with the same user data: %s', (_name, segment) => {
    const { pdu } = encodeSubmit({ to: '+380671112233', ...segment });
    const submit = decodeTpdu(pdu, 'ms-to-sc');
    const tpdu = deliverOf({ smsc: SMSC, from: '+380500000001', submit: pdu, time: TIME });
    const deliver = decodeTpdu(tpdu.pdu, 'sc-to-ms');
    if (submit.type !== 'submit' || deliver.type !== 'deliver') throw new Error('wrong types');
    expect(tpdu.length).toBe(tpdu.pdu.length / 2 - prefixOctets(tpdu.pdu));
    const same = ['text', 'alphabet', 'data', 'concat', 'ports', 'elements', 'messageClass', 'pid', 'dcs', 'trailingOctets'] as const;
    for (const field of same) expect(deliver[field]).toEqual(submit[field]);
    expect(deliver.from.number).toBe('+380500000001');
    expect(deliver.timestamp?.iso).toBe('2026-11-22T12:00:00+02:00');
    expect(deliver.smsc).toBe(SMSC);
  });

  it('reads what an SMSC wants to know', () => {
    const { pdu } = encodeSubmit({
      to: '+380671112233',
      text: 'x',
      alphabet: 'gsm7',
      rejectDuplicates: true,
      mr: 9,
      validity: { relativeSeconds: 300 },
    });
    expect(readSubmit(pdu)).toMatchObject({
      mr: 9,
      to: '+380671112233',
      text: 'x',
      rejectDuplicates: true,
      statusReport: false,
      concat: null,
    });
    expect(readSubmit(pdu).validForMs(0)).toBe(300_000);
    const absolute = encodeSubmit({ to: '1', text: '', alphabet: 'gsm7', validity: { absolute: { epochMs: TIME.epochMs } } }).pdu;
    expect(readSubmit(absolute).validForMs(TIME.epochMs - 5_000)).toBe(5_000);
    expect(() => readSubmit('0011')).toThrow();
  });

  it('cuts a long inbound text and says on all but the last that more comes', () => {
    const tpdus = deliversOf({ smsc: SMSC, from: 'CLINIC', text: 'я'.repeat(150), ref: 200, time: TIME });
    const delivers = tpdus.map((tpdu) => decodeTpdu(tpdu.pdu, 'sc-to-ms'));
    expect(delivers.map((d) => d.type === 'deliver' && d.concat)).toEqual([1, 2, 3].map((n) => ({ ref: 200, bits: 8, total: 3, n })));
    expect(delivers.map((d) => d.type === 'deliver' && d.moreToSend)).toEqual([true, true, false]);
    expect(delivers.map((d) => d.type === 'deliver' && d.text).join('')).toBe('я'.repeat(150));
    expect(delivers.map((d) => d.type === 'deliver' && d.from.number)).toEqual(['CLINIC', 'CLINIC', 'CLINIC']);
  });

  it('reports with the octets of TS 23.040 9.2.2.3', () => {
    const tpdu = reportOf({ smsc: SMSC, mr: 5, recipient: '+380671112233', submitted: TIME, discharged: TIME, status: 0x22 });
    expect(tpdu.pdu).toBe('0791835000009099' + '06' + '05' + '0C91836017112233' + '62112221000080' + '62112221000080' + '22');
    expect(tpdu.length).toBe(25);
  });
});

describe('numbers in the virtual network', () => {
  it.each([
    ['+380671112233', '+380671112233'],
    ['0671112233', '+380671112233'],
    ['00380671112233', '+380671112233'],
    ['380671112233', '+380671112233'],
    ['00491711234567', '+491711234567'],
    ['101', '101'],
    ['MTC', 'MTC'],
  ])('%s is routed as %s', (written, wanted) => {
    expect(routed(written)).toBe(wanted);
  });

  it('writes them nationally and with their type', () => {
    expect(national('+380671112233')).toBe('0671112233');
    expect(national('+491711234567')).toBe('+491711234567');
    expect(quotedNumber('+380671112233')).toBe('"+380671112233",145');
    expect(quotedNumber('101')).toBe('"101",129');
  });
});
