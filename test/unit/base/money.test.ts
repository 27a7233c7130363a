import { describe, expect, it } from 'vitest';
import { readAmount, writeAmount } from '../../../src/base/money.ts';
import { priceFor, readPrice } from '../../../src/base/price-list.ts';

describe('an amount', () => {
  it.each([
    ['0', '0.00'],
    ['0.65', '0.65'],
    ['0.1', '0.10'],
    ['12', '12.00'],
    ['0.0035', '0.0035'],
    ['0.000001', '0.000001'],
    ['999999.999999', '999999.999999'],
  ])('of %s is written %s', (written, shown) => {
    expect(writeAmount(readAmount(written) ?? Number.NaN)).toBe(shown);
  });

  it.each(['', '-1', '0,65', '.5', '5.', '1e3', '0.0000001', '1000000', ' 1', '１', 'NaN'])('is not %j', (written) => {
    expect(readAmount(written)).toBeUndefined();
  });

  it('is exact where floating point is not', () => {
    const dime = readAmount('0.1') ?? Number.NaN;
    let sum = 0;
    for (let i = 0; i < 1_000_000; i += 1) sum += dime;
    expect(writeAmount(sum)).toBe('100000.00');
    expect(writeAmount(-35_000)).toBe('-0.035');
  });
});

describe('a price list', () => {
  const list = ['+380 0.65 UAH', '+38067 0 UAH', '+48 0.12 EUR', '4.20 UAH'].map((text) => {
    const price = readPrice(text);
    if (!price) throw new Error(text);
    return price;
  });

  it.each([
    ['+380501234567', '0.65 UAH'],
    ['+380671234567', '0.00 UAH'],
    ['+48601234567', '0.12 EUR'],
    ['+4915112345678', '4.20 UAH'],
    ['+380', '0.65 UAH'],
  ])('has for %s %s: the longest beginning that fits', (number, price) => {
    const found = priceFor(list, number);
    expect(found && `${writeAmount(found.micros)} ${found.currency}`).toBe(price);
  });

  it('knows nothing of a number that no entry fits', () => {
    expect(priceFor(list.slice(0, 3), '+4915112345678')).toBeNull();
  });
});
