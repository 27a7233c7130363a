import { useSignal } from '@preact/signals';
import { api, type Refusal } from '../api/client.ts';
import { problemAt, useDeed } from '../api/use-deed.ts';
import { Field } from '../parts/field.tsx';
import { place } from '../state/place.ts';
import { logIn } from '../state/session.ts';
import { problemWords } from '../words/problems.ts';
import { Door } from './door.tsx';
import { firstRunWords as words } from './first-run-words.ts';

/** The box is new: whoever has read its log becomes the owner. The rest of the first steps stands on Today. */
export function FirstRun() {
  const token = useSignal(place.value.query.get('token') ?? '');
  const name = useSignal('');
  const password = useSignal('');
  const { ask, refusal, isBusy } = useDeed();
  const submit = (): Promise<void> =>
    ask(
      async () => {
        await api.post('/v1/setup', { token: token.value.trim(), name: name.value, password: password.value });
        await logIn(name.value, password.value);
      },
      { quietly: true },
    );
  return (
    <Door
      title={words('title')}
      lead={words('text')}
      problem={refusal && { tone: refusal.code === 'setupDone' ? 'good' : 'bad', text: sentence(refusal) }}
      act={words('begin')}
      isBusy={isBusy}
      isWide
      onSubmit={submit}
    >
      <Field
        label={words('token')}
        value={token}
        hint={words('tokenHint')}
        required
        autofocus
        autocomplete="off"
        maxLength={100}
        problem={problemAt(refusal, '/token')}
      />
      <Field
        label={words('name')}
        value={name}
        hint={words('nameHint')}
        required
        autocomplete="username"
        maxLength={60}
        problem={problemAt(refusal, '/name')}
      />
      <Field
        label={words('password')}
        value={password}
        hint={words('passwordHint')}
        type="password"
        required
        minLength={10}
        maxLength={200}
        autocomplete="new-password"
        problem={problemAt(refusal, '/password')}
      />
    </Door>
  );
}

function sentence(refusal: Refusal): string {
  if (refusal.code === 'loginRefused') return words('wrongToken');
  if (refusal.code === 'setupNeeded') return words('hourIsOver');
  return refusal.code === 'setupDone' ? words('done') : problemWords(refusal);
}
