import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { SuppressionImport } from '../../../http/schemas/suppression.ts';
import { api, withQuery } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Choice } from '../../parts/field.tsx';
import { FileField } from '../../parts/file-field.tsx';
import { Form } from '../../parts/form.tsx';
import { partWords } from '../../parts/words.ts';
import { scopeName } from '../../words/consent.ts';
import { refusedRowWords } from '../../words/problems.ts';
import { words } from './words.ts';

const SCOPES = ['all', 'purpose:promotional', 'purpose:service'] as const;

export function ImportStops({ onClose }: { onClose: () => void }) {
  const file = useSignal<File | undefined>(undefined);
  const scope = useSignal<(typeof SCOPES)[number]>('all');
  const result = useSignal<Static<typeof SuppressionImport> | undefined>(undefined);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const chosen = file.value;
    if (!chosen) return;
    const path = withQuery('/v1/suppressions/import', { scope: scope.value });
    result.value = await deed.ask(() => api.upload<Static<typeof SuppressionImport>>(path, 'text/csv', chosen), { quietly: true });
  };
  return (
    <Dialog title={words('importTitle')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        {result.value && <Result result={result.value} />}
        <FileField
          label={words('file')}
          hint={words('importText')}
          accept=".csv,text/csv,text/plain"
          onChoose={(chosen) => (file.value = chosen)}
        />
        <Choice
          label={words('scope')}
          value={scope.value}
          options={SCOPES.map((one) => ({ value: one, label: scopeName(one) }))}
          onChoose={(chosen) => {
            scope.value = chosen;
          }}
        />
        <div class="row">
          <button type="submit" class="button primary" disabled={deed.isBusy || file.value === undefined}>
            {words('import')}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {partWords('close')}
          </button>
        </div>
      </Form>
    </Dialog>
  );
}

function Result({ result: { rows, added, refused, errors } }: { result: Static<typeof SuppressionImport> }) {
  return (
    <>
      <Banner tone={refused > 0 ? 'warn' : 'good'} text={words('imported', { rows, added, refused })} />
      <ul class="small">
        {errors.slice(0, 10).map((error) => (
          <li key={error.row}>{refusedRowWords(error)}</li>
        ))}
      </ul>
    </>
  );
}
