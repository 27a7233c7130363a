import { useSignal } from '@preact/signals';
import { Field } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { toast } from '../parts/toast.tsx';
import { lock, pinOf } from '../state/lock.ts';
import { me } from '../state/session.ts';
import { lockWords as words } from './lock-words.ts';

/** The PIN that opens the screen of an open desk, for whoever sits there. */
export function PinChoice({ onDone }: { onDone: () => void }) {
  const pin = pinOf(me().id);
  const chosen = useSignal('');
  const isSet = useSignal(pin.isSet());
  const save = async (): Promise<void> => {
    await pin.set(chosen.value);
    isSet.value = true;
    chosen.value = '';
    toast('good', words('saved'));
  };
  return (
    <div class="stack tight">
      {pin.canBeSet() && (
        <Form class="stack tight" onSubmit={save}>
          <Field
            label={words('choosePin')}
            value={chosen}
            type="password"
            autocomplete="off"
            hint={words('pinHint')}
            pattern="[0-9]{4,8}"
            minLength={4}
            maxLength={8}
            required
          />
          <div class="row">
            <button type="submit" class="button slim">
              {words('save')}
            </button>
            {isSet.value && (
              <button
                type="button"
                class="button slim"
                onClick={() => {
                  pin.remove();
                  isSet.value = false;
                  toast('good', words('removed'));
                }}
              >
                {words('remove')}
              </button>
            )}
          </div>
        </Form>
      )}
      <button
        type="button"
        class="button wide"
        onClick={() => {
          onDone();
          lock();
        }}
      >
        {words('lockNow')}
      </button>
    </div>
  );
}
