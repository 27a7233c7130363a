import { money } from '../i18n/format.ts';
import { counterWords as words } from './counter-words.ts';
import type { Estimate } from './use-estimate.ts';

/** How much of a segment is used, how many there are, and what they cost. */
export function SegmentCounter({ estimate }: { estimate: Estimate | undefined }) {
  if (estimate === undefined) return <p class="counter quiet small">{words('empty')}</p>;
  const { segmentCount, maxSegments, tooLong, room, cost, encoding, forcedBy } = estimate;
  return (
    <p class={`counter small ${tooLong ? 'too-long' : segmentCount > 1 ? 'several' : 'quiet'}`} aria-live="polite">
      <span>
        {words('segments', { n: segmentCount })}, {tooLong ? words('tooLong', { n: maxSegments }) : words('room', { n: room })}
      </span>
      {cost && <span class="number">{money(cost)}</span>}
      {encoding === 'ucs2' && forcedBy.length > 0 && forcedBy.length < 6 && (
        <span>{words('forced', { characters: forcedBy.join(' ') })}</span>
      )}
    </p>
  );
}
