import { useSignal } from '@preact/signals';
import type { Settings } from '../../../http/schemas/setting.ts';
import { useData } from '../../api/use-data.ts';
import { problemAt } from '../../api/use-deed.ts';
import { CountryField, ZoneField } from '../../parts/country-field.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { siteWords as words } from '../../parts/site-words.ts';
import { Spinner } from '../../parts/spinner.tsx';
import { useSiteSettings } from '../../parts/use-site-settings.ts';
import { Waiting } from '../../parts/waiting.tsx';
import { CLIENT_LANGUAGES, clientLanguages } from '../../words/languages.ts';
import { businessWords } from './business-words.ts';
import { words as common } from './words.ts';

/** What the box knows of the business. */
export function Business() {
  const { data, refusal, reload } = useData<Settings>('/v1/settings');
  return (
    <Waiting data={data} refusal={refusal}>
      {(settings) => <Edit key={JSON.stringify(settings.site)} settings={settings} onSaved={reload} />}
    </Waiting>
  );
}

function Edit({ settings: { site, changed }, onSaved }: { settings: Settings; onSaved: () => void }) {
  const name = useSignal(site.name);
  const phone = useSignal(site.phone ?? '');
  const country = useSignal(site.country ?? '');
  const tongue = useSignal(site.language ?? '');
  const zone = useSignal(site.timeZone);
  const { deed, isBeginning, save } = useSiteSettings();
  const ours = changed.filter((one) => one.startsWith('site.'));

  const submit = async (): Promise<void> => {
    const language = CLIENT_LANGUAGES.find((one) => one === tongue.value) ?? null;
    const wanted = {
      name: name.value.trim(),
      phone: phone.value.trim() || null,
      country: country.value || null,
      language,
      timeZone: zone.value,
    };
    if (await save({ site: wanted })) onSaved();
  };
  const toFile = async (): Promise<void> => {
    if (await save({ site: Object.fromEntries(ours.map((one) => [one.slice('site.'.length), null])) })) onSaved();
  };

  if (isBeginning) return <Spinner label={words('beginning')} />;
  return (
    <section class="card stack narrow">
      <p class="quiet">{businessWords('lead')}</p>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field
          label={words('name')}
          hint={words('nameHint')}
          value={name}
          required
          maxLength={60}
          problem={problemAt(deed.refusal, '/site/name')}
        />
        <Field
          label={words('phone')}
          hint={words('phoneHint')}
          value={phone}
          maxLength={60}
          problem={problemAt(deed.refusal, '/site/phone')}
        />
        <CountryField country={country} />
        <Choice
          label={words('language')}
          value={tongue.value}
          options={[
            { value: '', label: words('byCountry') },
            ...CLIENT_LANGUAGES.map((one) => ({ value: one, label: clientLanguages(one) })),
          ]}
          onChoose={(chosen) => {
            tongue.value = chosen;
          }}
        />
        <ZoneField zone={zone} />
        <div class="row">
          <button type="submit" class="button primary" disabled={deed.isBusy}>
            {common('save')}
          </button>
          {ours.length > 0 && (
            <button type="button" class="button" disabled={deed.isBusy} onClick={() => void toFile()}>
              {businessWords('backToFile')}
            </button>
          )}
        </div>
        <p class="quiet small">{businessWords('restarts')}</p>
      </Form>
    </section>
  );
}
