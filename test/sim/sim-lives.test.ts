import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { SimKeeper, type SimLimits } from '../../src/dispatch/sim-keeper.ts';
import { NO_CAPS, type QueueRig, queueRig } from '../support/queue-rig.ts';

const DAY = 86_400_000;
const SIM = 'sim-a';

let rig: QueueRig;

afterEach(() => rig.close());

const packaged = (size: number) =>
  queueRig({
    sims: [SIM],
    package: { size, covers: (to) => to.startsWith('+380') },
    prices: { defaults: ['+380 0.65 UAH', '4.20 UAH'], sims: [] },
  });

/** What a segment cost, of a message that has just gone. */
async function sendFor(to = '+380501234567'): Promise<string> {
  const id = await rig.accept({ to });
  const price = (await rig.view(id)).segments[0]?.attempts.at(-1)?.price;
  return `${(price?.micros ?? 0) / 10_000}`;
}

const used = (): number | undefined => rig.store.simLife(SIM, rig.clock.now()).package?.used;

describe('a package', () => {
  it('pays for its segments, then they cost; until its month is over, and over a restart', async () => {
    rig = await packaged(3);
    const auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() }) as const;
    rig.sender.auto = auto;
    expect(await sendFor()).toBe('0');
    // Abroad is not covered.
    expect(await sendFor('+48601234567')).toBe('420');
    expect(await sendFor()).toBe('0');
    expect(used()).toBe(2);
    await rig.restart();
    rig.sender.auto = auto;
    expect(await sendFor()).toBe('0');
    expect(await sendFor()).toBe('65');
    expect(used()).toBe(3);
    // The clock of the rig begins on 22 November.
    rig.clock.step(9 * DAY);
    expect(await sendFor()).toBe('0');
    expect(used()).toBe(1);
  });

  it('is not used by what the network refused', async () => {
    rig = await packaged(1);
    rig.sender.auto = () => ({ kind: 'refused', cause: 'CMS-1' });
    await rig.accept({ to: '+380501234567' });
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    expect(await sendFor()).toBe('0');
    expect(await sendFor()).toBe('65');
  });

  it('makes a SIM the cheapest while it lasts', async () => {
    rig = await packaged(2);
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const cost = () => rig.acceptance.quote({ to: '+380501234567' }, 1)?.micros;
    expect(cost()).toBe(0);
    await sendFor();
    await sendFor();
    expect(cost()).toBe(650_000);
  });
});

describe('what somebody must do', () => {
  const keeper = (limits: Partial<SimLimits>, known = true) =>
    new SimKeeper({
      store: rig.store,
      clock: rig.clock,
      log: silentLog,
      limitsOf: () => ({ topUpDays: 0, paidDays: 0, warmUpDays: 0, ...limits }),
      isTimeKnown: () => known,
    });
  const told = async (): Promise<(string | undefined)[]> =>
    (await rig.store.events(0, 1000)).flatMap((e) => (e.type === 'sim.attention' ? [`${e.alert?.iccid} ${e.alert?.kind}`] : []));

  it('is told once, and again when it is so again', async () => {
    rig = await packaged(2);
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    await rig.store.seeSim({ iccid: SIM, imsi: null, number: null, at: rig.clock.now() });
    const keep = keeper({});
    const look = async (days: number): Promise<void> => {
      rig.clock.step(days * DAY);
      await keep.look();
    };
    await look(1);
    expect(await told()).toEqual([]);
    await sendFor();
    await sendFor();
    await look(1);
    expect(await told()).toEqual([`${SIM} packageUsedUp`]);
    await look(1);
    await look(9);
    expect(await told()).toEqual([`${SIM} packageUsedUp`]);
    await sendFor();
    await sendFor();
    await look(1);
    expect(await told()).toEqual([`${SIM} packageUsedUp`, `${SIM} packageUsedUp`]);
  });

  it('is known by top-ups, of the balance or of a person, and by what cost money', async () => {
    rig = await packaged(1);
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const begin = rig.clock.now();
    await rig.store.seeSim({ iccid: SIM, imsi: null, number: null, at: begin });
    const life = () => rig.store.simLife(SIM, rig.clock.now());
    expect(life()).toMatchObject({ since: begin, toppedUpAt: null, paidAt: null });
    const balance = (amount: number) =>
      rig.store.keepBalance({ iccid: SIM, at: rig.clock.now(), amount, currency: 'UAH', package: null, low: false });
    for (const amount of [50, 20, 20, 120, 90]) {
      await balance(amount);
      rig.clock.step(DAY);
    }
    expect(life().toppedUpAt).toBe(begin + 3 * DAY);
    await rig.store.toppedUp(SIM, begin + 4 * DAY);
    expect(life().toppedUpAt).toBe(begin + 4 * DAY);
    await sendFor();
    expect(life().paidAt).toBeNull();
    await sendFor();
    const paid = rig.clock.now();
    rig.clock.step(DAY);
    expect(life().paidAt).toBeGreaterThan(paid - 1000);
    const { alerts, payBy } = keeper({ topUpDays: 7, paidDays: 90 }).of(SIM);
    expect(alerts.map(({ kind }) => kind)).toEqual(['packageUsedUp', 'topUpDue']);
    expect(payBy).toBeGreaterThan(paid + 89 * DAY);
  });

  it('is not told while nobody knows the time', async () => {
    rig = await packaged(1);
    await rig.store.seeSim({ iccid: SIM, imsi: null, number: null, at: rig.clock.now() - 500 * DAY });
    await keeper({ topUpDays: 90 }, false).look();
    expect(await told()).toEqual([]);
    await keeper({ topUpDays: 90 }).look();
    expect(await told()).toEqual([`${SIM} topUpDue`]);
  });
});

it('the caps of a new SIM grow from day to day', async () => {
  rig = await queueRig({ sims: [SIM], caps: { ...NO_CAPS, perHour: 100 } });
  await rig.store.setPlans({ ...rig.plans, warmUpDays: () => 10 });
  const limit = () => rig.store.simUse(SIM).caps[0]?.limit;
  expect(limit()).toBe(100);
  await rig.store.seeSim({ iccid: SIM, imsi: null, number: null, at: rig.clock.now() });
  const grown: (number | undefined)[] = [];
  for (let day = 0; day < 11; day += 1) {
    grown.push(limit());
    rig.clock.step(DAY);
  }
  expect(grown).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 100]);
});
