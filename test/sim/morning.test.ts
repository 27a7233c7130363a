import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { morningWords } from '../../src/daemon/morning-words.ts';
import { MorningText } from '../../src/occasions/morning.ts';
import { Sequences } from '../../src/occasions/sequences.ts';
import { type OccasionRig, occasionRig } from '../support/occasion-rig.ts';

const OWNER = '+380501000000';
const ZONE = 'Europe/Kyiv';
const at = (written: string): number => Date.parse(`${written}+02:00`);

let rig: OccasionRig;
let morning: MorningText;

function begin(): void {
  const { store, clock, acceptance } = rig.queue;
  morning = new MorningText({
    store,
    door: acceptance,
    clock,
    log: silentLog,
    sequences: new Sequences(store),
    to: OWNER,
    at: '08:30',
    timeZone: ZONE,
    isTimeKnown: () => true,
    words: (day) =>
      morningWords(day, [{ name: 'desk', endsAt: clock.now() + 6.5 * 86_400_000 }], {
        language: 'uk',
        timeZone: ZONE,
        now: clock.now(),
        own: () => ({}),
      }),
  });
  morning.start();
}

beforeEach(async () => {
  rig = await occasionRig();
});
afterEach(async () => {
  await morning.stop();
  await rig.close();
});

it('the owner reads in the morning what the day brings, once', async () => {
  begin();
  for (let i = 0; i < 4; i += 1) await rig.put(`v${i}`, { to: `+38050123000${i}`, startsAt: at(`2026-11-24T1${i}:00:00`) });
  await rig.put('other', { to: '+380501230009', startsAt: at('2026-11-25T10:00:00') });
  await rig.hear('так', '+380501230000');
  await rig.hear('так', '+380501230001');
  await rig.hear('скасуйте', '+380501230002');
  await rig.queue.clock.advance(at('2026-11-24T08:29:00') - rig.queue.clock.now());
  expect(rig.said(OWNER)).toEqual([expect.stringContaining('Сьогодні візитів: 0')]);
  await rig.queue.clock.advance(120_000);
  expect(rig.said(OWNER)[1]).toBe('Сьогодні візитів: 3, підтверджено: 2, мовчать: 1; SIM desk вистачить на днів: 6');
  // After a start in the same hour it is not sent again; after one at noon it is too late.
  await morning.stop();
  begin();
  await rig.settle();
  expect(rig.said(OWNER)).toHaveLength(2);
  await rig.queue.clock.advance(at('2026-11-25T08:31:00') - rig.queue.clock.now());
  expect(rig.said(OWNER)).toHaveLength(3);
});
