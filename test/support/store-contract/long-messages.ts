import fc from 'fast-check';
import { expect, it } from 'vitest';
import { full, reported } from '../store-runs.ts';
import { claimOn, DAY, longMessage, mustClaim, SIM_A, SIM_B } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const SIMS = [SIM_A, SIM_B, '8938001000000000008', '8938001000000000009'];

export function longMessages(rig: Rig): void {
  it('goes segment by segment, in order, one at a time, on one SIM with one reference', async () => {
    const { store, now } = rig;
    const message = longMessage(now, 4);
    await store.accept([message]);
    const texts: string[] = [];
    const refs = new Set<string>();
    for (const n of [1, 2, 3, 4]) {
      const claim = await mustClaim(store, SIM_A, now);
      expect(claim).toMatchObject({ messageId: message.id, n, total: 4, bound: n > 1, tries: 0 });
      expect(await claimOn(store, SIM_A, now)).toBeUndefined();
      texts.push(claim.text);
      refs.add(JSON.stringify(claim.concat));
      await store.settle(claim.attemptId, { kind: 'sent', mr: n, at: now });
      expect(await claimOn(store, SIM_B, now)).toBeUndefined();
    }
    expect(texts).toEqual(message.segments.map((s) => s.text));
    expect(refs.size).toBe(1);
    const shown = await store.message(message.id);
    expect(shown?.events.map((e) => e.type)).toEqual(['message.queued', 'message.sending', 'message.sent']);
    expect(shown?.segments.map((s) => s.mr)).toEqual([1, 2, 3, 4]);
  });

  it('may change SIM while nothing of it was sent, and not after', async () => {
    const { store, now } = rig;
    await store.accept([longMessage(now, 2)]);
    const retry = { kind: 'retry', outcome: 'refused', cause: 'CMS-41', at: now, dueAt: null, avoid: null } as const;
    await store.settle((await mustClaim(store, SIM_A, now)).attemptId, retry);
    const moved = await mustClaim(store, SIM_B, now);
    expect(moved).toMatchObject({ n: 1, bound: false });
    await store.settle(moved.attemptId, { kind: 'sent', mr: 1, at: now });
    await store.settle((await mustClaim(store, SIM_B, now)).attemptId, retry);
    expect(await claimOn(store, SIM_A, now)).toBeUndefined();
    const again = await mustClaim(store, SIM_B, now);
    expect(again).toMatchObject({ n: 2, bound: true, tries: 1, concat: moved.concat });
  });

  it('D10 holds each segment once, in order, on one SIM with one reference, whatever fails and however often it restarts', async () => {
    const step = fc.constantFrom('sent', 'sent', 'sent', 'refused', 'notSent', 'uncertain-late', 'uncertain-decided', 'restart', 'failed');
    const patterns = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), step), { minLength: 5, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(patterns, async (pattern) => {
        const { now } = rig;
        const message = longMessage(now, 5);
        await rig.store.accept([message]);
        const air: { n: number; sim: string; ref: string }[] = [];
        for (const [which, what] of pattern) {
          const sim = SIMS[which] ?? SIM_A;
          if (what === 'restart') {
            await rig.reopen();
            await rig.store.recover(now, () => undefined);
            continue;
          }
          const claim = await claimOn(rig.store, sim, now);
          if (!claim) continue;
          const { attemptId } = claim;
          const out = { n: claim.n, sim, ref: JSON.stringify(claim.concat) };
          if (what === 'refused' || what === 'notSent') {
            await rig.store.settle(attemptId, { kind: 'retry', outcome: what, cause: 'CMS-41', at: now, dueAt: null, avoid: null });
          } else if (what === 'failed') {
            await rig.store.settle(attemptId, { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'permanent', at: now });
          } else {
            air.push(out);
            if (what === 'sent') await rig.store.settle(attemptId, { kind: 'sent', mr: 1, at: now });
            else await rig.store.settle(attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null });
            if (what === 'uncertain-late') await rig.store.settle(attemptId, { kind: 'sent', mr: 1, at: now });
            if (what === 'uncertain-decided') await rig.store.decide(attemptId, 'sent', now);
          }
        }
        expect(air.map((o) => o.n)).toEqual(air.map((_, i) => i + 1));
        expect(new Set(air.map((o) => o.sim)).size).toBeLessThanOrEqual(1);
        expect(new Set(air.map((o) => o.ref)).size).toBeLessThanOrEqual(1);
        const shown = await rig.store.message(message.id);
        if (shown?.status === 'failed') expect(shown.reason).toBe(air.length > 0 ? 'partial' : 'permanent');
        else expect(shown?.status).toBe(air.length === 5 ? 'sent' : air.length > 0 ? shown?.status : 'queued');
        // Out of the way of the next pattern.
        await rig.store.promote(message.expiresAt);
      }),
      reported({ numRuns: full(2000) }),
    );
  }, 600_000);

  it('D11 gives no reference twice to a recipient through a SIM within a day, and wider ones when 255 are used', async () => {
    const { now } = rig;
    const used = new Map<string, number>();
    const widths = new Map<string, number[]>(SIMS.map((sim) => [sim, []]));
    for (let i = 0; i < 300 * SIMS.length; i += 1) {
      const at = now + i * 1000;
      if (i % 250 === 249) await rig.reopen();
      await rig.store.accept([longMessage(at, 2, { expiresAt: now + 3 * DAY })]);
      const sim = SIMS[i % SIMS.length] ?? SIM_A;
      let first = '';
      for (const n of [1, 2]) {
        const claim = await mustClaim(rig.store, sim, at);
        expect(claim.n).toBe(n);
        if (!claim.concat) throw new Error('no reference');
        const key = `${sim} ${claim.concat.bits} ${claim.concat.ref}`;
        if (n === 1) {
          expect(used.has(key), key).toBe(false);
          used.set(key, at);
          widths.get(sim)?.push(claim.concat.bits);
          first = key;
        } else expect(key).toBe(first);
        await rig.store.settle(claim.attemptId, { kind: 'sent', mr: 1, at });
      }
    }
    for (const bits of widths.values()) expect(bits).toEqual([...Array(255).fill(8), ...Array(45).fill(16)]);

    // A day later they are free again.
    const later = now + 2 * DAY;
    await rig.store.accept([longMessage(later, 2, { expiresAt: later + DAY })]);
    expect((await mustClaim(rig.store, SIM_A, later)).concat?.bits).toBe(8);
  });

  it('D11 keeps apart what goes to others, and other SIMs', async () => {
    const { store, now } = rig;
    for (let i = 0; i < 255; i += 1) {
      await store.accept([longMessage(now, 2, { to: '+380509999999' })]);
      for (let n = 0; n < 2; n += 1) await store.settle((await mustClaim(store, SIM_A, now)).attemptId, { kind: 'sent', mr: 1, at: now });
    }
    await store.accept([longMessage(now, 2, { to: '+380508888888' })]);
    expect((await mustClaim(store, SIM_A, now)).concat?.bits).toBe(8);
    await store.accept([longMessage(now, 2, { to: '+380509999999' })]);
    expect((await mustClaim(store, SIM_B, now)).concat?.bits).toBe(8);
    await store.accept([longMessage(now, 2, { to: '+380509999999' })]);
    expect((await mustClaim(store, SIM_A, now)).concat?.bits).toBe(16);
  });
}
