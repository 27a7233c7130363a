import type { PageProps } from '../../page.ts';
import { may } from '../../state/session.ts';
import { ContactCard } from './card.tsx';
import { EditContact } from './edit.tsx';
import { ImportContacts } from './import.tsx';
import { ContactList } from './list.tsx';
import { Resources } from './resources.tsx';
import { ContactTabs } from './tabs.tsx';
import { words } from './words.ts';
import './contacts.css';

/** `#/contacts`, `#/contacts/new`, `#/contacts/import`, `#/contacts/resources`, `#/contacts/of/ID` and `#/contacts/of/ID/edit`. */
export default function Contacts({ place: { path, query } }: PageProps) {
  const [what, id, deed] = path;
  if (what === 'new' && may('send')) return <EditContact number={query.get('number') ?? ''} />;
  if (what === 'import' && may('send')) return <ImportContacts />;
  if (what === 'resources') {
    return (
      <>
        <h1>{words('title')}</h1>
        <ContactTabs isResources />
        <Resources />
      </>
    );
  }
  if (what !== 'of' || id === undefined) return <ContactList tag={query.get('tag') ?? ''} />;
  return deed === 'edit' && may('send') ? <EditContact key={id} id={id} /> : <ContactCard key={id} id={id} />;
}
