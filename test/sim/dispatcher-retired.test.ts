import { afterEach, expect, it } from 'vitest';
import type { NewAudit } from '../../src/store/records/audit.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const CLIENT = '+380671112233';
const MINUTE = 60_000;

let rig: QueueRig;

afterEach(() => rig.close());

const entry = (action: NewAudit['action']): NewAudit => ({ at: rig.clock.now(), actor: 'key_test', action, target: 'sim-b', detail: {} });

const retire = () =>
  rig.store.retire({ iccid: 'sim-b', successor: 'sim-c', reason: 'The contract ends.', at: rig.clock.now() }, entry('sim.retire'));

async function threeSims(): Promise<void> {
  rig = await queueRig({ sims: ['sim-a', 'sim-b', 'sim-c'], patience: MINUTE });
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
}

const wentBy = async (id: string): Promise<string> => {
  const attempt = (await rig.view(id)).segments.at(-1)?.attempts.at(-1);
  return attempt ? `${attempt.sim} ${attempt.choice}` : 'not yet';
};

it('the clients of a SIM that is retired know its successor, also after a restart, until it is used again', async () => {
  await threeSims();
  await rig.accept({ to: CLIENT, sim: 'sim-b' });
  await retire();
  await rig.restart();
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
  expect(rig.store.homeOf(CLIENT)).toBe('sim-c');
  expect(await wentBy(await rig.accept({ to: CLIENT }))).toBe('sim-c sticky');
  // It takes nothing else either, though it has sent the least.
  for (let i = 0; i < 6; i += 1) expect(await wentBy(await rig.accept({ to: `+38050000000${i}`, purpose: 'otp' }))).not.toMatch(/^sim-b/);
  expect(await rig.store.endRetirement('sim-b', entry('sim.reinstate'))).toBe(true);
  expect(await rig.store.endRetirement('sim-b', entry('sim.reinstate'))).toBe(false);
  expect(await wentBy(await rig.accept({ to: CLIENT, sim: 'sim-b' }))).toBe('sim-b requested');
});

it('what waits for a SIM that is retired goes to its successor; what it has begun it finishes', async () => {
  await threeSims();
  rig.sender.auto = undefined;
  const long = await rig.accept({ to: CLIENT, sim: 'sim-b', text: 'x'.repeat(300) });
  const waiting = await rig.acceptMany(Array.from({ length: 3 }, () => ({ to: CLIENT, sim: 'sim-b' })));
  const first = rig.sender.take();
  await retire();
  rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
  first.answer({ kind: 'ok', mr: rig.sender.nextMr() });
  rig.dispatcher.wake();
  await rig.clock.advance(MINUTE);
  expect(await wentBy(long)).toBe('sim-b begun');
  for (const id of waiting) expect(await wentBy(id)).toBe('sim-c requested');
  const { data } = await rig.store.auditLog({}, { limit: 5, cursor: null });
  expect(data.map(({ action, target }) => `${action} ${target}`)).toEqual(['sim.retire sim-b']);
});
