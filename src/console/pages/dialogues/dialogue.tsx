import { useState } from 'preact/hooks';
import type { Dialogue } from '../../../http/schemas/dialogue.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { phone, when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { DialoguePill, isOfDialogues } from './running.tsx';
import { kindName, words } from './words.ts';

/** One dialogue: where it is and what is known by now; who operates can end it or take it over. */
export function OneDialogue({ id }: { id: string }) {
  const { data, refusal, reload } = useData<Dialogue>(`/v1/dialogues/${encodeURIComponent(id)}`, { on: isOfDialogues });
  return (
    <>
      <BackLink href={addressOf('dialogues')} label={words('back')} />
      <Waiting data={data} refusal={refusal}>
        {(dialogue) => <Card dialogue={dialogue} onChanged={reload} />}
      </Waiting>
    </>
  );
}

function Card({ dialogue, onChanged }: { dialogue: Dialogue; onChanged: () => void }) {
  const { id, definition, contact, outcome, fields, begunAt, changedAt } = dialogue;
  const [asking, ask] = useState<'handOver' | 'cancel' | undefined>(undefined);
  const deed = useDeed();
  const steer = async (to: 'handOver' | 'cancel'): Promise<void> => {
    await deed.ask(() => api.post(`/v1/dialogues/${id}/steer`, { to }), { done: words('done') });
    ask(undefined);
    onChanged();
  };
  const known = Object.entries(fields).flatMap(([name, value]) => (Array.isArray(value) ? [] : [[name, String(value)] as const]));
  return (
    <>
      <header class="page-head">
        <h1>{kindName(definition)}</h1>
        <div class="row">
          <a class="button" href={addressOf('conversations', [contact])}>
            <Icon name="talk" />
            {words('conversation')}
          </a>
          {outcome === null && may('operate') && (
            <>
              <button type="button" class="button" onClick={() => ask('handOver')}>
                {words('handOver')}
              </button>
              <button type="button" class="button danger" onClick={() => ask('cancel')}>
                {words('cancel')}
              </button>
            </>
          )}
        </div>
      </header>
      <section class="card stack">
        <p>
          <DialoguePill dialogue={dialogue} />
        </p>
        <dl class="facts">
          <dt>{words('client')}</dt>
          <dd class="number">{phone(contact)}</dd>
          <dt>{words('begun')}</dt>
          <dd>{when(begunAt)}</dd>
          <dt>{words('changed')}</dt>
          <dd>{when(changedAt)}</dd>
        </dl>
        <h2>{words('known')}</h2>
        {known.length === 0 && <p class="quiet">{words('nothingKnown')}</p>}
        <dl class="facts">
          {known.map(([name, value]) => (
            <>
              <dt key={`${name} label`}>
                <code>{name}</code>
              </dt>
              <dd key={name} class="written">
                {value}
              </dd>
            </>
          ))}
        </dl>
      </section>
      {asking && (
        <AskFirst
          title={words(`${asking}Title`)}
          text={words(`${asking}Text`)}
          yes={words(asking)}
          isBusy={deed.isBusy}
          onYes={() => void steer(asking)}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  );
}
