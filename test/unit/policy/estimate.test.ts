import { describe, expect, it } from 'vitest';
import { writeAmount } from '../../../src/base/money.ts';
import { planText } from '../../../src/pdu/plan.ts';
import { type EstimateFacts, estimate, type SimLimits, textSize, transliteratedSize } from '../../../src/policy/estimate.ts';

const NONE: SimLimits = { perMinute: 0, perHour: 0, perDay: 0, perMonth: 0, uniquePerDay: 0, uniquePerMonth: 0 };

/** As a new installation has them. */
const USUAL: SimLimits = { ...NONE, perMinute: 10, perHour: 100, uniquePerDay: 200 };

const CLINIC: EstimateFacts = {
  recipients: 1000,
  sendsPerMonth: 2,
  text: textSize('ucs2', 134),
  transliterated: transliteratedSize(134),
  shares: { otp: 0, service: 100, promotional: 0 },
  price: 650_000,
  packaged: 0,
  hoursPerDay: 10,
  sims: [{ ...USUAL, offers: true }],
  newSim: USUAL,
};

describe('the size of a text', () => {
  it.each([
    ['Cyrillic', 70, 1],
    ['Cyrillic', 71, 2],
    ['Cyrillic', 134, 2],
    ['Cyrillic', 135, 3],
    ['Cyrillic', 201, 3],
    ['Cyrillic', 268, 4],
    ['Cyrillic', 335, 5],
    ['Cyrillic', 350, 6],
    ['Latin', 70, 1],
    ['Latin', 160, 1],
    ['Latin', 161, 2],
    ['Latin', 306, 2],
    ['Latin', 307, 3],
    ['Latin', 350, 3],
  ])('of %s, %i characters, is %i segments, as the codec cuts it', (letters, length, segments) => {
    const size = textSize(letters === 'Latin' ? 'gsm7' : 'ucs2', length);
    expect(size.segments).toBe(segments);
    expect(planText((letters === 'Latin' ? 'a' : 'я').repeat(length), { transliterate: false }).segments).toHaveLength(segments);
  });
});

describe('an estimate', () => {
  type Row = [string, Partial<EstimateFacts>, { segments: number; amount: string | null; sims: number; days: number | null }];

  it.each<Row>([
    ['of two reminders to a thousand, two segments each', {}, { segments: 4000, amount: '2600.00', sims: 1, days: 10 }],
    ['of a text of one segment costs half', { text: textSize('ucs2', 70) }, { segments: 2000, amount: '1300.00', sims: 1, days: 10 }],
    ['without a price has no sum', { price: null }, { segments: 4000, amount: null, sims: 1, days: 10 }],
    ['takes off what the package pays', { packaged: 3000 }, { segments: 4000, amount: '650.00', sims: 1, days: 10 }],
    ['is nothing within the package', { packaged: 9000 }, { segments: 4000, amount: '0.00', sims: 1, days: 10 }],
    [
      'of offers alone has half of each cap',
      { shares: { otp: 0, service: 0, promotional: 100 } },
      { segments: 4000, amount: '2600.00', sims: 1, days: 20 },
    ],
    [
      'of a few offers among service texts is limited by all of it',
      { shares: { otp: 10, service: 70, promotional: 20 } },
      { segments: 4000, amount: '2600.00', sims: 1, days: 10 },
    ],
    ['needs more SIMs than there are', { recipients: 20_000 }, { segments: 80_000, amount: '52000.00', sims: 7, days: 200 }],
    [
      'is shared by the SIMs that there are',
      { recipients: 20_000, sims: Array.from({ length: 4 }, () => ({ ...USUAL, offers: true })) },
      { segments: 80_000, amount: '52000.00', sims: 7, days: 50 },
    ],
    [
      'without caps is what the radio carries',
      { recipients: 27_000, sims: [{ ...NONE, offers: true }], newSim: NONE },
      { segments: 108_000, amount: '70200.00', sims: 1, days: 12 },
    ],
    [
      'keeps to the recipients of a month',
      { sims: [{ ...USUAL, uniquePerMonth: 250, offers: true }], newSim: { ...USUAL, uniquePerMonth: 250 } },
      { segments: 4000, amount: '2600.00', sims: 4, days: 120 },
    ],
    [
      'keeps to the segments of a month, and is done sooner where they are enough',
      { sims: [{ ...NONE, perMonth: 4000, offers: true }], newSim: { ...NONE, perMonth: 2000 } },
      { segments: 4000, amount: '2600.00', sims: 2, days: 1 },
    ],
    ['knows no days where there is no SIM', { sims: [] }, { segments: 4000, amount: '2600.00', sims: 1, days: null }],
    [
      'knows none where no SIM may carry the offers in it',
      { sims: [{ ...USUAL, offers: false }], shares: { otp: 0, service: 50, promotional: 50 } },
      { segments: 4000, amount: '2600.00', sims: 1, days: null },
    ],
  ])('%s', (_, change, { segments, amount, sims, days }) => {
    const result = estimate({ ...CLINIC, ...change });
    expect(result.amount === null ? null : writeAmount(result.amount)).toBe(amount);
    expect({ segments: result.segments, sims: result.simsNeeded, days: result.daysNeeded }).toEqual({ segments, sims, days });
  });

  it('gives each purpose its share, and loses no message between them', () => {
    const { byPurpose, sends } = estimate({
      ...CLINIC,
      recipients: 333,
      sendsPerMonth: 1,
      shares: { otp: 33, service: 34, promotional: 33 },
    });
    expect(byPurpose).toEqual([
      { purpose: 'otp', sends: 110, segments: 220 },
      { purpose: 'service', sends: 113, segments: 226 },
      { purpose: 'promotional', sends: 110, segments: 220 },
    ]);
    expect(byPurpose.reduce((sum, one) => sum + one.sends, 0)).toBe(sends);
    // What has no share gets none of what is left over.
    const halves = estimate({ ...CLINIC, recipients: 99, sendsPerMonth: 1, shares: { otp: 50, service: 0, promotional: 50 } }).byPurpose;
    expect(halves.map((one) => one.sends)).toEqual([50, 0, 49]);
  });

  it('says what a shorter text or one in Latin letters saves', () => {
    const shown = estimate({ ...CLINIC, text: textSize('ucs2', 150), transliterated: transliteratedSize(150) }).savings.map(
      ({ way, units, segments, amount, saved }) =>
        `${way} ${units} ${segments} ${amount && writeAmount(amount)} ${saved && writeAmount(saved)}`,
    );
    expect(shown).toEqual(['transliterate 165 2 2600.00 1300.00', 'shorten 134 2 2600.00 1300.00', 'shorten 70 1 1300.00 2600.00']);
    expect(estimate({ ...CLINIC, text: textSize('gsm7', 160), transliterated: null }).savings).toEqual([]);
  });

  it('is exact beyond what a number in floating point holds', () => {
    const { amount } = estimate({
      ...CLINIC,
      recipients: 1_000_000,
      sendsPerMonth: 100,
      text: textSize('ucs2', 350),
      price: 9_999_999_999,
    });
    expect(amount).toBe(600_000_000n * 9_999_999_999n);
    expect(writeAmount(amount ?? 0n)).toBe('5999999999400.00');
  });
});
