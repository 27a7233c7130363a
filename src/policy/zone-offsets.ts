import type { Stretch } from '../base/stretch.ts';
import { offsetIn } from '../base/zone-offset.ts';
import { DAY } from './local-date.ts';

/** A stretch of time in which a zone keeps one offset: local time is time plus `offset`, milliseconds. */
export interface OffsetStretch extends Stretch {
  readonly offset: number;
}

/** A day is looked at so often for another offset, milliseconds; no zone has changed twice in less. */
const STEP = 6 * 3_600_000;

/** Days remembered. A year of every zone of Russia and America fits in. */
const REMEMBERED = 30_000;

const zones = new Map<string, (at: number) => number>();
const days = new Map<string, readonly OffsetStretch[]>();

/**
 * The offsets of an IANA zone in a day of UTC, in order; one unless it changes its clocks on that day.
 * @param day days since 1970-01-01
 * @throws RangeError for a zone that does not exist
 */
export function offsetsOf(zone: string, day: number): readonly OffsetStretch[] {
  const name = `${zone} ${day}`;
  const known = days.get(name);
  if (known) return known;
  const found = findOffsets(zone, day);
  if (days.size >= REMEMBERED) days.clear();
  days.set(name, found);
  return found;
}

function findOffsets(zone: string, day: number): OffsetStretch[] {
  const stretches: OffsetStretch[] = [];
  const end = (day + 1) * DAY;
  let from = day * DAY;
  let offset = offsetAt(zone, from);
  for (let at = from; at < end; at += STEP) {
    // The last instant of each step, so that a change at its very end is found by the next one.
    const after = offsetAt(zone, Math.min(at + STEP, end) - 1000);
    if (after === offset) continue;
    const change = changeBetween(zone, at - 1000, at + STEP - 1000, offset);
    stretches.push({ from, to: change, offset });
    from = change;
    offset = after;
  }
  stretches.push({ from, to: end, offset });
  return stretches;
}

/** The first second with another offset than `before`, which holds at `low` and not at `high`. */
function changeBetween(zone: string, low: number, high: number, before: number): number {
  let [still, changed] = [low, high];
  while (changed - still > 1000) {
    const middle = still + Math.round((changed - still) / 2000) * 1000;
    if (offsetAt(zone, middle) === before) still = middle;
    else changed = middle;
  }
  return changed;
}

function offsetAt(zone: string, at: number): number {
  let ofZone = zones.get(zone);
  if (!ofZone) {
    ofZone = offsetIn(zone);
    zones.set(zone, ofZone);
  }
  return ofZone(at);
}
