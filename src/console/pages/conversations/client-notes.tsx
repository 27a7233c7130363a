import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Contact } from '../../../http/schemas/contact.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Icon } from '../../parts/icon.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { noteWords } from '../../words/note.ts';
import { NOTE } from '../contacts/own-fields.ts';
import { words } from './words.ts';

const noteOf = ({ fields }: Contact): string => {
  const note = fields[NOTE];
  return typeof note === 'string' ? note : '';
};

interface ClientNotesProps {
  readonly number: string;
  /** Undefined where the number belongs to no contact yet. */
  readonly contact: Contact | undefined;
  /** What else can be done about the client. */
  readonly children: ComponentChildren;
  readonly onChanged: () => void;
}

/** What the desk has noted of a client, and their tags. */
export function ClientNotes({ number, contact, children, onChanged }: ClientNotesProps) {
  const [isEditing, edit] = useState(false);
  if (!contact) {
    return may('send') ? (
      <div class="talk-notes row small">
        <a href={addressOf('contacts', ['new'], { number })}>{words('addContact')}</a>
        {children}
      </div>
    ) : null;
  }
  const note = noteOf(contact);
  return (
    <div class="talk-notes row small">
      {contact.tags.map((tag) => (
        <a key={tag} class="pill tag" href={addressOf('contacts', [], { tag })}>
          {tag}
        </a>
      ))}
      {note !== '' && <p class="written talk-note">{note}</p>}
      {may('send') && (
        <button type="button" class="button plain slim" onClick={() => edit(true)}>
          <Icon name="note" />
          {words(note === '' && contact.tags.length === 0 ? 'addNote' : 'changeNote')}
        </button>
      )}
      {children}
      <a href={addressOf('contacts', ['of', contact.externalId])}>{words('card')}</a>
      {isEditing && <EditNotes contact={contact} onClose={() => edit(false)} onDone={onChanged} />}
    </div>
  );
}

function EditNotes({ contact, onClose, onDone }: { contact: Contact; onClose: () => void; onDone: () => void }) {
  const note = useSignal(noteOf(contact));
  const tags = useSignal(contact.tags.join(', '));
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const { [NOTE]: _before, ...others } = contact.fields;
    const { name, firstName, numbers, language, timeZone, preferredChannel, branch } = contact;
    const given = {
      ...{ name, firstName, numbers, language, timeZone, preferredChannel, branch },
      tags: [...new Set(tags.value.split(',').flatMap((tag) => tag.trim() || []))],
      fields: note.value.trim() === '' ? others : { ...others, [NOTE]: note.value.trim() },
    };
    const kept = await deed.ask(() => api.put(`/v1/contacts/${encodeURIComponent(contact.externalId)}`, given), {
      done: words('noted'),
      quietly: true,
    });
    if (!kept) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={contact.name} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <TextArea
          label={noteWords('note')}
          hint={noteWords('hint')}
          value={note}
          rows={4}
          maxLength={500}
          problem={problemAt(deed.refusal, `/fields/${NOTE}`)}
        />
        <Field label={words('tags')} hint={words('tagsHint')} value={tags} maxLength={500} problem={problemAt(deed.refusal, '/tags')} />
        <FormEnd act={words('saveNote')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
