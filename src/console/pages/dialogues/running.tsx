import { useSignal } from '@preact/signals';
import type { Dialogue } from '../../../http/schemas/dialogue.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import { withQuery } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { phone, when } from '../../i18n/format.ts';
import type { Tone } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { kindName, words } from './words.ts';

export const isOfDialogues = ({ type }: Happening): boolean => type.startsWith('dialogue.') || type === 'inbound.received';

const FILTERS = ['open', 'completed', 'handedOver', 'all'] as const;

export function Running() {
  const filter = useSignal<(typeof FILTERS)[number]>('open');
  const { rows, refusal, hasMore, more } = useList<Dialogue>(
    withQuery('/v1/dialogues', { state: filter.value === 'all' ? undefined : filter.value }),
    isOfDialogues,
  );
  return (
    <>
      <div>
        <Segmented
          label={words('filter')}
          value={filter.value}
          options={FILTERS.map((one) => ({ value: one, label: words(one) }))}
          onChoose={(chosen) => {
            filter.value = chosen;
          }}
        />
      </div>
      <Waiting data={rows} refusal={refusal}>
        {(dialogues) =>
          dialogues.length === 0 ? (
            <EmptyState icon="talk" title={words('none')} text={words('noneText')} />
          ) : (
            <section class="card">
              <Table
                caption={words('running')}
                rows={dialogues}
                keyOf={({ id }) => id}
                hrefOf={({ id }) => addressOf('dialogues', ['of', id])}
                columns={[
                  { key: 'client', label: words('client'), cell: ({ contact }) => <span class="nowrap">{phone(contact)}</span> },
                  { key: 'kind', label: words('kind'), cell: ({ definition }) => kindName(definition) },
                  { key: 'step', label: words('step'), kind: 'grow', cell: (dialogue) => <DialoguePill dialogue={dialogue} /> },
                  { key: 'changed', label: words('changed'), cell: ({ changedAt }) => <span class="nowrap">{when(changedAt)}</span> },
                ]}
              />
            </section>
          )
        }
      </Waiting>
      {hasMore && (
        <button type="button" class="button plain" onClick={more}>
          {words('more')}
        </button>
      )}
    </>
  );
}

/** Where it is, or how it ended. */
export function DialoguePill({ dialogue: { state, outcome } }: { dialogue: Dialogue }) {
  if (outcome === null) return <span class="pill info">{state}</span>;
  const tone: Tone | '' = outcome === 'completed' ? 'good' : outcome === 'handedOver' ? 'warn' : '';
  return <span class={`pill ${tone}`}>{words(outcome)}</span>;
}
