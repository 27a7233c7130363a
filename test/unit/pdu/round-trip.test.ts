import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { encodeDeliver } from '../../../src/pdu/deliver.ts';
import { planText } from '../../../src/pdu/plan.ts';
import { encodeStatusReport } from '../../../src/pdu/status-report.ts';
import { encodeSubmit } from '../../../src/pdu/submit.ts';
import type { InformationElement } from '../../../src/pdu/udh.ts';
import { relativeSeconds, type ValidityRequest } from '../../../src/pdu/validity.ts';
import { referenceDecode } from '../../support/reference-tpdu.ts';
import { anyMoment, anyNumber, anyText, gsm7Text, property } from '../../support/texts.ts';

const octet = fc.integer({ min: 0, max: 255 });

/** Elements that no codec gives a meaning to. */
const elements: fc.Arbitrary<readonly InformationElement[]> = fc.array(
  fc.record({
    id: fc.integer({ min: 0x70, max: 0x7f }),
    data: fc.uint8Array({ maxLength: 6 }).map((octets) => Buffer.from(octets).toString('hex').toUpperCase()),
  }),
  { maxLength: 2 },
);

const elementOctets = (list: readonly InformationElement[]): number => list.reduce((sum, { data }) => sum + 2 + data.length / 2, 0);

const anyValidity: fc.Arbitrary<ValidityRequest | null> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 63 * 604_800 }).map((seconds) => ({ relativeSeconds: seconds })),
  anyMoment.map((moment) => ({ absolute: moment })),
  fc.record({ seconds: fc.option(fc.integer({ min: 1, max: 359_999 })), singleShot: fc.boolean() }).map((enhanced) => ({ enhanced })),
);

const messageClass = fc.constantFrom<undefined | 0 | 1 | 2 | 3>(undefined, 0, 1, 2, 3);

const classOf = (value: 0 | 1 | 2 | 3 | undefined): { messageClass?: 0 | 1 | 2 | 3 } =>
  value === undefined ? {} : { messageClass: value };

describe('whole messages', () => {
  test('planned, encoded, decoded by us and by the decoder that shares nothing: the text comes back', () => {
    const message = fc.record({
      text: anyText(500),
      to: anyNumber,
      smsc: fc.option(fc.stringMatching(/^\+[0-9]{1,20}$/)),
      ref: fc.integer({ min: 0, max: 0xffff }),
      bits: fc.constantFrom<8 | 16>(8, 16),
      extra: elements,
      cls: messageClass,
      mr: octet,
      pid: octet,
      validity: anyValidity,
      statusReport: fc.boolean(),
      rejectDuplicates: fc.boolean(),
      replyPath: fc.boolean(),
    });
    fc.assert(
      fc.property(message, ({ text, ref, bits, extra, cls, ...fields }) => {
        const plan = planText(text, { refBits: bits, extraOctets: elementOctets(extra) });
        const total = plan.segments.length;
        fc.pre(total < 256);
        const reference16 = bits === 8 ? ref & 0xff : ref;
        let ours = '';
        let theirs = '';
        plan.segments.forEach((segment, i) => {
          const concat = total > 1 ? ({ ref: reference16, bits, total, n: i + 1 } as const) : null;
          const { pdu, tpduLength } = encodeSubmit({
            ...fields,
            ...classOf(cls),
            text: segment.text,
            alphabet: plan.alphabet,
            concat,
            extraElements: extra,
          });
          expect(pdu).toMatch(/^[0-9A-F]+$/);
          expect(tpduLength).toBe(pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16));
          // TP-UD is 140 octets at most; the rest is 1 + 1 + 12 + 1 + 1 + 7 + 1.
          expect(tpduLength).toBeLessThanOrEqual(164);
          const tpdu = decodeTpdu(pdu, i % 2 === 0 ? 'ms-to-sc' : 'stored');
          expect(tpdu).toMatchObject({
            type: 'submit',
            smsc: fields.smsc,
            mr: fields.mr,
            pid: fields.pid,
            to: { number: fields.to, kind: fields.to.startsWith('+') ? 'international' : 'unknown' },
            alphabet: plan.alphabet,
            concat,
            messageClass: cls ?? null,
            statusReport: fields.statusReport,
            rejectDuplicates: fields.rejectDuplicates,
            replyPath: fields.replyPath,
            trailingOctets: 0,
            notes: [],
          });
          if (tpdu.type !== 'submit') return;
          expect(tpdu.elements.slice(concat ? 1 : 0)).toEqual(extra);
          expect(tpdu.validity === null).toBe(fields.validity === null);
          ours += tpdu.text;
          const reference = referenceDecode(pdu);
          theirs += reference.text;
          expect(reference.address).toBe(fields.to);
          expect(reference.elements).toEqual(tpdu.elements);
        });
        expect(ours).toBe(text);
        expect(theirs).toBe(text);
      }),
      property(6000),
    );
  });

  test('SMS-DELIVER: sender, time to the second, text', () => {
    const name = gsm7Text(11).filter((text) => {
      const septets = text.length + (text.match(/[\f^{}\\[~\]|€]/g)?.length ?? 0);
      // An eighth character @ reads as filling (address.ts), and digits alone are a number.
      return septets > 0 && septets <= 11 && !text.endsWith('@') && !/^\+?[0-9*#abc]*$/.test(text);
    });
    fc.assert(
      fc.property(
        fc.oneof(
          anyNumber.filter((n) => !/[abc]/.test(n)),
          name,
        ),
        anyMoment,
        anyText(60),
        octet,
        (from, timestamp, text, pid) => {
          const plan = planText(text);
          fc.pre(plan.segments.length === 1);
          const flags = { moreToSend: pid % 2 === 0, replyPath: pid % 3 === 0, statusReportIndication: pid % 5 === 0 };
          const { pdu } = encodeDeliver({ from, timestamp, text, alphabet: plan.alphabet, pid, smsc: '+380672021111', ...flags });
          const tpdu = decodeTpdu(pdu, 'sc-to-ms');
          expect(tpdu).toMatchObject({
            type: 'deliver',
            from: { number: from },
            timestamp,
            text,
            pid,
            smsc: '+380672021111',
            ...flags,
            notes: [],
          });
          if (tpdu.type !== 'deliver' || !tpdu.timestamp) throw new Error('no time');
          // RFC 3339 as JavaScript reads it is a second opinion on the arithmetic.
          expect(Date.parse(tpdu.timestamp.iso)).toBe(timestamp.epochMs);
          expect(referenceDecode(pdu).address).toBe(from);
        },
      ),
      property(4000),
    );
  });

  test('SMS-STATUS-REPORT: all fields, with and without a text of the network', () => {
    fc.assert(
      fc.property(
        octet,
        octet,
        anyNumber,
        anyMoment,
        anyMoment,
        fc.option(octet),
        fc.boolean(),
        (mr, status, recipient, a, b, pid, hasText) => {
          const { pdu, tpduLength } = encodeStatusReport({
            mr,
            status,
            recipient,
            smscTime: a,
            dischargeTime: b,
            ...(pid !== null && { pid }),
            ...(hasText && { userData: { text: 'Жди', alphabet: 'ucs2' } }),
          });
          expect(tpduLength).toBe(pdu.length / 2 - 1);
          const tpdu = decodeTpdu(pdu, 'sc-to-ms');
          expect(tpdu).toMatchObject({
            type: 'statusReport',
            mr,
            status,
            recipient: { number: recipient },
            smscTime: a,
            dischargeTime: b,
            pid,
            dcs: hasText ? 8 : null,
            notes: [],
          });
          if (tpdu.type === 'statusReport') expect(tpdu.userData?.text).toBe(hasText ? 'Жди' : undefined);
          expect(referenceDecode(pdu)).toMatchObject({ kind: 'report', mr, status, address: recipient });
        },
      ),
      property(2000),
    );
  });

  test('8-bit data of any octets, with a header or without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), elements, (octets, extra) => {
        const data = Buffer.from(octets).toString('hex').toUpperCase();
        const { pdu } = encodeSubmit({ to: '1234', text: '', alphabet: '8bit', data, extraElements: extra });
        expect(decodeTpdu(pdu, 'ms-to-sc')).toMatchObject({ alphabet: '8bit', text: '', data, elements: extra });
        expect(referenceDecode(pdu)).toMatchObject({ data, elements: extra });
      }),
      property(1000),
    );
  });

  test('a relative validity lasts as long as asked for, and the next shorter one would not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 * 604_800 }), (seconds) => {
        const tpdu = decodeTpdu(
          encodeSubmit({ to: '1', text: '', alphabet: 'gsm7', validity: { relativeSeconds: seconds } }).pdu,
          'ms-to-sc',
        );
        if (tpdu.type !== 'submit' || tpdu.validity?.format !== 'relative') throw new Error('no validity');
        const octetValue = Number.parseInt(tpdu.validity.raw, 16);
        expect(tpdu.validity.seconds).toBeGreaterThanOrEqual(seconds);
        if (octetValue > 0) expect(relativeSeconds(octetValue - 1)).toBeLessThan(seconds);
      }),
      property(3000),
    );
  });
});
