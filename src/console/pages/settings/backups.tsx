import { useState } from 'preact/hooks';
import type { Backup, Backups as BackupsSchema } from '../../../http/schemas/backup.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { decimal, when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { Banner } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { may, untilBack } from '../../state/session.ts';
import { backupTroubles, backupWords as words } from './words.ts';

const MEGABYTE = 1_000_000;

const megabytes = (octets: number): string => decimal(octets / MEGABYTE, { most: 1, least: 1 });

export function Backups() {
  const { data, refusal, reload } = useData<BackupsSchema>('/v1/backups?limit=500', { on: ({ type }) => type === 'backup.failed' });
  const deed = useDeed();
  const [asked, ask] = useState<Backup | undefined>(undefined);
  const [isRestoring, setRestoring] = useState(false);
  const make = async (): Promise<void> => {
    await deed.ask(() => api.post('/v1/backups'), { done: words('made') });
    reload();
  };
  const restore = async ({ name }: Backup): Promise<void> => {
    const begun = await deed.ask(() => api.post(`/v1/backups/${name}/restore`), { done: words('restoring') });
    ask(undefined);
    if (begun === undefined) return;
    setRestoring(true);
    // Everybody logs in again: then this page is gone.
    await untilBack(() => false);
  };
  if (isRestoring) return <Spinner label={words('restoring')} />;
  return (
    <Waiting data={data} refusal={refusal}>
      {({ directory, every, keep, problem, reason, data: backups }) => (
        <>
          <div class="row apart">
            <p class="quiet lead">{words('lead')}</p>
            {may('operate') && (
              <button type="button" class="button primary" disabled={deed.isBusy} onClick={() => void make()}>
                {words('make')}
              </button>
            )}
          </div>
          {problem !== null && (
            <Banner tone="bad" text={words('problem', { why: backupTroubles.maybe(reason ?? '', { directory }) ?? problem })} />
          )}
          <section class="card stack">
            <p>{every === 0 ? words('onDemand') : words('every', { hours: Math.round((every / 3600) * 10) / 10, keep })}</p>
            <dl class="facts">
              <dt>{words('where')}</dt>
              <dd>
                <code>{directory}</code>
              </dd>
            </dl>
            {backups.length === 0 ? (
              <EmptyState icon="note" title={words('none')} text={words('noneText')} />
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
                    cell: ({ octets }) => words('megabytes', { n: megabytes(octets) }),
                  },
                  { key: 'name', label: words('name'), kind: 'grow', cell: ({ name }) => <code>{name}</code> },
                  ...(may('admin')
                    ? [
                        {
                          key: 'deeds',
                          label: '',
                          kind: 'deeds' as const,
                          cell: (backup: Backup) => (
                            <button type="button" class="button slim" onClick={() => ask(backup)}>
                              {words('restore')}
                            </button>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            )}
            <p class="quiet small">{words('key')}</p>
          </section>
          {asked && (
            <AskFirst
              title={words('restoreTitle', { when: when(asked.madeAt) })}
              text={words('restoreText')}
              yes={words('restore')}
              isBusy={deed.isBusy}
              onYes={() => void restore(asked)}
              onClose={() => ask(undefined)}
            />
          )}
        </>
      )}
    </Waiting>
  );
}
