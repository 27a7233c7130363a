import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PURPOSES, type Purpose } from '../../src/base/purpose.ts';
import { seededRandom } from '../../src/base/random.ts';
import { policySettings } from '../support/policy-settings.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { isDaytime } from '../support/wall-oracle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const KYIV = ['Europe/Kyiv'];

let rig: QueueRig;

/** Moves time on to an hour of the clocks in Kyiv, today or tomorrow. */
async function until(hour: number, minute = 0): Promise<void> {
  const midnight = Date.UTC(2026, 10, 22) - 2 * HOUR;
  const wanted = midnight + hour * HOUR + minute * MINUTE;
  const now = rig.clock.now();
  await rig.clock.advance(wanted - now + Math.ceil(Math.max(0, now - wanted) / DAY) * DAY);
}

afterEach(() => rig.close());

describe('policy, when the turn of a message comes', () => {
  beforeEach(async () => {
    rig = await queueRig({ sims: ['sim-a'], policy: policySettings({ profile: 'standard' }) });
  });

  it('what is ready when the hours close waits for the morning, and its record says why', async () => {
    await until(20, 59);
    await rig.accept({});
    const late = await rig.accept({ to: '+380501234568' });
    await until(21, 1);
    rig.sender.take().answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    const held = await rig.view(late);
    expect(held).toMatchObject({ status: 'held', reason: 'quietHours', policy: { decision: 'hold', decidedAt: rig.clock.now() - 20 } });
    expect(held.policy.rules).toContainEqual({ rule: 'quietHours', verdict: 'hold', reason: 'quietHours' });
    await until(32, 59);
    expect(rig.sender.calls).toEqual([]);
    await rig.clock.advance(11 * MINUTE);
    expect(rig.sender.take().segment.to).toBe('+380501234568');
  });

  it('the rest of a long text goes, because half of it is out', async () => {
    await until(20, 59);
    const id = await rig.accept({ text: 'x'.repeat(300) });
    await until(21, 1);
    rig.sender.take().answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    rig.sender.take().answer({ kind: 'ok', mr: 2 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'sent' });
  });

  it('a reminder that got no turn while it could help is refused, and its segments too', async () => {
    await until(20, 59);
    await rig.accept({});
    const id = await rig.accept({ to: '+380501234568', notAfter: '2026-11-23T10:00:00+02:00' });
    await until(21, 1);
    rig.sender.take().answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'refused', reason: 'noWindow', segments: [{ state: 'refused' }] });
  });

  it('an answer goes at night for half an hour, and is no offer', async () => {
    await until(22);
    const heard = {
      iccid: 'sim-a',
      from: '+380501234567',
      withheld: false,
      startedAt: rig.clock.now() - MINUTE,
      rings: 2,
      duration: 9000,
      hungUp: false,
    };
    await rig.store.keepCall(heard, rig.clock.now());
    const id = await rig.accept({});
    expect(rig.sender.take().segment.to).toBe('+380501234567');
    expect(await rig.view(id)).toMatchObject({
      policy: { rules: expect.arrayContaining([{ rule: 'quietHours', verdict: 'pass', reason: 'answer' }]) },
    });
    expect(await rig.view(await rig.accept({ purpose: 'promotional' }))).toMatchObject({ status: 'held', reason: 'quietHours' });
    await rig.clock.advance(31 * MINUTE);
    expect(await rig.view(await rig.accept({}))).toMatchObject({ status: 'held', reason: 'quietHours' });
  });

  it('an answer that had to wait for a SIM is none any more', async () => {
    await until(22);
    const heard = {
      iccid: 'sim-a',
      from: '+380501234567',
      withheld: false,
      startedAt: rig.clock.now(),
      rings: 2,
      duration: 9000,
      hungUp: false,
    };
    await rig.store.keepCall(heard, rig.clock.now());
    rig.sender.setReady('sim-a', false);
    const answer = await rig.accept({});
    await rig.clock.advance(31 * MINUTE);
    const byHand = await rig.accept({ byHand: true });
    await rig.clock.advance(2 * HOUR);
    rig.sender.setReady('sim-a', true);
    rig.dispatcher.wake();
    await rig.settle();
    for (const id of [answer, byHand]) expect(await rig.view(id)).toMatchObject({ status: 'held', reason: 'quietHours' });
  });
});

describe('frequency caps', () => {
  const CAPS = { promotionalPer7Days: 1, allPerDay: 5 };

  it('O07 hold over keys, retries, doubts and restarts, and nothing goes at night', async () => {
    rig = await queueRig({ sims: ['sim-a', 'sim-b'], policy: policySettings({ profile: 'standard', caps: CAPS }) });
    const random = seededRandom(7);
    const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random.float() * of.length)];
    const clients = ['+380501230001', '+380501230002', '+380501230003'];
    const sent: { to: string; at: number; message: string; purpose: Purpose }[] = [];
    const texts = new Map<string, Purpose>();
    rig.sender.auto = (_iccid, { to, text }) => {
      const chance = random.float();
      if (chance < 0.15) return { kind: 'refused', cause: 'CMS-38' };
      sent.push({ to, at: rig.clock.now(), message: text, purpose: texts.get(text) ?? 'service' });
      if (chance < 0.25) return { kind: 'unknown', cause: 'EV-TIMEOUT', late: Promise.resolve(undefined) };
      return { kind: 'ok', mr: rig.sender.nextMr() };
    };
    const counts = { accepted: 0, refused: 0 };
    const steps = process.env.SIMPOST_TEST_FULL ? 1500 : 50;
    for (let i = 0; i < 3 * steps; i += 1) {
      const text = `message ${i}`;
      const purpose = pick(PURPOSES) ?? 'service';
      texts.set(text, purpose);
      try {
        await rig.acceptMany([{ key: `key_${i % 3}`, to: pick(clients) ?? '', text, purpose, validFor: 8 * 86_400 }]);
        counts.accepted += 1;
      } catch (error) {
        expect(error).toMatchObject({ status: 422 });
        counts.refused += 1;
      }
      if (i % 3 < 2) continue;
      if (random.float() < 0.1) await rig.restart();
      await rig.clock.advance(Math.floor(random.float() * 4 * HOUR));
    }
    const mayBeOut = sent.filter(({ purpose }) => purpose !== 'otp');
    for (const { to, at } of mayBeOut) {
      const within = (span: number, purpose?: Purpose): number =>
        new Set(
          mayBeOut
            .filter((s) => s.to === to && s.at <= at && s.at > at - span && (purpose ?? s.purpose) === s.purpose)
            .map((s) => s.message),
        ).size;
      expect(within(DAY)).toBeLessThanOrEqual(CAPS.allPerDay);
      expect(within(7 * DAY, 'promotional')).toBeLessThanOrEqual(CAPS.promotionalPer7Days);
    }
    const asleep = sent.filter(({ purpose, at }) => (purpose === 'service' || purpose === 'promotional') && !isDaytime(KYIV, at));
    expect(asleep).toEqual([]);
    expect(counts.refused).toBeGreaterThan(0);
    expect(new Set(sent.map(({ purpose }) => purpose)).size).toBe(4);
  }, 3_600_000);

  it('what would be the second offer of the week waits or is refused, also where both were taken before the first was sent', async () => {
    rig = await queueRig({ sims: ['sim-a'], policy: policySettings({ profile: 'standard', caps: CAPS }) });
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const sentAt = rig.clock.now();
    const [first = '', second = '', third = ''] = await rig.acceptMany([
      { purpose: 'promotional' },
      { purpose: 'promotional' },
      { purpose: 'promotional', validFor: 8 * 86_400 },
    ]);
    await rig.settle();
    expect(await rig.view(first)).toMatchObject({ status: 'sent' });
    expect(await rig.view(second)).toMatchObject({ status: 'refused', reason: 'promotionalPer7Days' });
    expect(await rig.view(third)).toMatchObject({ status: 'held', reason: 'promotionalPer7Days', policy: { until: sentAt + 7 * DAY } });
    await expect(rig.accept({ purpose: 'promotional' })).rejects.toMatchObject({ code: 'promotionalPer7Days' });
  });
});
