import type { Estimate } from '../../parts/use-estimate.ts';
import { words } from './words.ts';

/** The text as a phone shows it, with where one segment ends and the next begins. */
export function PhonePreview({ from, estimate }: { from: string; estimate: Estimate | undefined }) {
  return (
    <figure class="phone">
      <figcaption class="hidden">{words('preview')}</figcaption>
      <div class="phone-screen">
        <p class="phone-from">{from}</p>
        {estimate ? (
          <div class="bubble in">
            <p class="written">
              {estimate.segments.map(({ text }, n) => (
                <span key={`${n} ${text}`} class={n % 2 === 0 ? '' : 'other-segment'}>
                  {text}
                </span>
              ))}
            </p>
          </div>
        ) : (
          <p class="quiet small">{words('previewEmpty')}</p>
        )}
      </div>
    </figure>
  );
}
