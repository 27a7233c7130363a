import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { UssdAnswer } from '../../../http/schemas/telephone.ts';
import { api, Refusal } from '../../api/client.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

/** A talk with the operator's network. */
export function Ussd({ iccid, onClose }: { iccid: string; onClose: () => void }) {
  const text = useSignal('');
  const said = useSignal<readonly { readonly ours: boolean; readonly text: string }[]>([]);
  const sessionId = useSignal<string | null>(null);
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);

  const ask = async (): Promise<void> => {
    const asked = text.value.trim();
    const body = sessionId.value === null ? { code: asked } : { sessionId: sessionId.value, answer: asked };
    const before = said.value;
    said.value = [...before, { ours: true, text: asked }];
    text.value = '';
    busy.value = true;
    try {
      const answer = await api.post<Static<typeof UssdAnswer>>(`/v1/sims/${iccid}/ussd`, body);
      said.value = [...said.value, { ours: false, text: answer.text }];
      sessionId.value = answer.sessionId;
      problem.value = undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = problemWords(error);
      // A code that was not asked stands where it was written; an answer is of use in its session alone.
      if (sessionId.value === null) {
        said.value = before;
        text.value = asked;
      }
      sessionId.value = null;
    } finally {
      busy.value = false;
    }
  };

  return (
    <Dialog title={words('ussd')} onClose={onClose}>
      <ol class="ussd" aria-live="polite">
        {said.value.map((one, n) => (
          <li key={`${n} ${one.text}`} class={`written ${one.ours ? 'ours mono' : ''}`}>
            {one.text}
          </li>
        ))}
        {busy.value && <li class="quiet">{words('asking')}</li>}
      </ol>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.value.trim() !== '' && !busy.value) void ask();
        }}
      >
        <Field
          label={words(sessionId.value === null ? 'ussdCode' : 'ussdAnswer')}
          value={text}
          hint={sessionId.value === null ? words('ussdHint') : undefined}
          problem={problem.value}
          autofocus
          maxLength={160}
        />
        <button type="submit" class="button primary" disabled={busy.value}>
          {words(sessionId.value === null ? 'ask' : 'answerIt')}
        </button>
      </form>
    </Dialog>
  );
}
