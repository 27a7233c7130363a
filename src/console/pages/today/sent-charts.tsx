import { useMemo } from 'preact/hooks';
import type { Costs } from '../../../http/schemas/cost.ts';
import { withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { money } from '../../i18n/format.ts';
import { language } from '../../i18n/language.ts';
import { fieldValue } from '../../i18n/zoned.ts';
import { Icon } from '../../parts/icon.tsx';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Table } from '../../parts/table.tsx';
import { site } from '../../state/session.ts';
import { words } from './words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 30;

interface Stretch {
  /** Seconds since 1970, by the clock of the site as if it were UTC. */
  readonly at: number;
  readonly segments: number;
}

/** What was sent in the last thirty days, as a picture and as a table. */
export function Month() {
  const { data } = useData<Costs>('/v1/costs?groupBy=day', { each: 60_000 });
  const days = useMemo(() => daysOf(data), [data]);
  if (!data || data.totals.length === 0) return null;
  const options = { day: 'numeric', month: 'long' } as const;
  return <Stretches title={words('month')} label={words('day')} spent={spentIn(data)} stretches={days} options={options} />;
}

/** The same of this day, hour by hour. @param since its midnight */
export function Hours({ since }: { since: string }) {
  const { data } = useData<Costs>(withQuery('/v1/costs', { groupBy: 'hour', from: since }), { each: 60_000 });
  const hours = useMemo(() => hoursOf(data), [data]);
  if (!data || data.totals.length === 0) return null;
  const options = { hour: '2-digit', minute: '2-digit' } as const;
  return <Stretches title={words('thisDay')} label={words('hour')} spent={spentIn(data)} stretches={hours} options={options} step="hour" />;
}

const spentIn = ({ totals }: Costs): string[] =>
  totals.flatMap(({ amount, currency }) => (amount !== null && currency !== null ? [money({ amount, currency })] : []));

function Stretches({
  title,
  label,
  spent,
  stretches,
  options,
  step,
}: {
  title: string;
  label: string;
  spent: readonly string[];
  stretches: readonly Stretch[];
  options: Intl.DateTimeFormatOptions;
  step?: 'hour';
}) {
  const total = words('monthSegments', { n: stretches.reduce((sum, { segments }) => sum + segments, 0) });
  const points = useMemo(() => stretches.map(({ at, segments }) => ({ at, value: segments })), [stretches]);
  const format = new Intl.DateTimeFormat(language.value, { ...options, timeZone: 'UTC' });
  return (
    <section class="card stack tight">
      <header class="row apart">
        <h2 class="row">
          <Icon name="chart" />
          {title}
        </h2>
        <p class="quiet">{[total, ...spent].join(' · ')}</p>
      </header>
      <LazyChart label={`${title}: ${total}`} points={points} {...(step ? { step } : {})} />
      <details>
        <summary>{words('asTable')}</summary>
        <Table
          caption={title}
          rows={stretches.filter(({ segments }) => segments > 0).toReversed()}
          keyOf={({ at }) => String(at)}
          columns={[
            { key: 'at', label, cell: ({ at }) => format.format(at * 1000) },
            { key: 'segments', label: words('segments'), kind: 'number', cell: ({ segments }) => String(segments) },
          ]}
        />
      </details>
    </section>
  );
}

const sumsOf = (costs: Costs | undefined): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { group, segments } of costs?.data ?? []) sums.set(group, (sums.get(group) ?? 0) + segments);
  return sums;
};

/** The midnight of this day at the site, as if its clock were that of UTC. */
const midnightHere = (): number => Date.parse(`${fieldValue(now(), site().timeZone).slice(0, 10)}T00:00:00Z`);

/** Every hour of this day, also those without a message. */
function hoursOf(costs: Costs | undefined): Stretch[] {
  const sums = sumsOf(costs);
  return Array.from({ length: 24 }, (_, hour) => {
    const at = midnightHere() + hour * HOUR;
    return { at: at / 1000, segments: sums.get(new Date(at).toISOString().slice(0, 13)) ?? 0 };
  });
}

/** Every day of the thirty. */
function daysOf(costs: Costs | undefined): Stretch[] {
  const sums = sumsOf(costs);
  return Array.from({ length: DAYS }, (_, n) => {
    const at = midnightHere() - (DAYS - 1 - n) * DAY;
    return { at: at / 1000, segments: sums.get(new Date(at).toISOString().slice(0, 10)) ?? 0 };
  });
}
