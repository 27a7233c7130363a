import { useSignal } from '@preact/signals';
import type { Dialogue } from '../../../http/schemas/dialogue.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import { withQuery } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { phone, when } from '../../i18n/format.ts';
import type { Tone } from '../../parts/banner.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { addressOf } from '../../state/place.ts';
import { kindName, stepName, words } from './words.ts';

export const isOfDialogues = ({ type }: Happening): boolean => type.startsWith('dialogue.') || type === 'inbound.received';

const FILTERS = ['open', 'completed', 'handedOver', 'all'] as const;

export function Running() {
  const filter = useSignal<(typeof FILTERS)[number]>('open');
  const dialogues = useList<Dialogue>(
    withQuery('/v1/dialogues', { state: filter.value === 'all' ? undefined : filter.value }),
    isOfDialogues,
  );
  return (
    <>
      <div>
        <Segmented
          label={words('filter')}
          value={filter.value}
          options={FILTERS.map((one) => ({ value: one, label: words(`filter.${one}`) }))}
          onChoose={(chosen) => {
            filter.value = chosen;
          }}
        />
      </div>
      <Listing
        list={dialogues}
        icon="talk"
        none={words('none')}
        noneText={words('noneText')}
        caption={words('running')}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => addressOf('dialogues', ['of', id])}
        columns={[
          { key: 'client', label: words('client'), cell: ({ contact }) => <span class="nowrap">{phone(contact)}</span> },
          { key: 'kind', label: words('kind'), cell: ({ definition }) => kindName(definition) },
          { key: 'step', label: words('step'), kind: 'grow', cell: (dialogue) => <DialoguePill dialogue={dialogue} /> },
          { key: 'changed', label: words('changed'), cell: ({ changedAt }) => <span class="nowrap">{when(changedAt)}</span> },
        ]}
      />
    </>
  );
}

/** Where it is, or how it ended. */
export function DialoguePill({ dialogue: { definition, state, outcome } }: { dialogue: Dialogue }) {
  if (outcome === null) return <span class="pill info">{stepName(definition, state)}</span>;
  const tone: Tone | '' = outcome === 'completed' ? 'good' : outcome === 'handedOver' ? 'warn' : '';
  return <span class={`pill ${tone}`}>{words(outcome)}</span>;
}
