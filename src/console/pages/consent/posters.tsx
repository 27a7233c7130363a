import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Poster as PosterSchema } from '../../../http/schemas/poster.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { phone } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { NewPoster } from './new-poster.tsx';
import { posterWords as words } from './poster-words.ts';

type Poster = Static<typeof PosterSchema>;

const pathOf = (word: string): string => `/v1/posters/${encodeURIComponent(word)}`;

/** What hangs at the desk with a code to scan: who sends the ready text agrees to the very words there, or opts out. */
export function Posters() {
  const { data, refusal, reload } = useData<{ data: readonly Poster[] }>('/v1/posters?limit=500');
  const [isAdding, add] = useState(false);
  const [removing, setRemoving] = useState<Poster | undefined>(undefined);
  const deed = useDeed();
  const remove = async (word: string): Promise<void> => {
    await deed.ask(() => api.delete(pathOf(word)), { done: words('removed') });
    setRemoving(undefined);
    reload();
  };
  return (
    <>
      <BackLink href={addressOf('consent')} label={words('back')} />
      <header class="page-head">
        <h1>{words('title')}</h1>
        <div class="row">
          <a class="button" href={addressOf('consent', ['poster'])}>
            {words('plain')}
          </a>
          {may('operate') && (
            <button type="button" class="button primary" onClick={() => add(true)}>
              {words('add')}
            </button>
          )}
        </div>
      </header>
      <p class="quiet lead">{words('lead')}</p>
      <Waiting data={data} refusal={refusal}>
        {({ data: posters }) =>
          posters.length === 0 ? (
            <EmptyState icon="print" title={words('none')} text={words('noneText')} />
          ) : (
            <section class="card">
              <Table
                caption={words('title')}
                rows={posters}
                keyOf={({ word }) => word}
                columns={[
                  {
                    key: 'word',
                    label: words('word'),
                    cell: ({ word, kind }) => (
                      <span class="written">
                        <b>{word}</b>
                        <br />
                        <span class="quiet small">{words(kind)}</span>
                      </span>
                    ),
                  },
                  { key: 'wording', label: words('wording'), kind: 'grow', cell: ({ wording }) => <span class="written">{wording}</span> },
                  {
                    key: 'number',
                    label: words('number'),
                    kind: 'minor',
                    cell: ({ number }) => <span class="nowrap">{phone(number)}</span>,
                  },
                  {
                    key: 'deeds',
                    label: '',
                    kind: 'deeds',
                    cell: (poster) => (
                      <span class="row">
                        <a class="button slim" href={`${pathOf(poster.word)}/page`} target="_blank" rel="noreferrer">
                          <Icon name="print" />
                          {words('print')}
                        </a>
                        {may('operate') && (
                          <button type="button" class="button slim danger" onClick={() => setRemoving(poster)}>
                            {words('remove')}
                          </button>
                        )}
                      </span>
                    ),
                  },
                ]}
              />
            </section>
          )
        }
      </Waiting>
      {isAdding && <NewPoster onClose={() => add(false)} onDone={reload} />}
      {removing && (
        <AskFirst
          title={words('removeTitle', { word: removing.word })}
          text={words('removeText')}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void remove(removing.word)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}
