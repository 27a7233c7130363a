import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { may } from '../../state/session.ts';
import { EditResource, type Resource } from './edit-resource.tsx';
import { kindWords, resourceWords as words } from './resource-words.ts';

type Open = { readonly kind: 'add' } | { readonly kind: 'change' | 'remove'; readonly resource: Resource };

/** Doctors, bays and branches: what visits are with or at. */
export function Resources() {
  const { rows, refusal, reload } = useList<Resource>('/v1/resources?limit=500');
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const deed = useDeed();
  const close = (): void => setOpen(undefined);
  const remove = async ({ externalId }: Resource): Promise<void> => {
    await deed.ask(() => api.delete(`/v1/resources/${encodeURIComponent(externalId)}`), { done: words('removed') });
    close();
    reload();
  };
  const nameOf = (id: string): string => rows?.find(({ externalId }) => externalId === id)?.name ?? id;
  return (
    <>
      <div class="row apart">
        <p class="quiet lead">{words('lead')}</p>
        {may('send') && (
          <button type="button" class="button primary" onClick={() => setOpen({ kind: 'add' })}>
            {words('add')}
          </button>
        )}
      </div>
      <Waiting data={rows} refusal={refusal}>
        {(resources) =>
          resources.length === 0 ? (
            <EmptyState icon="people" title={words('none')} text={words('noneText')} />
          ) : (
            <section class="card">
              <Table
                caption={words('title')}
                rows={resources}
                keyOf={({ externalId }) => externalId}
                columns={[
                  {
                    key: 'name',
                    label: words('name'),
                    kind: 'grow',
                    cell: ({ name, address, branch, hideName }) => (
                      <span class="written">
                        <b>{name}</b>
                        {hideName && <span class="quiet small"> {words('hidden')}</span>}
                        {(address ?? branch) !== null && (
                          <>
                            <br />
                            <span class="quiet small">{address ?? nameOf(branch ?? '')}</span>
                          </>
                        )}
                      </span>
                    ),
                  },
                  { key: 'kind', label: words('kind'), cell: ({ kind }) => kindWords(kind) },
                  { key: 'phone', label: words('phone'), cell: ({ phone }) => <span class="nowrap">{phone ?? '–'}</span> },
                  { key: 'hours', label: words('openingHours'), kind: 'minor', cell: ({ openingHours }) => openingHours ?? '–' },
                  ...(may('send')
                    ? [
                        {
                          key: 'deeds',
                          label: '',
                          kind: 'deeds' as const,
                          cell: (resource: Resource) => (
                            <span class="row">
                              <button type="button" class="button slim" onClick={() => setOpen({ kind: 'change', resource })}>
                                {words('change')}
                              </button>
                              <button type="button" class="button slim danger" onClick={() => setOpen({ kind: 'remove', resource })}>
                                {words('remove')}
                              </button>
                            </span>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </section>
          )
        }
      </Waiting>
      {open?.kind === 'add' && <EditResource others={rows ?? []} onClose={close} onDone={reload} />}
      {open?.kind === 'change' && <EditResource resource={open.resource} others={rows ?? []} onClose={close} onDone={reload} />}
      {open?.kind === 'remove' && (
        <AskFirst
          title={words('removeTitle', { name: open.resource.name })}
          text={words('removeText')}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void remove(open.resource)}
          onClose={close}
        />
      )}
    </>
  );
}
