import { useSignal } from '@preact/signals';
import type { Manners } from '../../../http/schemas/manners.ts';
import type { Settings } from '../../../http/schemas/setting.ts';
import { api } from '../../api/client.ts';
import { type Data, useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Banner } from '../../parts/banner.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { Holidays } from './holidays.tsx';
import { hoursWords as words } from './hours-words.ts';
import { PaintWeek } from './paint-week.tsx';
import { PAINTED_DAYS, type PaintedWeek, paintedOf, quietOf } from './painted-week.ts';
import { words as common } from './words.ts';

/** When each purpose is sent, and when clients are left alone: a week that one paints. */
export function Hours() {
  const manners = useData<Manners>('/v1/manners');
  const settings = useData<Settings>(may('admin') ? '/v1/settings' : null);
  return (
    <Waiting data={manners.data} refusal={manners.refusal}>
      {(now) => <Painting key={JSON.stringify(now)} manners={now} settings={settings} onSaved={manners.reload} />}
    </Waiting>
  );
}

const ofPurpose = (manners: Manners, purpose: 'service' | 'promotional') => manners.quietHours.filter((one) => one.purpose === purpose);

const isAllOpen = (week: PaintedWeek): boolean => PAINTED_DAYS.every((day) => week[day].every(Boolean));

function Painting({ manners, settings, onSaved }: { manners: Manners; settings: Data<Settings>; onSaved: () => void }) {
  const weeks = {
    service: useSignal(paintedOf(ofPurpose(manners, 'service'))),
    promotional: useSignal(paintedOf(ofPurpose(manners, 'promotional'))),
  };
  const days = useSignal<readonly string[]>(manners.closed);
  const deed = useDeed();
  const { profile, consent, caps } = manners;
  const mayPaint = may('admin');
  const isTouched =
    days.value !== manners.closed ||
    (['service', 'promotional'] as const).some(
      (purpose) => JSON.stringify(weeks[purpose].value) !== JSON.stringify(paintedOf(ofPurpose(manners, purpose))),
    );
  const isOwn = settings.data?.changed.some((name) => name === 'quietHours' || name === 'holidays.dates') ?? false;

  const save = async (changes: object, done: string): Promise<void> => {
    const kept = await deed.ask(() => api.put<Settings>('/v1/settings', changes), { done, quietly: true });
    if (!kept) return;
    settings.reload();
    onSaved();
  };
  const painted = () => ({
    quietHours: [...quietOf(weeks.service.value, 'service'), ...quietOf(weeks.promotional.value, 'promotional')],
    holidays: { dates: days.value },
  });

  return (
    <>
      <p class="quiet">
        {words('lead')} {mayPaint && words('how')}
      </p>
      {profile === 'off' && <Banner tone="warn" text={words('off')} />}
      {deed.refusal && <Banner tone="bad" text={problemWords(deed.refusal)} />}
      {(['service', 'promotional'] as const).map((purpose) => (
        <section key={purpose} class="card stack tight">
          <h2>{words(purpose)}</h2>
          <PaintWeek caption={words(purpose)} of="sending" week={weeks[purpose]} mayPaint={mayPaint} holidays={manners.holidays} />
          {isAllOpen(weeks[purpose].value) && profile !== 'off' && <p class="small">{words('allOpen')}</p>}
        </section>
      ))}
      <section class="card stack tight">
        <h2>{words('closed')}</h2>
        <p class="quiet small">{words('closedHint')}</p>
        <Holidays days={days} mayChange={mayPaint} />
      </section>
      {mayPaint && (
        <div class="row save-bar">
          <button
            type="button"
            class="button primary"
            disabled={!isTouched || deed.isBusy}
            onClick={() => void save(painted(), words('saved'))}
          >
            {common('save')}
          </button>
          {isOwn && (
            <button
              type="button"
              class="button"
              disabled={deed.isBusy}
              onClick={() => void save({ quietHours: null, holidays: { dates: null } }, words('isBack'))}
            >
              {words('backToFile')}
            </button>
          )}
          <span class="quiet small">{words(isOwn ? 'changedHere' : 'fromFile')}</span>
        </div>
      )}
      <section class="card stack tight">
        <p>{words(consent ? 'consent' : 'noConsent')}</p>
        {caps.promotionalPer7Days + caps.allPerDay > 0 && <h2>{words('caps')}</h2>}
        {caps.promotionalPer7Days > 0 && <p>{words('offersCap', { n: caps.promotionalPer7Days })}</p>}
        {caps.allPerDay > 0 && <p>{words('allCap', { n: caps.allPerDay })}</p>}
        <p class="quiet small">{words('where')}</p>
      </section>
    </>
  );
}
