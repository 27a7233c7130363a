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

/** Finds a client by the beginning of the name or by digits; Enter takes the first that fits. */
export function ClientField({ client, onChoose }: { client: Client | undefined; onChoose: (client: Client | undefined) => void }) {
  const search = useSignal('');
  const wanted = search.value.trim();
  const isNumber = /^[\d\s()+-]{9,}$/.test(wanted);
  const { data } = useData<ListOf<Contact>>(
    client === undefined && wanted.length > 1 ? withQuery('/v1/contacts', { search: wanted, limit: MOST }) : null,
  );
  const found = (data?.data ?? []).map(({ externalId, name, numbers }) => ({
    kind: 'contact' as const,
    externalId,
    label: name,
    number: numbers[0] ?? '',
  }));
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
  // What was found for fewer letters may still stand there: Enter takes nobody else.
  const digits = wanted.replace(/\D/g, '');
  const fits = ({ label, number }: { label: string; number: string }): boolean =>
    label.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()) || (digits !== '' && number.includes(digits));
  const first: Client | undefined =
    (wanted === '' ? undefined : found.find(fits)) ?? (isNumber ? { kind: 'number', number: wanted } : undefined);
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
        onEnter={() => first && onChoose(first)}
      />
      <ul class="client-choices">
        {found.map((one) => (
          <li key={one.externalId}>
            <button type="button" onClick={() => onChoose(one)}>
              <span class="written">{one.label}</span>
              <span class="quiet small nowrap">{phone(one.number)}</span>
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
