import { useSignal } from '@preact/signals';
import type { Contact } from '../../../http/schemas/contact.ts';
import { withQuery } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { phone } from '../../i18n/format.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Field } from '../../parts/field.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { importWords } from './import-words.ts';
import { ContactPills } from './pills.tsx';
import { ContactTabs } from './tabs.tsx';
import { words } from './words.ts';

export function ContactList({ tag }: { tag: string }) {
  const search = useSignal('');
  const { rows, refusal, hasMore, more } = useList<Contact>(withQuery('/v1/contacts', { search: search.value.trim(), tag }));
  const isNarrowed = search.value.trim() !== '' || tag !== '';
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        {may('send') && (
          <div class="row">
            <a class="button" href="/v1/contacts/export?excel=true" download="contacts.csv">
              {importWords('export')}
            </a>
            <a class="button" href={addressOf('contacts', ['import'])}>
              {importWords('open')}
            </a>
            <a class="button primary" href={addressOf('contacts', ['new'])}>
              {words('add')}
            </a>
          </div>
        )}
      </header>
      <ContactTabs />
      <Field label={words('searchLabel')} value={search} type="search" placeholder={words('search')} maxLength={100} />
      {tag !== '' && (
        <p class="row">
          <span class="pill info">{words('withTag', { tag })}</span>
          <a href={addressOf('contacts')}>{words('allOfThem')}</a>
        </p>
      )}
      <Waiting data={rows} refusal={refusal}>
        {(contacts) => (
          <>
            {contacts.length === 0 && !isNarrowed && <EmptyState icon="people" title={words('none')} text={words('noneText')} />}
            {contacts.length === 0 && isNarrowed && <EmptyState icon="search" title={words('noneFound')} text={words('noneFoundText')} />}
            {contacts.length > 0 && (
              <section class="card contact-list">
                <Table
                  caption={words('title')}
                  rows={contacts}
                  keyOf={({ externalId }) => externalId}
                  hrefOf={({ externalId }) => addressOf('contacts', ['of', externalId])}
                  columns={[
                    { key: 'name', label: words('name'), cell: ({ name }) => <span class="written">{name}</span> },
                    { key: 'number', label: words('number'), cell: ({ numbers }) => <Numbers numbers={numbers} /> },
                    { key: 'marks', label: words('tags'), kind: 'grow', cell: (contact) => <ContactPills contact={contact} /> },
                    { key: 'id', label: words('externalId'), kind: 'minor', cell: ({ externalId }) => <code>{externalId}</code> },
                  ]}
                />
              </section>
            )}
            {hasMore && (
              <button type="button" class="button plain" onClick={more}>
                {words('more')}
              </button>
            )}
          </>
        )}
      </Waiting>
    </>
  );
}

function Numbers({ numbers }: { numbers: readonly string[] }) {
  const [first, ...others] = numbers;
  if (first === undefined) return '–';
  return (
    <span class="nowrap">
      {phone(first)}
      {others.length > 0 && <span class="quiet small"> +{others.length}</span>}
    </span>
  );
}
