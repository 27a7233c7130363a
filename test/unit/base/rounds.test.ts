import { beforeEach, describe, expect, it } from 'vitest';
import { Rounds } from '../../../src/base/rounds.ts';
import { type Deferred, deferred } from '../../../src/base/waits.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('work in rounds', () => {
  let clock: FakeClock;
  let rounds: Rounds;
  /** One for each round that has begun: resolves it with when there is something to do again. */
  let begun: Deferred<number | undefined>[];

  beforeEach(() => {
    clock = new FakeClock();
    begun = [];
    rounds = new Rounds(clock, () => {
      const round = deferred<number | undefined>();
      begun.push(round);
      return round.promise;
    });
  });

  const finish = async (next?: number): Promise<void> => {
    begun.at(-1)?.resolve(next);
    await clock.advance(0);
  };

  it('does nothing before it is started', () => {
    rounds.wake();
    expect(begun).toHaveLength(0);
    rounds.start();
    expect(begun).toHaveLength(1);
  });

  it('never does two at once, and after any number of calls meanwhile one more', async () => {
    rounds.start();
    for (let i = 0; i < 3; i += 1) rounds.wake();
    expect(begun).toHaveLength(1);
    await finish();
    expect(begun).toHaveLength(2);
    await finish();
    await rounds.idle();
    expect(begun).toHaveLength(2);
    rounds.wake();
    expect(begun).toHaveLength(3);
  });

  it('begins one at the time that the last one named, and none without', async () => {
    rounds.start();
    await finish(clock.now() + 5000);
    await clock.advance(4999);
    expect(begun).toHaveLength(1);
    await clock.advance(1);
    expect(begun).toHaveLength(2);
    await finish();
    await clock.advance(1_000_000);
    expect(begun).toHaveLength(2);
  });

  it('is stopped when the round under way is over, and is not woken again', async () => {
    rounds.start();
    rounds.wake();
    let isOver = false;
    const stopped = rounds.stop().then(() => {
      isOver = true;
    });
    await clock.advance(10_000);
    expect([isOver, rounds.running]).toEqual([false, false]);
    await finish(clock.now() + 1000);
    await stopped;
    rounds.wake();
    await clock.advance(10_000);
    expect(begun).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });
});
