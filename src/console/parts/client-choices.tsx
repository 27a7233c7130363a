import type { ComponentChildren } from 'preact';
import type { Contact } from '../../http/schemas/contact.ts';
import { type ListOf, withQuery } from '../api/client.ts';
import { useData } from '../api/use-data.ts';
import { phone } from '../i18n/format.ts';

/** A contact that was found by what somebody wrote. */
export interface FoundClient {
  readonly externalId: string;
  readonly name: string;
  readonly number: string;
}

const MOST = 6;

/** The contacts whose name or number has what is written, and which of them Enter takes. @param wanted nobody is looked for while it is undefined */
export function useClients(wanted: string | undefined): { found: readonly FoundClient[]; first: FoundClient | undefined } {
  const { data } = useData<ListOf<Contact>>(
    wanted !== undefined && wanted.length > 1 ? withQuery('/v1/contacts', { search: wanted, limit: MOST }) : null,
  );
  const found = (data?.data ?? []).map(({ externalId, name, numbers }) => ({ externalId, name, number: numbers[0] ?? '' }));
  if (wanted === undefined || wanted === '') return { found, first: undefined };
  // What was found for fewer letters may still stand there: Enter takes nobody else.
  const digits = wanted.replace(/\D/g, '');
  const first = found.find(
    ({ name, number }) => name.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()) || (digits !== '' && number.includes(digits)),
  );
  return { found, first };
}

/** Whom it may be, to choose from. @param children more lines of the list */
export function ClientChoices({
  found,
  onChoose,
  children,
}: {
  found: readonly FoundClient[];
  onChoose: (client: FoundClient) => void;
  children?: ComponentChildren;
}) {
  return (
    <ul class="client-choices">
      {found.map((one) => (
        <li key={one.externalId}>
          <button type="button" onClick={() => onChoose(one)}>
            <span class="written">{one.name}</span>
            <span class="quiet small nowrap">{phone(one.number)}</span>
          </button>
        </li>
      ))}
      {children}
    </ul>
  );
}
