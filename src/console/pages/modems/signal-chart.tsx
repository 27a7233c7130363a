import { useMemo } from 'preact/hooks';
import type { Signal } from '../../../http/schemas/signal.ts';
import { useData } from '../../api/use-data.ts';
import { fieldValue } from '../../i18n/zoned.ts';
import { ChartWithTable } from '../../parts/chart-with-table.tsx';
import { site } from '../../state/session.ts';
import { words } from './words.ts';

/** The weakest signal that +CSQ tells of, dBm (TS 27.007 8.5): the foot of the bars. */
const WEAKEST = -113;

/** Milliseconds between looks: there is a sample each five minutes. */
const LOOK = 300_000;

interface Hour {
  /** Seconds since 1970, by the clock of the site as if it were UTC. */
  readonly at: number;
  /** The mean of the hour; null where the modem heard no network. */
  readonly dbm: number | null;
}

/** How well a modem heard its network in the last day, hour by hour. @param modem IMEI, port or name */
export function SignalChart({ modem }: { modem: string }) {
  const { data } = useData<Signal>(`/v1/modems/${encodeURIComponent(modem)}/signal`, { each: LOOK });
  const hours = useMemo(() => hoursOf(data), [data]);
  const points = useMemo(() => hours.map(({ at, dbm }) => ({ at, value: (dbm ?? WEAKEST) - WEAKEST })), [hours]);
  if (hours.length === 0) return <p class="quiet">{words('noSignalYet')}</p>;
  return (
    <section class="stack tight">
      <h4>{words('signalDay')}</h4>
      <p class="quiet">{words('signalScale')}</p>
      <ChartWithTable
        caption={words('signalDay')}
        points={points}
        step="hour"
        when={words('hour')}
        what={words('signal')}
        rows={hours.map(({ at, dbm }) => ({ at, written: dbm === null ? '–' : words('dbm', { n: -dbm }) }))}
      />
    </section>
  );
}

function hoursOf(signal: Signal | undefined): Hour[] {
  const heard = new Map<string, number[]>();
  for (const { at, dbm } of signal?.data ?? []) {
    const hour = fieldValue(Date.parse(at), site().timeZone).slice(0, 13);
    heard.set(hour, [...(heard.get(hour) ?? []), ...(dbm === null ? [] : [dbm])]);
  }
  return [...heard].map(([hour, values]) => ({
    at: Date.parse(`${hour}:00:00Z`) / 1000,
    dbm: values.length === 0 ? null : Math.round(values.reduce((sum, one) => sum + one, 0) / values.length),
  }));
}
