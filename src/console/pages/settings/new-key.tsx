import { useSignal } from '@preact/signals';
import type { CreatedKey } from '../../../http/schemas/key.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { instantAt } from '../../i18n/zoned.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { site } from '../../state/session.ts';
import { words as common, keyWords as words } from './words.ts';

const SCOPES = [
  'send',
  'send:service',
  'send:promotional',
  'send:urgent',
  'send:otp',
  'read',
  'inbox',
  'read:all',
  'operate',
  'admin',
] as const;

export function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: CreatedKey) => void }) {
  const name = useSignal('');
  const scopes = useSignal<readonly string[]>(['send:service', 'read']);
  const perHour = useSignal('0');
  const perDay = useSignal('0');
  const allowFrom = useSignal('');
  const expires = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const expiresAt = expires.value === '' ? undefined : instantAt(expires.value, site().timeZone);
    const made = await deed.ask(
      () =>
        api.post<CreatedKey>('/v1/keys', {
          name: name.value.trim(),
          scopes: scopes.value,
          perHour: Number(perHour.value),
          perDay: Number(perDay.value),
          allowFrom: allowFrom.value.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
          ...(expiresAt === undefined ? {} : { expiresAt }),
        }),
      { quietly: true },
    );
    if (made) onMade(made);
  };
  const problem = (pointer: string): string | undefined => problemAt(deed.refusal, pointer);
  return (
    <Dialog title={words('add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field label={common('name')} value={name} hint={words('nameHint')} required autofocus maxLength={100} problem={problem('/name')} />
        <fieldset class="plain-set stack tight">
          <legend>{words('scopes')}</legend>
          {SCOPES.map((scope) => (
            <Check
              key={scope}
              label={words(scope)}
              checked={scopes.value.includes(scope)}
              onChange={(on) => {
                scopes.value = on ? [...scopes.value, scope] : scopes.value.filter((one) => one !== scope);
              }}
            />
          ))}
          {scopes.value.length === 0 && <p class="problem">{words('chooseScope')}</p>}
        </fieldset>
        <details>
          <summary>{words('limits')}</summary>
          <div class="stack">
            <Field label={words('perHour')} value={perHour} type="number" hint={words('noCap')} problem={problem('/perHour')} />
            <Field label={words('perDay')} value={perDay} type="number" hint={words('noCap')} problem={problem('/perDay')} />
            <Field label={words('allowFrom')} value={allowFrom} hint={words('allowFromHint')} problem={problem('/allowFrom')} />
            <Field
              label={words('expiresAt')}
              value={expires}
              type="datetime-local"
              hint={words('expiresHint')}
              problem={problem('/expiresAt')}
            />
          </div>
        </details>
        <FormEnd act={words('create')} disabled={deed.isBusy || scopes.value.length === 0} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
