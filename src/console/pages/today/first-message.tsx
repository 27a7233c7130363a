import { useSignal } from '@preact/signals';
import type { Sim } from '../../../http/schemas/hardware.ts';
import { api, newKey, Refusal } from '../../api/client.ts';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { toast } from '../../parts/toast.tsx';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

/** The last step of the first run: is there a modem, and does a text arrive? */
export function FirstMessage({ sims }: { sims: readonly Sim[] }) {
  const to = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const ready = sims.find(({ state }) => state === 'ready');
  const send = async (): Promise<void> => {
    try {
      await api.post('/v1/messages', { to: to.value, text: words('firstText') }, { idempotencyKey: newKey() });
      toast('good', words('firstSent'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = problemWords(error);
    }
  };
  return (
    <section class="card stack first">
      <h2>{words('firstTitle')}</h2>
      <p class={ready ? '' : 'quiet'} role="status">
        {ready ? words('firstFound', { operator: ready.operator ?? '' }) : words('firstSearching')}
      </p>
      {ready && (
        <Form class="first-form" onSubmit={send}>
          <Field label={words('firstNumber')} value={to} type="tel" required problem={problem.value} />
          <button type="submit" class="button primary">
            {words('firstSend')}
          </button>
        </Form>
      )}
    </section>
  );
}
