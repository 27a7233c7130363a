import { expect, it } from 'vitest';
import { claimOn, DAY, mustClaim, newMessage, newReceived, newReport, SIM_A } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const HOOK = 'http://127.0.0.1:9000/sms';
const OTHER = 'http://127.0.0.1:9001/';

export function events(rig: Rig): void {
  it('writes one event for each change, each with the message as it was then', async () => {
    const { now } = rig;
    const message = newMessage(now, { reference: 'visit-17' });
    await rig.store.accept([message]);
    const first = await mustClaim(rig.store, SIM_A, now + 1, 7);
    await rig.store.settle(first.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now + 2, decideAt: null });
    await rig.store.decide(first.attemptId, 'resend', now + 3);
    const second = await mustClaim(rig.store, SIM_A, now + 4, 8);
    await rig.store.settle(second.attemptId, { kind: 'sent', mr: 8, at: now + 5 });
    await rig.store.report(newReport(second, now + 6, { mr: 8 }));
    await rig.reopen();
    const all = await rig.store.events(0, 100);
    expect(all.map((e) => [e.type, e.at - now, e.reason, e.message?.sim, e.message?.possibleDuplicate])).toEqual([
      ['message.queued', 0, null, null, false],
      ['message.sending', 1, null, SIM_A, false],
      ['message.uncertain', 2, 'EV-TIMEOUT', SIM_A, false],
      ['message.queued', 3, 'resend', SIM_A, true],
      ['message.sending', 4, null, SIM_A, true],
      ['message.sent', 5, null, SIM_A, true],
      ['message.delivered', 6, null, SIM_A, true],
    ]);
    for (const event of all) {
      expect(`message.${event.message?.status}`).toBe(event.type);
      expect(event.message).toMatchObject({
        id: message.id,
        text: message.text,
        reference: 'visit-17',
        updatedAt: event.at,
        segmentCount: 1,
      });
    }
    expect(new Set(all.map((e) => e.id)).size).toBe(all.length);
    const seqs = all.map((e) => e.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(await rig.store.lastEvent()).toBe(seqs.at(-1));
  });

  it('goes on after an event, oldest first, so many at a time', async () => {
    const { store, now } = rig;
    await store.accept(Array.from({ length: 10 }, () => newMessage(now)));
    const first = await store.events(0, 4);
    const rest = await store.events(first.at(-1)?.seq ?? 0, 100);
    expect([...first, ...rest].map((e) => e.seq)).toEqual((await store.events(0, 100)).map((e) => e.seq));
    expect(first).toHaveLength(4);
    expect(await store.events(await store.lastEvent(), 10)).toEqual([]);
  });

  it('tells listeners after the commit, until they leave', async () => {
    const { store, now } = rig;
    const seen: Promise<number>[] = [];
    const leave = store.onEvents(() => seen.push(store.lastEvent()));
    await store.accept([newMessage(now)]);
    await store.accept([newMessage(now)]);
    await store.seeSim({ iccid: SIM_A, imsi: null, number: null, at: now });
    await claimOn(store, SIM_A, now);
    leave();
    await store.receive(newReceived(now));
    expect(await Promise.all(seen)).toEqual([1, 2, 3]);
  });

  it('D18 writes a row for each endpoint that wants the event, under one event id', async () => {
    const { now } = rig;
    rig.store.setEndpoints([
      { name: HOOK, events: ['message.*'] },
      { name: OTHER, events: ['inbound.received', 'message.sending'] },
    ]);
    await rig.store.accept([newMessage(now)]);
    await claimOn(rig.store, SIM_A, now + 1);
    await rig.store.receive(newReceived(now + 2));
    await rig.reopen();
    const due = (endpoint: string) => rig.store.dueDeliveries(endpoint, now + 10, 10);
    const [hook, other] = await Promise.all([due(HOOK), due(OTHER)]);
    expect(hook.map((d) => [d.event.type, d.tries, d.createdAt - now])).toEqual([
      ['message.queued', 0, 0],
      ['message.sending', 0, 1],
    ]);
    expect(other.map((d) => d.event.type)).toEqual(['message.sending', 'inbound.received']);
    expect(hook[1]?.event).toEqual(other[0]?.event);
    expect(other[1]?.event.inbound?.text).toBe('ПЕРЕНОС');
    expect(await rig.store.dueDeliveries('http://elsewhere', now + 10, 10)).toEqual([]);
  });

  it('D18 delivers until it is settled: again at its time, or never more', async () => {
    const { store, now } = rig;
    store.setEndpoints([{ name: HOOK, events: ['*'] }]);
    await store.accept([newMessage(now), newMessage(now)]);
    const [first, second] = await store.dueDeliveries(HOOK, now, 10);
    if (!first || !second) throw new Error('no deliveries');
    expect(await store.dueDeliveries(HOOK, now, 1)).toEqual([first]);
    await store.settleDelivery(first.id, { kind: 'retry', dueAt: now + 5000, reason: 'status', error: 'HTTP 500' });
    await store.settleDelivery(second.id, { kind: 'delivered', at: now, status: 204 });
    expect(await store.dueDeliveries(HOOK, now + 4999, 10)).toEqual([]);
    expect(await store.nextDelivery(HOOK)).toBe(now + 5000);
    expect(await store.nextDelivery(HOOK, now + 4999)).toBe(now + 5000);
    expect(await store.nextDelivery(HOOK, now + 5000)).toBeUndefined();
    expect(await store.dueDeliveries(HOOK, now + 5000, 10)).toEqual([{ ...first, tries: 1 }]);
    await store.settleDelivery(first.id, { kind: 'abandoned', at: now + 5000, reason: 'status', error: 'HTTP 500' });
    expect(await store.nextDelivery(HOOK)).toBeUndefined();
    await store.settleDelivery(first.id, { kind: 'retry', dueAt: now, reason: null, error: 'too late' });
    expect(await store.dueDeliveries(HOOK, now + DAY, 10)).toEqual([]);
  });

  it('knows which endpoint said that it is gone, until somebody has something sent to it again', async () => {
    const { store, now } = rig;
    store.setEndpoints([{ name: HOOK, events: ['*'] }]);
    await store.accept([newMessage(now), newMessage(now)]);
    const [first, second] = await store.dueDeliveries(HOOK, now, 10);
    if (!first || !second) throw new Error('no deliveries');
    expect(await store.webhooks.gone()).toEqual(new Map());
    await store.settleDelivery(first.id, { kind: 'gone', at: now + 1, reason: 'gone', error: 'HTTP 410' });
    await store.settleDelivery(second.id, { kind: 'uncalled', at: now + 2, reason: 'uncalled', error: 'not called' });
    expect(await store.webhooks.gone()).toEqual(new Map([[HOOK, now + 1]]));
    const failed = await store.webhooks.deliveries(HOOK, 'failed', { limit: 10, cursor: null });
    expect(failed.data.map(({ tries, reason, error }) => [tries, reason, error])).toEqual([
      [0, 'uncalled', 'not called'],
      [1, 'gone', 'HTTP 410'],
    ]);
    const audit = { at: now, actor: 'key_1', action: 'webhook.resend', target: HOOK, detail: {} } as const;
    expect(await store.webhooks.resend('http://elsewhere', [first.id], now + 3, audit)).toBe(0);
    expect(await store.webhooks.gone()).toEqual(new Map([[HOOK, now + 1]]));
    expect(await store.webhooks.resendFailed(HOOK, now, now + 3, audit)).toBe(2);
    const again = await store.webhooks.deliveries(HOOK, 'pending', { limit: 10, cursor: null });
    expect(again.data.map(({ reason, error }) => [reason, error])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await store.webhooks.gone()).toEqual(new Map());
  });

  it('forgets deliveries a week after they were settled, and those of endpoints that are gone', async () => {
    const { store, now } = rig;
    store.setEndpoints([
      { name: HOOK, events: ['*'] },
      { name: OTHER, events: ['*'] },
    ]);
    await store.accept([newMessage(now)]);
    const [kept] = await store.dueDeliveries(HOOK, now, 10);
    store.setEndpoints([{ name: HOOK, events: ['*'] }]);
    await store.purge(now + 7 * DAY - 1);
    expect(await store.dueDeliveries(OTHER, now + 9 * DAY, 10)).toHaveLength(1);
    await store.purge(now + 7 * DAY);
    expect(await store.dueDeliveries(OTHER, now + 9 * DAY, 10)).toEqual([]);
    expect(await store.dueDeliveries(HOOK, now + 9 * DAY, 10)).toEqual([kept]);
  });
}
