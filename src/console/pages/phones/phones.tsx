import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Phone } from '../../../http/schemas/phone.ts';
import { api, Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { clockTime, phone as spoken } from '../../i18n/format.ts';
import { Check, Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { toast } from '../../parts/toast.tsx';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';
import './phones.css';

/** Milliseconds between looks: what happens at a phone is no event of the box. */
const LOOK = 1000;

/** The other side of a demo. */
export default function Phones() {
  const { data, reload } = useData<{ data: readonly Phone[] }>('/v1/phones?limit=500', { on: () => true, each: LOOK });
  return (
    <>
      <h1>{words('title')}</h1>
      <p class="quiet phones-text">{words('text')}</p>
      {data ? (
        <ul class="phones">
          {data.data.map((one) => (
            <li key={one.number}>
              <OnePhone phone={one} onDone={reload} />
            </li>
          ))}
        </ul>
      ) : (
        <Spinner />
      )}
    </>
  );
}

function OnePhone({ phone: { number, name, state, talk }, onDone }: { phone: Phone; onDone: () => void }) {
  const text = useSignal('');
  const screen = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    if (screen.current) screen.current.scrollTop = screen.current.scrollHeight;
  }, [talk.length]);

  const path = `/v1/phones/${encodeURIComponent(number)}`;
  const act = async (deed: () => Promise<unknown>): Promise<boolean> => {
    try {
      await deed();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
      return false;
    } finally {
      onDone();
    }
  };
  const write = async (): Promise<void> => {
    if (text.value.trim() !== '' && (await act(() => api.post(`${path}/texts`, { text: text.value })))) text.value = '';
  };
  const call = async (): Promise<void> => {
    if (await act(() => api.post(`${path}/calls`))) toast('info', words('calling'));
  };

  return (
    <section class={`handset ${state}`} aria-label={name ?? number}>
      <header>
        <h2>{name ?? words('nobody')}</h2>
        <p class="quiet small number">{spoken(number)}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <ol class="handset-screen" ref={screen} tabIndex={0} aria-label={words('screen', { number: spoken(number) })}>
        {talk.length === 0 && <li class="quiet small">{words('empty')}</li>}
        {talk.map(({ direction, text: said, at }) => (
          <li key={`${at} ${direction}`} class={direction}>
            <p class="written">{said}</p>
            <time class="small" dateTime={at}>
              {clockTime(at)}
            </time>
          </li>
        ))}
      </ol>
      {may('send') && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void write();
          }}
        >
          <Field label={words('write')} value={text} placeholder={words('write')} maxLength={600} />
          <button type="submit" class="icon-button" aria-label={words('send')}>
            <Icon name="send" />
          </button>
          <button type="button" class="icon-button" aria-label={words('call')} onClick={() => void call()}>
            <Icon name="call" />
          </button>
        </form>
      )}
      {may('send') && (
        <Check
          label={words('isOn')}
          checked={state === 'on'}
          onChange={(on) => void act(() => api.put(path, { state: on ? 'on' : 'off' }))}
        />
      )}
    </section>
  );
}
