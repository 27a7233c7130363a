import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { decide } from '../../../src/policy/decide.ts';
import { recipientOf } from '../../../src/policy/recipient.ts';
import type { PolicyFacts } from '../../../src/policy/rule.ts';
import { NO_WISHES, policyFacts, policySettings } from '../../support/policy-settings.ts';
import { isDaytime } from '../../support/wall-oracle.ts';

const settings = policySettings({ profile: 'standard' });
const HOUR = 3_600_000;

/** A time in Kyiv, in winter: `22 23:30` is late on 22 November 2026. */
function kyiv(written: string): number {
  const [day, time] = written.split(' ');
  return Date.parse(`2026-11-${day}T${time}:00+02:00`);
}

const facts = (over: Partial<PolicyFacts>): PolicyFacts => {
  const now = over.now ?? kyiv('22 12:00');
  return policyFacts({
    to: recipientOf('+380501234567', settings.site),
    now,
    expiresAt: over.notAfter ?? now + 48 * HOUR,
    settings,
    ...over,
  });
};

describe('quiet hours', () => {
  it('let a service message and an offer go from 9 to 21, codes and urgent messages at any hour', () => {
    for (const purpose of ['service', 'promotional'] as const) {
      expect(decide(facts({ purpose, now: kyiv('22 09:00') }))).toMatchObject({ decision: 'send' });
      expect(decide(facts({ purpose, now: kyiv('22 20:59') }))).toMatchObject({ decision: 'send' });
      const held = { decision: 'hold', reason: 'quietHours' };
      expect(decide(facts({ purpose, now: kyiv('22 21:00') }))).toMatchObject({ ...held, until: kyiv('23 09:00') });
      expect(decide(facts({ purpose, now: kyiv('22 08:59') }))).toMatchObject({ ...held, until: kyiv('22 09:00') });
    }
    for (const purpose of ['otp', 'urgent'] as const)
      expect(decide(facts({ purpose, now: kyiv('22 03:00') }))).toMatchObject({ decision: 'send' });
  });

  it('what waited goes out over the first minutes, each message at its own moment', () => {
    const at = (share: number): number | null => decide(facts({ now: kyiv('22 03:00'), share })).until;
    expect(at(0.5)).toBe(kyiv('22 09:05'));
    expect(at(0.999)).toBeLessThan(kyiv('22 09:10'));
  });

  it('a schedule into the night waits for the morning after it', () => {
    expect(decide(facts({ sendAt: kyiv('23 02:00'), expiresAt: kyiv('23 20:00') }))).toMatchObject({
      decision: 'hold',
      until: kyiv('23 09:00'),
    });
    expect(decide(facts({ sendAt: kyiv('23 10:00'), expiresAt: kyiv('23 20:00') }))).toMatchObject({
      until: kyiv('23 10:00'),
      reason: 'scheduled',
    });
  });

  it('what would be past its time in the morning is refused, or goes at night where that was asked for', () => {
    const late = { now: kyiv('22 23:00'), expiresAt: kyiv('23 03:00') };
    expect(decide(facts(late))).toMatchObject({ decision: 'refuse', reason: 'noWindow' });
    expect(decide(facts({ ...late, sendsAnyway: true }))).toMatchObject({ decision: 'send' });
  });

  it('an answer, and what a person released, may go at any hour', () => {
    for (const exempt of ['answer', 'released'] as const)
      expect(decide(facts({ exempt, now: kyiv('22 03:00') }))).toMatchObject({ decision: 'send' });
  });

  it('warn a person who answers by hand, and hold nothing; what the client ended is refused', () => {
    const night = facts({ exempt: 'byHand', now: kyiv('22 23:30') });
    const warned = decide(night);
    expect(warned).toMatchObject({ decision: 'send', until: null });
    expect(warned.rules).toContainEqual({ rule: 'quietHours', verdict: 'warn', reason: 'quietHours' });
    expect(decide({ ...night, now: kyiv('22 12:00') }).rules).toContainEqual({ rule: 'quietHours', verdict: 'pass', reason: 'openHours' });
    expect(decide({ ...night, wishes: { ...NO_WISHES, suppressed: 'all' } })).toMatchObject({ decision: 'refuse', reason: 'optedOut' });
    const capped = policySettings({ profile: 'standard', caps: { allPerDay: 1, promotionalPer7Days: 0 } });
    const often = decide({ ...night, settings: capped, sentBefore: [{ at: kyiv('22 20:00'), purpose: 'service' }] });
    expect(often.decision).toBe('send');
    expect(often.rules).toContainEqual({ rule: 'frequency', verdict: 'warn', reason: 'allPerDay' });
  });

  it('say nothing while nobody knows the time, and nothing where policy is off', () => {
    expect(decide(facts({ purpose: 'promotional', now: kyiv('22 03:00'), clockTrusted: false })).rules).toContainEqual({
      rule: 'quietHours',
      verdict: 'pass',
      reason: 'clockUntrusted',
    });
    const off = decide(facts({ now: kyiv('22 03:00'), settings: policySettings() }));
    expect(off).toMatchObject({ decision: 'send' });
    expect(off.rules.map(({ rule }) => rule)).not.toContain('quietHours');
  });

  it('T07 go by every zone of a country at once', () => {
    const to = recipientOf('+79161234567', settings.site);
    // 10:30 in Kaliningrad, 20:30 in Kamchatka; an hour later it is night there.
    expect(decide(facts({ to, now: kyiv('22 10:30') }))).toMatchObject({ decision: 'send' });
    expect(decide(facts({ to, now: kyiv('22 11:30') }))).toMatchObject({ decision: 'hold', until: kyiv('23 09:00') });
  });
});

describe('a reminder in quiet hours', () => {
  const moved = (over: Partial<PolicyFacts>): unknown[] => {
    const { decision, until, reason } = decide(facts(over));
    return [decision, reason, until === null ? null : new Date(until + 2 * HOUR).toISOString().slice(8, 16)];
  };

  it.each([
    // asked for, reminds of, what becomes of it
    ['23 08:00', '23 14:00', ['hold', 'quietHours', '23T09:00']],
    ['23 08:00', '23 12:00', ['hold', 'quietHours', '23T09:00']],
    ['23 08:00', '23 11:59', ['hold', 'movedEarlier', '22T20:50']],
    ['23 08:00', '23 09:30', ['hold', 'movedEarlier', '22T20:50']],
    ['22 22:00', '23 08:00', ['hold', 'movedEarlier', '22T20:50']],
    ['22 22:00', '23 18:00', ['hold', 'quietHours', '23T09:00']],
    ['23 10:00', '23 11:00', ['hold', 'scheduled', '23T10:00']],
  ])('asked for at %s, of something at %s', (sendAt, notAfter, becomes) => {
    expect(moved({ sendAt: kyiv(sendAt), notAfter: kyiv(notAfter) })).toEqual(becomes);
  });

  it('is due while hours are still open, also where nothing is spread', () => {
    const reminder = { sendAt: kyiv('23 08:00'), notAfter: kyiv('23 09:30'), settings: { ...settings, spread: 0 } };
    expect(moved(reminder)).toEqual(['hold', 'movedEarlier', '22T20:59']);
  });

  it('goes at once where the evening is nearly over, and is refused when it is', () => {
    const reminder = { sendAt: kyiv('23 08:00'), notAfter: kyiv('23 10:00') };
    expect(moved({ ...reminder, now: kyiv('22 20:55') })).toEqual(['send', null, null]);
    expect(moved({ ...reminder, now: kyiv('22 21:05') })).toEqual(['refuse', 'noWindow', null]);
  });

  it('that is to go anyway goes when the hours are open, if late, else when it was asked for', () => {
    const anyway = { now: kyiv('22 23:00'), sendsAnyway: true } as const;
    expect(moved({ ...anyway, notAfter: kyiv('23 10:00') })).toEqual(['hold', 'quietHours', '23T09:00']);
    expect(moved({ ...anyway, sendAt: kyiv('23 07:00'), notAfter: kyiv('23 08:30') })).toEqual(['hold', 'scheduled', '23T07:00']);
  });

  it('leaves as much as the site wants, and no cap is jumped by going earlier', () => {
    const own = policySettings({ profile: 'standard', lead: HOUR });
    expect(moved({ settings: own, sendAt: kyiv('23 08:00'), notAfter: kyiv('23 10:00') })).toEqual(['hold', 'quietHours', '23T09:00']);
    const capped = policySettings({ profile: 'standard', caps: { allPerDay: 1, promotionalPer7Days: 0 } });
    const sentBefore = [{ at: kyiv('22 08:00'), purpose: 'service' }] as const;
    expect(moved({ settings: capped, sentBefore, sendAt: kyiv('23 07:00'), notAfter: kyiv('23 10:00') })).toEqual([
      'refuse',
      'noWindow',
      null,
    ]);
  });

  it('O06 never goes at night, nor later than its lead before its time, wherever the client is', () => {
    const random = seededRandom(6);
    const numbers = ['+380501234567', '+77011234567', '+12125550123', '+61412345678', '+5511912345678', '+9779812345678', '+881612345678'];
    const counts = { send: 0, hold: 0, refuse: 0, movedEarlier: 0 };
    const runs = process.env.SIMPOST_TEST_FULL ? 1_000_000 : 1000;
    for (let i = 0; i < runs; i += 1) {
      const to = recipientOf(numbers[i % numbers.length] ?? '', settings.site);
      const now = Date.UTC(2026, 0, 1) + Math.floor(random.float() * 5 * 365 * 24) * HOUR + Math.floor(random.float() * 3600) * 1000;
      const sendAt = random.float() < 0.5 ? null : now + Math.floor(random.float() * 48 * 3600) * 1000;
      const notAfter = random.float() < 0.3 ? null : (sendAt ?? now) + 1000 + Math.floor(random.float() * 40 * 3600) * 1000;
      const expiresAt = notAfter ?? (sendAt ?? now) + 24 * HOUR;
      const purpose = random.float() < 0.5 ? 'service' : 'promotional';
      const policy = decide(facts({ purpose, to, now, sendAt, notAfter, expiresAt, share: random.float() }));
      counts[policy.decision] += 1;
      if (policy.reason === 'movedEarlier') counts.movedEarlier += 1;
      if (policy.decision === 'refuse') continue;
      const goes = policy.until ?? now;
      const what = JSON.stringify({ to: to.country, now, sendAt, notAfter, policy });
      expect(isDaytime(to.zones, goes), what).toBe(true);
      expect(goes, what).toBeGreaterThanOrEqual(now);
      expect(goes, what).toBeLessThan(expiresAt);
      if (goes !== Math.max(now, sendAt ?? now) && notAfter !== null) expect(notAfter - goes, what).toBeGreaterThanOrEqual(3 * HOUR);
    }
    expect(Object.values(counts).every((n) => n > 10)).toBe(true);
  }, 3_600_000);
});
