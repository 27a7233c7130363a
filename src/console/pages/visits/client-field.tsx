import { useSignal } from '@preact/signals';
import type { Contact } from '../../../http/schemas/contact.ts';
import { type ListOf, withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { phone } from '../../i18n/format.ts';
import { Field } from '../../parts/field.tsx';
import { words } from './words.ts';

/** Who comes: a contact, or only a number. */
export type Client =
  | { readonly kind: 'contact'; readonly externalId: string; readonly label: string }
  | { readonly kind: 'number'; readonly number: string };

const MOST = 6;

/** Finds a client by the beginning of the name or by digits. */
export function ClientField({ client, onChoose }: { client: Client | undefined; onChoose: (client: Client | undefined) => void }) {
  const search = useSignal('');
  const wanted = search.value.trim();
  const isNumber = /^[\d\s()+-]{9,}$/.test(wanted);
  const { data } = useData<ListOf<Contact>>(
    client === undefined && wanted.length > 1 ? withQuery('/v1/contacts', { search: wanted, limit: MOST }) : null,
  );
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
  return (
    <div class="stack tight">
      <Field label={words('client')} value={search} type="search" hint={words('clientHint')} autofocus maxLength={100} autocomplete="off" />
      <ul class="client-choices">
        {data?.data.map(({ externalId, name, numbers }) => (
          <li key={externalId}>
            <button type="button" onClick={() => onChoose({ kind: 'contact', externalId, label: name })}>
              <span class="written">{name}</span>
              <span class="quiet small nowrap">{phone(numbers[0] ?? '')}</span>
            </button>
          </li>
        ))}
        {isNumber && (
          <li>
            <button type="button" onClick={() => onChoose({ kind: 'number', number: wanted })}>
              {words('newClient', { number: wanted })}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
