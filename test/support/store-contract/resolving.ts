import { expect, it } from 'vitest';
import { RESOLUTIONS } from '../../../src/store/records/acceptance.ts';
import type { NewMessage } from '../../../src/store/records/message.ts';
import { claimOn, historyOf, longMessage, mustClaim, newMessage, SIM_A, SIM_B, statusOf } from '../store-samples.ts';
import type { Rig } from './rig.ts';

export function resolving(rig: Rig): void {
  /** Accepts a message whose first segment is then in doubt. */
  async function inDoubt(message: NewMessage): Promise<number> {
    await rig.store.accept([message]);
    const { attemptId } = await mustClaim(rig.store, SIM_A, rig.now, 5);
    await rig.store.settle(attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: rig.now, decideAt: rig.now + 900_000 });
    return attemptId;
  }

  it('counts as sent what a person says was sent, and goes on with the rest', async () => {
    const long = longMessage(rig.now, 2);
    await inDoubt(long);
    expect(await rig.store.resolve(long.id, 'sent', rig.now)).toEqual({ kind: 'resolved' });
    expect(await mustClaim(rig.store, SIM_A, rig.now)).toMatchObject({ messageId: long.id, n: 2, possibleDuplicate: false });
    expect(await historyOf(rig.store, long.id)).toEqual(['queued', 'sending', 'uncertain EV-TIMEOUT', 'sending']);
  });

  it('ends what a person says was not sent', async () => {
    const message = newMessage(rig.now);
    await inDoubt(message);
    await rig.store.resolve(message.id, 'failed', rig.now);
    expect(await statusOf(rig.store, message.id)).toBe('failed unconfirmed');
    expect(await rig.store.nextDue()).toBeUndefined();
  });

  it('sends again by a person, flagged in the message, its claim and its event', async () => {
    const message = newMessage(rig.now);
    await inDoubt(message);
    await rig.store.resolve(message.id, 'resend', rig.now);
    const [event] = (await rig.store.events(0, 10)).slice(-1);
    expect(event).toMatchObject({ type: 'message.queued', reason: 'resend', message: { possibleDuplicate: true } });
    await rig.reopen();
    expect(await mustClaim(rig.store, SIM_B, rig.now)).toMatchObject({ messageId: message.id, possibleDuplicate: true });
    // The rule does not send it a third time.
    expect(await rig.store.undecided(rig.now + 900_000, 10)).toEqual([]);
  });

  it('does not send again what is past its time, but takes the word that it was sent', async () => {
    const message = newMessage(rig.now, { expiresAt: rig.now + 1000 });
    await inDoubt(message);
    const later = rig.now + 1000;
    expect(await rig.store.resolve(message.id, 'resend', later)).toEqual({ kind: 'pastItsTime', expiresAt: later });
    expect(await statusOf(rig.store, message.id)).toBe('uncertain EV-TIMEOUT');
    expect(await rig.store.resolve(message.id, 'sent', later)).toEqual({ kind: 'resolved' });
    expect(await statusOf(rig.store, message.id)).toBe('sent');
  });

  it('changes nothing of a message that is not in doubt, or not there', async () => {
    const queued = newMessage(rig.now);
    await rig.store.accept([queued]);
    const doubtful = newMessage(rig.now, { purpose: 'otp' });
    await inDoubt(doubtful);
    await rig.store.resolve(doubtful.id, 'sent', rig.now);
    for (const as of RESOLUTIONS) {
      expect(await rig.store.resolve('msg_nobody', as, rig.now)).toEqual({ kind: 'unknown' });
      expect(await rig.store.resolve(queued.id, as, rig.now)).toEqual({ kind: 'notUncertain', status: 'queued' });
      expect(await rig.store.resolve(doubtful.id, as, rig.now)).toEqual({ kind: 'notUncertain', status: 'sent' });
    }
    expect((await mustClaim(rig.store, SIM_B, rig.now)).messageId).toBe(queued.id);
    expect(await claimOn(rig.store, SIM_B, rig.now)).toBeUndefined();
  });

  it('D06: lets a late answer or a report say more after a person has', async () => {
    const message = newMessage(rig.now);
    const attemptId = await inDoubt(message);
    await rig.store.resolve(message.id, 'resend', rig.now);
    expect(await rig.store.settle(attemptId, { kind: 'sent', mr: 6, at: rig.now })).toBe(true);
    expect(await statusOf(rig.store, message.id)).toBe('sent');
    expect(await claimOn(rig.store, SIM_A, rig.now)).toBeUndefined();
  });
}
