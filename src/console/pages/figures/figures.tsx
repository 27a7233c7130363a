import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Statistics } from '../../../http/schemas/statistic.ts';
import { withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { money, percent } from '../../i18n/format.ts';
import { instantAt, midnightAsUtc } from '../../i18n/zoned.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { site } from '../../state/session.ts';
import { FigureTable } from './figure-table.tsx';
import { RatingTable } from './rating-table.tsx';
import { words } from './words.ts';
import './figures.css';

const DAY = 86_400_000;
const PERIODS = { week: 7, month: 30, quarter: 90 } as const;
type Period = keyof typeof PERIODS;
const BY = ['day', 'purpose', 'kind', 'template', 'sim'] as const;

/** The figures that an owner asks about, and what clients thought. */
export default function Figures() {
  const period = useSignal<Period>('month');
  const by = useSignal<(typeof BY)[number]>('day');
  const days = PERIODS[period.value];
  // Whole days of the site, and what has been of this one.
  const from = useMemo(
    () => instantAt(`${dayOf(midnightAsUtc(now(), site().timeZone) - (days - 1) * DAY)}T00:00`, site().timeZone),
    [days],
  );
  const { data, refusal } = useData<Statistics>(withQuery('/v1/statistics', { from, by: 'day' }));
  const others = useData<Statistics>(by.value === 'day' ? null : withQuery('/v1/statistics', { from, by: by.value }));
  const points = useMemo(() => pointsOf(data, days), [data, days]);
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        <Segmented
          label={words('period')}
          value={period.value}
          options={(['week', 'month', 'quarter'] as const).map((value) => ({ value, label: words(value) }))}
          onChoose={(chosen) => {
            period.value = chosen;
          }}
        />
      </header>
      <Waiting data={data} refusal={refusal}>
        {({ data: rows, totals }) =>
          totals.sent + totals.visits + totals.failed === 0 ? (
            <EmptyState icon="list" title={words('none')} text={words('noneText')} />
          ) : (
            <>
              <Totals totals={totals} />
              <section class="card stack tight">
                <h2>{words('perDay')}</h2>
                <LazyChart key={from} label={words('perDay')} points={points} />
              </section>
              <section class="card stack">
                <Segmented
                  label={words('by')}
                  value={by.value}
                  options={BY.map((value) => ({ value, label: words(value) }))}
                  onChoose={(chosen) => {
                    by.value = chosen;
                  }}
                />
                <FigureTable by={by.value} rows={by.value === 'day' ? rows : (others.data?.data ?? [])} />
              </section>
            </>
          )
        }
      </Waiting>
      <RatingTable />
    </>
  );
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The totals as a few large numbers, with their share of what they are a part of. */
function Totals({ totals }: { totals: Statistics['totals'] }) {
  const { sent, delivered, failed, replied, visits, confirmed, came, didNotCome, cost } = totals;
  const tiles = [
    { name: 'sent', value: sent },
    { name: 'delivered', value: delivered, of: sent },
    { name: 'failed', value: failed },
    { name: 'replied', value: replied },
    { name: 'visits', value: visits },
    { name: 'confirmed', value: confirmed, of: visits },
    { name: 'came', value: came },
    { name: 'didNotCome', value: didNotCome, of: came + didNotCome },
  ] as const;
  return (
    <dl class="figures">
      {tiles.map((tile) => (
        <div key={tile.name} class="card">
          <dt class="quiet">{words(tile.name)}</dt>
          <dd>
            <b class="number">{tile.value}</b>
            {'of' in tile && tile.of > 0 && <span class="quiet small"> {percent(tile.value / tile.of)}</span>}
          </dd>
        </div>
      ))}
      {cost.map((one) => (
        <div key={one.currency} class="card">
          <dt class="quiet">{words('cost')}</dt>
          <dd>
            <b class="number">{money(one)}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every day of the period, also those without a message; each as its midnight in UTC, seconds. */
function pointsOf(statistics: Statistics | undefined, days: number): { at: number; value: number }[] {
  const sums = new Map(statistics?.data.map(({ group, sent }) => [group, sent]));
  const today = midnightAsUtc(now(), site().timeZone);
  return Array.from({ length: days }, (_, n) => {
    const at = today - (days - 1 - n) * DAY;
    return { at: at / 1000, value: sums.get(dayOf(at)) ?? 0 };
  });
}
