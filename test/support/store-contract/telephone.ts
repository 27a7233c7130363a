import { expect, it } from 'vitest';
import type { NewBalance } from '../../../src/store/records/balance.ts';
import type { NewCall } from '../../../src/store/records/call.ts';
import type { Standing } from '../../../src/store/records/standing.ts';
import { SIM_A, SIM_B } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const PAGE = { limit: 50, cursor: null };

const call = (startedAt: number, change: Partial<NewCall> = {}): NewCall => ({
  iccid: SIM_A,
  from: null,
  withheld: false,
  startedAt,
  rings: 1,
  duration: null,
  hungUp: false,
  ...change,
});

export function telephone(rig: Rig): void {
  it('keeps a call from its first ring, and tells of it once, when it is over', async () => {
    const { store, now } = rig;
    await store.keepCall(call(now), now);
    await store.keepCall(call(now, { from: '+380501234567' }), now + 1);
    expect((await store.calls({}, PAGE)).data).toMatchObject([{ from: '+380501234567', duration: null }]);
    expect(await store.events(0, 10)).toEqual([]);
    const over = call(now, { from: '+380501234567', rings: 3, duration: 12_000 });
    await store.keepCall(over, now + 12_000);
    await store.keepCall(call(now, { rings: 9, duration: 1 }), now + 13_000);
    const { data } = await store.calls({}, PAGE);
    expect(data).toEqual([{ ...over, id: expect.stringMatching(/^call_/) }]);
    expect(await store.events(0, 10)).toMatchObject([
      { type: 'call.missed', at: now + 12_000, message: null, inbound: null, call: data[0], balance: null, alert: null },
    ]);
  });

  it('calls that rang when the process died are over at the next start, each with its event', async () => {
    const { now } = rig;
    await rig.store.keepCall(call(now, { from: '101' }), now);
    await rig.store.keepCall(call(now, { iccid: SIM_B, duration: 0 }), now);
    await rig.reopen();
    await rig.store.endRingingCalls(now + 60_000);
    await rig.store.endRingingCalls(now + 61_000);
    expect((await rig.store.calls({}, PAGE)).data.map((c) => [c.iccid, c.duration])).toEqual([
      [SIM_B, 0],
      [SIM_A, 0],
    ]);
    expect((await rig.store.events(0, 10)).map((e) => [e.type, e.at - now])).toEqual([
      ['call.missed', 0],
      ['call.missed', 60_000],
    ]);
  });

  it('lists calls newest first, in pages, and from a time on', async () => {
    const { store, now } = rig;
    for (let i = 0; i < 5; i += 1) await store.keepCall(call(now + i * 400_000, { duration: 0 }), now);
    const first = await store.calls({}, { limit: 2, cursor: null });
    expect(first.data.map((c) => (c.startedAt - now) / 400_000)).toEqual([4, 3]);
    const rest = await store.calls({}, { limit: 10, cursor: first.nextCursor });
    expect(rest.data.map((c) => (c.startedAt - now) / 400_000)).toEqual([2, 1, 0]);
    expect((await store.calls({ since: now + 800_000 }, PAGE)).data).toHaveLength(3);
    expect((await store.calls({ since: now + 9_000_000 }, PAGE)).data).toEqual([]);
    await store.keepCall(call(now + 3_000_000, { duration: 0, from: '+380671112233' }), now);
    await store.keepCall(call(now + 3_400_000, { duration: 0, from: null }), now);
    expect((await store.calls({ from: '+380671112233' }, PAGE)).data.map((c) => (c.startedAt - now) / 200_000)).toEqual([15]);
    expect((await store.calls({ from: '+380671112233', since: now + 3_000_001 }, PAGE)).data).toEqual([]);
    await expect(store.calls({ since: now }, { limit: 2, cursor: first.nextCursor })).rejects.toMatchObject({ code: 'cursorInvalid' });
  });

  it('shows the last balance of a SIM, and tells of a low one once until it was above again', async () => {
    const { now } = rig;
    const keep = (i: number, amount: number | null, low: boolean, iccid = SIM_A): Promise<void> => {
      const balance: NewBalance = { iccid, at: now + i, amount, currency: 'UAH', package: { left: i, unit: 'SMS' }, low };
      return rig.store.keepBalance(balance);
    };
    await rig.store.seeSim({ iccid: SIM_A, imsi: null, number: null, at: now });
    expect((await rig.store.sims())[0]?.balance).toBeNull();
    await keep(1, 4.5, true);
    await rig.reopen();
    await keep(2, 3, true);
    await keep(3, 30, false);
    await keep(4, null, true);
    await keep(5, 1, true, SIM_B);
    expect((await rig.store.sims())[0]?.balance).toEqual({ at: now + 4, amount: null, currency: 'UAH', package: { left: 4, unit: 'SMS' } });
    expect((await rig.store.events(0, 10)).map((e) => [e.type, e.balance?.iccid, e.balance?.amount])).toEqual([
      ['sim.balanceLow', SIM_A, 4.5],
      ['sim.balanceLow', SIM_A, null],
      ['sim.balanceLow', SIM_B, 1],
    ]);
  });

  it('remembers how each SIM stands, and tells of each change', async () => {
    const { now } = rig;
    const change = (i: number, iccid: string, standing: Standing, cause: string | null): Promise<void> =>
      rig.store.keepStanding({ iccid, at: now + i, standing, cause });
    await change(1, SIM_A, 'barred', 'CMS-50');
    await change(2, SIM_B, 'silent', null);
    await rig.reopen();
    await change(3, SIM_A, 'well', null);
    expect(await rig.store.standings()).toEqual([
      { iccid: SIM_B, at: now + 2, standing: 'silent', cause: null },
      { iccid: SIM_A, at: now + 3, standing: 'well', cause: null },
    ]);
    expect((await rig.store.events(0, 10)).map((e) => [e.type, e.standing?.iccid, e.standing?.cause])).toEqual([
      ['sim.barred', SIM_A, 'CMS-50'],
      ['sim.silent', SIM_B, null],
      ['sim.restored', SIM_A, null],
    ]);
  });
}
