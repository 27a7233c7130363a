import { useState } from 'preact/hooks';
import type { ApiKey, CreatedKey } from '../../../http/schemas/key.ts';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { now } from '../../browser-clock.ts';
import { when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { Listing } from '../../parts/listing.tsx';
import { NewKey } from './new-key.tsx';
import { ShownOnce } from './shown-once.tsx';
import { words as common, keyWords as words } from './words.ts';

export function Keys() {
  const keys = useList<ApiKey>('/v1/keys?limit=500');
  const [isAdding, add] = useState(false);
  const [made, setMade] = useState<CreatedKey | undefined>(undefined);
  const [revoking, setRevoking] = useState<ApiKey | undefined>(undefined);
  const deed = useDeed();
  const revoke = async (id: string): Promise<void> => {
    await deed.ask(() => api.delete(`/v1/keys/${id}`), { done: words('revoked') });
    setRevoking(undefined);
    keys.reload();
  };
  return (
    <>
      <div class="row apart">
        <p class="quiet lead">{words('lead')}</p>
        <button type="button" class="button primary" onClick={() => add(true)}>
          {words('add')}
        </button>
      </div>
      <Listing
        list={keys}
        icon="gear"
        none={words('none')}
        noneText={words('noneText')}
        caption={common('keys')}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', label: common('name'), cell: (key) => <KeyName apiKey={key} /> },
          {
            key: 'scopes',
            label: words('scopes'),
            kind: 'grow',
            cell: ({ scopes }) => (
              <span class="row settings-scopes">
                {scopes.map((scope) => (
                  <span key={scope} class="pill tag">
                    {words.maybe(scope) ?? scope}
                  </span>
                ))}
              </span>
            ),
          },
          {
            key: 'used',
            label: words('used'),
            kind: 'named',
            cell: ({ lastUsedAt }) => <span class="nowrap">{lastUsedAt === null ? common('never') : when(lastUsedAt)}</span>,
          },
          { key: 'expires', label: words('expires'), kind: 'minor', cell: ({ expiresAt }) => <Expires at={expiresAt} /> },
          {
            key: 'deeds',
            label: '',
            kind: 'deeds',
            cell: (key) => (
              <button type="button" class="button slim danger" onClick={() => setRevoking(key)}>
                {words('revoke')}
              </button>
            ),
          },
        ]}
      />
      {isAdding && (
        <NewKey
          onClose={() => add(false)}
          onMade={(key) => {
            add(false);
            setMade(key);
            keys.reload();
          }}
        />
      )}
      {made && <ShownOnce title={words('created', { name: made.name })} secret={made.key} onClose={() => setMade(undefined)} />}
      {revoking && (
        <AskFirst
          title={words('revokeTitle', { name: revoking.name })}
          text={words('revokeText')}
          yes={words('revoke')}
          isBusy={deed.isBusy}
          onYes={() => void revoke(revoking.id)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}

function KeyName({ apiKey: { name, prefix } }: { apiKey: ApiKey }) {
  return (
    <span>
      <b class="written">{name}</b>
      <br />
      <code class="quiet small">{prefix}…</code>
    </span>
  );
}

function Expires({ at }: { at: string | null }) {
  if (at === null) return <span class="quiet">{words('forever')}</span>;
  return Date.parse(at) <= now() ? <span class="pill bad">{words('over')}</span> : <span class="nowrap">{when(at)}</span>;
}
