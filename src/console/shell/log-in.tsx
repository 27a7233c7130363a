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
  const code = useSignal('');
  const needsCode = useSignal(false);
  const { ask, refusal, isBusy } = useDeed();
  const submit = (): Promise<void> =>
    ask(
      async () => {
        const given = code.value;
        code.value = '';
        if ((await logIn(name.value, password.value, given)) === 'in') unlock();
        else needsCode.value = true;
      },
      { quietly: true },
    );
  return (
    <Door
      title={words('welcomeBack')}
      lead={words(needsCode.value ? 'codeNeeded' : ended ? 'ended' : 'logInHint')}
      problem={
        refusal && { tone: 'bad', text: needsCode.value && refusal.code === 'loginRefused' ? words('codeWrong') : problemWords(refusal) }
      }
      act={words('logIn')}
      isBusy={isBusy}
      onSubmit={submit}
      foot={words(needsCode.value ? 'codeLost' : 'forgot')}
    >
      <Field label={words('name')} value={name} autocomplete="username" required autofocus />
      <Field label={words('password')} value={password} type="password" autocomplete="current-password" required />
      {needsCode.value && (
        <Field label={words('code')} value={code} hint={words('codeHint')} autocomplete="one-time-code" maxLength={40} required autofocus />
      )}
    </Door>
  );
}
