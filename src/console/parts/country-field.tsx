import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { countries, zones } from '../i18n/countries.ts';
import { language } from '../i18n/language.ts';
import { Choice } from './field.tsx';
import { siteWords as words } from './site-words.ts';

/** @param country two letters; empty while none is chosen */
export function CountryField({ country }: { country: Signal<string> }) {
  const { value: tongue } = language;
  const options = useMemo(() => [{ value: '', label: words('choose') }, ...countries()], [tongue]);
  return (
    <Choice
      label={words('country')}
      value={country.value}
      options={options}
      hint={words('countryHint')}
      onChoose={(chosen) => {
        country.value = chosen;
      }}
    />
  );
}

/** @param zone a name of the IANA zone database */
export function ZoneField({ zone }: { zone: Signal<string> }) {
  const known = zones();
  const options = (known.includes(zone.value) ? known : [zone.value, ...known]).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));
  return (
    <Choice
      label={words('timeZone')}
      value={zone.value}
      options={options}
      onChoose={(chosen) => {
        zone.value = chosen;
      }}
    />
  );
}
