import { expect, it } from 'vitest';
import type { Claim } from '../../../src/store/records/queue.ts';
import type { Store } from '../../../src/store/store.ts';
import { claimOn, DAY, historyOf, longMessage, mustClaim, newMessage, newReport, SIM_A, statusOf } from '../store-samples.ts';
import type { Rig } from './rig.ts';

async function sendOne(store: Store, now: number, mr: number): Promise<Claim> {
  const claim = await mustClaim(store, SIM_A, now, mr);
  await store.settle(claim.attemptId, { kind: 'sent', mr, at: now });
  return claim;
}

export function reports(rig: Rig): void {
  it('is delivered when every segment is', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 2);
    await store.accept([message]);
    const first = await sendOne(store, now, 7);
    const second = await sendOne(store, now, 8);
    expect(await store.report(newReport(second, now + 1, { mr: 8 }))).toEqual({ applied: true });
    expect(await statusOf(store, message.id)).toBe('sent');
    expect(await store.report(newReport(first, now + 2))).toEqual({ applied: true });
    expect(await statusOf(store, message.id)).toBe('delivered');
    expect(await historyOf(store, message.id)).toEqual(['queued', 'sending', 'sent', 'delivered']);
    expect((await store.sims())[0]?.counters).toMatchObject({ sent: 2, delivered: 2 });
  });

  it('is undelivered when one segment is, whatever came of the others', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 2);
    await store.accept([message]);
    const first = await sendOne(store, now, 7);
    const second = await sendOne(store, now, 8);
    await store.report(newReport(first, now + 1, { tpStatus: 70, meaning: 'undelivered' }));
    expect(await statusOf(store, message.id)).toBe('undelivered TP-ST-70');
    await store.report(newReport(second, now + 2, { mr: 8 }));
    expect(await statusOf(store, message.id)).toBe('undelivered TP-ST-70');
  });

  it('goes on with the rest of a message of which one segment was reported already', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 3);
    await store.accept([message]);
    const first = await sendOne(store, now, 7);
    const waiting = await mustClaim(store, SIM_A, now);
    await store.settle(waiting.attemptId, { kind: 'retry', outcome: 'refused', cause: 'CMS-41', at: now, dueAt: now + 1000, avoid: null });
    await store.report(newReport(first, now + 1));
    expect(await statusOf(store, message.id)).toBe('queued CMS-41');
    expect(await claimOn(store, SIM_A, now + 1)).toBeUndefined();
    await store.promote(now + 1000);
    expect(await mustClaim(store, SIM_A, now + 1000)).toMatchObject({ n: 2, tries: 1 });
  });

  it('D16 takes a late delivery after undelivered, and nothing else', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await sendOne(store, now, 7);
    const undelivered = { tpStatus: 70, meaning: 'undelivered' } as const;
    await store.report(newReport(claim, now + 1, undelivered));
    expect(await store.report(newReport(claim, now + 2, undelivered))).toEqual({ applied: false });
    expect(await store.report(newReport(claim, now + 3))).toEqual({ applied: true });
    expect(await statusOf(store, message.id)).toBe('delivered lateDelivered');
    expect(await store.report(newReport(claim, now + 4, undelivered))).toEqual({ applied: false });
    expect(await statusOf(store, message.id)).toBe('delivered lateDelivered');
    expect(await historyOf(store, message.id)).toEqual(['queued', 'sending', 'sent', 'undelivered TP-ST-70', 'delivered lateDelivered']);
  });

  it('D16 takes a late delivery of a first copy after the message expired waiting for the second', async () => {
    const { store, now } = rig;
    const message = newMessage(now, { expiresAt: now + 1000 });
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 7);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now });
    await store.decide(claim.attemptId, 'resend', now);
    await store.promote(now + 1000);
    expect(await statusOf(store, message.id)).toBe('expired unconfirmed');
    await store.report(newReport(claim, now + 2000));
    expect(await statusOf(store, message.id)).toBe('delivered lateDelivered');
  });

  it('D15 keeps a report that says nothing final, and changes nothing', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await sendOne(store, now, 7);
    expect(await store.report(newReport(claim, now + 1, { tpStatus: 32, meaning: 'pending' }))).toEqual({ applied: false });
    expect(await store.report(newReport(claim, now + 1, { tpStatus: 255, meaning: 'unknown' }))).toEqual({ applied: false });
    expect(await statusOf(store, message.id)).toBe('sent');
    expect(await store.reportCandidates(SIM_A, 7, 0)).toMatchObject([{ reported: false }]);
  });

  it('D15 tells of which attempts the last word was said, and which time stamp named them', async () => {
    const { store, now } = rig;
    await store.accept([newMessage(now)]);
    const claim = await sendOne(store, now, 7);
    await store.report(newReport(claim, now + 1, { tpStatus: 32, meaning: 'pending', smscAt: now }));
    expect(await store.finalReports(SIM_A, 7, 0)).toEqual([]);
    await store.report(newReport(claim, now + 2, { smscAt: now }));
    await store.report(newReport(claim, now + 3, { smscAt: now + 1000, attemptId: null }));
    expect(await store.finalReports(SIM_A, 7, 0)).toEqual([{ attemptId: claim.attemptId, smscAt: now }]);
    expect(await store.finalReports(SIM_A, 8, 0)).toEqual([]);
    expect(await store.finalReports(SIM_A, 7, now + 3)).toEqual([]);
  });

  it('D15 applies a report once, however often it is read', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const report = newReport(await sendOne(store, now, 7), now + 1);
    expect(await store.report(report)).toEqual({ applied: true });
    expect(await store.report(report)).toEqual({ applied: false });
    expect(await historyOf(store, message.id)).toEqual(['queued', 'sending', 'sent', 'delivered']);
    expect((await store.sims())[0]?.counters.delivered).toBe(1);
    expect(await store.reportCandidates(SIM_A, 7, 0)).toMatchObject([{ reported: true }]);
  });

  it('D15 keeps unmatched reports raw, and matches them later', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now);
    const report = newReport(claim, now + 1, { attemptId: null });
    expect(await store.report(report)).toEqual({ applied: false });
    expect(await store.report(report)).toEqual({ applied: false });
    const kept = await store.unmatchedReports(SIM_A, 7, now);
    expect(kept).toEqual([{ ...report, id: kept[0]?.id }]);
    expect(await store.unmatchedReports(SIM_A, 8, now)).toEqual([]);
    expect(await store.unmatchedReports(SIM_A, 7, now + 2)).toEqual([]);

    await store.settle(claim.attemptId, { kind: 'sent', mr: 7, at: now + 2 });
    expect(await store.report({ ...report, attemptId: claim.attemptId })).toEqual({ applied: true });
    expect(await store.unmatchedReports(SIM_A, 7, now)).toEqual([]);
    expect(await statusOf(store, message.id)).toBe('delivered');
  });

  it('D19 takes a report about an attempt that is not there any more', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await sendOne(store, now, 7);
    expect(await store.report(newReport({ ...claim, attemptId: 987_654_321_000 }, now))).toEqual({ applied: false });
    expect(await statusOf(store, message.id)).toBe('sent');
  });

  it('D19 keeps raw reports for 30 days', async () => {
    const { store, now } = rig;
    await store.accept([newMessage(now)]);
    const claim = await sendOne(store, now, 7);
    await store.report(newReport(claim, now, { attemptId: null }));
    await store.report(newReport(claim, now + DAY, { attemptId: null }));
    await store.purge(now + 30 * DAY);
    expect(await store.unmatchedReports(SIM_A, 7, 0)).toMatchObject([{ receivedAt: now + DAY }]);
  });

  it('D07 settles an uncertain attempt by its report: the network had it', async () => {
    const { store, now } = rig;
    const delivered = newMessage(now);
    const undelivered = newMessage(now);
    for (const message of [delivered, undelivered]) {
      await store.accept([message]);
      const claim = await mustClaim(store, SIM_A, now, 7);
      await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now + 1000 });
      const bad = { tpStatus: 65, meaning: 'undelivered' } as const;
      await store.report(newReport(claim, now + 5, message === delivered ? {} : bad));
      expect(await store.undecided(now + 1000, 10)).toEqual([]);
      expect((await store.message(message.id))?.segments[0]).toMatchObject({ mr: 7, attempts: [{ outcome: 'sent', cause: 'EV-TIMEOUT' }] });
      expect(await store.settle(claim.attemptId, { kind: 'sent', mr: 7, at: now + 6 })).toBe(false);
    }
    expect(await statusOf(store, delivered.id)).toBe('delivered');
    expect(await statusOf(store, undelivered.id)).toBe('undelivered TP-ST-65');
    expect(await historyOf(store, delivered.id)).toEqual(['queued', 'sending', 'uncertain EV-TIMEOUT', 'delivered']);
  });

  it('D07 withdraws a second copy that has not gone yet when the first is reported delivered', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 7);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now });
    await store.decide(claim.attemptId, 'resend', now);
    expect(await store.report(newReport(claim, now + 5))).toEqual({ applied: true });
    expect(await claimOn(store, SIM_A, now + 5)).toBeUndefined();
    expect(await statusOf(store, message.id)).toBe('delivered');
    expect((await store.message(message.id))?.segments[0]?.attempts).toMatchObject([{ outcome: 'sent' }]);
    expect((await store.sims())[0]?.counters).toMatchObject({ sent: 1, delivered: 1 });
  });

  it('D07 still sends the second copy when the first is reported lost', async () => {
    const { store, now } = rig;
    const message = newMessage(now);
    await store.accept([message]);
    const claim = await mustClaim(store, SIM_A, now, 7);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: now });
    await store.decide(claim.attemptId, 'resend', now);
    await store.report(newReport(claim, now + 5, { tpStatus: 70, meaning: 'undelivered' }));
    expect(await statusOf(store, message.id)).toBe('queued resend');
    expect(await mustClaim(store, SIM_A, now + 5)).toMatchObject({ messageId: message.id, tries: 1 });
  });

  it('D15 takes a report that is quicker than the answer it is about', async () => {
    const { now } = rig;
    for (const then of ['sent', 'uncertain', 'restart'] as const) {
      const message = newMessage(now);
      await rig.store.accept([message]);
      const claim = await mustClaim(rig.store, SIM_A, now, 7);
      expect(await rig.store.report(newReport(claim, now + 1))).toEqual({ applied: true });
      expect(await statusOf(rig.store, message.id)).toBe('sending');
      if (then === 'sent') await rig.store.settle(claim.attemptId, { kind: 'sent', mr: 7, at: now + 2 });
      if (then === 'uncertain')
        await rig.store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now + 2, decideAt: null });
      if (then === 'restart') {
        await rig.reopen();
        expect(await rig.store.recover(now + 2, () => now)).toEqual([]);
      }
      expect(await statusOf(rig.store, message.id)).toBe('delivered');
    }
  });

  it('says what the network said, however late the message ends', async () => {
    const { store, now } = rig;
    const long = longMessage(now, 2);
    const early = newMessage(now);
    const bad = { tpStatus: 70, meaning: 'undelivered' } as const;
    await store.accept([long]);
    await store.report(newReport(await sendOne(store, now, 7), now + 1, bad));
    await sendOne(store, now + 2, 8);
    expect(await statusOf(store, long.id)).toBe('undelivered TP-ST-70');
    await store.accept([early]);
    const claim = await mustClaim(store, SIM_A, now + 3, 9);
    await store.report(newReport(claim, now + 4, { ...bad, mr: 9, tpStatus: 65 }));
    await store.settle(claim.attemptId, { kind: 'sent', mr: 9, at: now + 5 });
    expect(await statusOf(store, early.id)).toBe('undelivered TP-ST-65');
  });

  it('lists the attempts that a report may be about, newest first, by known and by predicted TP-MR', async () => {
    const { store, now } = rig;
    await store.accept(Array.from({ length: 5 }, () => newMessage(now)));
    const known = await sendOne(store, now, 7);
    const predicted = await mustClaim(store, SIM_A, now + 10, 7);
    await store.settle(predicted.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now + 10, decideAt: null });
    const refused = await mustClaim(store, SIM_A, now + 20, 7);
    await store.settle(refused.attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'x', at: now + 20 });
    const otherMr = await mustClaim(store, SIM_A, now + 30, 7);
    await store.settle(otherMr.attemptId, { kind: 'sent', mr: 9, at: now + 30 });
    const facts = { to: known.to, reported: false };
    expect(await store.reportCandidates(SIM_A, 7, 0)).toEqual([
      { ...facts, attemptId: predicted.attemptId, at: now + 10, state: 'uncertain', mr: 'predicted' },
      { ...facts, attemptId: known.attemptId, at: now, state: 'sent', mr: 'known' },
    ]);
    expect(await store.reportCandidates(SIM_A, 7, now + 1)).toHaveLength(1);
    expect(await store.reportCandidates('8938009', 7, 0)).toEqual([]);
    // Whatever their TP-MR was predicted to be.
    const doubt = { ...facts, attemptId: predicted.attemptId, at: now + 10, state: 'uncertain', mr: 'unknown' };
    expect(await store.attemptsInDoubt(SIM_A, now, now + 100)).toEqual([doubt]);
    const pending = await mustClaim(store, SIM_A, now + 40, 8);
    expect(await store.attemptsInDoubt(SIM_A, now, now + 100)).toMatchObject([{ attemptId: pending.attemptId, state: 'pending' }, doubt]);
    expect(await store.attemptsInDoubt(SIM_A, now + 11, now + 39)).toEqual([]);
    expect(await store.attemptsInDoubt('8938009', now, now + 100)).toEqual([]);
  });
}
