import { expect, it } from 'vitest';
import type { Purpose } from '../../../src/base/purpose.ts';
import { claimOn, mustClaim, newMessage, SIM_A, SIM_B } from '../store-samples.ts';
import type { Rig } from './rig.ts';

export function pausing(rig: Rig): void {
  const pause = (purpose: Purpose | null, sim: string | null, state: 'paused' | 'running' = 'paused'): Promise<void> =>
    rig.store.setSending({ state, purpose, sim, at: rig.now });

  it('Q08: gives out nothing from the commit of a pause on, also after a restart, until it is ended', async () => {
    await rig.store.accept([newMessage(rig.now), newMessage(rig.now)]);
    const [, claimed] = await Promise.all([pause(null, null), claimOn(rig.store, SIM_A, rig.now)]);
    expect(claimed).toBeUndefined();
    await rig.reopen();
    expect(rig.store.pauses()).toEqual([{ purpose: null, sim: null, since: rig.now }]);
    expect(await claimOn(rig.store, SIM_A, rig.now)).toBeUndefined();
    await pause(null, null, 'running');
    expect(rig.store.pauses()).toEqual([]);
    await mustClaim(rig.store, SIM_A, rig.now);
  });

  it('pauses one purpose, one SIM, or one purpose on one SIM', async () => {
    const offer = newMessage(rig.now, { purpose: 'promotional' });
    const code = newMessage(rig.now, { purpose: 'otp' });
    await rig.store.accept([offer, code]);
    await pause('otp', SIM_A);
    await pause(null, SIM_B);
    expect(await claimOn(rig.store, SIM_B, rig.now)).toBeUndefined();
    expect((await mustClaim(rig.store, SIM_A, rig.now)).messageId).toBe(offer.id);
    expect(await claimOn(rig.store, SIM_A, rig.now)).toBeUndefined();
    await pause('promotional', null);
    await pause(null, SIM_B, 'running');
    expect((await mustClaim(rig.store, SIM_B, rig.now)).messageId).toBe(code.id);
    expect(rig.store.pauses().map(({ purpose, sim }) => [purpose, sim])).toEqual([
      ['otp', SIM_A],
      ['promotional', null],
    ]);
  });

  it('keeps the beginning of a pause that is asked for again, and ends only the one that is named', async () => {
    const { now } = rig;
    await pause('service', null);
    rig.clock.step(5000);
    await pause('service', null);
    await pause('service', SIM_A, 'running');
    await pause(null, null, 'running');
    expect(rig.store.pauses()).toEqual([{ purpose: 'service', sim: null, since: now }]);
  });

  it('lets what is paused expire in time', async () => {
    const message = newMessage(rig.now, { expiresAt: rig.now + 1000 });
    await rig.store.accept([message]);
    await pause(null, null);
    expect(await rig.store.promote(rig.now + 1000)).toEqual({ promoted: 0, expired: 1 });
  });
}
