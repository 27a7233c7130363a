import { expect, it } from 'vitest';
import { claimOn, DAY, idempotency, longMessage, mustClaim, newKey, newMessage, SIM_A, SIM_B, statusOf } from '../store-samples.ts';
import type { Rig } from './rig.ts';

export function acceptance(rig: Rig): void {
  it('gives back what was taken in, field by field', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 3, {
      to: '+380671234567',
      purpose: 'urgent',
      alphabet: 'gsm7',
      flash: true,
      transliterated: true,
      topic: 'visit',
      reference: 'visit-17',
      sim: SIM_B,
      sendAt: now + 1000,
      notAfter: now + 60_000,
      held: { reason: 'scheduled', dueAt: now + 1000 },
    });
    expect(await store.accept([message])).toEqual({ kind: 'accepted' });
    const { held: _held, isOwnReply: _reply, sendsAnyway: _anyway, exempt: _exempt, segments, ...plain } = message;
    expect(await store.message(message.id)).toEqual({
      ...plain,
      textErasedAt: null,
      damaged: false,
      dueAt: now + 1000,
      status: 'held',
      reason: 'scheduled',
      possibleDuplicate: false,
      updatedAt: now,
      segments: segments.map(({ text }, i) => ({ n: i + 1, state: 'queued', mr: null, text, attempts: [] })),
      events: [{ type: 'message.held', at: now, reason: 'scheduled' }],
    });
    expect(await store.message('msg_unknown')).toBeUndefined();
  });

  it('keeps the text as given beside the text as it is sent', async () => {
    const message = newMessage(rig.now, { text: 'Привіт', segments: [{ text: 'Pryvit' }], transliterated: true });
    await rig.store.accept([message]);
    const kept = await rig.store.message(message.id);
    expect(kept?.text).toBe('Привіт');
    expect(kept?.segments[0]?.text).toBe('Pryvit');
    expect((await claimOn(rig.store, SIM_A, rig.now))?.text).toBe('Pryvit');
  });

  it('takes a batch whole or not at all', async () => {
    const { store, now } = rig;
    const batch = Array.from({ length: 60 }, () => newMessage(now));
    const first = batch[0];
    if (!first) throw new Error('no first message');
    await expect(store.accept([...batch, { ...newMessage(now), id: first.id }])).rejects.toThrow();
    expect((await store.messages({}, { limit: 10, cursor: null })).data).toEqual([]);
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
    expect(await store.lastEvent()).toBe(0);
    await store.accept(batch);
    expect(store.queueDepth()).toEqual({ ready: 60, waiting: 0 });
  });

  it('commits together what waits together, and one refusal leaves the others', async () => {
    const { store, now } = rig;
    const good = Array.from({ length: 5 }, () => newMessage(now));
    const twin = newMessage(now);
    const all = [
      ...good.map((m) => store.accept([m])),
      store.accept([twin]),
      store.accept([newMessage(now), twin]),
      store.cancel('msg_none', now),
    ];
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map((o) => o.status)).toEqual([...Array(6).fill('fulfilled'), 'rejected', 'fulfilled']);
    expect((await store.messages({}, { limit: 100, cursor: null })).data.map((m) => m.id).sort()).toEqual(
      [...good, twin].map((m) => m.id).sort(),
    );
    expect(store.queueDepth()).toEqual({ ready: 6, waiting: 0 });
  });

  it('is there after a restart, queue and all', async () => {
    const { now } = rig;
    const ready = longMessage(now, 2);
    const held = newMessage(now, { held: { reason: 'scheduled', dueAt: now + 5000 } });
    await rig.store.accept([ready, held]);
    await rig.reopen();
    expect(rig.store.queueDepth()).toEqual({ ready: 2, waiting: 1 });
    expect(await statusOf(rig.store, ready.id)).toBe('queued');
    expect((await claimOn(rig.store, SIM_A, now))?.messageId).toBe(ready.id);
  });

  it('D13 answers an Idempotency-Key once, however many ask at once', async () => {
    const { store, now } = rig;
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.accept([newMessage(now)], idempotency(now, { response: `{"n":${i}}` }))),
    );
    expect(replies.filter((r) => r.kind === 'accepted')).toHaveLength(1);
    for (const reply of replies) if (reply.kind === 'repeated') expect(reply.earlier.response).toBe('{"n":0}');
    expect((await store.messages({}, { limit: 100, cursor: null })).data).toHaveLength(1);
  });

  it('D13 remembers for 72 hours what was answered, and to which body', async () => {
    const record = idempotency(rig.now);
    await rig.store.accept([newMessage(rig.now)], record);
    await rig.reopen();
    const { keyId, idempotencyKey, ...kept } = record;
    expect(await rig.store.recall(keyId, idempotencyKey, rig.now)).toEqual(kept);
    expect(await rig.store.recall('key_2', idempotencyKey, rig.now)).toBeUndefined();
    const other = await rig.store.accept([newMessage(rig.now)], idempotency(rig.now, { bodyHash: 'b'.repeat(64) }));
    expect(other).toEqual({ kind: 'repeated', earlier: kept });

    const last = rig.now + 3 * DAY - 1;
    await rig.store.purge(last);
    expect(await rig.store.recall(keyId, idempotencyKey, last)).toEqual(kept);
    await rig.store.purge(last + 1);
    expect(await rig.store.recall(keyId, idempotencyKey, last)).toBeUndefined();
  });

  it('D13 forgets after 72 hours also what the purge has not come to yet', async () => {
    const first = idempotency(rig.now);
    await rig.store.accept([newMessage(rig.now)], first);
    const after = rig.now + 3 * DAY;
    expect(await rig.store.recall(first.keyId, first.idempotencyKey, after)).toBeUndefined();
    const second = idempotency(after, { response: '{"n":2}' });
    expect(await rig.store.accept([newMessage(after)], second)).toEqual({ kind: 'accepted' });
    expect(await rig.store.recall(first.keyId, first.idempotencyKey, after)).toMatchObject({ response: '{"n":2}' });
    // What took its place is purged in its own time.
    await rig.store.purge(after + 3 * DAY - 1);
    expect(await rig.store.recall(first.keyId, first.idempotencyKey, after)).toMatchObject({ response: '{"n":2}' });
  });

  it('D13 keeps no key of an acceptance that failed', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    await expect(store.accept([message], idempotency(now))).rejects.toThrow();
    expect(await store.recall('key_1', 'order-17', now)).toBeUndefined();
    expect(await store.accept([newMessage(now)], idempotency(now))).toEqual({ kind: 'accepted' });
  });

  it('cancels what is not on its way, and says why not otherwise', async () => {
    const { store, now } = rig;
    const ready = newMessage(now);
    const held = longMessage(now, 2, { held: { reason: 'scheduled', dueAt: now + 5000 } });
    const sending = newMessage(now, { purpose: 'otp' });
    await store.accept([ready, held, sending]);
    await claimOn(store, SIM_A, now);
    expect(await store.cancel(ready.id, now)).toEqual({ kind: 'cancelled' });
    expect(await store.cancel(held.id, now)).toEqual({ kind: 'cancelled' });
    expect(await store.cancel(held.id, now)).toEqual({ kind: 'tooLate', status: 'cancelled' });
    expect(await store.cancel(sending.id, now)).toEqual({ kind: 'tooLate', status: 'sending' });
    expect(await store.cancel('msg_none', now)).toEqual({ kind: 'unknown' });
    expect((await store.message(held.id))?.segments.map((s) => s.state)).toEqual(['cancelled', 'cancelled']);
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
    expect(await claimOn(store, SIM_B, now)).toBeUndefined();
  });

  it('does not cancel what has begun, or may be out already', async () => {
    const { store, now } = rig;
    const begun = longMessage(now, 2);
    const doubtful = newMessage(now);
    await store.accept([begun, doubtful]);
    const sent = await mustClaim(store, SIM_A, now);
    await store.settle(sent.attemptId, { kind: 'sent', mr: 1, at: now });
    const uncertain = await mustClaim(store, SIM_B, now);
    await store.settle(uncertain.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null });
    expect(await store.cancel(begun.id, now)).toEqual({ kind: 'tooLate', status: 'sending' });
    expect(await store.cancel(doubtful.id, now)).toEqual({ kind: 'tooLate', status: 'uncertain' });
    await store.decide(uncertain.attemptId, 'resend', now);
    expect(await store.cancel(doubtful.id, now)).toEqual({ kind: 'tooLate', status: 'queued' });
  });

  it('finds an API key by its hash, and no other', async () => {
    const { store, now } = rig;
    const key = newKey({
      scopes: ['send', 'read'],
      createdAt: now,
      expiresAt: now + 1,
      allowFrom: ['10.0.0.0/8', '::1'],
      perHour: 3,
      perDay: 5,
    });
    await store.createKey(key);
    expect(store.findKey(key.hash)).toEqual({ ...key, lastUsedAt: null });
    await store.keysUsed(new Map([['key_1', now + 7]]));
    expect(store.findKey('d'.repeat(64))).toBeUndefined();
    await rig.reopen();
    expect(await rig.store.keys()).toEqual([{ ...key, lastUsedAt: now + 7 }]);
    expect(rig.store.keyCaps('key_1')).toEqual({ perHour: 3, perDay: 5 });
    await expect(rig.store.createKey({ ...key, id: 'key_2' })).rejects.toThrow();
  });

  it('finds a revoked API key no more, and revokes once', async () => {
    const { store, now } = rig;
    const key = newKey({ createdAt: now });
    await store.createKey(key);
    expect(await store.revokeKey('key_2', now)).toBe(false);
    expect(await store.revokeKey(key.id, now)).toBe(true);
    expect(await store.revokeKey(key.id, now)).toBe(false);
    expect(store.findKey(key.hash)).toBeUndefined();
    await rig.reopen();
    expect(await rig.store.keys()).toEqual([]);
  });
}
