import { expect, test } from 'vitest';
import { HELLO, ModemRig } from '../support/modem-rig.ts';

test('starts and sends', async () => {
  const rig = new ModemRig();
  await rig.ready();
  console.log(rig.fake().heard, rig.pool.modems(), rig.pool.sims());
  const out = rig.pool.send(rig.fake().iccid, HELLO);
  await rig.clock.advance(0);
  expect(await out).toEqual({ kind: 'ok', mr: 41 });
  await rig.pool.stop(1000);
  console.log(rig.clock.timers);
});
