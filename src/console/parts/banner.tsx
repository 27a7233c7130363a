import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Readonly<Record<Tone, IconName>> = { good: 'check', info: 'info', warn: 'alert', bad: 'alert' };

export type Tone = 'good' | 'info' | 'warn' | 'bad';

/** One sentence across the page, and perhaps what to do about it. */
export function Banner({ tone, text, children }: { tone: Tone; text: string; children?: ComponentChildren }) {
  return (
    <div class={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[tone]} />
      <p>{text}</p>
      {children && <div class="banner-end">{children}</div>}
    </div>
  );
}
