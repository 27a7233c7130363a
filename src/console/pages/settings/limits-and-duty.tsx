import { useSignal } from '@preact/signals';
import type { Manners } from '../../../http/schemas/manners.ts';
import type { ChangeSettings, Settings } from '../../../http/schemas/setting.ts';
import { useData } from '../../api/use-data.ts';
import { problemAt } from '../../api/use-deed.ts';
import { Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { siteWords } from '../../parts/site-words.ts';
import { Spinner } from '../../parts/spinner.tsx';
import { useSiteSettings } from '../../parts/use-site-settings.ts';
import { Waiting } from '../../parts/waiting.tsx';
import { businessWords } from './business-words.ts';
import { hoursWords } from './hours-words.ts';
import { limitWords as words } from './limit-words.ts';
import { PaintWeek } from './paint-week.tsx';
import { openingsOf, paintedOpenings } from './painted-week.ts';
import { words as common } from './words.ts';

/** What goes back to the file: all that this page can change. */
const TO_FILE: ChangeSettings = {
  caps: { promotionalPer7Days: null, allPerDay: null },
  limits: { recipientPerHour: null, recipientPerDay: null, costPerDay: null },
  openingHours: null,
  away: { phone: null, text: null },
  alarm: { phone: null, words: null, perHour: null },
};

const OURS = /^(caps\.|limits\.|away\.|alarm\.|openingHours$)/;

/** How much may be sent, what is said while nobody is there, and who is told of an alarm. */
export function LimitsAndDuty() {
  const { data, refusal, reload } = useData<Settings>('/v1/settings');
  const manners = useData<Manners>('/v1/manners');
  return (
    <Waiting data={data} refusal={refusal}>
      {(settings) => <Edit key={JSON.stringify(settings)} settings={settings} holidays={manners.data?.holidays ?? []} onSaved={reload} />}
    </Waiting>
  );
}

function Edit({ settings, holidays, onSaved }: { settings: Settings; holidays: readonly string[]; onSaved: () => void }) {
  const { caps, limits, openingHours, away, alarm, changed } = settings;
  const before = paintedOpenings(openingHours);
  const opening = useSignal(before);
  const offers = useSignal(String(caps.promotionalPer7Days));
  const all = useSignal(String(caps.allPerDay));
  const hour = useSignal(String(limits.recipientPerHour));
  const day = useSignal(String(limits.recipientPerDay));
  const cost = useSignal(limits.costPerDay ?? '');
  const awayPhone = useSignal(away.phone ?? '');
  const awayText = useSignal(away.text ?? '');
  const alarmPhone = useSignal(alarm.phone ?? '');
  const alarmWords = useSignal(alarm.words.join('\n'));
  const perHour = useSignal(String(alarm.perHour));
  const { deed, isBeginning, save } = useSiteSettings();

  const keep = async (changes: ChangeSettings): Promise<void> => {
    if (await save(changes)) onSaved();
  };
  const submit = (): Promise<void> =>
    keep({
      caps: { promotionalPer7Days: Number(offers.value), allPerDay: Number(all.value) },
      limits: { recipientPerHour: Number(hour.value), recipientPerDay: Number(day.value), costPerDay: cost.value.trim() || null },
      ...(JSON.stringify(opening.value) === JSON.stringify(before) ? {} : { openingHours: openingsOf(opening.value) }),
      away: { phone: awayPhone.value.trim() || null, text: awayText.value.trim() || null },
      alarm: {
        phone: alarmPhone.value.replaceAll(/[\s()-]/g, '') || null,
        words: alarmWords.value.split('\n').flatMap((word) => word.trim() || []),
        perHour: Number(perHour.value),
      },
    });
  const at = (pointer: string) => problemAt(deed.refusal, pointer);

  if (isBeginning) return <Spinner label={siteWords('beginning')} />;
  return (
    <Form onSubmit={submit} refusal={deed.refusal}>
      <section class="card stack narrow">
        <h2>{words('limits')}</h2>
        <p class="quiet">{words('zero')}</p>
        <Field label={words('offers')} value={offers} type="number" required problem={at('/caps/promotionalPer7Days')} />
        <Field label={words('all')} hint={words('allHint')} value={all} type="number" required problem={at('/caps/allPerDay')} />
        <Field label={words('hour')} value={hour} type="number" required problem={at('/limits/recipientPerHour')} />
        <Field label={words('day')} value={day} type="number" required problem={at('/limits/recipientPerDay')} />
        <Field label={words('cost')} hint={words('costHint')} value={cost} maxLength={30} problem={at('/limits/costPerDay')} />
      </section>
      <section class="card stack tight">
        <h2>{words('opening')}</h2>
        <p class="quiet">
          {words('openingLead')} {hoursWords('how')}
        </p>
        <PaintWeek caption={words('opening')} of="opening" week={opening} mayPaint holidays={holidays} />
      </section>
      <section class="card stack narrow">
        <h2>{words('away')}</h2>
        <p class="quiet">{words('awayLead')}</p>
        <Field label={words('awayPhone')} hint={words('awayPhoneHint')} value={awayPhone} maxLength={60} problem={at('/away/phone')} />
        <TextArea label={words('awayText')} hint={words('awayTextHint')} value={awayText} rows={3} problem={at('/away/text')} />
      </section>
      <section class="card stack narrow">
        <h2>{words('alarm')}</h2>
        <p class="quiet">{words('alarmLead')}</p>
        <Field label={words('alarmPhone')} hint={words('alarmPhoneHint')} value={alarmPhone} type="tel" problem={at('/alarm/phone')} />
        <TextArea label={words('alarmWords')} hint={words('alarmWordsHint')} value={alarmWords} rows={4} problem={at('/alarm/words')} />
        <Field label={words('alarmPerHour')} value={perHour} type="number" required problem={at('/alarm/perHour')} />
      </section>
      <div class="row">
        <button type="submit" class="button primary" disabled={deed.isBusy}>
          {common('save')}
        </button>
        {changed.some((one) => OURS.test(one)) && (
          <button type="button" class="button" disabled={deed.isBusy} onClick={() => void keep(TO_FILE)}>
            {businessWords('backToFile')}
          </button>
        )}
      </div>
      <p class="quiet small">{businessWords('restarts')}</p>
    </Form>
  );
}
