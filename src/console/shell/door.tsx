import type { ComponentChildren } from 'preact';
import { Banner, type Tone } from '../parts/banner.tsx';
import { Choices } from './choices.tsx';

interface DoorProps {
  readonly title: string;
  readonly lead: string;
  /** Why it did not open. */
  readonly problem: { readonly tone: Tone; readonly text: string } | undefined;
  /** What opens it, in words. */
  readonly act: string;
  readonly isBusy: boolean;
  readonly isWide?: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly children: ComponentChildren;
  /** Under the button. */
  readonly foot?: string;
}

/** What stands before the console: a few fields, and whoever fills them in rightly is in. */
export function Door({ title, lead, problem, act, isBusy, isWide = false, onSubmit, children, foot }: DoorProps) {
  return (
    <main class="door">
      <form
        class={`card door-card ${isWide ? 'wider' : ''}`}
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <img src={iconUrl} alt="" width="44" height="44" />
        <h1>{title}</h1>
        <p class="quiet">{lead}</p>
        {problem && <Banner {...problem} />}
        {children}
        <button type="submit" class="button primary wide" disabled={isBusy}>
          {act}
        </button>
        {foot !== undefined && <p class="quiet small">{foot}</p>}
      </form>
      <Choices />
    </main>
  );
}

const iconUrl = new URL('../icon.svg', import.meta.url).href;
