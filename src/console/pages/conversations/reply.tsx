import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { api, newKey, Refusal } from '../../api/client.ts';
import { TextArea } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { SegmentCounter } from '../../parts/segment-counter.tsx';
import { useEstimate } from '../../parts/use-estimate.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

/** Where the desk answers. What was not taken stays in the field. */
export function Reply({ contact, onSent }: { contact: string; onSent: () => void }) {
  const text = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  /** A text that is sent again because no answer came is the same message. */
  const key = useRef({ text: '', key: '' });
  const estimate = useEstimate({ text: text.value, to: contact });

  const send = async (): Promise<void> => {
    if (text.value.trim() === '' || busy.value) return;
    if (key.current.text !== text.value) key.current = { text: text.value, key: newKey() };
    busy.value = true;
    try {
      await api.post('/v1/messages', { to: contact, text: text.value }, { idempotencyKey: key.current.key });
      text.value = '';
      problem.value = undefined;
      key.current = { text: '', key: '' };
      onSent();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = problemWords(error);
    } finally {
      busy.value = false;
    }
  };

  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
      }}
    >
      <TextArea label={words('reply')} value={text} problem={problem.value} rows={2} placeholder={words('reply')} />
      <div class="row apart">
        <SegmentCounter estimate={estimate} />
        <button type="submit" class="button primary" title={words('sendHint')} disabled={busy.value || text.value.trim() === ''}>
          <Icon name="send" />
          {words('send')}
        </button>
      </div>
    </form>
  );
}
