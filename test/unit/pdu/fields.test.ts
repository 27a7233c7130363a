import { describe, expect, test } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { decodeDcs, encodeDcs, encodeWaiting } from '../../../src/pdu/dcs.ts';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { encodeDeliver } from '../../../src/pdu/deliver.ts';
import { PduFault } from '../../../src/pdu/fault.ts';
import { octetsFromHex } from '../../../src/pdu/octets.ts';
import { encodeSubmit, type SubmitSegment } from '../../../src/pdu/submit.ts';
import { decodeTimestamp } from '../../../src/pdu/timestamp.ts';
import { wellFormed } from '../../../src/pdu/ucs2.ts';
import { portsElement, waitingElement } from '../../../src/pdu/udh.ts';
import { relativeOctet, relativeSeconds } from '../../../src/pdu/validity.ts';

const WHEN = { epochMs: Date.UTC(2026, 10, 22, 9, 30), offsetMinutes: 120 };
const HEAD = '0004048121430000621122124365' + '80';

const faultOf = (hex: string, direction: 'sc-to-ms' | 'ms-to-sc' | 'stored' = 'sc-to-ms'): string => {
  try {
    decodeTpdu(hex, direction);
  } catch (fault) {
    if (fault instanceof PduFault) return `${fault.field} ${fault.octet}`;
    throw fault;
  }
  return 'none';
};

describe('faults name the field and the octet', () => {
  test.each([
    ['', 'smsc 0'],
    ['0', 'hex 0'],
    ['0x', 'hex 0'],
    ['00', 'firstOctet 1'],
    ['0791', 'smsc 2'],
    ['0C91'.padEnd(40, '1'), 'smsc 0'],
    ['0005', 'firstOctet 1'],
    ['0004', 'oa 2'],
    ['000415812143', 'oa.length 2'],
    ['00040481F143', 'oa.digits 5'],
    ['0004048121', 'oa.digits 5'],
    ['000404812143', 'pid 6'],
    ['00040481214300', 'dcs 7'],
    ['0004048121430000', 'scts 8'],
    [HEAD, 'udl 15'],
    [`${HEAD}0A`, 'ud 16'],
    [`${HEAD}A1`, 'udl 15'],
    [`${HEAD.replace(/^0004/, '0044')}0205`, 'ud.udh 16'],
  ])('%s: %s', (hex, where) => {
    expect(faultOf(hex)).toBe(where.replace('ud.udh 16', 'ud 17'));
  });

  test.each([
    // A header that says 5 octets of the 4 that there are.
    ['04' + '05000102', 'ud.udh 16'],
    // A header of two octets that holds an element of three.
    ['04' + '02000301', 'ud.udh.ie[0] 17'],
    // The second element reaches out.
    ['07' + '06700100710571', 'ud.udh.ie[1] 20'],
    // One octet is left for an identifier without a length.
    ['05' + '0470010070', 'ud.udh.ie[1] 20'],
    // No octet for the header at all.
    ['00', 'ud.udh 16'],
  ])('header %s: %s', (userData, where) => {
    const hex = `${HEAD.replace(/^0004/, '0044').replace(/0000621/, '0004621')}${userData}`;
    expect(faultOf(hex)).toBe(where);
  });

  test('types that are not decoded', () => {
    expect(faultOf('0001', 'sc-to-ms')).toBe('firstOctet 1');
    expect(faultOf('0000', 'ms-to-sc')).toBe('firstOctet 1');
    expect(faultOf('0002', 'ms-to-sc')).toBe('firstOctet 1');
    expect(faultOf('0003', 'ms-to-sc')).toBe('firstOctet 1');
    expect(() => decodeTpdu('0001', 'sc-to-ms')).toThrow(/SMS-SUBMIT-REPORT/);
  });

  test('the same octets mean another thing in the other direction', () => {
    const { pdu } = encodeSubmit({ to: '+380671234567', text: 'hi', alphabet: 'gsm7' });
    expect(decodeTpdu(pdu, 'ms-to-sc').type).toBe('submit');
    expect(decodeTpdu(pdu, 'stored').type).toBe('submit');
    expect(faultOf(pdu, 'sc-to-ms')).toBe('firstOctet 1');
  });

  test('without the SMSC in front', () => {
    const { pdu } = encodeDeliver({ from: '1234', timestamp: WHEN, text: 'hi', alphabet: 'gsm7', smsc: '+380672021111' });
    expect(pdu.startsWith('0791836027201111')).toBe(true);
    expect(decodeTpdu(pdu.slice(16), 'sc-to-ms', { smscPrefix: false })).toMatchObject({ smsc: null, text: 'hi' });
  });
});

describe('TP-DCS: all 256 octets against the table of TS 23.038 4', () => {
  test('alphabet, class, waiting', () => {
    for (let octet = 0; octet < 256; octet++) {
      const bits = octet.toString(2).padStart(8, '0');
      const coding = decodeDcs(octet);
      const general = bits.startsWith('0');
      const alphabet = general
        ? (['gsm7', '8bit', 'ucs2', 'gsm7'] as const)[Number.parseInt(bits.slice(4, 6), 2)]
        : bits.startsWith('1111')
          ? (['gsm7', '8bit'] as const)[Number(bits[5])]
          : bits.startsWith('1110')
            ? 'ucs2'
            : 'gsm7';
      expect(coding.alphabet, bits).toBe(alphabet);
      expect(coding.compressed, bits).toBe(general && bits[2] === '1');
      expect(coding.autoDelete, bits).toBe(bits.startsWith('01'));
      const hasClass = (general && bits[3] === '1') || bits.startsWith('1111');
      expect(coding.messageClass, bits).toBe(hasClass ? Number.parseInt(bits.slice(6), 2) : null);
      expect(coding.waiting !== null, bits).toBe(/^11(00|01|10)/.test(bits));
      expect(coding.reserved, bits).toBe((general && bits.slice(4, 6) === '11') || /^10/.test(bits) || /^11111/.test(bits));
    }
  });

  test('what is encoded decodes', () => {
    for (const alphabet of ['gsm7', '8bit', 'ucs2'] as const) {
      expect(decodeDcs(encodeDcs(alphabet))).toMatchObject({ alphabet, messageClass: null });
      for (const messageClass of [0, 1, 2, 3] as const) {
        expect(decodeDcs(encodeDcs(alphabet, messageClass))).toMatchObject({ alphabet, messageClass });
      }
    }
    for (const kind of ['voicemail', 'fax', 'email', 'other'] as const) {
      for (const active of [true, false]) {
        expect(decodeDcs(encodeWaiting({ kind, active, store: false })).waiting).toEqual({ kind, active, store: false, count: null });
        expect(decodeDcs(encodeWaiting({ kind, active, store: true }, true))).toMatchObject({
          alphabet: 'ucs2',
          waiting: { kind, active, store: true },
        });
      }
    }
  });

  test('waiting messages go out and come in by TP-DCS and by header', () => {
    const { pdu } = encodeDeliver({
      from: '1234',
      timestamp: WHEN,
      text: 'two',
      alphabet: 'gsm7',
      dcs: encodeWaiting({ kind: 'voicemail', active: true, store: true }),
      extraElements: [waitingElement({ kind: 'voicemail', store: true }, 2)],
    });
    expect(decodeTpdu(pdu, 'sc-to-ms')).toMatchObject({
      text: 'two',
      waiting: [
        { kind: 'voicemail', active: true, count: null, store: true },
        { kind: 'voicemail', active: true, count: 2, store: true },
      ],
    });
  });

  test('a TP-DCS of another alphabet than the text is refused', () => {
    expect(() => encodeSubmit({ to: '1', text: 'a', alphabet: 'gsm7', dcs: 8 })).toThrow(RangeError);
    expect(() => encodeSubmit({ to: '1', text: 'a', alphabet: 'gsm7', dcs: 0x20 })).toThrow(RangeError);
  });

  test('flash is class 0', () => {
    expect(decodeTpdu(encodeSubmit({ to: '1', text: 'код', alphabet: 'ucs2', flash: true }).pdu, 'ms-to-sc')).toMatchObject({
      messageClass: 0,
      dcs: 0x18,
    });
  });
});

describe('TP-VP', () => {
  test('all 256 relative octets, by the table of TS 23.040 9.2.3.12.1', () => {
    let last = 0;
    for (let octet = 0; octet < 256; octet++) {
      const minutes =
        octet <= 143
          ? (octet + 1) * 5
          : octet <= 167
            ? 720 + (octet - 143) * 30
            : octet <= 196
              ? (octet - 166) * 1440
              : (octet - 192) * 10_080;
      expect(relativeSeconds(octet)).toBe(minutes * 60);
      expect(relativeSeconds(octet)).toBeGreaterThan(last);
      expect(relativeOctet(minutes * 60)).toBe(octet);
      expect(relativeOctet(last + 1)).toBe(octet);
      last = minutes * 60;
    }
    expect(relativeOctet(0)).toBe(0);
    expect(relativeOctet(1e12)).toBe(255);
  });

  test('a validity that is none is refused', () => {
    expect(() => relativeOctet(-1)).toThrow(Fault);
    expect(() => relativeOctet(Number.NaN)).toThrow(Fault);
  });
});

describe('times', () => {
  test('every day of 1990 to 2089, against the calendar of JavaScript', () => {
    const wrong: string[] = [];
    let days = 0;
    for (let ms = Date.UTC(1990, 0, 1); ms < Date.UTC(2090, 0, 1); ms += 86_400_000) {
      const day = new Date(ms).toISOString().slice(0, 10);
      const digits = day
        .slice(2)
        .replaceAll('-', '')
        .replace(/(.)(.)/g, '$2$1');
      const time = decodeTimestamp(octetsFromHex(`${digits}32954500`), 0);
      if (time?.iso !== `${day}T23:59:54+00:00` || time.epochMs !== ms + 86_394_000) wrong.push(day);
      days++;
    }
    expect(wrong).toEqual([]);
    expect(days).toBe(36_525);
  });

  test.each([
    ['90220900000000', '29 February of a year that has none'],
    ['62000100000000', 'month 0 and more'],
    ['62110000000000', 'day 0'],
    ['62112242000000', 'hour 24'],
    ['62112200060000', 'minute 60'],
    ['62112200000600', 'second 60'],
    ['621122000000A0', 'an offset of no quarters'],
    ['621122000000FF', 'an offset of no digits'],
    ['6A112200000000', 'a digit that is none'],
    ['00000000000000', 'nothing'],
  ])('%s is no time: %s', (hex) => {
    expect(decodeTimestamp(octetsFromHex(hex), 0)).toBe(null);
  });

  test('minus nothing is UTC', () => {
    expect(decodeTimestamp(octetsFromHex('62112200000008'), 0)).toMatchObject({ iso: '2026-11-22T00:00:00+00:00', offsetMinutes: 0 });
  });

  test('an offset of quarter hours of either sign, up to 19:45', () => {
    for (let quarters = -79; quarters <= 79; quarters++) {
      const { pdu } = encodeDeliver({
        from: '1',
        timestamp: { epochMs: WHEN.epochMs, offsetMinutes: quarters * 15 },
        text: '',
        alphabet: 'gsm7',
      });
      const tpdu = decodeTpdu(pdu, 'sc-to-ms');
      expect(tpdu).toMatchObject({ timestamp: { epochMs: WHEN.epochMs, offsetMinutes: quarters * 15 } });
      if (tpdu.type === 'deliver') expect(tpdu.timestamp?.iso).toMatch(quarters < 0 ? /-\d\d:(00|15|30|45)$/ : /\+\d\d:(00|15|30|45)$/);
    }
  });

  test('what no PDU can say is refused', () => {
    for (const timestamp of [
      { epochMs: Date.UTC(1989, 11, 31) },
      { epochMs: Date.UTC(2090, 0, 1) },
      { epochMs: Number.NaN },
      { epochMs: 0, offsetMinutes: 7 },
      { ...WHEN, offsetMinutes: 1200 },
    ]) {
      expect(() => encodeDeliver({ from: '1', timestamp, text: '', alphabet: 'gsm7' })).toThrow(Fault);
    }
  });
});

describe('what cannot be sent', () => {
  const segment: SubmitSegment = { to: '+380671234567', text: 'hello', alphabet: 'gsm7' };
  const codeOf = (change: Partial<SubmitSegment>): string => {
    try {
      encodeSubmit({ ...segment, ...change });
    } catch (fault) {
      return fault instanceof Fault ? fault.code : (String(fault).split(':')[0] ?? '');
    }
    return 'none';
  };

  test.each([
    [{ to: '' }, 'numberInvalid'],
    [{ to: '+' }, 'numberInvalid'],
    [{ to: '+38 067' }, 'numberInvalid'],
    [{ to: '٠٦٧' }, 'numberInvalid'],
    [{ to: 'Clinic' }, 'numberInvalid'],
    [{ to: '1+2' }, 'numberInvalid'],
    [{ to: '1'.repeat(21) }, 'numberInvalid'],
    [{ smsc: '+38O67' }, 'numberInvalid'],
    [{ text: 'Привіт' }, 'textInvalid'],
    [{ text: '\u001b' }, 'textInvalid'],
    [{ text: 'a\uD83D', alphabet: 'ucs2' as const }, 'textInvalid'],
    [{ text: '\uDE00a', alphabet: 'ucs2' as const }, 'textInvalid'],
    [{ text: 'x'.repeat(161) }, 'textTooLong'],
    [{ text: '€'.repeat(81) }, 'textTooLong'],
    [{ text: 'x'.repeat(100_000) }, 'textTooLong'],
    [{ text: 'ж'.repeat(71), alphabet: 'ucs2' as const }, 'textTooLong'],
    [{ text: 'x'.repeat(154), concat: { ref: 1, bits: 8, total: 2, n: 1 } as const }, 'textTooLong'],
    [{ alphabet: '8bit' as const, data: '00'.repeat(141) }, 'textTooLong'],
    [{ alphabet: '8bit' as const, data: '0x' }, 'pduInvalid'],
    [{ concat: { ref: 256, bits: 8, total: 2, n: 1 } as const }, 'RangeError'],
    [{ concat: { ref: 1, bits: 8, total: 2, n: 3 } as const }, 'RangeError'],
    [{ concat: { ref: 1, bits: 8, total: 256, n: 3 } as const }, 'RangeError'],
    [{ concat: { ref: 1, bits: 8, total: 2, n: 0 } as const }, 'RangeError'],
    [{ extraElements: [{ id: 0x70, data: '00'.repeat(140) }] }, 'RangeError'],
    [{ validity: { relativeSeconds: -5 } }, 'timeInvalid'],
  ])('%o: %s', (change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  test('after a refusal the next PDU is whole', () => {
    expect(codeOf({ text: 'Привіт' })).toBe('textInvalid');
    expect(encodeSubmit(segment).pdu).toBe('0001000C91836017325476000005E8329BFD06');
  });

  test('what fits to the last unit is sent', () => {
    for (const change of [
      { text: 'x'.repeat(160) },
      { text: '€'.repeat(80) },
      { text: 'ж'.repeat(70), alphabet: 'ucs2' as const },
      { text: 'x'.repeat(153), concat: { ref: 1, bits: 8, total: 2, n: 1 } as const },
      { text: 'x'.repeat(152), concat: { ref: 1, bits: 16, total: 2, n: 1 } as const },
      { text: 'ж'.repeat(67), alphabet: 'ucs2' as const, concat: { ref: 1, bits: 8, total: 2, n: 1 } as const },
      { text: 'x'.repeat(155), language: { single: 'turkish' } as const },
      { text: 'x'.repeat(152), language: { single: 'turkish', locking: 'turkish' } as const },
      {
        text: 'x'.repeat(146),
        language: { single: 'turkish', locking: 'turkish' } as const,
        concat: { ref: 1, bits: 8, total: 2, n: 1 } as const,
      },
    ]) {
      const { pdu, tpduLength } = encodeSubmit({ ...segment, ...change });
      // TP-UD is full: 140 octets, behind 13 of SMS-SUBMIT to this number.
      expect(tpduLength - 13).toBe(140);
      expect(decodeTpdu(pdu, 'ms-to-sc')).toMatchObject({ text: change.text });
      expect(codeOf({ ...change, text: change.text + change.text.charAt(0) })).toBe('textTooLong');
    }
  });
});

describe('headers and addresses', () => {
  test('ports', () => {
    const extraElements = [portsElement({ destination: 2948, origin: 9200, bits: 16 })];
    const { pdu } = encodeSubmit({ to: '1', text: '', alphabet: '8bit', data: 'AB', extraElements });
    expect(decodeTpdu(pdu, 'ms-to-sc')).toMatchObject({ ports: { destination: 2948, origin: 9200, bits: 16 }, data: 'AB' });
    const small = encodeSubmit({
      to: '1',
      text: 'hi',
      alphabet: 'gsm7',
      extraElements: [portsElement({ destination: 5, origin: 6, bits: 8 })],
    });
    expect(decodeTpdu(small.pdu, 'ms-to-sc')).toMatchObject({ ports: { destination: 5, origin: 6, bits: 8 }, text: 'hi' });
  });

  test.each(['Clinic', 'ПростоКлініка', 'A', 'www.tim.it', 'ELEVEN+CHAR', 'cab', '12 CH', '€uro'])('a sender name: %s', (from) => {
    const send = () => encodeDeliver({ from, timestamp: WHEN, text: '', alphabet: 'gsm7' }).pdu;
    if (/[А-я]/.test(from)) expect(send).toThrow(Fault);
    else expect(decodeTpdu(send(), 'sc-to-ms')).toMatchObject({ from: { number: from, kind: 'alphanumeric' } });
  });

  test('a sender name that is too long is refused', () => {
    for (const from of ['', 'TWELVE-CHARS', '€€€€€€']) {
      expect(() => encodeDeliver({ from, timestamp: WHEN, text: '', alphabet: 'gsm7' })).toThrow(Fault);
    }
  });

  test('digits that look like an international prefix stay digits', () => {
    // node-pdu sends this to +71230045.
    expect(decodeTpdu(encodeSubmit({ to: '0671230045', text: '', alphabet: 'gsm7' }).pdu, 'ms-to-sc')).toMatchObject({
      to: { number: '0671230045', kind: 'unknown' },
    });
  });
});

describe('text that came in broken', () => {
  test('an emoji that the sender cut comes back when the segments are joined', () => {
    // What node-pdu makes of an emoji at the 63rd unit.
    const texts = ['04D83D0416', '04DE000416'].map((userData) => {
      const tpdu = decodeTpdu(`${HEAD.replace(/0000621/, '0008621')}${userData}`, 'sc-to-ms');
      expect(tpdu.notes).toEqual(['unpairedSurrogate']);
      return tpdu.type === 'deliver' ? tpdu.text : '';
    });
    expect(`${texts[1]?.slice(1)}${texts[0]?.slice(0, 1)}${texts[1]?.slice(0, 1)}`).toBe('Ж😀');
  });

  test('wellFormed replaces only halves', () => {
    expect(wellFormed('a😀b')).toBe('a😀b');
    expect(wellFormed('\uD83D')).toBe('\uFFFD');
    expect(wellFormed('a\uDE00\uD83D\uD83D\uDE00b\uD83D')).toBe('a\uFFFD\uFFFD😀b\uFFFD');
    expect(wellFormed('')).toBe('');
  });
});
