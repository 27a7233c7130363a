import { useMemo } from 'preact/hooks';
import type { Costs } from '../../../http/schemas/cost.ts';
import { withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { money } from '../../i18n/format.ts';
import { midnightAsUtc } from '../../i18n/zoned.ts';
import { ChartWithTable } from '../../parts/chart-with-table.tsx';
import { Icon } from '../../parts/icon.tsx';
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
  return <Stretches title={words('month')} label={words('day')} spent={spentIn(data)} stretches={days} />;
}

/** The same of this day, hour by hour. @param since its midnight */
export function Hours({ since }: { since: string }) {
  const { data } = useData<Costs>(withQuery('/v1/costs', { groupBy: 'hour', from: since }), { each: 60_000 });
  const hours = useMemo(() => hoursOf(data), [data]);
  if (!data || data.totals.length === 0) return null;
  return <Stretches title={words('thisDay')} label={words('hour')} spent={spentIn(data)} stretches={hours} step="hour" />;
}

const spentIn = ({ totals }: Costs): string[] =>
  totals.flatMap(({ amount, currency }) => (amount !== null && currency !== null ? [money({ amount, currency })] : []));

function Stretches({
  title,
  label,
  spent,
  stretches,
  step,
}: {
  title: string;
  label: string;
  spent: readonly string[];
  stretches: readonly Stretch[];
  step?: 'hour';
}) {
  const total = words('monthSegments', { n: stretches.reduce((sum, { segments }) => sum + segments, 0) });
  const points = useMemo(() => stretches.map(({ at, segments }) => ({ at, value: segments })), [stretches]);
  return (
    <section class="card stack tight">
      <header class="row apart">
        <h2 class="row">
          <Icon name="chart" />
          {title}
        </h2>
        <p class="quiet">{[total, ...spent].join(' · ')}</p>
      </header>
      <ChartWithTable
        caption={title}
        label={`${title}: ${total}`}
        points={points}
        {...(step ? { step } : {})}
        when={label}
        what={words('segments')}
        rows={stretches.flatMap(({ at, segments }) => (segments > 0 ? [{ at, written: String(segments) }] : []))}
      />
    </section>
  );
}

const sumsOf = (costs: Costs | undefined): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { group, segments } of costs?.data ?? []) sums.set(group, (sums.get(group) ?? 0) + segments);
  return sums;
};

/** Every hour of this day, also those without a message. */
function hoursOf(costs: Costs | undefined): Stretch[] {
  const sums = sumsOf(costs);
  return Array.from({ length: 24 }, (_, hour) => {
    const at = midnightAsUtc(now(), site().timeZone) + hour * HOUR;
    return { at: at / 1000, segments: sums.get(new Date(at).toISOString().slice(0, 13)) ?? 0 };
  });
}

/** Every day of the thirty. */
function daysOf(costs: Costs | undefined): Stretch[] {
  const sums = sumsOf(costs);
  return Array.from({ length: DAYS }, (_, n) => {
    const at = midnightAsUtc(now(), site().timeZone) - (DAYS - 1 - n) * DAY;
    return { at: at / 1000, segments: sums.get(new Date(at).toISOString().slice(0, 10)) ?? 0 };
  });
}
