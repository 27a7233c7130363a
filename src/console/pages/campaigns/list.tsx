import type { Campaign } from '../../../http/schemas/campaign.ts';
import { useList } from '../../api/use-list.ts';
import { when } from '../../i18n/format.ts';
import type { Tone } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { words } from './words.ts';

export function CampaignList() {
  const { rows, refusal } = useList<Campaign>('/v1/campaigns?limit=100', ({ type }) => type === 'message.sent');
  return (
    <Waiting data={rows} refusal={refusal}>
      {(campaigns) =>
        campaigns.length === 0 ? (
          <EmptyState icon="horn" title={words('none')} text={words('noneText')} />
        ) : (
          <section class="card">
            <Table
              caption={words('campaigns')}
              rows={campaigns}
              keyOf={({ id }) => id}
              hrefOf={({ id }) => addressOf('campaigns', ['of', id])}
              columns={[
                { key: 'name', label: words('name'), kind: 'grow', cell: ({ name }) => <span class="written">{name}</span> },
                { key: 'state', label: words('state'), cell: ({ state }) => <StatePill state={state} /> },
                { key: 'progress', label: words('progress'), cell: ({ progress }) => <Share progress={progress} /> },
                {
                  key: 'made',
                  label: words('made'),
                  kind: 'minor',
                  cell: ({ createdAt }) => <span class="nowrap">{when(createdAt)}</span>,
                },
              ]}
            />
          </section>
        )
      }
    </Waiting>
  );
}

const TONES: Readonly<Record<Campaign['state'], Tone | ''>> = {
  draft: '',
  scheduled: 'info',
  planning: 'info',
  running: 'info',
  paused: 'warn',
  finished: 'good',
  cancelled: '',
};

export function StatePill({ state }: { state: Campaign['state'] }) {
  return <span class={`pill ${TONES[state]}`}>{words(state)}</span>;
}

const totalOf = ({ planned, waiting, begun }: Campaign['progress']): number => planned + waiting + begun;

function Share({ progress }: { progress: Campaign['progress'] }) {
  const total = totalOf(progress);
  if (total === 0) return '–';
  return (
    <span class="number">
      {progress.begun} / {total}
    </span>
  );
}
