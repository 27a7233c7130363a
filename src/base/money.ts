/**
 * Money, exactly: a whole number of millionths, since 0.1 + 0.2 is not 0.3 in floating point and a bill is checked to the
 * cent. It is read from and written as a decimal text; nothing in between divides.
 */
export interface Money {
  /** Millionths of the currency, a whole number. */
  readonly micros: number;
  /** ISO 4217: three capital letters. */
  readonly currency: string;
}

const PLACES = 6;
const MILLION = 10 ** PLACES;

/**
 * A decimal text in millionths.
 * @param written up to six digits before the point and six after it, such as `0.65`; undefined for anything else
 */
export function readAmount(written: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(written);
  return match ? Number(match[1]) * MILLION + Number((match[2] ?? '').padEnd(PLACES, '0')) : undefined;
}

/** Millionths as a decimal text with two digits after the point, or as many more as it needs: `12.00`, `0.0035`. */
export function writeAmount(micros: number | bigint): string {
  const size = micros < 0 ? -BigInt(micros) : BigInt(micros);
  const fraction = String(size % BigInt(MILLION)).padStart(PLACES, '0');
  return `${micros < 0 ? '-' : ''}${size / BigInt(MILLION)}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`;
}
