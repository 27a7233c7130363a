import { useSignal } from '@preact/signals';
import type { Occasion } from '../../../http/schemas/occasion.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { now } from '../../browser-clock.ts';
import { fieldValue, instantAt } from '../../i18n/zoned.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { site } from '../../state/session.ts';
import { clientOf } from './use-week.ts';
import { words } from './words.ts';

export function Move({ visit, path, onClose, onDone }: { visit: Occasion; path: string; onClose: () => void; onDone: () => void }) {
  const at = useSignal(fieldValue(visit.startsAt === null ? now() : Date.parse(visit.startsAt), site().timeZone));
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const wish = { contact: clientOf(visit), startsAt: instantAt(at.value, site().timeZone) };
    const kept = await deed.ask(() => api.put(path, wish), { done: words('moved'), quietly: true });
    if (!kept) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={words('moveTitle')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field
          label={words('at')}
          value={at}
          type="datetime-local"
          hint={words('moveText')}
          required
          autofocus
          problem={problemAt(deed.refusal, '/startsAt')}
        />
        <FormEnd act={words('move')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
