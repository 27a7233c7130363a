import { effect, signal } from '@preact/signals';
import { kept } from './kept.ts';

/** `auto` is as the system has it. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const remembered = kept('theme');

export const theme = signal<Theme>(THEMES.find((one) => one === remembered.read()) ?? 'auto');

/** Chooses light or dark for this browser, from now on. */
export function choose(chosen: Theme): void {
  theme.value = chosen;
  remembered.write(chosen);
}

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
