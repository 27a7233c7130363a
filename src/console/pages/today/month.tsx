import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Costs } from '../../../http/schemas/cost.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { money } from '../../i18n/format.ts';
import { language } from '../../i18n/language.ts';
import { fieldValue } from '../../i18n/zoned.ts';
import { Icon } from '../../parts/icon.tsx';
import { site } from '../../state/session.ts';
import { words } from './words.ts';

const DAY = 86_400_000;
const DAYS = 30;

type ChartModule = typeof import('../../parts/chart.tsx');

/** What was sent in the last thirty days, as a picture and as a table. */
export function Month() {
  const { data } = useData<Costs>('/v1/costs?groupBy=day', { each: 60_000 });
  const [chart, setChart] = useState<ChartModule | undefined>(undefined);
  useEffect(() => {
    import('../../parts/chart.tsx').then(setChart, () => {});
  }, []);
  const days = useMemo(() => daysOf(data), [data]);
  if (!data || data.totals.length === 0) return null;
  const total = days.reduce((sum, { segments }) => sum + segments, 0);
  const spent = data.totals.flatMap(({ amount, currency }) => (amount !== null && currency !== null ? [money({ amount, currency })] : []));
  return (
    <section class="card stack tight">
      <header class="row apart">
        <h2 class="row">
          <Icon name="list" />
          {words('month')}
        </h2>
        <p class="quiet">
          {words('monthSegments', { n: total })}
          {spent.length > 0 && ` · ${spent.join(', ')}`}
        </p>
      </header>
      {chart ? (
        <chart.default
          label={`${words('month')}: ${words('monthSegments', { n: total })}`}
          points={days.map(({ at, segments }) => ({ at, value: segments }))}
        />
      ) : (
        <div class="chart-room" />
      )}
      <details>
        <summary>{words('asTable')}</summary>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words('day')}</th>
              <th scope="col" class="number">
                {words('segments')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days
              .filter(({ segments }) => segments > 0)
              .toReversed()
              .map(({ at, segments }) => (
                <tr key={at}>
                  <td data-label={words('day')}>
                    {new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(at * 1000)}
                  </td>
                  <td class="number" data-label={words('segments')}>
                    {segments}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** Every day of the thirty, also those without a message; each as its midnight in UTC, seconds. */
function daysOf(costs: Costs | undefined): { at: number; segments: number }[] {
  const sums = new Map<string, number>();
  for (const { group, segments } of costs?.data ?? []) sums.set(group, (sums.get(group) ?? 0) + segments);
  const today = Date.parse(`${fieldValue(now(), site().timeZone).slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: DAYS }, (_, n) => {
    const at = today - (DAYS - 1 - n) * DAY;
    return { at: at / 1000, segments: sums.get(new Date(at).toISOString().slice(0, 10)) ?? 0 };
  });
}
