import { expect, it } from 'vitest';
import { PURPOSES } from '../../../src/base/purpose.ts';
import type { ChosenSim } from '../../../src/store/records/choice.ts';
import type { Claim } from '../../../src/store/records/queue.ts';
import type { Store } from '../../../src/store/store.ts';
import { claimOn, historyOf, longMessage, mustClaim, newKey, newMessage, SIM_A, SIM_B, SIM_C, statusOf } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const sent = (store: Store, claim: Claim, at: number): Promise<boolean> => store.settle(claim.attemptId, { kind: 'sent', mr: 1, at });

async function drain(store: Store, iccid: string, now: number): Promise<string[]> {
  const ids: string[] = [];
  for (let claim = await claimOn(store, iccid, now); claim; claim = await claimOn(store, iccid, now)) {
    ids.push(claim.messageId);
    await sent(store, claim, now);
  }
  return ids;
}

export function claiming(rig: Rig): void {
  it('gives what the SIM needs to send, and shows the message as sending', async () => {
    const { store, now } = rig;
    const message = newMessage(now, { purpose: 'otp', flash: true });
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 42);
    expect(claim).toEqual({
      attemptId: claim.attemptId,
      messageId: message.id,
      to: message.to,
      purpose: 'otp',
      alphabet: 'ucs2',
      flash: true,
      expiresAt: message.expiresAt,
      acceptedAt: now,
      possibleDuplicate: false,
      policy: message.policy,
      n: 1,
      total: 1,
      text: message.text,
      tries: 0,
      triedBy: [],
      bound: false,
      concat: null,
      copyOf: null,
    });
    const shown = await store.message(message.id);
    expect(shown?.status).toBe('sending');
    expect(shown?.sim).toBe(SIM_A);
    expect(shown?.segments[0]).toMatchObject({
      state: 'sending',
      mr: null,
      attempts: [{ sim: SIM_A, at: now, outcome: 'pending', cause: null }],
    });
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
    expect(await claimOn(store, SIM_B, now)).toBeUndefined();
  });

  it('D01 has the intent in the store before it answers', async () => {
    const message = newMessage(rig.now);
    await rig.store.accept([message]);
    await mustClaim(rig.store, SIM_A, rig.now, 9);
    await rig.reopen();
    expect((await rig.store.message(message.id))?.segments[0]?.attempts).toEqual([
      { sim: SIM_A, at: rig.now, outcome: 'pending', cause: null, choice: 'first', price: null },
    ]);
    expect(await rig.store.reportCandidates(SIM_A, 9, 0)).toHaveLength(1);
  });

  it('goes by purpose, then by age', async () => {
    const { store, now } = rig;
    const backwards = [...PURPOSES].reverse().flatMap((purpose) => [newMessage(now, { purpose }), newMessage(now, { purpose })]);
    await store.accept(backwards);
    const expected = PURPOSES.flatMap((purpose) => backwards.filter((m) => m.purpose === purpose)).map((m) => m.id);
    expect(await drain(store, SIM_A, now)).toEqual(expected);
  });

  it('finishes what it has begun before it begins another of the same purpose, but a code goes first', async () => {
    const { store, now } = rig;
    const older = newMessage(now, { held: { reason: 'scheduled', dueAt: now + 1 } });
    const long = longMessage(now, 3);
    await store.accept([older, long]);
    await sent(store, await mustClaim(store, SIM_A, now), now);
    await store.promote(now + 1);
    const code = newMessage(now, { purpose: 'otp' });
    const later = newMessage(now);
    await store.accept([later, code]);
    expect(await drain(store, SIM_A, now + 1)).toEqual([code.id, long.id, long.id, older.id, later.id]);
  });

  it('leaves to a SIM what was asked for it, or has begun on it', async () => {
    const { store, now } = rig;
    const begun = longMessage(now, 2);
    await store.accept([begun]);
    await sent(store, await mustClaim(store, SIM_A, now), now);
    const asked = newMessage(now, { sim: SIM_A, purpose: 'otp' });
    const free = newMessage(now);
    await store.accept([asked, free]);
    expect(await drain(store, SIM_B, now)).toEqual([free.id]);
    expect(await drain(store, SIM_A, now)).toEqual([asked.id, begun.id]);
  });

  it('takes the best of its own and the common queue', async () => {
    const { store, now } = rig;
    const messages = [
      newMessage(now, { sim: SIM_A, purpose: 'promotional' }),
      newMessage(now, { purpose: 'service' }),
      newMessage(now, { sim: SIM_A, purpose: 'service' }),
      newMessage(now, { purpose: 'otp' }),
    ];
    await store.accept(messages);
    expect(await drain(store, SIM_A, now)).toEqual([3, 1, 2, 0].map((i) => messages[i]?.id));
  });

  it('does not take what waits for its time, and takes it when it has come', async () => {
    const { store, now } = rig;
    const scheduled = newMessage(now, { held: { reason: 'scheduled', dueAt: now + 60_000 } });
    await store.accept([scheduled]);
    expect(await store.nextDue()).toBe(now + 60_000);
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
    expect(await store.promote(now + 59_999)).toEqual({ promoted: 0, expired: 0 });
    expect(await store.promote(now + 60_000)).toEqual({ promoted: 1, expired: 0 });
    expect(store.queueDepth()).toEqual({ ready: 1, waiting: 0 });
    expect(await store.nextDue()).toBe(scheduled.expiresAt);
    expect(await drain(store, SIM_A, now + 60_000)).toEqual([scheduled.id]);
    expect(await historyOf(store, scheduled.id)).toEqual(['held scheduled', 'queued', 'sending', 'sent']);
  });

  it('leaves a message to the other SIMs for a while, in its place in the order', async () => {
    const { store, now } = rig;
    const shunned = newMessage(now);
    const other = newMessage(now);
    await store.accept([shunned, other]);
    const claim = await mustClaim(store, SIM_A, now);
    const avoid = { iccid: SIM_A, until: now + 30_000 };
    await store.settle(claim.attemptId, { kind: 'retry', outcome: 'refused', cause: 'CMS-38', at: now, dueAt: null, avoid });
    expect(await statusOf(store, shunned.id)).toBe('queued CMS-38');
    expect(store.queueDepth()).toEqual({ ready: 2, waiting: 0 });
    expect(await drain(store, SIM_A, now)).toEqual([other.id]);
    expect(await drain(store, SIM_B, now)).toEqual([shunned.id]);
  });

  it('gives a message back to the SIM that was to leave it, when that time is over', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now);
    const avoid = { iccid: SIM_A, until: now + 30_000 };
    await store.settle(claim.attemptId, { kind: 'retry', outcome: 'refused', cause: 'CMS-38', at: now, dueAt: now + 10_000, avoid });
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 1 });
    expect(await claimOn(store, SIM_C, now)).toBeUndefined();
    await store.promote(now + 10_000);
    expect(await claimOn(store, SIM_A, now + 10_000)).toBeUndefined();
    expect(await store.nextDue()).toBe(now + 30_000);
    await store.promote(now + 30_000);
    const again = await mustClaim(store, SIM_A, now + 30_000);
    expect(again).toMatchObject({ messageId: message.id, tries: 1 });
  });

  it('takes back what was left to a SIM for a while, and nothing that was asked for it', async () => {
    const { store, now } = rig;
    const left = newMessage(now);
    const asked = newMessage(now, { sim: SIM_B });
    await store.accept([left, asked]);
    const choose = (): ChosenSim => ({ kind: 'leave', sim: SIM_B, choice: 'sticky', until: now + 60_000, again: false });
    const asks = { iccid: SIM_A, imei: 'imei', predictedMr: null, keepsReference: false, now };
    expect(await store.claim({ ...asks, sims: { others: [SIM_B], room: 10, choose } })).toBeUndefined();
    expect(await store.nextDue()).toBe(now + 60_000);
    await store.takeBack(SIM_B, now);
    expect(await store.nextDue()).toBe(now);
    expect(await store.promote(now)).toEqual({ promoted: 1, expired: 0 });
    expect(await drain(store, SIM_A, now)).toEqual([left.id]);
    expect(await drain(store, SIM_B, now)).toEqual([asked.id]);
  });

  it('lets a message wait that only the avoided SIM may send', async () => {
    const { store, now } = rig;
    const message = newMessage(now, { sim: SIM_A });
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now);
    const avoid = { iccid: SIM_A, until: now + 30_000 };
    await store.settle(claim.attemptId, { kind: 'retry', outcome: 'notSent', cause: 'EV-NO-PROMPT', at: now, dueAt: null, avoid });
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
    expect(await store.nextDue()).toBe(now + 30_000);
    await store.promote(now + 30_000);
    expect((await mustClaim(store, SIM_A, now + 30_000)).messageId).toBe(message.id);
  });

  it('Q05 never gives out what is past its time, and expires it with its event', async () => {
    const { store, now } = rig;
    const late = Array.from({ length: 120 }, () => newMessage(now, { purpose: 'otp', expiresAt: now + 300_000 }));
    const alive = newMessage(now, { purpose: 'promotional' });
    await store.accept([...late, alive]);
    const claim = await mustClaim(store, SIM_A, now + 300_000);
    expect(claim.messageId).toBe(alive.id);
    for (const { id } of late) expect(await historyOf(store, id)).toEqual(['queued', 'expired timeToLive']);
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
  });

  it('Q05 expires what is past its time when no SIM claims at all', async () => {
    const { store, now } = rig;
    const ready = newMessage(now, { expiresAt: now + 1000 });
    const held = newMessage(now, { expiresAt: now + 2000, held: { reason: 'scheduled', dueAt: now + 1500 } });
    await store.accept([ready, held]);
    expect(await store.nextDue()).toBe(now + 1000);
    expect(await store.promote(now + 999)).toEqual({ promoted: 0, expired: 0 });
    expect(await store.promote(now + 1000)).toEqual({ promoted: 0, expired: 1 });
    expect(await store.promote(now + 2000)).toEqual({ promoted: 0, expired: 1 });
    expect(await statusOf(store, ready.id)).toBe('expired timeToLive');
    expect(await statusOf(store, held.id)).toBe('expired timeToLive');
    expect(await store.nextDue()).toBeUndefined();
  });

  it('moves at most a thousand in one go, and says that there is more', async () => {
    const { store, now } = rig;
    const held = Array.from({ length: 1200 }, () => newMessage(now, { held: { reason: 'scheduled', dueAt: now + 1 } }));
    await store.accept(held);
    expect(await store.promote(now + 1)).toEqual({ promoted: 1000, expired: 0 });
    expect(await store.nextDue()).toBe(now + 1);
    expect(await store.promote(now + 1)).toEqual({ promoted: 200, expired: 0 });
    expect(store.queueDepth()).toEqual({ ready: 1200, waiting: 0 });
  });

  it('gives each message to one SIM only, however many ask at once', async () => {
    const { store, now } = rig;
    await store.accept(Array.from({ length: 40 }, () => newMessage(now)));
    const claims = await Promise.all(
      Array.from({ length: 60 }, (_, i) => claimOn(store, `89380010000000001${String(i).padStart(2, '0')}`, now)),
    );
    const ids = claims.flatMap((c) => c?.messageId ?? []);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  it('Q04 gives the keys their turns within a purpose, by weight, whoever came first', async () => {
    const { store, now } = rig;
    await store.createKey(newKey({ id: 'key_heavy', weight: 3 }));
    const from = (keyId: string, n: number) => Array.from({ length: n }, () => newMessage(now, { keyId }));
    await store.accept([...from('key_heavy', 40), ...from('key_light', 40)]);
    const heavy = new Set(
      (await store.messages({}, { limit: 500, cursor: null })).data.filter((m) => m.keyId === 'key_heavy').map((m) => m.id),
    );
    const first: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      const claim = await mustClaim(store, i % 2 === 0 ? SIM_A : SIM_B, now);
      await sent(store, claim, now);
      first.push(claim.messageId);
    }
    expect(first.filter((id) => heavy.has(id))).toHaveLength(30);
  });

  it('Q03 leaves each purpose that waits one of ten segments of a SIM', async () => {
    const { store, now } = rig;
    const offers = Array.from({ length: 10 }, () => newMessage(now, { purpose: 'promotional' }));
    await store.accept([...Array.from({ length: 40 }, () => newMessage(now, { purpose: 'urgent' })), ...offers]);
    const order = await drain(store, SIM_A, now);
    const places = order.flatMap((id, i) => (offers.some((o) => o.id === id) ? [i] : []));
    expect(places.slice(0, 4)).toEqual([9, 19, 29, 39]);
  });
}
