import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterTurn, nextRank, Shares, type Waited } from '../../../src/store/turns.ts';

function rounds(waitingAt: (turn: number) => readonly number[], turns: number): number[] {
  const served: number[] = [];
  let waited: Waited = new Map();
  for (let turn = 0; turn < turns; turn += 1) {
    const waiting = waitingAt(turn);
    const rank = nextRank(waiting, waited);
    if (rank === undefined) throw new Error('nobody waits');
    served.push(rank);
    waited = afterTurn(waiting, waited, rank);
  }
  return served;
}

describe('whose turn it is between purposes', () => {
  it('is nobody’s when nothing waits', () => {
    expect(nextRank([], new Map())).toBeUndefined();
  });

  it('the more urgent goes first, and an offer that just came waits its ten', () => {
    expect(rounds(() => [0, 3], 20)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
  });

  it('Q03: each purpose that waits has one of any ten segments, and the most urgent the rest', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3], { minLength: 2 }), (waiting) => {
        const served = rounds(() => waiting, 200);
        for (let from = 0; from + 10 <= served.length; from += 1) {
          const window = served.slice(from, from + 10);
          if (!waiting.every((rank) => window.includes(rank))) expect.fail(`${waiting.join()}: ${window.join()} from ${from}`);
        }
        expect(served.filter((rank) => rank === waiting[0]).length).toBeGreaterThanOrEqual(200 * (1 - (waiting.length - 1) / 7));
      }),
    );
  });

  it('what came and went has saved nothing up', () => {
    const served = rounds((turn) => (turn >= 8 && turn < 12 ? [0] : [0, 3]), 22);
    expect(served.indexOf(3)).toBe(21);
  });
});

describe('whose turn it is between keys', () => {
  const serve = (shares: Shares, keys: readonly string[], turns: number, weights: Readonly<Record<string, number>> = {}): string[] =>
    Array.from({ length: turns }, () => {
      const key = shares.next(keys) ?? '';
      shares.served(key, weights[key] ?? 1);
      return key;
    });

  it('each in turn', () => {
    expect(serve(new Shares(), ['a', 'b', 'c'], 6).sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
    expect(new Shares().next([])).toBeUndefined();
  });

  it('by weight', () => {
    const served = serve(new Shares(), ['a', 'b'], 400, { a: 3 });
    expect(served.filter((key) => key === 'a')).toHaveLength(300);
  });

  it('one that comes back has nothing saved up, and one that was alone owes nothing', () => {
    const shares = new Shares();
    serve(shares, ['a'], 1000);
    const served = serve(shares, ['a', 'b'], 100);
    expect(served.filter((key) => key === 'b').length).toBeLessThanOrEqual(51);
    expect(served.filter((key) => key === 'a').length).toBeLessThanOrEqual(51);
  });
});
