import { expect, it } from 'vitest';
import { groupKey, mustClaim, newMessage, newReceived, SIM_A, SIM_B } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const PAGE = { limit: 50, cursor: null };

export function inbound(rig: Rig): void {
  it('keeps a message of one TPDU, raw and readable, and tells of it', async () => {
    const { store, now } = rig;
    const received = newReceived(now, { answers: 'msg_17' });
    expect(await store.receive(received)).toEqual({ inboundId: received.inboundId, replies: false, follows: false });
    const view = {
      id: received.inboundId,
      from: received.from,
      text: 'ПЕРЕНОС',
      textErasedAt: null,
      complete: true,
      revision: 1,
      receivedAt: now,
      smscTime: received.smscTime,
      sim: SIM_A,
      answers: 'msg_17',
      meaning: null,
      rule: null,
      tag: null,
      total: 1,
      mms: null,
      problem: null,
      duplicates: 0,
      segments: [{ n: 1, text: 'ПЕРЕНОС', pdu: received.pdu, receivedAt: now }],
    };
    expect(await store.inbound(received.inboundId)).toEqual(view);
    expect((await store.inbounds({}, PAGE)).data).toEqual([view]);
    expect(await store.events(0, 10)).toMatchObject([{ type: 'inbound.received', at: now, message: null, inbound: view }]);
    expect(await store.inbound('in_unknown')).toBeUndefined();
    expect((await store.sims())[0]?.counters.received).toBe(1);
    await rig.reopen();
    expect(await rig.store.inbound(received.inboundId)).toEqual(view);
  });

  it('shows what cannot be read, with the sentence that says why', async () => {
    const { store, now } = rig;
    const received = newReceived(now, { text: '', pdu: '0791FF', placement: { kind: 'unreadable', problem: 'ud at octet 12: underflow' } });
    await store.receive(received);
    expect(await store.inbound(received.inboundId)).toMatchObject({ text: null, complete: false, problem: 'ud at octet 12: underflow' });
    expect(await store.events(0, 10)).toHaveLength(1);
  });

  it('hides a message of several segments until it is whole', async () => {
    const { store, now } = rig;
    const key = groupKey(3);
    const first = newReceived(now, { text: 'три', smscAt: now - 1, placement: { kind: 'begin', key, n: 3 } });
    await store.receive(first);
    expect(await store.inbound(first.inboundId)).toBeUndefined();
    expect((await store.inbounds({}, PAGE)).data).toEqual([]);
    expect(await store.lastEvent()).toBe(0);
    expect(await store.oldestHidden()).toBe(now);

    const join = (n: number, text: string, whole: string | null) =>
      newReceived(now + n, { text, placement: { kind: 'join', inboundId: first.inboundId, n, text: whole } });
    const second = join(1, 'раз ', null);
    await store.receive(second);
    expect(await store.openGroups(key)).toEqual([
      {
        inboundId: first.inboundId,
        startedAt: now,
        complete: false,
        segments: [
          { n: 1, pdu: second.pdu, smscAt: second.smscAt },
          { n: 3, pdu: first.pdu, smscAt: now - 1 },
        ],
      },
    ]);
    await store.receive(join(2, 'два ', 'раз два три'));
    const shown = await store.inbound(first.inboundId);
    expect(shown).toMatchObject({ text: 'раз два три', complete: true, revision: 1, receivedAt: now, total: 3 });
    expect(shown?.segments.map((s) => s.n)).toEqual([1, 2, 3]);
    expect(await store.events(0, 10)).toMatchObject([{ type: 'inbound.received', inbound: shown }]);
    expect(await store.oldestHidden()).toBeUndefined();
  });

  it('I06 shows an incomplete one when it has waited enough, and the whole later under the same id', async () => {
    const { now } = rig;
    const key = groupKey(2);
    const first = newReceived(now, { text: 'Добрий ', placement: { kind: 'begin', key, n: 1 } });
    const younger = newReceived(now + 5, { placement: { kind: 'begin', key: groupKey(2, { ref: 18 }), n: 1 } });
    await rig.store.receive(first);
    await rig.store.receive(younger);
    await rig.reopen();
    expect(await rig.store.surfaceIncomplete(now - 1, now + 600_000)).toBe(0);
    expect(await rig.store.surfaceIncomplete(now, now + 600_000)).toBe(1);
    expect(await rig.store.oldestHidden()).toBe(now + 5);
    const partial = await rig.store.inbound(first.inboundId);
    expect(partial).toMatchObject({ text: null, complete: false, revision: 1, segments: [{ n: 1, text: 'Добрий ' }] });

    await rig.reopen();
    const last = newReceived(now + 259_200_000, {
      text: 'день',
      placement: { kind: 'join', inboundId: first.inboundId, n: 2, text: 'Добрий день' },
    });
    expect(await rig.store.receive(last)).toEqual({ inboundId: first.inboundId, replies: false, follows: false });
    const whole = await rig.store.inbound(first.inboundId);
    expect(whole).toMatchObject({ text: 'Добрий день', complete: true, revision: 2 });
    // Each event shows the message as it was then.
    expect((await rig.store.events(0, 10)).map((e) => e.inbound)).toEqual([partial, whole]);
  });

  it('I06 counts a revision for each segment that joins one that is shown', async () => {
    const { store, now } = rig;
    const first = newReceived(now, { placement: { kind: 'begin', key: groupKey(3), n: 1 } });
    await store.receive(first);
    await store.surfaceIncomplete(now, now);
    const join = (n: number, text: string | null) => newReceived(now, { placement: { kind: 'join', inboundId: first.inboundId, n, text } });
    await store.receive(join(2, null));
    await store.receive(join(3, 'все'));
    const events = (await store.events(0, 10)).map(({ inbound }) => [inbound?.revision, inbound?.complete, inbound?.segments.length]);
    expect(events).toEqual([
      [1, false, 1],
      [2, false, 2],
      [3, true, 3],
    ]);
  });

  it('surfaces any number of them', async () => {
    const { store, now } = rig;
    const begun = Array.from({ length: 120 }, (_, i) =>
      newReceived(now, { placement: { kind: 'begin', key: groupKey(2, { ref: i }), n: 1 } }),
    );
    await Promise.all(begun.map((r) => store.receive(r)));
    expect(await store.surfaceIncomplete(now, now)).toBe(120);
    expect(await store.surfaceIncomplete(now, now)).toBe(0);
    expect(await store.lastEvent()).toBe(120);
  });

  it('I04 keeps a duplicate raw, counts it, and tells nobody', async () => {
    const { store, now } = rig;
    const received = newReceived(now);
    await store.receive(received);
    const copy = { kind: 'duplicate', inboundId: received.inboundId } as const;
    const again = newReceived(now + 1000, { pdu: received.pdu, placement: copy });
    expect(await store.receive(again)).toEqual({ inboundId: received.inboundId, replies: false, follows: false });
    expect(await store.inbound(received.inboundId)).toMatchObject({ duplicates: 1, revision: 1, segments: [{ n: 1 }] });
    expect(await store.lastEvent()).toBe(1);
    expect((await store.sims())[0]?.counters.received).toBe(1);
    expect(await store.receive(newReceived(now, { placement: { kind: 'duplicate', inboundId: null } }))).toEqual({
      inboundId: undefined,
      replies: false,
      follows: false,
    });
  });

  it('I01 knows whether a TPDU was received before, through which SIM and when', async () => {
    const { now } = rig;
    const received = newReceived(now);
    await rig.store.receive(received);
    await rig.reopen();
    expect(await rig.store.findReceived(SIM_A, received.pdu, now)).toEqual({ inboundId: received.inboundId, at: now });
    expect(await rig.store.findReceived(SIM_A, received.pdu, now + 1)).toBeUndefined();
    expect(await rig.store.findReceived(SIM_B, received.pdu, now)).toBeUndefined();
    expect(await rig.store.findReceived(SIM_A, `${received.pdu}00`, now)).toBeUndefined();
  });

  it('I05 finds the groups that a segment may belong to by all of its key, newest first', async () => {
    const { store, now } = rig;
    const key = groupKey(2);
    const others = [
      groupKey(2, { iccid: SIM_B }),
      groupKey(2, { from: '+380670000000' }),
      groupKey(2, { ref: 0 }),
      groupKey(2, { bits: 16 }),
      groupKey(3),
    ];
    const begin = async (k: typeof key, at: number) => {
      const received = newReceived(at, { iccid: k.iccid, from: k.from, placement: { kind: 'begin', key: k, n: 1 } });
      await store.receive(received);
      return received.inboundId;
    };
    for (const other of others) await begin(other, now);
    const older = await begin(key, now + 1);
    const newer = await begin(key, now + 2);
    expect((await store.openGroups(key)).map((g) => g.inboundId)).toEqual([newer, older]);
    for (const other of others) expect(await store.openGroups(other)).toHaveLength(1);
  });

  it('refuses a segment that would join nothing, and keeps nothing of it', async () => {
    const { store, now } = rig;
    const lost = newReceived(now, { placement: { kind: 'join', inboundId: 'in_none', n: 2, text: null } });
    await expect(store.receive(lost)).rejects.toMatchObject({ code: 'notFound' });
    expect(await store.findReceived(SIM_A, lost.pdu, 0)).toBeUndefined();
  });

  it('knows the latest message sent to a number, this SIM before others', async () => {
    const { store, now } = rig;
    const to = '+380671112233';
    const [viaA, viaB, unsent, older] = [1, 2, 3, 4].map(() => newMessage(now, { to }));
    if (!viaA || !viaB || !unsent || !older) throw new Error('no messages');
    for (const [message, sim, at] of [
      [older, SIM_A, now],
      [viaA, SIM_A, now + 10],
      [viaB, SIM_B, now + 20],
    ] as const) {
      await store.accept([message]);
      await store.settle((await mustClaim(store, sim, at)).attemptId, { kind: 'sent', mr: 1, at });
    }
    await store.accept([unsent]);
    expect(await store.latestTo(to, SIM_A, now)).toBe(viaA.id);
    expect(await store.latestTo(to, SIM_B, now)).toBe(viaB.id);
    expect(await store.latestTo(to, '8938007', now)).toBe(viaB.id);
    expect(await store.latestTo(to, SIM_A, now + 11)).toBe(viaB.id);
    expect(await store.latestTo(to, SIM_A, now + 21)).toBeUndefined();
    expect(await store.latestTo('+380670000000', SIM_A, now)).toBeUndefined();
  });
}
