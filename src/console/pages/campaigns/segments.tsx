import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { CountedSegment, Segment as SegmentSchema } from '../../../http/schemas/segment.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { may } from '../../state/session.ts';
import { conditionWords } from './condition-words.ts';
import { NewSegment } from './new-segment.tsx';
import { words as common, segmentWords as words } from './words.ts';

type Segment = Static<typeof SegmentSchema>;

const pathOf = (name: string): string => `/v1/segments/${encodeURIComponent(name)}`;

export function Segments() {
  const { rows, refusal, reload } = useList<Segment>('/v1/segments?limit=500');
  const [isAdding, add] = useState(false);
  const [removing, setRemoving] = useState<string | undefined>(undefined);
  const deed = useDeed();
  const remove = async (name: string): Promise<void> => {
    await deed.ask(() => api.delete(pathOf(name)), { done: words('removed') });
    setRemoving(undefined);
    reload();
  };
  return (
    <>
      <div class="row apart">
        <p class="quiet lead">{words('lead')}</p>
        {may('send') && (
          <button type="button" class="button primary" onClick={() => add(true)}>
            {words('add')}
          </button>
        )}
      </div>
      <Waiting data={rows} refusal={refusal}>
        {(segments) =>
          segments.length === 0 ? (
            <EmptyState icon="people" title={words('none')} text={words('noneText')} />
          ) : (
            <section class="card">
              <Table
                caption={common('segments')}
                rows={segments}
                keyOf={({ name }) => name}
                columns={[
                  { key: 'name', label: words('name'), cell: ({ name }) => <b class="written">{name}</b> },
                  {
                    key: 'words',
                    label: words('words'),
                    kind: 'grow',
                    cell: ({ condition, words: told }) => <span class="written">{conditionWords(condition) ?? told}</span>,
                  },
                  { key: 'count', label: words('size'), cell: ({ name }) => <Count name={name} /> },
                  {
                    key: 'deeds',
                    label: '',
                    kind: 'deeds',
                    cell: ({ name }) =>
                      may('send') && (
                        <button type="button" class="button slim danger" onClick={() => setRemoving(name)}>
                          {words('remove')}
                        </button>
                      ),
                  },
                ]}
              />
            </section>
          )
        }
      </Waiting>
      {isAdding && <NewSegment onClose={() => add(false)} onDone={reload} />}
      {removing !== undefined && (
        <AskFirst
          title={words('removeTitle')}
          text={words('removeText')}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void remove(removing)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function Count({ name }: { name: string }) {
  const { data } = useData<Static<typeof CountedSegment>>(pathOf(name));
  return data ? <span class="nowrap">{words('fits', { n: data.count })}</span> : null;
}
