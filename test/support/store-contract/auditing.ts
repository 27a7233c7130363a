import { expect, it } from 'vitest';
import type { NewAudit } from '../../../src/store/records/audit.ts';
import { newKey, newMessage } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const PAGE = { limit: 50, cursor: null };

export function auditing(rig: Rig): void {
  const entry = (target: string): NewAudit => ({ at: rig.now, actor: 'key_a', action: 'sending.set', target, detail: { state: 'paused' } });
  const targets = async (): Promise<(string | null)[]> => (await rig.store.auditLog({}, PAGE)).data.map((e) => e.target);

  it('X32: keeps an entry with what it records, and none of what was not done', async () => {
    await rig.store.setSending({ state: 'paused', purpose: null, sim: null, at: rig.now }, entry('pause'));
    const message = newMessage(rig.now);
    await rig.store.accept([message]);
    expect(await rig.store.resolve(message.id, 'sent', rig.now, entry('resolve'))).toMatchObject({ kind: 'notUncertain' });
    expect(await rig.store.decideMissed(message.id, 'send', rig.now, entry('missed'))).toMatchObject({ kind: 'notMissed' });
    expect(await rig.store.revokeKey('key_nobody', rig.now, entry('revoke'))).toBe(false);
    const key = newKey();
    await rig.store.createKey(key, entry('create'));
    await expect(rig.store.createKey(key, entry('again'))).rejects.toThrow();
    await rig.reopen();
    expect(await targets()).toEqual(['create', 'pause']);
  });

  it('X32: has what was handed over by class: how many of each purpose, by whom, each counted once, also over a restart', async () => {
    const from = (keyId: string, purpose: 'otp' | 'service') => ({ ...newMessage(rig.now), keyId, purpose });
    await rig.store.accept([from('key_a', 'service'), from('key_a', 'otp'), from('key_a', 'service'), from('key_b', 'service')]);
    await rig.store.auditAccepted(rig.now);
    await rig.reopen();
    await rig.store.auditAccepted(rig.now);
    await rig.store.accept([from('key_b', 'otp')]);
    await rig.store.auditAccepted(rig.now);
    const counted = (await rig.store.auditLog({}, PAGE)).data.map(({ actor, action, target, detail }) => ({
      actor,
      action,
      target,
      detail,
    }));
    expect(counted.toReversed()).toEqual([
      { actor: 'key_a', action: 'message.accept', target: null, detail: { otp: 1, service: 2 } },
      { actor: 'key_b', action: 'message.accept', target: null, detail: { service: 1 } },
      { actor: 'key_b', action: 'message.accept', target: null, detail: { otp: 1 } },
    ]);
    expect((await rig.store.verifyAudit()).brokenAt).toBeNull();
  });

  it('lists them newest first, page by page, since a time', async () => {
    for (let i = 1; i <= 5; i += 1) {
      await rig.store.audit(entry(`t${i}`));
      await rig.clock.advance(1000);
    }
    const first = await rig.store.auditLog({}, { limit: 3, cursor: null });
    expect(first.data.map((e) => [e.seq, e.target, e.detail])).toEqual([5, 4, 3].map((n) => [n, `t${n}`, { state: 'paused' }]));
    const rest = await rig.store.auditLog({}, { limit: 3, cursor: first.nextCursor });
    expect([rest.data.map((e) => e.seq), rest.nextCursor]).toEqual([[2, 1], null]);
    expect((await rig.store.auditLog({ since: rig.now - 2000 }, PAGE)).data.map((e) => e.seq)).toEqual([5, 4]);
  });

  it('X32: chains them, also over a restart, and knows an entry that was noted', async () => {
    expect(await rig.store.verifyAudit()).toEqual({ entries: 0, head: null, brokenAt: null });
    for (let i = 0; i < 600; i += 1) void rig.store.audit(entry(`t${i}`));
    await rig.store.audit({ ...entry('é "quoted"\n'), detail: { b: 1, a: null } });
    await rig.reopen();
    await rig.store.audit(entry('last'));
    const { entries, head, brokenAt } = await rig.store.verifyAudit();
    expect([entries, head?.seq, brokenAt]).toEqual([602, 602, null]);
    const noted = (await rig.store.auditLog({}, PAGE)).data.find((e) => e.seq === 601);
    expect(noted?.detail).toEqual({ a: null, b: 1 });
    expect((await rig.store.verifyAudit({ seq: 601, hash: noted?.hash ?? '' })).brokenAt).toBeNull();
    expect((await rig.store.verifyAudit({ seq: 601, hash: '0'.repeat(64) })).brokenAt).toBe(601);
    expect((await rig.store.verifyAudit({ seq: 603, hash: noted?.hash ?? '' })).brokenAt).toBe(603);
  });
}
