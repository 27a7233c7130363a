import { money } from '../i18n/format.ts';
import { counterWords as words } from './counter-words.ts';
import type { Estimate } from './use-estimate.ts';

type Counted = Pick<Estimate, 'segmentCount' | 'maxSegments' | 'tooLong'> &
  Partial<Pick<Estimate, 'room' | 'cost' | 'encoding' | 'forcedBy'>>;

/** How many segments there are and what they cost; of a text that is being written, what room is left too. */
export function SegmentCounter({ estimate }: { estimate: Counted | undefined }) {
  if (estimate === undefined) return <p class="counter quiet small">{words('empty')}</p>;
  const { segmentCount, maxSegments, tooLong, room, cost, encoding, forcedBy = [] } = estimate;
  const rest = tooLong ? words('tooLong', { n: maxSegments }) : room === undefined ? undefined : words('room', { n: room });
  return (
    <p class={`counter small ${tooLong ? 'too-long' : segmentCount > 1 ? 'several' : 'quiet'}`} aria-live="polite">
      <span>{[words('segments', { n: segmentCount }), ...(rest === undefined ? [] : [rest])].join(', ')}</span>
      {cost && <span class="number">{money(cost)}</span>}
      {encoding === 'ucs2' && forcedBy.length > 0 && forcedBy.length < 6 && (
        <span>{words('forced', { characters: forcedBy.join(' ') })}</span>
      )}
    </p>
  );
}
