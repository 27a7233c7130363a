import type { TemplatePreview } from '../../../http/schemas/template.ts';
import { counterWords } from '../../parts/counter-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { SegmentCounter } from '../../parts/segment-counter.tsx';
import { site } from '../../state/session.ts';
import { adviceWords } from '../../words/advice.ts';
import { words } from './words.ts';

/** What the client reads, what it costs, what it may grow to, and what would make it shorter. */
export function Preview({ preview }: { preview: TemplatePreview }) {
  const { text, missing, segmentCount, longest, savings, advice } = preview;
  return (
    <>
      <div class="template-phone">
        <p class="quiet small">{site().name}</p>
        <p class="template-bubble written">{text}</p>
      </div>
      <SegmentCounter estimate={preview} />
      {missing.length > 0 && (
        <p class="template-note small">
          <Icon name="alert" />
          <span>{words('missing', { fields: missing.join(', ') })}</span>
        </p>
      )}
      {advice.map(({ rule, reason }) => (
        <p key={rule} class="template-note small">
          <Icon name="info" />
          <span>{adviceWords(reason)}</span>
        </p>
      ))}
      <section class="stack tight">
        <h3>{words('longest')}</h3>
        {longest.segmentCount > segmentCount ? (
          <>
            <p class="quiet small">{words('longestText')}</p>
            <p class="template-bubble written">{longest.text}</p>
            <SegmentCounter estimate={longest} />
          </>
        ) : (
          <p class="quiet small">{words('sameLength')}</p>
        )}
      </section>
      {savings.length > 0 && (
        <section class="stack tight">
          <h3>{words('savings')}</h3>
          {savings.map(({ way, text: shorter, segmentCount: n, over }) => (
            <details key={way}>
              <summary class="small">
                {words(way)}
                {way === 'shorten' && (
                  <>
                    {' '}
                    <q>{over.trim()}</q>
                  </>
                )}
                {`: ${counterWords('segments', { n })}`}
              </summary>
              <p class="written small">{shorter}</p>
            </details>
          ))}
        </section>
      )}
    </>
  );
}
