import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Occasion } from '../../../http/schemas/occasion.ts';
import { api, newKey } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { instantAt } from '../../i18n/zoned.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { site } from '../../state/session.ts';
import { type Client, ClientField } from './client-field.tsx';
import { ResourceChoice } from './resource-choice.tsx';
import { KIND, type Resource } from './use-week.ts';
import { words } from './words.ts';

/** A visit in a few keys: a client, a time, with whom. */
export function Book({
  day,
  resources,
  onClose,
  onDone,
}: {
  day: string;
  resources: readonly Resource[];
  onClose: () => void;
  onDone: () => void;
}) {
  const [client, setClient] = useState<Client | undefined>(undefined);
  const name = useSignal('');
  const at = useSignal(`${day}T09:00`);
  const resource = useSignal('');
  const address = useSignal('');
  const deed = useDeed();
  const when = useRef<HTMLDivElement>(null);
  // Who it is was said: the keyboard goes on where the next thing is, before the next key.
  useLayoutEffect(() => {
    if (client) when.current?.querySelector('input')?.focus();
  }, [client]);
  /** A booking that is sent again because no answer came is the same visit. */
  const [id] = useState(() => `desk-${newKey().slice(0, 16)}`);

  const submit = async (): Promise<void> => {
    if (!client) return;
    const called = name.value.trim();
    const wish = {
      contact:
        client.kind === 'contact' ? { externalId: client.externalId } : { to: client.number, ...(called === '' ? {} : { name: called }) },
      startsAt: instantAt(at.value, site().timeZone),
      ...(resource.value === '' ? {} : { resource: resource.value }),
      ...(address.value.trim() === '' ? {} : { data: { address: address.value.trim() } }),
    };
    const kept = await deed.ask(() => api.put<Occasion>(`/v1/occasions/${KIND}/${id}`, wish), { done: words('booked'), quietly: true });
    if (!kept) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title={words('book')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <ClientField client={client} onChoose={setClient} />
        {client?.kind === 'number' && (
          <Field label={words('name')} value={name} maxLength={128} problem={problemAt(deed.refusal, '/contact/name')} />
        )}
        <div ref={when}>
          <Field label={words('at')} value={at} type="datetime-local" required problem={problemAt(deed.refusal, '/startsAt')} />
        </div>
        <ResourceChoice
          resources={resources}
          value={resource.value}
          none="nobody"
          onChoose={(chosen) => {
            resource.value = chosen;
          }}
        />
        <Field
          label={words('address')}
          value={address}
          hint={words('addressHint')}
          maxLength={200}
          problem={problemAt(deed.refusal, '/data/address')}
        />
        <FormEnd act={words('book')} disabled={deed.isBusy || !client} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
