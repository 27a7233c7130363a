import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Contact, Resource as ResourceSchema } from '../../../http/schemas/contact.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { phone, when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { Wishes } from '../../parts/wishes.tsx';
import { addressOf, go } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { clientLanguages } from '../../words/languages.ts';
import { noteWords } from '../../words/note.ts';
import { NOTE, writeField } from './own-fields.ts';
import { ContactPills } from './pills.tsx';
import { words } from './words.ts';

type Resource = Static<typeof ResourceSchema>;

/** Everything that is known of one contact. */
export function ContactCard({ id }: { id: string }) {
  const { data, refusal } = useData<Contact>(`/v1/contacts/${encodeURIComponent(id)}`);
  return (
    <>
      <BackLink href={addressOf('contacts')} label={words('back')} />
      <Waiting data={data} refusal={refusal}>
        {(contact) => <Card contact={contact} />}
      </Waiting>
    </>
  );
}

function Card({ contact }: { contact: Contact }) {
  const { externalId, name, numbers, wishes, updatedAt } = contact;
  const [isRemoving, remove] = useState(false);
  const deed = useDeed();
  const doRemove = async (): Promise<void> => {
    const done = await deed.ask(() => api.delete(`/v1/contacts/${encodeURIComponent(externalId)}`), { done: words('removed') });
    if (done) go(addressOf('contacts'));
  };
  return (
    <>
      <header class="page-head">
        <h1 class="written">{name}</h1>
        {may('send') && (
          <div class="row">
            <a class="button" href={addressOf('contacts', ['of', externalId, 'edit'])}>
              {words('edit')}
            </a>
            <button type="button" class="button danger" onClick={() => remove(true)}>
              {words('remove')}
            </button>
          </div>
        )}
      </header>
      <ContactPills contact={contact} />
      <div class="contact-columns">
        <section class="card stack">
          <ul class="stack tight">
            {numbers.map((number) => (
              <li key={number} class="row">
                <span class="contact-number">{phone(number)}</span>
                <a class="button slim" href={addressOf('conversations', [number])}>
                  <Icon name="talk" />
                  {words(may('send') ? 'write' : 'conversation')}
                </a>
                <a class="icon-button" href={`tel:${number}`} aria-label={words('phone')} title={words('phone')}>
                  <Icon name="call" />
                </a>
              </li>
            ))}
          </ul>
          <Facts contact={contact} />
          <p class="quiet small">{words('updated', { when: when(updatedAt) })}</p>
        </section>
        <section class="stack">
          <h2>{words('wishes')}</h2>
          {numbers.map((number) => (
            <div key={number} class="card stack">
              {numbers.length > 1 && <p class="contact-number">{phone(number)}</p>}
              <SharedWith ids={wishes.find((wish) => wish.number === number)?.sharedWith ?? []} />
              <Wishes number={number} />
            </div>
          ))}
        </section>
      </div>
      {isRemoving && (
        <AskFirst
          title={words('removeTitle')}
          text={words('removeText', { name })}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void doRemove()}
          onClose={() => remove(false)}
        />
      )}
    </>
  );
}

function Facts({ contact: { externalId, firstName, language, timeZone, preferredChannel, branch, fields } }: { contact: Contact }) {
  const place = useData<Resource>(branch === null ? null : `/v1/resources/${encodeURIComponent(branch)}`);
  const facts = [
    [words('firstName'), firstName],
    [words('language'), language === null ? words('siteLanguage') : clientLanguages(language)],
    [words('timeZone'), timeZone],
    [words('channel'), words(preferredChannel)],
    [words('branch'), place.data?.name ?? branch],
    ...Object.entries(fields).map(([name, value]) => [name === NOTE ? noteWords('note') : name, writeField(value)] as const),
    [words('externalId'), externalId],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <>
            <dt key={`${label} label`}>{label}</dt>
            <dd key={label} class="written">
              {value}
            </dd>
          </>
        ),
      )}
    </dl>
  );
}

function SharedWith({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <p class="row small">
      <span class="quiet">{words('sharedWith')}</span>
      {ids.map((id) => (
        <a key={id} href={addressOf('contacts', ['of', id])}>
          {id}
        </a>
      ))}
    </p>
  );
}
