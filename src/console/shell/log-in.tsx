import { useSignal } from '@preact/signals';
import { Refusal } from '../api/client.ts';
import { Banner } from '../parts/banner.tsx';
import { Field } from '../parts/field.tsx';
import { unlock } from '../state/lock.ts';
import { logIn } from '../state/session.ts';
import { problemWords } from '../words/problems.ts';
import { Choices } from './choices.tsx';
import { words } from './words.ts';

export function LogIn({ ended }: { ended: boolean }) {
  const name = useSignal('');
  const password = useSignal('');
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    busy.value = true;
    try {
      await logIn(name.value, password.value);
      unlock();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal.value = error;
    } finally {
      busy.value = false;
    }
  };

  return (
    <main class="door">
      <form class="card door-card" onSubmit={(event) => void submit(event)}>
        <img src={iconUrl} alt="" width="44" height="44" />
        <h1>{words('welcomeBack')}</h1>
        <p class="quiet">{words(ended ? 'ended' : 'logInHint')}</p>
        {refusal.value && <Banner tone="bad" text={problemWords(refusal.value)} />}
        <Field label={words('name')} value={name} autocomplete="username" required autofocus />
        <Field label={words('password')} value={password} type="password" autocomplete="current-password" required />
        <button type="submit" class="button primary wide" disabled={busy.value}>
          {words('logIn')}
        </button>
        <p class="quiet small">{words('forgot')}</p>
      </form>
      <Choices />
    </main>
  );
}

const iconUrl = new URL('../icon.svg', import.meta.url).href;
