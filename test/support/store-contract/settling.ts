import { expect, it } from 'vitest';
import { claimOn, historyOf, longMessage, mustClaim, newMessage, SIM_A, SIM_B, statusOf } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const NEVER = (): undefined => undefined;

export function settling(rig: Rig): void {
  it('records what was sent, with its TP-MR', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 41);
    expect(await store.settle(claim.attemptId, { kind: 'sent', mr: 42, at: now + 3000 })).toBe(true);
    expect(await store.settle(claim.attemptId, { kind: 'sent', mr: 42, at: now + 3000 })).toBe(false);
    const shown = await store.message(message.id);
    expect(shown).toMatchObject({ status: 'sent', reason: null, sim: SIM_A, updatedAt: now + 3000 });
    expect(shown?.segments[0]).toMatchObject({ state: 'sent', mr: 42, attempts: [{ outcome: 'sent', cause: null }] });
    expect(await historyOf(store, message.id)).toEqual(['queued', 'sending', 'sent']);
    expect(await store.reportCandidates(SIM_A, 41, 0)).toEqual([]);
    expect(await store.reportCandidates(SIM_A, 42, 0)).toMatchObject([
      { attemptId: claim.attemptId, mr: 'known', to: message.to, at: now },
    ]);
  });

  it('tries again at once, or when its time has come, on any SIM as long as nothing was sent', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const first = await mustClaim(store, SIM_A, now);
    await store.settle(first.attemptId, { kind: 'retry', outcome: 'notSent', cause: 'EV-NO-PROMPT', at: now, dueAt: null, avoid: null });
    const second = await mustClaim(store, SIM_B, now);
    expect(second).toMatchObject({ tries: 1, bound: false });
    await store.settle(second.attemptId, { kind: 'retry', outcome: 'refused', cause: 'CMS-41', at: now, dueAt: now + 30_000, avoid: null });
    expect(await statusOf(store, message.id)).toBe('queued CMS-41');
    expect((await store.message(message.id))?.sim).toBeNull();
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
    expect(await store.nextDue()).toBe(now + 30_000);
    await store.promote(now + 30_000);
    expect(await mustClaim(store, SIM_A, now + 30_000)).toMatchObject({ tries: 2 });
    expect(await historyOf(store, message.id)).toEqual(['queued', 'sending', 'queued EV-NO-PROMPT', 'sending', 'queued CMS-41', 'sending']);
    expect((await store.message(message.id))?.segments[0]?.attempts.map((a) => [a.sim, a.outcome, a.cause])).toEqual([
      [SIM_A, 'notSent', 'EV-NO-PROMPT'],
      [SIM_B, 'refused', 'CMS-41'],
      [SIM_A, 'pending', null],
    ]);
  });

  it('fails for good, with the reason given', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 3);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now);
    await store.settle(claim.attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'numberUnknown', at: now });
    expect(await statusOf(store, message.id)).toBe('failed numberUnknown');
    expect((await store.message(message.id))?.segments.map((s) => s.state)).toEqual(['failed', 'cancelled', 'cancelled']);
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
  });

  it('says partial when some segments had gone', async () => {
    const { store, now } = rig;
    const failed = longMessage(now, 3);
    const expired = longMessage(now, 3, { expiresAt: now + 1000 });
    for (const message of [failed, expired]) {
      await store.accept([message]);
      const first = await mustClaim(store, SIM_A, now);
      await store.settle(first.attemptId, { kind: 'sent', mr: 1, at: now });
      const second = await mustClaim(store, SIM_A, now);
      if (message === failed) {
        await store.settle(second.attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'numberUnknown', at: now });
      } else {
        await store.settle(second.attemptId, {
          kind: 'retry',
          outcome: 'refused',
          cause: 'CMS-41',
          at: now,
          dueAt: now + 500,
          avoid: null,
        });
      }
    }
    await store.promote(now + 1000);
    expect(await statusOf(store, failed.id)).toBe('failed partial');
    expect(await statusOf(store, expired.id)).toBe('expired partial');
    expect((await store.message(expired.id))?.segments.map((s) => s.state)).toEqual(['sent', 'expired', 'expired']);
  });

  it('holds an uncertain segment back until somebody decides', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 2);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 5);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now + 30_000 });
    expect(await statusOf(store, message.id)).toBe('uncertain EV-TIMEOUT');
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
    expect(await store.nextDue()).toBe(now + 30_000);
    expect(await store.undecided(now + 29_999, 10)).toEqual([]);
    const facts = { attemptId: claim.attemptId, messageId: message.id, purpose: 'service', at: now, expiresAt: message.expiresAt };
    expect(await store.undecided(now + 30_000, 10)).toEqual([facts]);
    await rig.reopen();
    expect(await rig.store.undecided(now + 30_000, 10)).toEqual([facts]);
  });

  it('D03 sends again what was decided to be sent again, a single segment by any SIM, flagged as a possible duplicate', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const first = await mustClaim(store, SIM_A, now);
    await store.settle(first.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now });
    expect(await store.decide(first.attemptId, 'resend', now + 1)).toBe(true);
    expect(await store.decide(first.attemptId, 'resend', now + 1)).toBe(false);
    expect(await store.undecided(now + 1, 10)).toEqual([]);
    const second = await mustClaim(store, SIM_B, now + 1);
    expect(second).toMatchObject({ possibleDuplicate: true, bound: false, triedBy: [SIM_A], tries: 1, n: 1 });
    await store.settle(second.attemptId, { kind: 'sent', mr: 3, at: now + 2 });
    const shown = await store.message(message.id);
    expect(shown).toMatchObject({ status: 'sent', possibleDuplicate: true });
    expect(shown?.segments[0]?.attempts.map((a) => [a.outcome, a.cause])).toEqual([
      ['resent', 'EV-TIMEOUT'],
      ['sent', null],
    ]);
    expect(await historyOf(store, message.id)).toEqual(['queued', 'sending', 'uncertain EV-TIMEOUT', 'queued resend', 'sending', 'sent']);
  });

  it('settles an uncertain one by decision, and goes on with the message or ends it', async () => {
    const { store, now } = rig;
    const asSent = longMessage(now, 2);
    const asFailed = longMessage(now, 2);
    for (const [message, as] of [
      [asSent, 'sent'],
      [asFailed, 'failed'],
    ] as const) {
      await store.accept([message]);
      const claim = await mustClaim(store, SIM_A, now);
      await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null });
      expect(await store.decide(claim.attemptId, as, now)).toBe(true);
      if (message === asSent) {
        const next = await mustClaim(store, SIM_A, now);
        expect(next).toMatchObject({ messageId: asSent.id, n: 2 });
        await store.settle(next.attemptId, { kind: 'sent', mr: 1, at: now });
      }
    }
    expect(await statusOf(store, asSent.id)).toBe('sent');
    expect(await statusOf(store, asFailed.id)).toBe('failed unconfirmed');
    expect(await store.nextDue()).toBeUndefined();
  });

  it('does not send again what is past its time', async () => {
    const { store, now } = rig;
    const message = newMessage(now, { expiresAt: now + 1000 });
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now + 1000 });
    expect(await store.decide(claim.attemptId, 'resend', now + 1000)).toBe(true);
    expect(await statusOf(store, message.id)).toBe('expired unconfirmed');
    expect((await store.message(message.id))?.possibleDuplicate).toBe(false);
    expect(await claimOn(store, SIM_A, now + 1000)).toBeUndefined();
  });

  it('D06 turns uncertain into sent by a late answer, and goes on', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 2);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 5);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now + 130_000, decideAt: now + 200_000 });
    expect(await store.settle(claim.attemptId, { kind: 'sent', mr: 6, at: now + 180_000 })).toBe(true);
    expect(await store.decide(claim.attemptId, 'resend', now + 200_000)).toBe(false);
    expect(await store.undecided(now + 200_000, 10)).toEqual([]);
    const next = await mustClaim(store, SIM_A, now + 200_000);
    expect(next).toMatchObject({ n: 2, possibleDuplicate: false });
    expect((await store.message(message.id))?.segments[0]).toMatchObject({ state: 'sent', mr: 6 });
  });

  it('D06 withdraws a second copy that has not gone yet when the late answer comes', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now });
    await store.decide(claim.attemptId, 'resend', now);
    expect(await store.settle(claim.attemptId, { kind: 'sent', mr: 6, at: now })).toBe(true);
    expect(await statusOf(store, message.id)).toBe('sent');
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
  });

  it('D06 does not fail a message whose first copy turned out sent while the second was refused', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const first = await mustClaim(store, SIM_A, now);
    await store.settle(first.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now });
    await store.decide(first.attemptId, 'resend', now);
    const second = await mustClaim(store, SIM_A, now);
    await store.settle(first.attemptId, { kind: 'sent', mr: 6, at: now });
    expect(await statusOf(store, message.id)).toBe('sending');
    await store.settle(second.attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'numberUnknown', at: now });
    expect(await statusOf(store, message.id)).toBe('sent');
  });

  it('lets nothing but a late answer change what is settled', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const refused = await mustClaim(store, SIM_A, now);
    const retry = { kind: 'retry', outcome: 'refused', cause: 'CMS-41', at: now, dueAt: null, avoid: null } as const;
    const uncertain = { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null } as const;
    await store.settle(refused.attemptId, retry);
    expect(await store.settle(refused.attemptId, { kind: 'sent', mr: 1, at: now })).toBe(false);
    expect(await store.settle(refused.attemptId, uncertain)).toBe(false);
    const doubtful = await mustClaim(store, SIM_A, now);
    await store.settle(doubtful.attemptId, uncertain);
    expect(await store.settle(doubtful.attemptId, retry)).toBe(false);
    expect(await store.settle(doubtful.attemptId, uncertain)).toBe(false);
    expect(await store.decide(refused.attemptId, 'resend', now)).toBe(false);
    expect(await store.settle(999, { kind: 'sent', mr: 1, at: now })).toBe(false);
    expect(await statusOf(store, message.id)).toBe('uncertain EV-TIMEOUT');
  });

  it('D02 finds exactly the intents without outcome after a death, as uncertain', async () => {
    const { now } = rig;
    const messages = [newMessage(now, { purpose: 'otp' }), newMessage(now, { purpose: 'promotional' }), newMessage(now), newMessage(now)];
    await rig.store.accept(messages);
    const claims = await Promise.all([SIM_A, SIM_B].map((sim) => mustClaim(rig.store, sim, now)));
    const [first] = claims;
    if (!first) throw new Error('no claim');
    await rig.store.settle(first.attemptId, { kind: 'sent', mr: 1, at: now });
    const third = await mustClaim(rig.store, SIM_A, now);
    await rig.reopen();
    const { store } = rig;
    expect(await store.recover(now + 1, (purpose) => (purpose === 'promotional' ? undefined : now + 30_000))).toHaveLength(2);
    expect(await store.recover(now + 1, NEVER)).toEqual([]);
    const died = [claims[1]?.messageId, third.messageId];
    const statuses = await Promise.all(messages.map(async ({ id }) => [id, await statusOf(store, id)]));
    for (const [id, status] of statuses) {
      if (died.includes(id)) expect(status).toBe('uncertain EV-PROC-DIED');
      else expect(status).toBe(id === first.messageId ? 'sent' : 'queued');
    }
    const dueIds = (await store.undecided(now + 30_000, 10)).map((u) => u.messageId);
    const expected = messages.filter((m) => died.includes(m.id) && m.purpose !== 'promotional').map((m) => m.id);
    expect(dueIds.sort()).toEqual(expected.sort());
  });

  it('counts for each SIM what went through it, and what was sent since', async () => {
    const { store, now } = rig;
    await store.seeSim({ iccid: SIM_A, imsi: '255011234567890', number: '+380500000001', at: now });
    await store.accept(Array.from({ length: 5 }, () => newMessage(now)));
    for (const [i, sim] of [SIM_A, SIM_A, SIM_B].entries()) {
      const claim = await mustClaim(store, sim, now + i);
      await store.settle(claim.attemptId, { kind: 'sent', mr: 200 + i, at: now + i });
    }
    const refused = await mustClaim(store, SIM_A, now + 9);
    await store.settle(refused.attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'x', at: now + 9 });
    await rig.reopen();
    expect(await rig.store.sims()).toEqual([
      {
        iccid: SIM_A,
        imsi: '255011234567890',
        number: '+380500000001',
        at: now,
        balance: null,
        counters: { sent: 2, delivered: 0, failed: 1, received: 0 },
      },
      { iccid: SIM_B, imsi: null, number: null, at: 0, balance: null, counters: { sent: 1, delivered: 0, failed: 0, received: 0 } },
    ]);
    expect(await rig.store.sentSince(now)).toEqual(
      new Map([
        [SIM_A, 2],
        [SIM_B, 1],
      ]),
    );
    expect(await rig.store.sentSince(now + 1)).toEqual(
      new Map([
        [SIM_A, 1],
        [SIM_B, 1],
      ]),
    );
    await rig.store.seeSim({ iccid: SIM_A, imsi: null, number: '+380500000009', at: now + 5 });
    expect((await rig.store.sims())[0]).toMatchObject({ imsi: '255011234567890', number: '+380500000009', at: now + 5 });
  });

  it('lets a PIN be tried once, and again only when it was taken (M06)', async () => {
    const { store, now } = rig;
    expect(await store.tryPin(SIM_A, 7, now)).toBe(true);
    await rig.reopen();
    expect(await rig.store.tryPin(SIM_A, 7, now)).toBe(false);
    expect(await rig.store.tryPin(SIM_A, 8, now)).toBe(true);
    expect(await rig.store.tryPin(SIM_B, 7, now)).toBe(true);
    expect(await rig.store.pinsRefused(SIM_A)).toBe(2);
    expect(await rig.store.pinsRefused(SIM_B)).toBe(1);
    await rig.store.pinTaken(SIM_B, 7);
    expect(await rig.store.pinsRefused(SIM_B)).toBe(0);
    await rig.reopen();
    expect(await rig.store.tryPin(SIM_B, 7, now)).toBe(true);
    expect(await rig.store.tryPin(SIM_B, 7, now)).toBe(false);
  });

  it('knows the TP-MR that each SIM gave last, what may have gone out included', async () => {
    const { store, now } = rig;
    expect(await store.lastReferences()).toEqual(new Map());
    await store.accept(Array.from({ length: 5 }, () => newMessage(now)));
    const end = async (iccid: string, at: number, predicted: number | null, kind: 'sent' | 'uncertain' | 'refused') => {
      await store.seeSim({ iccid, imsi: null, number: null, at });
      const { attemptId } = await mustClaim(store, iccid, at, predicted);
      if (kind === 'sent') await store.settle(attemptId, { kind, mr: 255, at });
      else if (kind === 'uncertain') await store.settle(attemptId, { kind, cause: 'EV-TIMEOUT', at, decideAt: null });
      else await store.settle(attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'x', at });
    };
    await end(SIM_A, now, 254, 'sent');
    await end(SIM_A, now + 1, 0, 'uncertain');
    await end(SIM_A, now + 2, 1, 'refused');
    await end(SIM_B, now + 3, 17, 'sent');
    await end(SIM_B, now + 4, null, 'uncertain');
    expect(await store.lastReferences()).toEqual(
      new Map([
        [SIM_A, 0],
        [SIM_B, 255],
      ]),
    );
  });

  it('makes ready what waits for another try, and nothing else', async () => {
    const { store, now } = rig;
    const waiting = newMessage(now);
    const scheduled = newMessage(now, { held: { reason: 'scheduled', dueAt: now + 60_000 } });
    await store.accept([waiting, scheduled]);
    const claim = await mustClaim(store, SIM_A, now);
    const gone = { kind: 'retry', outcome: 'notSent', cause: 'EV-PORT-GONE-BEFORE', at: now, dueAt: now + 30_000, avoid: null } as const;
    await store.settle(claim.attemptId, gone);
    await store.hasten([waiting.id, scheduled.id, 'msg_unknown'], now + 1);
    expect(store.queueDepth()).toEqual({ ready: 1, waiting: 1 });
    expect((await mustClaim(store, SIM_A, now + 1)).messageId).toBe(waiting.id);
  });
}
