import { useSignal } from '@preact/signals';
import { api } from '../api/client.ts';
import { problemAt, useDeed } from '../api/use-deed.ts';
import { scopeName } from '../words/consent.ts';
import { Dialog } from './dialog.tsx';
import { Choice, Field } from './field.tsx';
import { Form } from './form.tsx';
import { FormEnd } from './form-end.tsx';
import { wishesWords as words } from './wishes-words.ts';

const SCOPES = ['purpose:promotional', 'purpose:service', 'all', 'topic'] as const;

/** A client has said what they do not want any more. @param number where it is not known yet, it is asked for */
export function StopTexts({ number, onClose, onDone }: { number?: string; onClose: () => void; onDone: (number: string) => void }) {
  const to = useSignal(number ?? '');
  const scope = useSignal<(typeof SCOPES)[number]>('purpose:promotional');
  const topic = useSignal('');
  const deed = useDeed();

  const submit = async (): Promise<void> => {
    const wish = { to: to.value, scope: scope.value === 'topic' ? `topic:${topic.value.trim()}` : scope.value };
    const kept = await deed.ask(() => api.post<{ to: string }>('/v1/suppressions', wish), { done: words('stopped') });
    if (!kept) return;
    onDone(kept.to);
    onClose();
  };

  return (
    <Dialog title={words('addStopTitle')} onClose={onClose}>
      <Form onSubmit={submit}>
        {number === undefined && (
          <Field label={words('number')} value={to} type="tel" required autofocus problem={problemAt(deed.refusal, '/to')} />
        )}
        <Choice
          label={words('what')}
          value={scope.value}
          options={SCOPES.map((one) => ({ value: one, label: one === 'topic' ? words('oneTopic') : scopeName(one) }))}
          onChoose={(chosen) => {
            scope.value = chosen;
          }}
          hint={words('stopHint')}
        />
        {scope.value === 'topic' && (
          <Field
            label={words('topic')}
            value={topic}
            hint={words('topicHint')}
            required
            maxLength={40}
            problem={problemAt(deed.refusal, '/scope')}
          />
        )}
        <FormEnd act={words('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
