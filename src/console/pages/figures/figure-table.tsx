import type { Sim } from '../../../http/schemas/hardware.ts';
import type { Statistics } from '../../../http/schemas/statistic.ts';
import { useData } from '../../api/use-data.ts';
import { day, money, phone } from '../../i18n/format.ts';
import { Table } from '../../parts/table.tsx';
import { purposes } from '../../words/message.ts';
import { words } from './words.ts';

type Row = Statistics['data'][number];

/** Columns that are left out where they are 0 throughout. */
const COUNTS = [
  'sent',
  'delivered',
  'failed',
  'replied',
  'optedOut',
  'visits',
  'confirmed',
  'moved',
  'cancelled',
  'came',
  'didNotCome',
] as const;

export function FigureTable({ by, rows }: { by: Statistics['by']; rows: readonly Row[] }) {
  const sims = useData<{ data: readonly Sim[] }>(by === 'sim' ? '/v1/sims' : null);
  const nameOf = (group: string | null): string => {
    if (group === null) return words('other');
    if (by === 'day') return day(`${group}T12:00:00Z`);
    if (by === 'purpose') return purposes.maybe(group) ?? group;
    const sim = sims.data?.data.find(({ iccid }) => iccid === group);
    return sim ? (sim.name ?? (sim.number === null ? group : phone(sim.number))) : group;
  };
  const shown = COUNTS.filter((count) => rows.some((row) => row[count] > 0));
  const hasCost = rows.some(({ cost }) => cost.length > 0);
  return (
    <div class="figure-table labelled">
      <Table
        caption={words('title')}
        rows={by === 'day' ? rows.toReversed() : rows}
        keyOf={({ group }) => group ?? ''}
        columns={[
          { key: 'group', label: words('group'), cell: ({ group }) => <span class="written">{nameOf(group)}</span> },
          ...shown.map((count) => ({
            key: count,
            label: words(count),
            kind: 'number' as const,
            cell: (row: Row) => <Count n={row[count]} />,
          })),
          ...(hasCost
            ? [{ key: 'cost', label: words('cost'), kind: 'number' as const, cell: ({ cost }: Row) => cost.map(money).join(', ') || '–' }]
            : []),
        ]}
      />
    </div>
  );
}

/** A zero steps back: in a month most of them are. */
function Count({ n }: { n: number }) {
  return n === 0 ? <span class="quiet">–</span> : n;
}
