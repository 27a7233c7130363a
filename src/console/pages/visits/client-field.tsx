import { useSignal } from '@preact/signals';
import { phone } from '../../i18n/format.ts';
import { ClientChoices, type FoundClient, useClients } from '../../parts/client-choices.tsx';
import { Field } from '../../parts/field.tsx';
import { words } from './words.ts';

/** Who comes: a contact, or only a number. */
export type Client =
  | { readonly kind: 'contact'; readonly externalId: string; readonly label: string }
  | { readonly kind: 'number'; readonly number: string };

/** Finds a client by the beginning of the name or by digits; Enter takes the first that fits. */
export function ClientField({ client, onChoose }: { client: Client | undefined; onChoose: (client: Client | undefined) => void }) {
  const search = useSignal('');
  const wanted = search.value.trim();
  const isNumber = /^[\d\s()+-]{9,}$/.test(wanted);
  const { found, first } = useClients(client === undefined ? wanted : undefined);
  if (client) {
    return (
      <div class="row apart">
        <b class="written">{client.kind === 'contact' ? client.label : phone(client.number)}</b>
        <button type="button" class="button slim" onClick={() => onChoose(undefined)}>
          {words('otherClient')}
        </button>
      </div>
    );
  }
  const choose = ({ externalId, name }: FoundClient): void => onChoose({ kind: 'contact', externalId, label: name });
  return (
    <div class="stack tight">
      <Field
        label={words('client')}
        value={search}
        type="search"
        hint={words('clientHint')}
        autofocus
        maxLength={100}
        autocomplete="off"
        onEnter={() => {
          if (first) choose(first);
          else if (isNumber) onChoose({ kind: 'number', number: wanted });
        }}
      />
      <ClientChoices found={found} onChoose={choose}>
        {isNumber && (
          <li>
            <button type="button" onClick={() => onChoose({ kind: 'number', number: wanted })}>
              {words('newClient', { number: wanted })}
            </button>
          </li>
        )}
      </ClientChoices>
    </div>
  );
}
