import { afterEach, describe, expect, it } from 'vitest';
import { NO_PLANS } from '../../src/store/sim-caps.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

let rig: QueueRig;

afterEach(() => rig.close());

const priced = (defaults: readonly string[]) => queueRig({ sims: ['sim-a'], prices: { defaults, sims: [] } });

describe('the price of a segment', () => {
  it('is kept with the attempt, whatever it costs later', async () => {
    rig = await priced(['+380 0.65 UAH']);
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const id = await rig.accept({ to: '+380501234567' });
    await rig.store.setPlans({ ...NO_PLANS, priceOf: () => ({ micros: 990_000, currency: 'UAH' }) });
    const later = await rig.accept({ to: '+380501234567' });
    const price = async (of: string) => (await rig.view(of)).segments[0]?.attempts[0]?.price;
    expect(await price(id)).toEqual({ micros: 650_000, currency: 'UAH' });
    expect(await price(later)).toEqual({ micros: 990_000, currency: 'UAH' });
  });

  it('is null where none is known', async () => {
    rig = await priced(['+48 0.12 EUR']);
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const id = await rig.accept({ to: '+380501234567' });
    expect((await rig.view(id)).segments[0]?.attempts[0]?.price).toBeNull();
  });
});
