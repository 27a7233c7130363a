import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { readMmsNotification } from '../../../src/pdu/mms-notification.ts';
import vectors from '../../vectors/mms-push.json' with { type: 'json' };

/** What the PDUs of a message carry, joined. */
function pushOf(pdus: readonly string[]): Buffer {
  const parts = pdus.map((pdu) => {
    const tpdu = decodeTpdu(pdu, 'sc-to-ms');
    return tpdu.type === 'deliver' ? (tpdu.data ?? '') : '';
  });
  return Buffer.from(parts.join(''), 'hex');
}

describe('a push as networks send it', () => {
  it.each(vectors.notifications)('is from $from with $size octets', ({ pdus, from, size }) => {
    expect(readMmsNotification(pushOf(pdus))).toEqual({ from, size });
  });

  it('cut off anywhere, says what was read until then, or nothing, and never throws', () => {
    for (const { pdus, from, size } of vectors.notifications) {
      const push = pushOf(pdus);
      for (let length = 0; length <= push.length; length += 1) {
        const read = readMmsNotification(push.subarray(0, length));
        expect([undefined, null, from]).toContain(read?.from);
        expect([undefined, null, size]).toContain(read?.size);
      }
    }
  });
});

/**
 * A push put together by hand from WAP-230-WSP 8.2.4.1 and OMA-TS-MMS_ENC 7: the type, its headers behind their length, then the
 * headers of the MMS.
 */
const push = (...body: (number | string)[]): Buffer => withType([0xbe], body);
const bytes = (parts: readonly (number | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))));
function withType(type: readonly (number | string)[], body: readonly (number | string)[]): Buffer {
  const headers = bytes(type);
  return bytes([0x25, 0x06, headers.length, headers.toString('latin1'), ...body]);
}
const NOTIFICATION = [0x8c, 0x82] as const;

describe('the headers', () => {
  it.each([
    ['by a number', [0xbe]],
    ['by a number behind a length', [0x01, 0xbe]],
    ['with a parameter', [0x03, 0xbe, 0x81, 0xea]],
    ['by its name', ['application/vnd.wap.mms-message\0']],
    ['by its name in capitals, behind a length', [32, 'application/vnd.wap.MMS-message\0'].toSpliced(0, 1, 31, 32)],
    ['with other headers behind it', [0xbe, 0xaf, 0x84, 0xb4, 0x84]],
  ])('the content type %s is that of MMS', (_, type) => {
    expect(readMmsNotification(withType(type, NOTIFICATION))).toEqual({ from: null, size: null });
  });

  it.each([
    ['another content type', withType([0xae], NOTIFICATION)],
    ['another name', withType(['application/vnd.wap.sic\0'], NOTIFICATION)],
    ['a delivery report of MMS (m-delivery-ind)', push(0x8c, 0x86)],
    ['no message type', push(0x8e, 2, 0x74, 0)],
    ['no push', bytes([0x25, 0x02, 1, 0xbe, ...NOTIFICATION])],
    ['nothing', Buffer.alloc(0)],
    ['headers that are longer than all', bytes([0x25, 0x06, 0x7f, 0xbe, ...NOTIFICATION])],
    ['a length without an end', bytes([0x25, 0x06, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbe, ...NOTIFICATION])],
  ])('%s is no notification', (_, octets) => expect(readMmsNotification(octets)).toBeUndefined());

  it.each([
    ['a number', [0x89, 15, 0x80, '+380501234567\0'], '+380501234567'],
    ['a national number with its type', [0x89, 22, 0x80, '0501234567/TYPE=PLMN\0'], '0501234567'],
    ['an e-mail address', [0x89, 13, 0x80, 'a@b.example\0'], 'a@b.example'],
    ['an address in UTF-8 by its charset', [0x89, 17, 0x80, 15, 0xea, '+380501234567\0'], '+380501234567'],
    ['a sender that the network shall put in', [0x89, 1, 0x81], null],
    ['no address at all', [0x89, 1, 0x80], null],
    ['an empty address', [0x89, 2, 0x80, 0], null],
    ['an address beyond all measure', [0x89, 31, 0x83, 0x00, 0x80, `${'1'.repeat(382)}\0`], null],
    ['control characters', [0x89, 8, 0x80, '+38\r\n\x1b\0'], '+38'],
  ])('from %s', (_, header, from) => {
    expect(readMmsNotification(push(...NOTIFICATION, ...header, 0x8e, 2, 0x74, 0))).toEqual({ from, size: 0x7400 });
  });

  it.each([
    ['one octet', [1, 200], 200],
    ['four octets', [4, 0xff, 0xff, 0xff, 0xff], 2 ** 32 - 1],
    ['no octet', [0], null],
    ['more than any size', [5, 1, 0, 0, 0, 0], null],
  ])('a size of %s', (_, value, size) => {
    expect(readMmsNotification(push(...NOTIFICATION, 0x8e, ...value, 0x8a, 0x80))?.size).toBe(size);
  });

  it('unknown headers, by number or by name, are stepped over', () => {
    const body = [...NOTIFICATION, 0xf0, 3, 1, 2, 3, 'X-Own\0', 'some\0', 0xf1, 'text\0', 0xf2, 0x80, 0x8e, 1, 9];
    expect(readMmsNotification(push(...body))).toEqual({ from: null, size: 9 });
  });
});

it('I11: whatever the octets are, nothing is thrown and it ends', () => {
  const any = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(any, (octets) => void readMmsNotification(octets)),
    { numRuns: 2000 },
  );
  const begun = fc.property(any, (octets) => {
    const read = readMmsNotification(push(...NOTIFICATION, ...octets));
    expect(read === undefined || read.size === null || read.size >= 0).toBe(true);
  });
  fc.assert(begun, { numRuns: 2000 });
});
