import { useSignal } from '@preact/signals';
import { problemAt } from '../../api/use-deed.ts';
import { likelyCountry, zoneHere } from '../../i18n/countries.ts';
import { CountryField, ZoneField } from '../../parts/country-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { siteWords } from '../../parts/site-words.ts';
import { Spinner } from '../../parts/spinner.tsx';
import { useSiteSettings } from '../../parts/use-site-settings.ts';
import { site } from '../../state/session.ts';
import { words } from './words.ts';

/** The first thing that a new box is told: whose it is, and in which country. */
export function WhereItIs() {
  const { name: named } = site();
  const name = useSignal(named === 'Simpost' ? '' : named);
  const country = useSignal(likelyCountry());
  const zone = useSignal(zoneHere());
  const { deed, isBeginning, save } = useSiteSettings();
  const submit = async (): Promise<void> => {
    await save({ site: { name: name.value.trim(), country: country.value, timeZone: zone.value } });
  };
  return (
    <section class="card stack first">
      <h2>{words('whereTitle')}</h2>
      {isBeginning ? (
        <Spinner label={siteWords('beginning')} />
      ) : (
        <Form class="stack narrow" onSubmit={submit} refusal={deed.refusal}>
          <Field
            label={siteWords('name')}
            hint={siteWords('nameHint')}
            value={name}
            required
            autofocus
            maxLength={60}
            problem={problemAt(deed.refusal, '/site/name')}
          />
          <CountryField country={country} />
          <ZoneField zone={zone} />
          <button type="submit" class="button primary" disabled={deed.isBusy || country.value === ''}>
            {words('whereSave')}
          </button>
        </Form>
      )}
    </section>
  );
}
