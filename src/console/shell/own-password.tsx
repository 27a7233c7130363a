import { useSignal } from '@preact/signals';
import type { Session } from '../../http/schemas/user.ts';
import { api } from '../api/client.ts';
import { problemAt, useDeed } from '../api/use-deed.ts';
import { Field } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { begin } from '../state/session.ts';
import { words } from './words.ts';

/** Whoever sits here gives themselves another password. Their other sessions end. */
export function OwnPassword({ onDone }: { onDone: () => void }) {
  const current = useSignal('');
  const password = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const changed = await deed.ask(() => api.put<Session>('/v1/session/password', { current: current.value, password: password.value }), {
      done: words('passwordChanged'),
      quietly: true,
    });
    if (!changed) return;
    // What changes something carries the token of the new session from now on.
    await begin();
    onDone();
  };
  return (
    <Form onSubmit={submit} refusal={deed.refusal}>
      <Field
        label={words('passwordNow')}
        value={current}
        type="password"
        autocomplete="current-password"
        required
        autofocus
        problem={problemAt(deed.refusal, '/current') && words('passwordWrong')}
      />
      <Field
        label={words('passwordNew')}
        value={password}
        type="password"
        autocomplete="new-password"
        hint={words('passwordHint')}
        required
        minLength={10}
        maxLength={200}
        problem={problemAt(deed.refusal, '/password')}
      />
      <p class="quiet small">{words('passwordEnds')}</p>
      <button type="submit" class="button primary wide" disabled={deed.isBusy}>
        {words('passwordSave')}
      </button>
    </Form>
  );
}
