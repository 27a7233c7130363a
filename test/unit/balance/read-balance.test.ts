import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from '../../../src/balance/amounts.ts';
import { loadOperators, readOperators } from '../../../src/balance/operators.ts';
import { readBalance } from '../../../src/balance/read-balance.ts';

const operators = loadOperators(undefined);

/** What an operator's answer says. */
function read(network: string, answer: string): unknown {
  const operator = operators.of(`${network}1234567890`);
  if (!operator) throw new Error(`no operator ${network}`);
  return readBalance(answer, operator.patterns, operator.currency);
}

const money = (amount: number, currency: string) => ({ amount, currency, package: null });

describe('what an operator answers', () => {
  it.each<[string, string, unknown]>([
    // Ukrainian
    ['25501', 'На Вашому рахунку 25.00 грн. Номер дiйсний до 31.12.2026', money(25, 'UAH')],
    [
      '25501',
      'На рахунку 25.00 грн. Діє до 31.12.2026. Залишок: 150 SMS',
      { amount: 25, currency: 'UAH', package: { left: 150, unit: 'SMS' } },
    ],
    ['25503', 'Баланс на 22.11.2026: 1 234,56 грн, послуга "Супер", 0.75 грн/SMS', money(1234.56, 'UAH')],
    ['25503', 'Na rahunku 12.34 grn. Bonusy: 0', money(12.34, 'UAH')],
    ['25506', 'Ваш баланс: 25 грн 50 коп. SMS: 42', { amount: 25.5, currency: 'UAH', package: { left: 42, unit: 'SMS' } }],
    ['25503', 'Баланс -3.20 грн', money(-3.2, 'UAH')],
    // Russian
    ['25501', 'Остаток на счете: 7,5 грн; 15 СМС до 30.11', { amount: 7.5, currency: 'UAH', package: { left: 15, unit: 'SMS' } }],
    ['40101', 'Баланс: 1 250,00 тг. Пакет: 300 SMS', { amount: 1250, currency: 'KZT', package: { left: 300, unit: 'SMS' } }],
    ['40102', 'На счету 0.50 тенге', money(0.5, 'KZT')],
    // Kazakh
    ['40177', 'Қалдық: 990 ₸. Тариф 05.12.2026 дейін', money(990, 'KZT')],
    ['40101', 'Сіздің теңгеріміңіз 145,70 теңге', money(145.7, 'KZT')],
    // Polish
    ['26001', 'Stan konta: 23,45 zl, wazne do 2026-12-31', money(23.45, 'PLN')],
    ['26003', 'Na Twoim koncie jest 5,00 zł. Pakiet: 80 SMS', { amount: 5, currency: 'PLN', package: { left: 80, unit: 'SMS' } }],
    ['26006', 'Saldo 1.234,50 PLN', money(1234.5, 'PLN')],
    // English and others
    ['25503', 'Balance: 25.00 UAH, valid to 31.12.2026', money(25, 'UAH')],
    ['23410', 'Your balance is £3.40. 12 SMS left', { amount: 3.4, currency: 'GBP', package: { left: 12, unit: 'SMS' } }],
    ['26201', 'Ihr Guthaben beträgt 9,99 EUR.', money(9.99, 'EUR')],
    // Packages alone, and nothing
    ['25501', 'Залишилося 37 SMS до 01.12.2026', { amount: null, currency: null, package: { left: 37, unit: 'SMS' } }],
    ['25501', 'Послуга тимчасово недоступна', undefined],
    ['25501', '', undefined],
  ])('%s: %s', (network, answer, meaning) => {
    expect(read(network, answer)).toEqual(meaning);
  });

  it('is read in no long time and never breaks, whatever it is', () => {
    const text = fc.string({ maxLength: 400, unit: fc.constantFrom(...'0123456789.,  баланс:SMSгрнkonto…{}\n') });
    const started = performance.now();
    fc.assert(
      fc.property(text, (answer) => {
        read('25501', answer);
      }),
      { numRuns: 2000 },
    );
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

it.each([
  ['25', 25],
  ['-5.20', -5.2],
  ['1 234,56', 1234.56],
  ['1.234,56', 1234.56],
  ['1,234.56', 1234.56],
  ['1’250', 1250],
  ['1.250', 1250],
  ['0.250', 0.25],
  ['12,5', 12.5],
  ['', undefined],
])('the number %j', (written, meaning) => {
  expect(readNumber(written)).toBe(meaning);
});

describe('a file of operators', () => {
  it('finds the operator by the IMSI, the longer network first', () => {
    expect(operators.of('255030000000001')).toMatchObject({ name: 'Київстар', code: '*111#', currency: 'UAH' });
    expect(operators.of('260060000000001')?.name).toBe('Play');
    expect(operators.of('310260000000001')).toBeUndefined();
  });

  it.each([
    ['{', /is no JSON/],
    ['{"operators": [{"name": "x"}]}', /is not as it should be: \/operators\/0 must have required property/],
    [
      '{"operators": [{"name": "X", "networks": ["25501"], "code": "**21*1#", "currency": "UAH"}]}',
      /has a code for X that cannot be asked/,
    ],
    [
      '{"operators": [{"name": "X", "networks": ["25501"], "code": "*1#", "currency": "UAH", "balance": ["none"]}]}',
      /\/operators\/0\/balance\/0/,
    ],
  ])('%s is refused with a sentence', (text, sentence) => {
    expect(() => readOperators(text, 'mine.json')).toThrow(sentence);
  });
});
