import { useSignal } from '@preact/signals';
import { Refusal } from '../api/client.ts';
import { Field } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { pinOf, unlock } from '../state/lock.ts';
import { logIn, logOut, me } from '../state/session.ts';
import { problemWords } from '../words/problems.ts';
import { lockWords as words } from './lock-words.ts';
import { words as common } from './words.ts';

/** Wrong PINs before nothing but the password helps. */
const TRIES = 4;

/** What an open desk shows when nobody sits there. */
export function LockScreen() {
  const { id, name } = me();
  const pin = pinOf(id);
  const hasPin = pin.isSet();
  const given = useSignal('');
  /** One that was right, where a code is needed as well. */
  const password = useSignal('');
  const asked = hasPin ? 'pin' : password.value === '' ? 'password' : 'code';
  const problem = useSignal<string | undefined>(undefined);
  const wrong = useSignal(0);
  const busy = useSignal(false);

  const leave = async (): Promise<void> => {
    await logOut();
    unlock();
  };
  const open = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const tried = given.value;
    given.value = '';
    try {
      if (asked === 'password') {
        if ((await logIn(name, tried)) === 'in') unlock();
        else {
          password.value = tried;
          problem.value = undefined;
        }
      } else if (asked === 'code') {
        await logIn(name, password.value, tried);
        unlock();
      } else if (await pin.matches(tried)) unlock();
      else if (wrong.value + 1 >= TRIES) await leave();
      else {
        wrong.value += 1;
        problem.value = words('wrong');
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = asked === 'code' && error.code === 'loginRefused' ? common('codeWrong') : problemWords(error);
    } finally {
      busy.value = false;
    }
  };

  return (
    <main class="door">
      <Form class="card door-card" onSubmit={open}>
        <h1>{words('title')}</h1>
        <p class="quiet">{words('text', { name })}</p>
        <Field
          key={asked}
          label={words(asked)}
          value={given}
          type={asked === 'code' ? 'text' : 'password'}
          autocomplete="off"
          problem={problem.value}
          required
          autofocus
        />
        <button type="submit" class="button primary wide" disabled={busy.value}>
          {words('open')}
        </button>
        <button type="button" class="button plain" onClick={() => void leave()}>
          {words('other')}
        </button>
      </Form>
    </main>
  );
}
