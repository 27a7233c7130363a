import { partWords } from './words.ts';

/** Shown only when something takes a moment; see the style. */
export function Spinner() {
  return (
    <div class="spinner" role="status">
      <span class="hidden">{partWords('loading')}</span>
    </div>
  );
}
