import type { Balance } from '../store/records/balance.ts';
import { CURRENCY, currencyOf, minorUnits, NUMBER, readNumber } from './amounts.ts';

/**
 * Reads what an operator answers about what is left. Patterns are words of the answer, in which `{balance}` and `{package}` stand
 * for the number, `{currency}` for a currency, `…` for anything that is short. Capital or small, and how many blanks, does not matter.
 */

export interface BalancePatterns {
  /** Each with `{balance}`; the first that fits counts. */
  readonly balance: readonly string[];
  readonly package: readonly PackagePattern[];
}

export interface PackagePattern {
  /** With `{package}`. */
  readonly text: string;
  /** What is counted: `SMS`, `min`, `MB`, `GB`. */
  readonly unit: string;
}

export type ReadBalance = Omit<Balance, 'at'>;

/** Characters that `…` may stand for at most. */
const SHORT = 60;

const compiled = new Map<string, RegExp>();

function patternOf(text: string): RegExp {
  const known = compiled.get(text);
  if (known) return known;
  const source = text
    .trim()
    .split(/(\{\w+\}|…|\s+)/)
    .map((piece) => {
      if (piece === '{balance}' || piece === '{package}') return `(?<number>${NUMBER})`;
      if (piece === '{currency}') return `(?<currency>${CURRENCY})(?![\\p{L}])`;
      if (piece === '…') return `[^]{0,${SHORT}}?`;
      return /^\s*$/.test(piece) ? '\\s*' : piece.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    })
    .join('');
  const pattern = new RegExp(source, 'iu');
  compiled.set(text, pattern);
  return pattern;
}

/**
 * What is left, by the patterns of the operator.
 * @param currency where the answer names none
 * @returns undefined when nothing in it is understood
 */
export function readBalance(answer: string, patterns: BalancePatterns, currency: string | null): ReadBalance | undefined {
  const text = answer.replaceAll(/[\u200b-\u200f\ufeff]/g, '');
  const money = readMoney(text, patterns.balance, currency);
  const left = readPackage(text, patterns.package);
  return money || left ? { amount: money?.amount ?? null, currency: money?.currency ?? null, package: left ?? null } : undefined;
}

function readMoney(text: string, patterns: readonly string[], otherwise: string | null) {
  for (const pattern of patterns) {
    const match = patternOf(pattern).exec(text);
    const amount = readNumber(match?.groups?.number ?? '');
    if (!match || amount === undefined) continue;
    const minor = Number.isInteger(amount) ? minorUnits(text.slice(match.index + match[0].length)) : 0;
    const currency = currencyOf(match.groups?.currency ?? '') ?? otherwise;
    return { amount: amount < 0 ? amount - minor : amount + minor, currency };
  }
  return undefined;
}

function readPackage(text: string, patterns: readonly PackagePattern[]) {
  for (const { text: pattern, unit } of patterns) {
    const left = readNumber(patternOf(pattern).exec(text)?.groups?.number ?? '');
    if (left !== undefined) return { left, unit };
  }
  return undefined;
}
