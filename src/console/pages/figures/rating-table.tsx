import type { Static } from 'typebox';
import type { Resource } from '../../../http/schemas/contact.ts';
import type { Ratings } from '../../../http/schemas/statistic.ts';
import type { ListOf } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { decimal } from '../../i18n/format.ts';
import { Table } from '../../parts/table.tsx';
import { words } from './words.ts';

const STARS = [5, 4, 3, 2, 1] as const;

/** What clients thought, by doctor, bay or place. */
export function RatingTable() {
  const { data } = useData<Static<typeof Ratings>>('/v1/ratings', { on: ({ type }) => type === 'occasion.rated' });
  const resources = useData<ListOf<Static<typeof Resource>>>('/v1/resources?limit=500');
  if (!data) return null;
  const nameOf = (id: string | null): string =>
    id === null ? words('whole') : (resources.data?.data.find(({ externalId }) => externalId === id)?.name ?? id);
  return (
    <section class="card stack tight">
      <h2>{words('ratings')}</h2>
      <p class="quiet small">{words(data.data.length === 0 ? 'noRatings' : 'ratingsText')}</p>
      {data.data.length > 0 && (
        <Table
          caption={words('ratings')}
          rows={data.data}
          keyOf={({ resource }) => resource ?? ''}
          columns={[
            {
              key: 'resource',
              label: words('resource'),
              kind: 'grow',
              cell: ({ resource }) => <span class="written">{nameOf(resource)}</span>,
            },
            {
              key: 'average',
              label: words('average'),
              kind: 'number',
              cell: ({ average }) => <b>{decimal(average, { most: 2 })}</b>,
            },
            { key: 'count', label: words('answers'), kind: 'number', cell: ({ count }) => String(count) },
            {
              key: 'spread',
              label: words('spread'),
              cell: ({ distribution }) => (
                <span class="nowrap number">{STARS.map((stars) => distribution[String(stars)] ?? 0).join(' · ')}</span>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
