import type { Backups as BackupsSchema } from '../../../http/schemas/backup.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { when } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { may } from '../../state/session.ts';
import { backupWords as words } from './words.ts';

const MEGABYTE = 1_000_000;

export function Backups() {
  const { data, refusal, reload } = useData<BackupsSchema>('/v1/backups', { on: ({ type }) => type === 'backup.failed' });
  const deed = useDeed();
  const make = async (): Promise<void> => {
    await deed.ask(() => api.post('/v1/backups'), { done: words('made') });
    reload();
  };
  return (
    <Waiting data={data} refusal={refusal}>
      {({ directory, every, keep, problem, data: backups }) => (
        <>
          <div class="row apart">
            <p class="quiet">{words('lead')}</p>
            {may('operate') && (
              <button type="button" class="button primary" disabled={deed.isBusy} onClick={() => void make()}>
                {words('make')}
              </button>
            )}
          </div>
          {problem !== null && <Banner tone="bad" text={problem} />}
          <section class="card stack">
            <p>{every === 0 ? words('onDemand') : words('every', { hours: Math.round((every / 3600) * 10) / 10, keep })}</p>
            <dl class="facts">
              <dt>{words('where')}</dt>
              <dd>
                <code>{directory}</code>
              </dd>
            </dl>
            {backups.length === 0 ? (
              <EmptyState icon="note" title={words('none')} />
            ) : (
              <Table
                caption={words('lead')}
                rows={backups}
                keyOf={({ name }) => name}
                columns={[
                  { key: 'made', label: words('madeAt'), cell: ({ madeAt }) => <b class="nowrap">{when(madeAt)}</b> },
                  {
                    key: 'size',
                    label: words('size'),
                    kind: 'number',
                    cell: ({ octets }) => words('megabytes', { n: (octets / MEGABYTE).toFixed(1) }),
                  },
                  { key: 'name', label: words('name'), kind: 'grow', cell: ({ name }) => <code>{name}</code> },
                ]}
              />
            )}
            <p class="quiet small">{words('restore')}</p>
          </section>
        </>
      )}
    </Waiting>
  );
}
