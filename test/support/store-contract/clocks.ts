import { expect, it } from 'vitest';
import type { NewMessage } from '../../../src/store/records/message.ts';
import type { MissedRules } from '../../../src/store/records/time.ts';
import { claimOn, groupKey, idempotency, mustClaim, newMessage, newReceived, SIM_A } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RULES: MissedRules = { byPurpose: { otp: 'drop', urgent: 'send', service: 'list', promotional: 'list' }, after: HOUR };

const PAGE = { limit: 50, cursor: null };

export function clocks(rig: Rig): void {
  /** A process begins: on this boot, whose beginning was at `base` of the wall. */
  const begin = (bootId: string, trusted: boolean, base = rig.now - rig.clock.monotonic()): Promise<void> =>
    rig.store.begin({ bootId, base, isTrusted: () => trusted, now: rig.now });

  const judge = async (): Promise<{ listed: number; dropped: number }> => {
    const all = { listed: 0, dropped: 0 };
    for (let more = 'others'; more !== 'none'; ) {
      const judged = await rig.store.judgeMissed(RULES, rig.now);
      all.listed += judged.listed;
      all.dropped += judged.dropped;
      more = judged.more;
    }
    return all;
  };

  /** A box that was on and knew the time. */
  const wasAlive = async (): Promise<void> => {
    await begin('boot-1', true);
    await judge();
    await rig.store.stayAlive(rig.now);
  };

  const statusOf = async (message: NewMessage): Promise<string> => {
    const view = await rig.store.message(message.id);
    return `${view?.status} ${view?.reason ?? ''}`.trim();
  };

  const accept = async (...changes: Partial<NewMessage>[]): Promise<NewMessage[]> => {
    const messages = changes.map((change) => newMessage(rig.now, change));
    await rig.store.accept(messages);
    return messages;
  };

  const scheduled = (at: number): Partial<NewMessage> => ({ sendAt: at, expiresAt: at + DAY, held: { reason: 'scheduled', dueAt: at } });

  it('T01 gives out no offer and fires no schedule until the clock is trusted, but codes and urgent messages at once', async () => {
    await wasAlive();
    const [offer, soon] = await accept({ purpose: 'promotional' }, { ...scheduled(rig.now + HOUR), purpose: 'urgent' });
    await rig.reopen();
    rig.clock.step(3 * DAY);
    await begin('boot-2', false);
    const [code] = await accept({ purpose: 'otp', expiresAt: rig.now + 5 * MINUTE });
    await rig.store.promote(rig.now);
    expect((await mustClaim(rig.store, SIM_A, rig.now)).messageId).toBe(code?.id);
    expect(await claimOn(rig.store, SIM_A, rig.now)).toBeUndefined();
    expect([offer && (await statusOf(offer)), soon && (await statusOf(soon))]).toEqual(['queued', 'held scheduled']);
  });

  it('T01 keeps a code of this boot alive when the clock is set by decades, and expires it in its time', async () => {
    rig.clock.step(-rig.now);
    await begin('boot-1', false);
    const [code] = await accept({ purpose: 'otp', expiresAt: rig.now + 5 * MINUTE });
    await rig.clock.advance(90_000);
    rig.clock.step(Date.UTC(2026, 10, 22, 2));
    await rig.store.rebase(rig.now - rig.clock.monotonic());
    await rig.store.setTrusted(true, rig.now);
    await judge();
    await rig.store.promote(rig.now);
    expect(code && (await statusOf(code))).toBe('queued');
    await rig.clock.advance(5 * MINUTE - 90_000 - 1);
    await rig.store.promote(rig.now);
    expect(code && (await statusOf(code))).toBe('queued');
    await rig.clock.advance(1);
    await rig.store.promote(rig.now);
    expect(code && (await statusOf(code))).toBe('expired timeToLive');
  });

  it('expires a code of an earlier boot at the start, unless trusted time proves it valid', async () => {
    await wasAlive();
    const [untold] = await accept({ purpose: 'otp' });
    await rig.reopen();
    await begin('boot-2', false);
    expect(untold && (await statusOf(untold))).toBe('expired clockUntrusted');
    await rig.store.setTrusted(true, rig.now);
    await judge();
    const [valid] = await accept({ purpose: 'otp' });
    await rig.reopen();
    await begin('boot-3', true);
    await judge();
    await rig.store.promote(rig.now);
    expect(valid && (await statusOf(valid))).toBe('queued');
    // And one of this boot, over a restart of the process alone.
    await rig.store.setTrusted(false, rig.now);
    const [same] = await accept({ purpose: 'otp' });
    await rig.reopen();
    await begin('boot-3', false);
    expect(same && (await statusOf(same))).toBe('queued');
  });

  it('lets what an earlier boot left wait until the time is known: service messages aside, and nothing expires', async () => {
    await wasAlive();
    const [service, urgent] = await accept({ expiresAt: rig.now + HOUR }, { purpose: 'urgent', expiresAt: rig.now + HOUR });
    await rig.reopen();
    rig.clock.step(400 * DAY);
    await begin('boot-2', false);
    await rig.store.promote(rig.now);
    expect(service && (await statusOf(service))).toBe('held clockUntrusted');
    expect((await mustClaim(rig.store, SIM_A, rig.now)).messageId).toBe(urgent?.id);
    rig.clock.step(-400 * DAY);
    await rig.store.rebase(rig.now - rig.clock.monotonic());
    await rig.store.setTrusted(true, rig.now);
    await judge();
    expect(service && (await statusOf(service))).toBe('queued');
    expect((await mustClaim(rig.store, SIM_A, rig.now)).messageId).toBe(service?.id);
  });

  it.each([
    ['T02', 400 * DAY],
    ['T03', -2 * HOUR],
  ])(
    '%s keeps what a repeated request is answered for 72 hours, and an incomplete message hidden for its ten minutes',
    async (_id, jump) => {
      await begin('boot-1', true);
      const first = newMessage(rig.now);
      const asked = (at: number) => idempotency(at, { idempotencyKey: 'visit-1' });
      expect(await rig.store.accept([first], asked(rig.now))).toEqual({ kind: 'accepted' });
      await rig.store.receive(newReceived(rig.now, { placement: { kind: 'begin', key: groupKey(2), n: 1 } }));
      rig.clock.step(jump);
      await rig.store.rebase(rig.now - rig.clock.monotonic());
      await rig.clock.advance(9 * MINUTE);
      expect(await rig.store.accept([newMessage(rig.now)], asked(rig.now))).toMatchObject({ kind: 'repeated' });
      await rig.store.purge(rig.now);
      expect(await rig.store.recall('key_1', 'visit-1', rig.now)).toBeDefined();
      expect(await rig.store.surfaceIncomplete(rig.now - 10 * MINUTE, rig.now)).toBe(0);
      expect(await rig.store.oldestHidden()).toBe(rig.now - 9 * MINUTE);
      await rig.clock.advance(MINUTE);
      expect(await rig.store.surfaceIncomplete(rig.now - 10 * MINUTE, rig.now)).toBe(1);
      expect((await rig.store.inbounds({ since: rig.now - HOUR }, PAGE)).data).toHaveLength(1);
      await rig.clock.advance(72 * HOUR);
      expect(await rig.store.recall('key_1', 'visit-1', rig.now)).toBeUndefined();
    },
  );

  it('T03 shows at once an incomplete message that a wrong clock has put into the future', async () => {
    await rig.store.receive(newReceived(rig.now + DAY, { placement: { kind: 'begin', key: groupKey(2), n: 1 } }));
    expect(await rig.store.surfaceIncomplete(rig.now - 10 * MINUTE, rig.now)).toBe(1);
  });

  it('T03 moves another try, a decision and a webhook with a clock that is set back by two hours', async () => {
    await begin('boot-1', true);
    await judge();
    rig.store.setEndpoints([{ name: 'http://hook', events: ['*'] }]);
    const [retried, doubtful, later] = await accept({}, {}, scheduled(rig.now + HOUR));
    for (let i = 0; i < 2; i += 1) {
      const { attemptId, messageId } = await mustClaim(rig.store, SIM_A, rig.now);
      const dueAt = rig.now + 30_000;
      const at = rig.now;
      if (messageId === retried?.id)
        await rig.store.settle(attemptId, { kind: 'retry', outcome: 'refused', cause: 'CMS-38', at, dueAt, avoid: null });
      else await rig.store.settle(attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at, decideAt: dueAt });
    }
    rig.clock.step(-2 * HOUR);
    await rig.store.rebase(rig.now - rig.clock.monotonic());
    expect(await rig.store.nextDue()).toBe(rig.now + 30_000);
    expect(await rig.store.nextDelivery('http://hook')).toBe(rig.now);
    await rig.clock.advance(30_000);
    expect(await rig.store.promote(rig.now)).toEqual({ promoted: 1, expired: 0 });
    expect((await rig.store.undecided(rig.now, 10)).map((a) => a.messageId)).toEqual([doubtful?.id]);
    // What somebody named by the wall stays there.
    await rig.clock.advance(2 * HOUR);
    expect(later && (await statusOf(later))).toBe('held scheduled');
    expect(await rig.store.promote(rig.now)).toMatchObject({ promoted: 0 });
    await rig.clock.advance(HOUR);
    expect(await rig.store.promote(rig.now)).toMatchObject({ promoted: 1 });
  });

  it('a service message that waited a minute for the clock goes, and says that nobody knew the time', async () => {
    await begin('boot-1', false);
    const waits = { held: { reason: 'clockUntrusted', dueAt: rig.now + MINUTE } };
    const [goes, hastened] = await accept(waits, { held: { reason: 'clockUntrusted', dueAt: rig.now + 2 * MINUTE } });
    await rig.clock.advance(MINUTE);
    await rig.store.promote(rig.now);
    expect(goes && (await statusOf(goes))).toBe('queued clockUntrusted');
    await rig.store.setTrusted(true, rig.now);
    expect(hastened && (await statusOf(hastened))).toBe('queued');
  });

  it('T08 lists what was due while the box was off, in order of urgency, and sends none of it by itself', async () => {
    await wasAlive();
    const due = rig.now + HOUR;
    const [offer, service, urgent, code, future, late] = await accept(
      { ...scheduled(due), purpose: 'promotional' },
      scheduled(due),
      { ...scheduled(due + 2 * DAY), purpose: 'urgent' },
      { purpose: 'otp', expiresAt: rig.now + 4 * DAY },
      scheduled(rig.now + 4 * DAY),
      scheduled(rig.now + 3 * DAY - HOUR / 2),
    );
    await rig.store.accept(Array.from({ length: 200 }, (_, i) => newMessage(rig.now, scheduled(due + i * MINUTE))));
    await rig.reopen();
    rig.clock.step(3 * DAY);
    await begin('boot-2', true);
    expect(await judge()).toEqual({ listed: 202, dropped: 1 });
    await rig.store.promote(rig.now);
    const named = [offer, service, urgent, code, future, late].flatMap((m) => m ?? []);
    expect(await Promise.all(named.map(statusOf))).toEqual([
      'held missed',
      'held missed',
      'queued',
      'expired missed',
      'held scheduled',
      'queued',
    ]);
    const claimed: string[] = [];
    for (let claim = await claimOn(rig.store, SIM_A, rig.now); claim; claim = await claimOn(rig.store, SIM_A, rig.now))
      claimed.push(claim.messageId);
    expect(claimed).toEqual([urgent?.id, late?.id]);
    expect(rig.store.missedCount()).toBe(202);
    const first = await rig.store.missed({ limit: 201, cursor: null });
    expect(first.data[0]).toMatchObject({ message: { id: service?.id }, dueAt: due });
    const second = await rig.store.missed({ limit: 201, cursor: first.nextCursor });
    expect(second).toMatchObject({ data: [{ message: { id: offer?.id } }], nextCursor: null });
  });

  it('T08 judges nothing missed after a short stop, and one that was listed stays listed over the next', async () => {
    await wasAlive();
    const [soon] = await accept(scheduled(rig.now + MINUTE));
    await rig.reopen();
    rig.clock.step(HOUR);
    await begin('boot-1', true);
    expect(await judge()).toEqual({ listed: 0, dropped: 0 });
    await rig.store.stayAlive(rig.now);
    await rig.reopen();
    rig.clock.step(2 * HOUR);
    await begin('boot-1', true);
    expect(await judge()).toEqual({ listed: 1, dropped: 0 });
    await rig.reopen();
    rig.clock.step(2 * DAY);
    await begin('boot-2', false);
    await rig.store.setTrusted(true, rig.now);
    expect(await judge()).toEqual({ listed: 0, dropped: 0 });
    expect((await rig.store.missed(PAGE)).data.map((m) => m.message.id)).toEqual([soon?.id]);
  });

  it('a person sends one that was missed, with as much time as it had, or leaves it', async () => {
    await wasAlive();
    const [wanted, unwanted, withdrawn] = await accept(scheduled(rig.now + HOUR), scheduled(rig.now + HOUR), scheduled(rig.now + HOUR));
    await rig.reopen();
    rig.clock.step(3 * DAY);
    await begin('boot-2', true);
    await judge();
    expect(await rig.store.decideMissed(wanted?.id ?? '', 'send', rig.now)).toEqual({ kind: 'decided' });
    expect(await rig.store.decideMissed(unwanted?.id ?? '', 'leave', rig.now)).toEqual({ kind: 'decided' });
    expect(await rig.store.cancel(withdrawn?.id ?? '', rig.now)).toEqual({ kind: 'cancelled' });
    expect(await rig.store.decideMissed(wanted?.id ?? '', 'leave', rig.now)).toEqual({ kind: 'notMissed', status: 'queued' });
    expect(await rig.store.decideMissed('msg_none', 'send', rig.now)).toEqual({ kind: 'unknown' });
    expect([wanted, unwanted, withdrawn].map((m) => m?.id)).not.toContain(undefined);
    expect(unwanted && (await statusOf(unwanted))).toBe('expired missed');
    const claim = await mustClaim(rig.store, SIM_A, rig.now);
    expect(claim).toMatchObject({ messageId: wanted?.id, expiresAt: rig.now + DAY });
    expect((await rig.store.message(wanted?.id ?? ''))?.events.map((e) => `${e.type} ${e.reason ?? ''}`.trim())).toEqual([
      'message.held scheduled',
      'message.held missed',
      'message.queued missed',
      'message.sending',
    ]);
    expect(rig.store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
  });
}
