import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import data from '../../../src/policy/data/numbers.json' with { type: 'json' };
import { recipientOf } from '../../../src/policy/recipient.ts';

const site = { country: 'UA', timeZone: 'Europe/Kyiv' } as const;

describe('the recipient of a number', () => {
  it.each([
    ['+380501234567', 'UA', 'Europe/Kyiv'],
    ['+48501234567', 'PL', 'Europe/Warsaw'],
    ['+77011234567', 'KZ', 'Asia/Almaty'],
    ['+76001234567', 'KZ', 'Asia/Oral'],
    ['+79161234567', 'RU', 'Asia/Kamchatka'],
    ['+12125550123', 'US', 'Pacific/Honolulu'],
    ['+14165550123', 'CA', 'America/St_Johns'],
    ['+18765550123', 'JM', 'America/Jamaica'],
    ['+61412345678', 'AU', 'Australia/Perth'],
    ['+5511912345678', 'BR', 'America/Noronha'],
    ['+447400123456', 'GB', 'Europe/London'],
  ])('T07 %s is of %s, perhaps in %s', (number, country, zone) => {
    const to = recipientOf(number, site);
    expect(to.country).toBe(country);
    expect(to.zones).toContain(zone);
    expect(to.premium).toBe(false);
  });

  it("T07 a number of the site's own country is where the site is, even of several zones", () => {
    expect(recipientOf('+12125550123', { country: 'US', timeZone: 'America/Denver' }).zones).toEqual(['America/Denver']);
    expect(recipientOf('+14165550123', { country: 'US', timeZone: 'America/Denver' }).zones.length).toBeGreaterThan(5);
    expect(recipientOf('+79161234567', { country: 'KZ', timeZone: 'Asia/Almaty' }).zones).not.toContain('Asia/Almaty');
  });

  it('of a satellite phone it is where the site is', () => {
    expect(recipientOf('+881612345678', site)).toEqual({ country: null, zones: ['Europe/Kyiv'], premium: false });
  });

  it.each(['+380900212345', '+447012345678', '+19002345678', '+79091234567', '+48701234567', '+979123456789', '+499001234567'])(
    'X19 %s costs more than others, or not',
    (number) => {
      expect(recipientOf(number, site).premium).toBe(number !== '+79091234567');
    },
  );

  it('knows a zone that exists for every country that has a calling code', () => {
    for (const zone of Object.values(data.countries).flat()) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
    for (const country of getCountries()) {
      const { zones } = recipientOf(`+${getCountryCallingCode(country)}2345678`, { country: undefined, timeZone: 'Etc/UTC' });
      expect(zones, country).not.toContain('Etc/UTC');
    }
  });
});
