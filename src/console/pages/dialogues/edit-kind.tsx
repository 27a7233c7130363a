import { useSignal } from '@preact/signals';
import { api, type Refusal } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { fieldWords } from '../../words/problems.ts';
import { type Kind, pathOf } from './kind.ts';
import { kindName, words } from './words.ts';

/** A definition as it is written; what is wrong with it the box says, with the place. */
export function EditKind({ kind: { name, definition }, onClose, onDone }: { kind: Kind; onClose: () => void; onDone: () => void }) {
  const text = useSignal(JSON.stringify(definition, null, 2));
  const flaw = useSignal<string | undefined>(undefined);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    let written: unknown;
    try {
      written = JSON.parse(text.value);
    } catch {
      // What a browser says of it is in English, and in each another.
      flaw.value = words('notJson');
      return;
    }
    flaw.value = undefined;
    const kept = await deed.ask(() => api.put(pathOf(name), written), { done: words('used'), quietly: true });
    if (kept === undefined) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={kindName(name)} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <TextArea
          label={words('definition')}
          value={text}
          hint={words('definitionHint')}
          problem={flaw.value ?? flawIn(deed.refusal)}
          rows={18}
          required
        />
        <FormEnd act={words('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

/** What is wrong, with the place as whoever writes JSON finds it. */
function flawIn(refusal: Refusal | undefined): string | undefined {
  const [first] = refusal?.errors ?? [];
  return refusal && first && `${first.pointer}: ${fieldWords(refusal, first)}`;
}
