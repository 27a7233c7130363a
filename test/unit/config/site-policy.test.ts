import { describe, expect, it } from 'vitest';
import { sitePolicy } from '../../../src/daemon/site-policy.ts';
import { recipientOf } from '../../../src/policy/recipient.ts';
import type { QuietPurpose } from '../../../src/policy/sending-hours.ts';
import type { PolicySettings } from '../../../src/policy/settings.ts';
import { faultOf, linesOf, loadText } from '../../support/config-text.ts';

const SITE = '[site]\ncountry = "UA"\ntimeZone = "Europe/Kyiv"\n';
const policy = (toml: string): PolicySettings => sitePolicy(loadText(SITE + toml));

/** Whether a client in Kyiv may be written to. @param at in winter time there, `2026-11-22T10:00` */
function isOpen({ hours, site }: PolicySettings, purpose: QuietPurpose, at: string): boolean {
  return hours.isOpen(purpose, recipientOf('+380501234567', site), Date.parse(`${at}+02:00`));
}

describe('the manners of a site', () => {
  it('are 9 to 21 on every day, for its own country, unless it says otherwise', () => {
    const standard = policy('');
    expect(standard).toMatchObject({
      profile: 'standard',
      lead: 10_800_000,
      spread: 600_000,
      caps: { promotionalPer7Days: 1, allPerDay: 5 },
    });
    expect(standard.countries).toEqual(new Set(['UA']));
    expect(isOpen(standard, 'promotional', '2026-11-22T20:59')).toBe(true);
    expect(isOpen(standard, 'promotional', '2026-11-22T21:00')).toBe(false);
    expect(policy('[policy]\ncountries = ["*"]\n').countries).toBeNull();
    expect(sitePolicy(loadText('')).countries).toBeNull();
  });

  it('strict ones leave offers out on Sundays, holidays and after 20, and nothing else', () => {
    const strict = policy('[policy]\nprofile = "strict"\n');
    const days = ['2026-11-23T19:59', '2026-11-23T20:00', '2026-11-22T12:00', '2026-12-25T12:00'];
    expect(days.map((at) => isOpen(strict, 'promotional', at))).toEqual([true, false, false, false]);
    expect(days.map((at) => isOpen(strict, 'service', at))).toEqual([true, true, true, true]);
  });

  it('quiet hours of its own stand instead of those of the profile, for their purpose alone', () => {
    const own = policy(
      '[[quietHours]]\npurpose = "promotional"\nfrom = "18:00"\nto = "10:00"\n[[quietHours]]\npurpose = "promotional"\ndays = ["holiday"]\nfrom = "00:00"\nto = "24:00"\n[holidays]\ndates = ["2026-11-24"]\n',
    );
    const days = ['2026-11-23T09:30', '2026-11-23T17:59', '2026-11-23T18:00', '2026-11-24T12:00', '2026-11-25T12:00'];
    expect(days.map((at) => isOpen(own, 'promotional', at))).toEqual([false, true, false, false, true]);
    expect(days.map((at) => isOpen(own, 'service', at))).toEqual([true, true, true, true, true]);
  });

  it('quiet hours that are none, or all day, are a mistake', () => {
    const fault = faultOf(() => loadText('[[quietHours]]\npurpose = "service"\nfrom = "09:00"\nto = "09:00"\n'));
    expect(linesOf(fault)).toEqual([expect.stringMatching(/^quietHours\[0\]\.to: line 4: .*write "00:00" to "24:00" for the whole day/)]);
  });
});
