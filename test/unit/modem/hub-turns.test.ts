import { expect, test } from 'vitest';
import { HubTurns } from '../../../src/modem/hub-turns.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** When each of so many transmissions begins that are asked for at once and take 5 s each, milliseconds; and the most at a time. */
async function begins(limit: number, hubs: readonly (string | undefined)[]): Promise<{ at: number[]; most: number }> {
  const clock = new FakeClock();
  const began = clock.monotonic();
  const turns = new HubTurns(clock, limit);
  let under = 0;
  let most = 0;
  const at = hubs.map(async (hub) => {
    const end = await turns.transmit(hub);
    const when = clock.monotonic() - began;
    under += 1;
    most = Math.max(most, under);
    clock.setTimer(5_000, () => {
      under -= 1;
      end();
    });
    return when;
  });
  await clock.advance(60_000);
  expect(turns.isFull('1')).toBe(false);
  return { at: await Promise.all(at), most };
}

test('on one hub they begin a little apart, on two or on none they do not wait for each other', async () => {
  expect((await begins(0, ['1', '1', '1', '1-1', undefined, undefined])).at).toEqual([0, 100, 200, 0, 0, 0]);
});

test('no more at a time on one hub than may; the next begins when one ends, in the order in which they came', async () => {
  const { at, most } = await begins(2, ['1', '1', '1', '1', '1']);
  expect(at).toEqual([0, 100, 5_000, 5_100, 10_000]);
  expect(most).toBe(2);
});
