import type { Manners } from '../../../http/schemas/manners.ts';
import { useData } from '../../api/use-data.ts';
import { day as dayWords } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { hoursWords as words } from './hours-words.ts';
import { type Open, openOn, WEEK } from './open-minutes.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A week as it is configured: when each purpose is sent, and when clients are left alone. */
export function Hours() {
  const { data, refusal } = useData<Manners>('/v1/manners');
  return (
    <Waiting data={data} refusal={refusal}>
      {({ profile, consent, quietHours, closed, caps }) => (
        <>
          <p class="quiet">{words('lead')}</p>
          {profile === 'off' && <Banner tone="warn" text={words('off')} />}
          {(['service', 'promotional'] as const).map((purpose) => (
            <section key={purpose} class="card stack tight">
              <h2>{words(purpose)}</h2>
              <Week quiet={quietHours.filter((one) => one.purpose === purpose)} caption={words(purpose)} />
            </section>
          ))}
          <section class="card stack tight">
            <p>{words(consent ? 'consent' : 'noConsent')}</p>
            {caps.promotionalPer7Days + caps.allPerDay > 0 && <h2>{words('caps')}</h2>}
            {caps.promotionalPer7Days > 0 && <p>{words('offersCap', { n: caps.promotionalPer7Days })}</p>}
            {caps.allPerDay > 0 && <p>{words('allCap', { n: caps.allPerDay })}</p>}
            {closed.length > 0 && (
              <p>
                <b>{words('closed')}:</b> {closed.map((one) => dayWords(`${one}T12:00:00Z`)).join(', ')}
              </p>
            )}
            <p class="quiet small">{words('where')}</p>
          </section>
        </>
      )}
    </Waiting>
  );
}

function Week({ quiet, caption }: { quiet: Manners['quietHours']; caption: string }) {
  const days = quiet.some((one) => one.days.includes('holiday')) ? ([...WEEK, 'holiday'] as const) : WEEK;
  return (
    <table class="hours">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">{words('day')}</span>
          </th>
          <th scope="col">{words('sent')}</th>
          <td class="hours-scale quiet" aria-hidden="true">
            <span>0</span>
            <span>6</span>
            <span>12</span>
            <span>18</span>
            <span>24</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => {
          const open = openOn(day, quiet);
          return (
            <tr key={day}>
              <th scope="row">{words(day)}</th>
              <td class="number">{inWords(open)}</td>
              <td class="hours-bar" aria-hidden="true">
                <div>
                  {HOURS.map((hour) => (
                    <i key={hour} class={isOpenAt(open, hour * 60) ? 'open' : ''} />
                  ))}
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const isOpenAt = (open: readonly Open[], minute: number): boolean => open.some(({ from, to }) => from < minute + 60 && minute < to);

function inWords(open: readonly Open[]): string {
  const [first] = open;
  if (first === undefined) return words('never');
  if (first.from === 0 && first.to === 1440) return words('allDay');
  return open.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(', ');
}
