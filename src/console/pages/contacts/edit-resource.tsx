import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Resource as ResourceSchema } from '../../../http/schemas/contact.ts';
import { api, newKey } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Choice, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { resourceWords as words } from './resource-words.ts';

export type Resource = Static<typeof ResourceSchema>;

export function EditResource({
  resource,
  branches,
  onClose,
  onDone,
}: {
  resource?: Resource;
  branches: readonly Resource[];
  onClose: () => void;
  onDone: () => void;
}) {
  const id = useSignal(resource?.externalId ?? `r-${newKey().slice(0, 8)}`);
  const name = useSignal(resource?.name ?? '');
  const kind = useSignal(resource?.kind ?? 'doctor');
  const address = useSignal(resource?.address ?? '');
  const phone = useSignal(resource?.phone ?? '');
  const hours = useSignal(resource?.openingHours ?? '');
  const branch = useSignal(resource?.branch ?? '');
  const hideName = useSignal(resource?.hideName ?? false);
  const deed = useDeed();

  const submit = async (): Promise<void> => {
    const given = {
      name: name.value.trim(),
      kind: kind.value.trim(),
      address: address.value.trim() || null,
      phone: phone.value.trim() || null,
      openingHours: hours.value.trim() || null,
      branch: branch.value || null,
      hideName: hideName.value,
    };
    const kept = await deed.ask(() => api.put(`/v1/resources/${encodeURIComponent(id.value.trim())}`, given), {
      done: words('saved'),
      quietly: true,
    });
    if (!kept) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title={resource?.name ?? words('add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field label={words('name')} value={name} required autofocus maxLength={200} problem={problemAt(deed.refusal, '/name')} />
        <Field
          label={words('kind')}
          value={kind}
          required
          maxLength={40}
          pattern="[a-z][A-Za-z0-9]*"
          hint={words('kindHint')}
          problem={problemAt(deed.refusal, '/kind')}
        />
        <Field label={words('address')} value={address} maxLength={200} problem={problemAt(deed.refusal, '/address')} />
        <Field label={words('phone')} value={phone} type="tel" maxLength={40} problem={problemAt(deed.refusal, '/phone')} />
        <Field
          label={words('openingHours')}
          value={hours}
          hint={words('openingHoursHint')}
          maxLength={100}
          problem={problemAt(deed.refusal, '/openingHours')}
        />
        {kind.value !== 'branch' && branches.length > 0 && (
          <Choice
            label={words('at')}
            value={branch.value}
            options={[{ value: '', label: words('noBranch') }, ...branches.map((one) => ({ value: one.externalId, label: one.name }))]}
            onChoose={(chosen) => {
              branch.value = chosen;
            }}
          />
        )}
        <Check
          label={words('hideName')}
          hint={words('hideNameHint')}
          checked={hideName.value}
          onChange={(on) => {
            hideName.value = on;
          }}
        />
        {!resource && <Field label={words('externalId')} value={id} hint={words('externalIdHint')} required maxLength={64} />}
        <FormEnd act={words('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
