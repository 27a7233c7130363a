import { useSignal } from '@preact/signals';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { words } from './words.ts';

/** The PIN that a SIM asks for. It is tried once, and kept nowhere. @param modem its port or IMEI */
export function GivePin({ modem, onClose, onDone }: { modem: string; onClose: () => void; onDone: () => void }) {
  const pin = useSignal('');
  const switchOff = useSignal(true);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const taken = await deed.ask(
      () => api.post(`/v1/modems/${encodeURIComponent(modem)}/pin`, { pin: pin.value, switchOff: switchOff.value }),
      { done: words('pinTaken'), quietly: true },
    );
    if (!taken) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={words('givePin')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field
          label={words('pin')}
          hint={words('pinHint')}
          value={pin}
          type="password"
          autocomplete="off"
          pattern="[0-9]{4,8}"
          minLength={4}
          maxLength={8}
          required
          autofocus
          problem={problemAt(deed.refusal, '/pin')}
        />
        <Check
          label={words('pinOff')}
          hint={words('pinOffHint')}
          checked={switchOff.value}
          onChange={(on) => {
            switchOff.value = on;
          }}
        />
        <button type="submit" class="button primary" disabled={deed.isBusy}>
          {words('pinSend')}
        </button>
      </Form>
    </Dialog>
  );
}
