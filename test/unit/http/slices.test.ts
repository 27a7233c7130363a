import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/base/clock.ts';
import { listPage } from '../../../src/http/list-page.ts';
import { Slices } from '../../../src/http/slices.ts';
import type { Listing, Page } from '../../../src/store/records/listing.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** Does `work`, and says at most how much of what it notes falls into one round of the event loop. */
async function mostInOneRound(work: (note: () => void) => Promise<unknown>): Promise<number> {
  let most = 0;
  let now = 0;
  let over = false;
  const round = (): void => {
    most = Math.max(most, now);
    now = 0;
    if (!over) setImmediate(round);
  };
  setImmediate(round);
  await work(() => {
    now += 1;
  });
  over = true;
  return Math.max(most, now);
}

/** 1,000 rows, the cursor their number. */
const store = (onRead: (rows: number) => void) => (page: Page) => {
  const from = Number(page.cursor ?? 0);
  const data = Array.from({ length: Math.min(page.limit, 1000 - from) }, (_, i) => from + i);
  onRead(data.length);
  const next = from + data.length;
  const listing: Listing<number> = { data, nextCursor: next < 1000 ? String(next) : null };
  return Promise.resolve(listing);
};

describe('long work in slices', () => {
  it('does one slice of one piece in each round of the event loop, however many there are', async () => {
    const slices = new Slices(new FakeClock());
    const piece = async (note: () => void): Promise<void> => {
      for (let i = 0; i < 5; i += 1) {
        await slices.next();
        note();
      }
    };
    expect(await mostInOneRound((note) => Promise.all(Array.from({ length: 20 }, () => piece(note))))).toBe(1);
  });

  it('ends a slice after a few milliseconds and does every step once, in order', async () => {
    let ms = 0;
    const clock: Clock = { now: () => ms, monotonic: () => ms, setTimer: () => ({ cancel: () => undefined }) };
    const done: number[] = [];
    const most = await mostInOneRound((note) =>
      new Slices(clock).each(40, (i) => {
        done.push(i);
        note();
        ms += 3;
      }),
    );
    expect(done).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(most).toBeLessThanOrEqual(3);
  });

  it('reads a list of 500 a few rows at a time, and ten of them no faster', async () => {
    const slices = new Slices(new FakeClock());
    const pages: string[] = [];
    const most = await mostInOneRound((note) =>
      Promise.all(
        Array.from({ length: 10 }, async () => {
          const read = store((rows) => {
            for (let i = 0; i < rows; i += 1) note();
          });
          pages.push(String(await listPage(slices, { limit: 500, cursor: '100' }, read, (row) => ({ row }))));
        }),
      ),
    );
    expect(most).toBeLessThanOrEqual(25);
    for (const page of pages) {
      expect(JSON.parse(page)).toEqual({ data: Array.from({ length: 500 }, (_, i) => ({ row: 100 + i })), nextCursor: '600' });
    }
  });

  it('ends a list where the store does, and an empty one at once', async () => {
    const slices = new Slices(new FakeClock());
    const rest: { data: number[] } = JSON.parse(
      String(
        await listPage(
          slices,
          { limit: 500, cursor: '990' },
          store(() => undefined),
          (row) => row,
        ),
      ),
    );
    expect(rest).toEqual({ data: Array.from({ length: 10 }, (_, i) => 990 + i), nextCursor: null });
    const none = await listPage(slices, { limit: 5, cursor: null }, () => Promise.resolve({ data: [], nextCursor: null }), String);
    expect(JSON.parse(String(none))).toEqual({ data: [], nextCursor: null });
  });
});
