import fc from 'fast-check';
import { Deliver as NodeDeliver, Report as NodeReport, Submit as NodeSubmit, parse } from 'node-pdu';
import { describe, expect, test } from 'vitest';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { encodeDeliver } from '../../../src/pdu/deliver.ts';
import { planText } from '../../../src/pdu/plan.ts';
import { encodeStatusReport } from '../../../src/pdu/status-report.ts';
import { encodeSubmit } from '../../../src/pdu/submit.ts';
import { anyMoment, property } from '../../support/texts.ts';

/**
 * node-pdu 2.1.1 in the one domain in which it is right: a destination of + and digits, one segment of up to 133 characters
 * that it knows of the GSM alphabet or 63 UTF-16 units, no validity. Outside of it, it loses digits of numbers, cuts emoji,
 * takes a backtick for §, and forces UCS2 on é.
 */

/** The basic characters that node-pdu sends in 7 bits and sends right. */
const BASIC = [...'@£$¥\n\r_ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ¿abcdefghijklmnopqrstuvwxyz'];

/** Those of the alphabet for which it takes UCS2, so that its segments are half as long. */
const ITS_UCS2 = [...'ΔΦΓΛΩΠΨΣΘΞèéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà'];

const number = fc.stringMatching(/^\+[1-9][0-9]{5,14}$/).filter((to) => !to.includes('00'));
const gsm7 = fc.array(fc.constantFrom(...BASIC), { minLength: 1, maxLength: 133, size: 'max' }).map((chars) => chars.join(''));
const ucs2 = fc
  .array(fc.constantFrom(...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГ ,.!?0123456789abc中兴😀'), { minLength: 1, maxLength: 62, size: 'max' })
  .map((chars) => `ж${chars.join('')}`)
  .filter((text) => text.length <= 63);

describe('node-pdu, byte for byte, in its right domain', () => {
  test('the alphabet is split into what it sends right, what it makes UCS2, and §, which it makes a space', () => {
    expect(BASIC.length + ITS_UCS2.length + 1).toBe(127);
    for (const char of ITS_UCS2) {
      expect(new NodeSubmit('+380671234567', char).getPartStrings()).toEqual([
        encodeSubmit({ to: '+380671234567', text: char, alphabet: 'ucs2' }).pdu,
      ]);
      expect(planText(char).alphabet).toBe('gsm7');
    }
    const [theirs] = new NodeSubmit('+380671234567', '§').getPartStrings();
    expect(theirs).toBe(encodeSubmit({ to: '+380671234567', text: ' ', alphabet: 'gsm7' }).pdu);
  });

  test.each([
    ['GSM 7-bit', gsm7],
    ['UCS2', ucs2],
  ])('SMS-SUBMIT, %s', (_name, texts) => {
    fc.assert(
      fc.property(number, texts, (to, text) => {
        const plan = planText(text);
        expect(plan.segments.length).toBe(1);
        const ours = encodeSubmit({ to, text, alphabet: plan.alphabet }).pdu;
        expect(new NodeSubmit(to, text).getPartStrings()).toEqual([ours]);
        const theirs = parse(ours);
        if (!(theirs instanceof NodeSubmit)) throw new Error('not an SMS-SUBMIT');
        expect([theirs.address.phone, theirs.data.getText()]).toEqual([to.slice(1), text]);
        expect(decodeTpdu(ours, 'ms-to-sc')).toMatchObject({ to: { number: to }, text });
      }),
      property(5000),
    );
  });

  test('SMS-DELIVER: both read the same number, time and text', () => {
    // It writes half hours as decimals, so whole hours only.
    const when = anyMoment.filter(
      ({ offsetMinutes, epochMs }) => offsetMinutes % 60 === 0 && epochMs > Date.UTC(2000, 0, 2) && epochMs < Date.UTC(2068, 0, 1),
    );
    fc.assert(
      fc.property(number, when, fc.oneof(gsm7, ucs2), (from, timestamp, text) => {
        const { pdu } = encodeDeliver({ from, timestamp, text, alphabet: planText(text).alphabet, smsc: '+380672021111' });
        const theirs = parse(pdu);
        if (!(theirs instanceof NodeDeliver)) throw new Error('not an SMS-DELIVER');
        expect([theirs.address.phone, theirs.data.getText()]).toEqual([from.slice(1), text]);
        expect(theirs.serviceCenterTimeStamp.time * 1000).toBe(timestamp.epochMs);
        expect(decodeTpdu(pdu, 'sc-to-ms')).toMatchObject({ from: { number: from }, text, timestamp });
      }),
      property(2000),
    );
  });

  test('SMS-STATUS-REPORT: both read the same reference, number, times and status', () => {
    const when = anyMoment.filter(
      ({ offsetMinutes, epochMs }) => offsetMinutes % 60 === 0 && epochMs > Date.UTC(2000, 0, 2) && epochMs < Date.UTC(2068, 0, 1),
    );
    fc.assert(
      fc.property(number, when, when, fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), (recipient, a, b, mr, status) => {
        const { pdu } = encodeStatusReport({ mr, recipient, smscTime: a, dischargeTime: b, status, smsc: '+380672021111' });
        const theirs = parse(pdu);
        if (!(theirs instanceof NodeReport)) throw new Error('not an SMS-STATUS-REPORT');
        expect([theirs.reference, theirs.address.phone, theirs.status]).toEqual([mr, recipient.slice(1), status]);
        expect([theirs.dateTime.time * 1000, theirs.discharge.time * 1000]).toEqual([a.epochMs, b.epochMs]);
      }),
      property(1000),
    );
  });
});
