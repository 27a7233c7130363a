import { useSignal } from '@preact/signals';
import { useDeed } from '../api/use-deed.ts';
import { Field } from '../parts/field.tsx';
import { unlock } from '../state/lock.ts';
import { logIn } from '../state/session.ts';
import { problemWords } from '../words/problems.ts';
import { Door } from './door.tsx';
import { words } from './words.ts';

export function LogIn({ ended }: { ended: boolean }) {
  const name = useSignal('');
  const password = useSignal('');
  const { ask, refusal, isBusy } = useDeed();
  const submit = (): Promise<void> =>
    ask(
      async () => {
        await logIn(name.value, password.value);
        unlock();
      },
      { quietly: true },
    );
  return (
    <Door
      title={words('welcomeBack')}
      lead={words(ended ? 'ended' : 'logInHint')}
      problem={refusal && { tone: 'bad', text: problemWords(refusal) }}
      act={words('logIn')}
      isBusy={isBusy}
      onSubmit={submit}
      foot={words('forgot')}
    >
      <Field label={words('name')} value={name} autocomplete="username" required autofocus />
      <Field label={words('password')} value={password} type="password" autocomplete="current-password" required />
    </Door>
  );
}
