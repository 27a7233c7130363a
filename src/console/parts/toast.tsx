import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { after } from '../browser-clock.ts';
import type { Tone } from './banner.tsx';
import { Icon } from './icon.tsx';
import { partWords } from './words.ts';

interface Toast {
  readonly n: number;
  readonly tone: Tone;
  readonly text: string;
  readonly action?: ComponentChildren;
}

/** Milliseconds that a toast stays. */
const STAYS = 6000;

const toasts = signal<readonly Toast[]>([]);
let count = 0;

/** Says in a corner that something was done, or was not; bad news stays until it is closed. */
export function toast(tone: Tone, text: string, action?: ComponentChildren): void {
  count += 1;
  const n = count;
  toasts.value = [...toasts.value.slice(-3), { n, tone, text, action }];
  if (tone !== 'bad') after(STAYS, () => close(n));
}

const close = (n: number): void => {
  toasts.value = toasts.value.filter((one) => one.n !== n);
};

export function Toasts() {
  return (
    <div class="toasts" aria-live="polite">
      {toasts.value.map(({ n, tone, text, action }) => (
        <div key={n} class={`toast ${tone}`}>
          <Icon name={tone === 'good' ? 'check' : 'info'} />
          <p>{text}</p>
          {action}
          <button type="button" class="icon-button" aria-label={partWords('close')} onClick={() => close(n)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
