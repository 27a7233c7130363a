import { useSignal } from '@preact/signals';
import { api, Refusal } from '../api/client.ts';
import { Banner } from '../parts/banner.tsx';
import { Field } from '../parts/field.tsx';
import { place } from '../state/place.ts';
import { logIn } from '../state/session.ts';
import { problemWords } from '../words/problems.ts';
import { Choices } from './choices.tsx';
import { firstRunWords as words } from './first-run-words.ts';

/** The box is new: whoever has read its log becomes the owner. The rest of the first steps stands on Today. */
export function FirstRun() {
  const token = useSignal(place.value.query.get('token') ?? '');
  const name = useSignal('');
  const password = useSignal('');
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    busy.value = true;
    try {
      await api.post('/v1/setup', { token: token.value.trim(), name: name.value, password: password.value });
      await logIn(name.value, password.value);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal.value = error;
    } finally {
      busy.value = false;
    }
  };

  return (
    <main class="door">
      <form class="card door-card wider" onSubmit={(event) => void submit(event)}>
        <img src={iconUrl} alt="" width="44" height="44" />
        <h1>{words('title')}</h1>
        <p class="quiet">{words('text')}</p>
        {refusal.value && <Banner tone={refusal.value.code === 'setupDone' ? 'good' : 'bad'} text={sentence(refusal.value)} />}
        <Field label={words('token')} value={token} hint={words('tokenHint')} required autofocus autocomplete="off" maxLength={100} />
        <Field label={words('name')} value={name} hint={words('nameHint')} required autocomplete="username" maxLength={60} />
        <Field
          label={words('password')}
          value={password}
          hint={words('passwordHint')}
          type="password"
          required
          minLength={10}
          maxLength={200}
          autocomplete="new-password"
        />
        <button type="submit" class="button primary wide" disabled={busy.value}>
          {words('begin')}
        </button>
      </form>
      <Choices />
    </main>
  );
}

function sentence(refusal: Refusal): string {
  if (refusal.code === 'loginRefused') return words('wrongToken');
  if (refusal.code === 'setupNeeded') return words('hourIsOver');
  return refusal.code === 'setupDone' ? words('done') : problemWords(refusal);
}

const iconUrl = new URL('../icon.svg', import.meta.url).href;
