import { describe, expect, it } from 'vitest';
import { deferred } from '../../../src/base/waits.ts';
import { inPortions, Portion } from '../../../src/store/portion.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** The rows of the transactions that follow, each taking so long for a row. */
function portions(msPerRow: number, transactions: number): number[] {
  const portion = new Portion();
  return Array.from({ length: transactions }, () => {
    const { rows } = portion;
    portion.took(rows * msPerRow);
    return rows;
  });
}

describe('S09: the rows of one transaction of retention', () => {
  it('become as few as a slow disk can take in ten milliseconds, at once', () => {
    expect(portions(0.4, 3)).toEqual([50, 25, 25]);
    expect(portions(1, 3)).toEqual([50, 10, 10]);
  });

  it('are no fewer than ten, however slow it is: it would take no less time', () => {
    expect(portions(500, 3)).toEqual([50, 10, 10]);
  });

  it('become more where there is time, and no more than a hundred', () => {
    const fast = portions(0.01, 10);
    expect(fast.slice(0, 3)).toEqual([50, 63, 79]);
    expect(fast.at(-1)).toBe(100);
  });

  it('come back when a disk was slow only for a while', () => {
    const portion = new Portion();
    portion.took(1000);
    expect(portion.rows).toBe(10);
    for (let i = 0; i < 30; i += 1) portion.took(1);
    expect(portion.rows).toBe(100);
  });
});

describe('S09: a long work in portions', () => {
  it('does nothing beside a checkpoint, and goes on after it', async () => {
    const [pass, refused] = [deferred<void>(), deferred<void>()];
    const checkpoints: { pass: Promise<void> | undefined } = { pass: pass.promise };
    const done: number[] = [];
    const work = inPortions(
      {
        committer: {
          async write(piece) {
            const result = piece();
            refused.resolve();
            return result;
          },
        },
        checkpoints,
        clock: new FakeClock(),
      },
      (rows) => done.push(rows) === 2,
    );
    await refused.promise;
    expect(done).toEqual([]);
    checkpoints.pass = undefined;
    pass.resolve();
    await work;
    expect(done).toHaveLength(2);
  });
});
