/** Numbers and currencies as operators write them. */

/**
 * A number as a regular expression: `25`, `-5.20`, `1 234,56`, `1.234,56`, `12,5`; not the piece of a date or of a phone number.
 */
export const NUMBER = String.raw`(?<![\d.,:/])[-−+]?(?:\d{1,3}(?:[ \u00a0'’.,]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,3})?)(?![.,:/]?\d)`;

/** Minor units that follow a whole amount: `25 грн 50 коп`. */
const MINOR = /^\s*\.?\s*(\d{1,2})\s*(?:коп|gr\b|groszy|тиын|тиин|bani|cent)/i;

/**
 * What a number means.
 * @param whole things that are counted: a point or comma before three digits divides thousands there as it does in money
 */
export function readNumber(written: string): number | undefined {
  const plain = written.replaceAll(/[ \u00a0'’]/g, '').replace('−', '-');
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '');
  const last = /[.,](?=\d*$)/.exec(digits);
  if (!last) return /^\d+$/.test(digits) ? sign * Number(digits) : undefined;
  const before = digits.slice(0, last.index);
  const behind = digits.slice(last.index + 1);
  // 1.250 is a thousand and more, 0.250 is not, and neither is 1.25.
  const thousands = behind.length === 3 && !/^0*$/.test(before) && before.length <= 11;
  const whole = before.replaceAll(/[.,]/g, '');
  return sign * Number(thousands ? whole + behind : `${whole}.${behind}`);
}

/** Minor units right behind an amount, as a part of one. */
export function minorUnits(behind: string): number {
  return Number(MINOR.exec(behind)?.[1] ?? 0) / 100;
}

/** The words for currencies, by ISO 4217; the longer before the shorter. */
const CURRENCIES: readonly (readonly [code: string, words: string])[] = [
  ['UAH', 'гривень|гривні|гривня|гривен|грн|hryven|hrn|grn|uah|₴'],
  ['KZT', 'тенге|теңге|tenge|тнг|тг|tg|kzt|₸'],
  ['PLN', 'złotych|złote|złoty|zlotych|zloty|zł|zl|pln'],
  ['RUB', 'рублей|рубля|рубль|руб|rub|₽'],
  ['KGS', 'сомов|сом|kgs'],
  ['UZS', "so'm|сум|uzs"],
  ['GEL', 'лари|gel|₾'],
  ['MDL', 'mdl'],
  ['RON', 'ron'],
  ['CZK', 'kč|czk'],
  ['HUF', 'ft|huf'],
  ['BYN', 'byn'],
  ['GBP', 'gbp|£'],
  ['EUR', 'eur|€'],
  ['USD', 'usd|\\$'],
];

export const CURRENCY = `(?:${CURRENCIES.map(([, words]) => words).join('|')})`;

export function currencyOf(word: string): string | undefined {
  return CURRENCIES.find(([, words]) => new RegExp(`^(?:${words})$`, 'iu').test(word))?.[0];
}
