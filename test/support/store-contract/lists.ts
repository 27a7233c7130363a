import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PURPOSES } from '../../../src/base/purpose.ts';
import type { Listing, Page } from '../../../src/store/records/listing.ts';
import type { MessageFilter, MessageStatus, NewMessage } from '../../../src/store/records/message.ts';
import { reported } from '../store-runs.ts';
import { claimOn, newMessage, newReceived, SIM_A } from '../store-samples.ts';
import type { Rig } from './rig.ts';

async function everything<T>(list: (page: Page) => Promise<Listing<T>>, limit: number): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Listing<T> = await list({ limit, cursor });
    all.push(...page.data);
    expect(page.data.length).toBeLessThanOrEqual(limit);
    if (page.nextCursor === null) return all;
    expect(page.data).toHaveLength(limit);
    cursor = page.nextCursor;
  }
}

/** Messages of all kinds, at times that do not always grow, as after a step of the clock. */
async function fill(rig: Rig): Promise<{ message: NewMessage; status: MessageStatus }[]> {
  const { store, now } = rig;
  const kept: { message: NewMessage; status: MessageStatus }[] = [];
  for (let i = 0; i < 60; i += 1) {
    const at = now + i * 60_000 - (i % 13 === 0 ? 1_800_000 : 0);
    const purpose = PURPOSES[i % 4] ?? 'otp';
    const message = newMessage(at, { purpose, to: `+38050000000${i % 3}`, acceptedAt: at, expiresAt: at + 1e9 });
    await store.accept([message]);
    let status: MessageStatus = 'queued';
    if (i % 5 === 1) status = (await store.cancel(message.id, at)).kind === 'cancelled' ? 'cancelled' : 'queued';
    if (i % 5 === 2) {
      const claim = await claimOn(store, SIM_A, at);
      const claimed = kept.find((k) => k.message.id === claim?.messageId);
      const now_ = i % 2 === 0 ? 'sent' : 'sending';
      if (claim && now_ === 'sent') await store.settle(claim.attemptId, { kind: 'sent', mr: 1, at });
      if (claimed) claimed.status = now_;
      else if (claim) status = now_;
    }
    kept.push({ message, status });
  }
  return kept;
}

export function lists(rig: Rig): void {
  it('lists the newest first, page by page, each row once', async () => {
    const kept = await fill(rig);
    const expected = kept.map((k) => k.message.id).reverse();
    for (const limit of [1, 7, 60, 500]) {
      expect((await everything((page) => rig.store.messages({}, page), limit)).map((m) => m.id)).toEqual(expected);
    }
  });

  it('goes on where it was when new ones come in between', async () => {
    const { store, now } = rig;
    const first = [newMessage(now), newMessage(now), newMessage(now)];
    await store.accept(first);
    const page = await store.messages({}, { limit: 2, cursor: null });
    await store.accept([newMessage(now)]);
    const rest = await store.messages({}, { limit: 2, cursor: page.nextCursor });
    expect([...page.data, ...rest.data].map((m) => m.id)).toEqual(first.map((m) => m.id).reverse());
    expect(rest.nextCursor).toBeNull();
  });

  it('filters by number, status, purpose and time, alone and together', async () => {
    const kept = await fill(rig);
    const { now } = rig;
    const filters = fc.record(
      {
        to: fc.constantFrom('+380500000000', '+380500000001', '+380509999999'),
        status: fc.constantFrom<MessageStatus>('queued', 'sent', 'sending', 'cancelled', 'failed'),
        purpose: fc.constantFrom(...PURPOSES),
        since: fc.integer({ min: now - 2_000_000, max: now + 4_000_000 }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 20 }), async (filter: MessageFilter, limit) => {
        const expected = kept.filter(
          ({ message, status }) =>
            (filter.to === undefined || message.to === filter.to) &&
            (filter.status === undefined || status === filter.status) &&
            (filter.purpose === undefined || message.purpose === filter.purpose) &&
            (filter.since === undefined || message.acceptedAt >= filter.since),
        );
        const found = await everything((page) => rig.store.messages(filter, page), limit);
        expect(found.map((m) => m.id)).toEqual(expected.map((k) => k.message.id).reverse());
      }),
      reported({ numRuns: 200 }),
    );
  });

  it('lists inbound the same way', async () => {
    const { store, now } = rig;
    const all = Array.from({ length: 25 }, (_, i) => newReceived(now + i * 60_000, { from: i % 2 === 0 ? '+380670000000' : 'Bank' }));
    for (const received of all) await store.receive(received);
    const ids = (rows: readonly { id: string }[]): string[] => rows.map((r) => r.id);
    const expected = all.map((r) => r.inboundId).reverse();
    expect(ids(await everything((page) => store.inbounds({}, page), 10))).toEqual(expected);
    const banks = all
      .filter((r) => r.from === 'Bank')
      .map((r) => r.inboundId)
      .reverse();
    expect(ids(await everything((page) => store.inbounds({ from: 'Bank' }, page), 4))).toEqual(banks);
    const since = now + 20 * 60_000;
    expect(ids(await everything((page) => store.inbounds({ since }, page), 4))).toEqual(expected.slice(0, 5));
    expect(await store.inbounds({ since: now + 1e9 }, { limit: 5, cursor: null })).toEqual({ data: [], nextCursor: null });
  });

  it('refuses a cursor that it did not give', async () => {
    const { store, now } = rig;
    await store.accept([newMessage(now), newMessage(now)]);
    const good = (await store.messages({}, { limit: 1, cursor: null })).nextCursor;
    for (const cursor of ['', 'x', '17', 'czE3IA', `${good}=`, `${good}AA`, 'ś', '{}']) {
      await expect(store.messages({}, { limit: 1, cursor }), cursor).rejects.toMatchObject({ code: 'cursorInvalid' });
      await expect(store.inbounds({}, { limit: 1, cursor }), cursor).rejects.toMatchObject({ code: 'cursorInvalid' });
    }
  });
}
