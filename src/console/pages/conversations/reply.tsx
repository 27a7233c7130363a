import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { api, newKey, Refusal } from '../../api/client.ts';
import { TextArea } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { SegmentCounter } from '../../parts/segment-counter.tsx';
import { TemplatePicker } from '../../parts/template-picker.tsx';
import { templatePickerWords } from '../../parts/template-picker-words.ts';
import { unfilledIn } from '../../parts/unfilled.ts';
import { useEstimate } from '../../parts/use-estimate.ts';
import { useVerdicts, Warning } from '../../parts/verdicts.tsx';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

/** Where the desk answers, at any hour: it is warned and not held up. What was not taken stays in the field. */
export function Reply({
  contact,
  contactId,
  onSent,
  onLeave,
}: {
  contact: string;
  contactId: string | undefined;
  onSent: () => void;
  onLeave: () => void;
}) {
  const text = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  /** A text that is sent again because no answer came is the same message. */
  const key = useRef({ text: '', key: '' });
  const estimate = useEstimate({ text: text.value, to: contact });
  const verdicts = useVerdicts([contact], { text: text.value.trim(), byHand: true });

  const send = async (): Promise<void> => {
    if (text.value.trim() === '' || busy.value) return;
    const unfilled = unfilledIn(text.value);
    if (unfilled !== undefined) {
      problem.value = templatePickerWords('unfilled', { field: unfilled });
      return;
    }
    if (key.current.text !== text.value) key.current = { text: text.value, key: newKey() };
    busy.value = true;
    try {
      await api.post('/v1/messages', { to: contact, text: text.value, byHand: true }, { idempotencyKey: key.current.key });
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
        // A dialog has an Escape of its own.
        if (event.key === 'Escape' && event.target instanceof HTMLTextAreaElement) onLeave();
      }}
    >
      <TextArea label={words('reply')} value={text} problem={problem.value} rows={2} placeholder={words('reply')} />
      <Warning verdicts={verdicts} />
      <div class="row apart">
        <SegmentCounter estimate={estimate} />
        <div class="row">
          <TemplatePicker
            contact={contactId}
            onText={(chosen) => {
              text.value = chosen;
            }}
          />
          <button type="submit" class="button primary" title={words('sendHint')} disabled={busy.value || text.value.trim() === ''}>
            <Icon name="send" />
            {words('send')}
          </button>
        </div>
      </div>
    </form>
  );
}
