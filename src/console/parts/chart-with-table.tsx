import { locale } from '../i18n/language.ts';
import type { Point } from './chart.tsx';
import { LazyChart } from './lazy-chart.tsx';
import { Table } from './table.tsx';
import { partWords } from './words.ts';

interface ChartWithTableProps {
  readonly caption: string;
  /** What the picture shows, in words. */
  readonly label?: string;
  readonly points: readonly Point[];
  readonly step?: 'hour';
  /** What the two columns are called. */
  readonly when: string;
  readonly what: string;
  /** The oldest first, `at` as a point has it. */
  readonly rows: readonly { readonly at: number; readonly written: string }[];
}

const TIMES = { hour: { hour: '2-digit', minute: '2-digit' }, day: { day: 'numeric', month: 'long' } } as const;

/** A chart, and what it shows as a table beside it, the newest first: whoever cannot see the one reads the other. */
export function ChartWithTable({ caption, label = caption, points, step, when, what, rows }: ChartWithTableProps) {
  const format = new Intl.DateTimeFormat(locale(), { ...TIMES[step ?? 'day'], timeZone: 'UTC' });
  return (
    <>
      <LazyChart label={label} points={points} {...(step ? { step } : {})} />
      <details>
        <summary>{partWords('asTable')}</summary>
        <Table
          caption={caption}
          rows={rows.toReversed()}
          keyOf={({ at }) => String(at)}
          columns={[
            { key: 'at', label: when, cell: ({ at }) => format.format(at * 1000) },
            { key: 'written', label: what, kind: 'number', cell: ({ written }) => written },
          ]}
        />
      </details>
    </>
  );
}
