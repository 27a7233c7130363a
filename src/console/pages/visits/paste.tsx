import { useSignal } from '@preact/signals';
import { api, Refusal } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { instantAt } from '../../i18n/zoned.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { toast } from '../../parts/toast.tsx';
import { site } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { dayName } from './days.ts';
import { type ListedVisit, readRows } from './read-rows.ts';
import { ResourceChoice } from './resource-choice.tsx';
import { KIND, type Resource } from './use-week.ts';
import { words } from './words.ts';

/** A day's list from a spreadsheet. The same list pasted again books nothing twice: a visit is known by its day, time and number. */
export function Paste({
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
  const text = useSignal('');
  const resource = useSignal('');
  const refused = useSignal<readonly { readonly row: number; readonly why: string }[]>([]);
  const deed = useDeed();
  const { visits, unread } = readRows(text.value);

  const book = async ({ row, time, number, name }: ListedVisit): Promise<boolean> => {
    const id = `list-${day}-${time.replace(':', '')}-${number.replace(/\D/g, '').slice(-9)}`;
    try {
      await api.put(`/v1/occasions/${KIND}/${id}`, {
        contact: { to: number, ...(name === '' ? {} : { name }) },
        startsAt: instantAt(`${day}T${time}`, site().timeZone),
        ...(resource.value === '' ? {} : { resource: resource.value }),
      });
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.value = [...refused.value, { row, why: problemWords(error) }];
      return false;
    }
  };

  const submit = async (): Promise<void> => {
    refused.value = [];
    await deed.ask(async () => {
      let n = 0;
      for (const visit of visits) n += (await book(visit)) ? 1 : 0;
      if (n > 0) toast('good', words('allBooked', { n }));
    });
    onDone();
    if (refused.value.length === 0) onClose();
  };

  return (
    <Dialog title={words('pasteTitle')} onClose={onClose}>
      <Form onSubmit={submit}>
        <p class="quiet">{dayName(day)}</p>
        <TextArea label={words('rows')} value={text} hint={words('pasteHint')} rows={8} required autofocus />
        <ResourceChoice
          resources={resources}
          value={resource.value}
          none="nobody"
          onChoose={(chosen) => {
            resource.value = chosen;
          }}
        />
        {text.value.trim() !== '' && <Banner tone={visits.length > 0 ? 'info' : 'warn'} text={words('ready', { n: visits.length })} />}
        <ul class="small">
          {unread.slice(0, 10).map((n) => (
            <li key={n} class="problem">
              {words('notReadable', { n })}
            </li>
          ))}
          {refused.value.map(({ row, why }) => (
            <li key={row} class="problem">
              {words('rowRefused', { n: row, why })}
            </li>
          ))}
        </ul>
        <FormEnd act={words('bookAll')} disabled={deed.isBusy || visits.length === 0} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
