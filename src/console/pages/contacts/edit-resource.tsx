import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Resource as ResourceSchema } from '../../../http/schemas/contact.ts';
import { api, newKey } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Choice, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { kindWords, resourceKinds, resourceWords as words } from './resource-words.ts';

export type Resource = Static<typeof ResourceSchema>;

/** A kind that there is none of yet. */
const OTHER = '';

export function EditResource({
  resource,
  others,
  onClose,
  onDone,
}: {
  resource?: Resource;
  /** What there is already. */
  others: readonly Resource[];
  onClose: () => void;
  onDone: () => void;
}) {
  const id = useSignal(resource?.externalId ?? `r-${newKey().slice(0, 8)}`);
  const name = useSignal(resource?.name ?? '');
  const chosen = useSignal(resource?.kind ?? 'doctor');
  const ownKind = useSignal('');
  const address = useSignal(resource?.address ?? '');
  const phone = useSignal(resource?.phone ?? '');
  const hours = useSignal(resource?.openingHours ?? '');
  const branch = useSignal(resource?.branch ?? '');
  const hideName = useSignal(resource?.hideName ?? false);
  const deed = useDeed();
  const kinds = [...new Set([...Object.keys(resourceKinds.entries), ...others.map((one) => one.kind)])];
  const branches = others.filter((one) => one.kind === 'branch');

  const submit = async (): Promise<void> => {
    const given = {
      name: name.value.trim(),
      kind: chosen.value === OTHER ? ownKind.value.trim() : chosen.value,
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
        <Choice
          label={words('kind')}
          value={chosen.value}
          options={[...kinds.map((one) => ({ value: one, label: kindWords(one) })), { value: OTHER, label: words('otherKind') }]}
          onChoose={(kind) => {
            chosen.value = kind;
          }}
        />
        {chosen.value === OTHER && (
          <Field
            label={words('ownKind')}
            value={ownKind}
            required
            maxLength={40}
            pattern="[a-z][A-Za-z0-9]*"
            hint={words('ownKindHint')}
            problem={problemAt(deed.refusal, '/kind')}
          />
        )}
        <Field label={words('address')} value={address} maxLength={200} problem={problemAt(deed.refusal, '/address')} />
        <Field label={words('phone')} value={phone} type="tel" maxLength={40} problem={problemAt(deed.refusal, '/phone')} />
        <Field
          label={words('openingHours')}
          value={hours}
          hint={words('openingHoursHint')}
          maxLength={100}
          problem={problemAt(deed.refusal, '/openingHours')}
        />
        {chosen.value !== 'branch' && branches.length > 0 && (
          <Choice
            label={words('at')}
            value={branch.value}
            options={[{ value: '', label: words('noBranch') }, ...branches.map((one) => ({ value: one.externalId, label: one.name }))]}
            onChoose={(id) => {
              branch.value = id;
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
        {!resource && (
          <Field
            label={words('externalId')}
            value={id}
            hint={words('externalIdHint')}
            required
            maxLength={64}
            problem={problemAt(deed.refusal, '/externalId')}
          />
        )}
        <FormEnd act={words('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
