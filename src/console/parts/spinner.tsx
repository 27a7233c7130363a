import { partWords } from './words.ts';

/** Shown only when something takes a moment; see the style. @param label what is waited for, in sight where it takes long */
export function Spinner({ label }: { label?: string }) {
  return (
    <div class="spinner" role="status">
      <span class={label === undefined ? 'hidden' : 'quiet'}>{label ?? partWords('loading')}</span>
    </div>
  );
}
