import { useSignal } from '@preact/signals';
import type { Sim } from '../../../http/schemas/hardware.ts';
import { api, type ListOf } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { phone } from '../../i18n/format.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Choice, Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { CLIENT_LANGUAGES, clientLanguages } from '../../words/languages.ts';
import { posterWords as words } from './poster-words.ts';

const KINDS = ['consent', 'optOut'] as const;

export function NewPoster({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const sims = useData<ListOf<Sim>>('/v1/sims?limit=500');
  const numbers = (sims.data?.data ?? []).flatMap(({ number }) => number ?? []);
  const kind = useSignal<(typeof KINDS)[number]>('consent');
  const word = useSignal('');
  const wording = useSignal('');
  const number = useSignal('');
  const language = useSignal<(typeof CLIENT_LANGUAGES)[number] | ''>('');
  const deed = useDeed();

  const submit = async (): Promise<void> => {
    const given = {
      kind: kind.value,
      wording: wording.value.trim(),
      number: number.value.trim() || (numbers[0] ?? ''),
      ...(language.value === '' ? {} : { language: language.value }),
    };
    const kept = await deed.ask(() => api.put(`/v1/posters/${encodeURIComponent(word.value.trim())}`, given), {
      done: words('made'),
      quietly: true,
    });
    if (!kept) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title={words('add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Choice
          label={words('kind')}
          value={kind.value}
          options={KINDS.map((one) => ({ value: one, label: words(one) }))}
          onChoose={(chosen) => {
            kind.value = chosen;
          }}
        />
        <Field
          label={words('word')}
          hint={words('wordHint')}
          value={word}
          required
          autofocus
          minLength={2}
          maxLength={20}
          problem={problemAt(deed.refusal, '/word')}
        />
        <TextArea
          label={words('wording')}
          hint={words('wordingHint')}
          value={wording}
          rows={3}
          required
          maxLength={500}
          problem={problemAt(deed.refusal, '/wording')}
        />
        {numbers.length > 0 ? (
          <Choice
            label={words('number')}
            value={number.value === '' ? (numbers[0] ?? '') : number.value}
            options={numbers.map((one) => ({ value: one, label: phone(one) }))}
            onChoose={(chosen) => {
              number.value = chosen;
            }}
          />
        ) : (
          <Field label={words('number')} value={number} type="tel" required problem={problemAt(deed.refusal, '/number')} />
        )}
        <Choice
          label={words('language')}
          value={language.value}
          options={[
            { value: '', label: words('siteLanguage') },
            ...CLIENT_LANGUAGES.map((one) => ({ value: one, label: clientLanguages(one) })),
          ]}
          onChoose={(chosen) => {
            language.value = chosen;
          }}
        />
        <FormEnd act={words('make')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
