/** How often something happened, of how many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** 95 %: of twenty such intervals one misses. */
const Z = 1.959964;

/** The interval in which the true share lies, 0 to 1, after Wilson; from 0 to 1 of nobody. */
export function intervalOf({ count, of }: Share): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const middle = share + (Z * Z) / (2 * of);
  const reach = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  // At the ends the formula gives 0 and 1 but for the last binary digit.
  return { low: count === 0 ? 0 : (middle - reach) / scale, high: count === of ? 1 : (middle + reach) / scale };
}

/** Whether two shares differ by more than chance: the interval of their difference, after Newcombe, has no zero in it. */
export function differ(a: Share, b: Share): boolean {
  if (a.of === 0 || b.of === 0) return false;
  const [first, second] = [intervalOf(a), intervalOf(b)];
  const [p, q] = [a.count / a.of, b.count / b.of];
  const low = p - q - Math.hypot(p - first.low, second.high - q);
  const high = p - q + Math.hypot(first.high - p, q - second.low);
  return low > 0 || high < 0;
}
