import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { Waiting } from '../../parts/waiting.tsx';
import { may } from '../../state/session.ts';
import { EditKind } from './edit-kind.tsx';
import { type Kind, pathOf } from './kind.ts';
import { sayings, startWords } from './parts-of.ts';
import { kindName, words } from './words.ts';

export function Kinds() {
  const { rows, refusal, reload } = useList<Kind>('/v1/dialogue-definitions?limit=500');
  const [editing, edit] = useState<Kind | undefined>(undefined);
  return (
    <>
      <Waiting data={rows} refusal={refusal}>
        {(kinds) => kinds.map((kind) => <KindCard key={kind.name} kind={kind} onChanged={reload} onEdit={() => edit(kind)} />)}
      </Waiting>
      {editing && <EditKind kind={editing} onClose={() => edit(undefined)} onDone={reload} />}
    </>
  );
}

function KindCard({ kind: { name, version, definition }, onChanged, onEdit }: { kind: Kind; onChanged: () => void; onEdit: () => void }) {
  const deed = useDeed();
  const begins = startWords(definition);
  const steps = sayings(definition);
  const isInUse = version !== null;
  const turn = async (): Promise<void> => {
    const done = await deed.ask(() => (isInUse ? api.delete(pathOf(name)) : api.put(pathOf(name), { from: name })), {
      done: words(isInUse ? 'unused' : 'used'),
    });
    if (done !== undefined) onChanged();
  };
  return (
    <section class="card stack tight">
      <div class="row apart">
        <h2 class="row">
          {kindName(name)} <span class={`pill ${isInUse ? 'good' : ''}`}>{words(isInUse ? 'inUse' : 'notInUse')}</span>
        </h2>
        {may('admin') && (
          <div class="row">
            <button type="button" class="button slim" onClick={onEdit}>
              {words('edit')}
            </button>
            <button
              type="button"
              class={`button slim ${isInUse ? 'danger' : 'primary'}`}
              disabled={deed.isBusy}
              onClick={() => void turn()}
            >
              {words(isInUse ? 'stop' : 'use')}
            </button>
          </div>
        )}
      </div>
      {begins.length === 0 ? (
        <p class="quiet">{words('onlyByApi')}</p>
      ) : (
        <p class="row small">
          <span class="quiet">{words('startsWith')}:</span>
          {begins.map((one) => (
            <code key={one} class="written">
              {one}
            </code>
          ))}
        </p>
      )}
      {steps.length > 0 && (
        <details>
          <summary>{words('steps')}</summary>
          <ul class="stack tight">
            {steps.map(({ state, say }) => (
              <li key={state} class="dialogue-saying written">
                {say}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
