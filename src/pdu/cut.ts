import { type Alphabet, NONE } from './gsm7.ts';
import { isLowSurrogate } from './ucs2.ts';

/**
 * Cuts a text into segments, each as full as it can be: an escape pair, a surrogate pair and, where it fits into a segment
 * at all, a grapheme cluster (what a reader takes for one character) go into one segment or the next, whole.
 */
export interface PlannedSegment {
  readonly text: string;
  /** Septets (escapes included) or UTF-16 units. */
  readonly units: number;
}

const CR = 0x0d;
const LF = 0x0a;

/** How many units before `end` a line end of two characters begins that would be cut there: 1 or 0. */
const lineEndBefore = (text: string, start: number, end: number): number =>
  text.charCodeAt(end) === LF && text.charCodeAt(end - 1) === CR && end - 1 > start ? 1 : 0;

/** As `cutSeptets`, for a text of which every character is one septet. */
function cutPlain(text: string, limit: number): PlannedSegment[] {
  const segments: PlannedSegment[] = [];
  let start = 0;
  while (text.length - start > limit) {
    const end = start + limit - lineEndBefore(text, start, start + limit);
    segments.push({ text: text.slice(start, end), units: end - start });
    start = end;
  }
  segments.push({ text: text.slice(start), units: text.length - start });
  return segments;
}

/**
 * @param text of characters that the alphabet has
 * @param septets how many it takes, from `septetsOf`
 * @param limit septets in a segment
 */
export function cutSeptets(text: string, septets: number, alphabet: Alphabet, limit: number): PlannedSegment[] {
  if (septets === text.length) return cutPlain(text, limit);
  const table = alphabet.encode;
  const segments: PlannedSegment[] = [];
  let start = 0;
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    const cost = (table[text.charCodeAt(i)] ?? NONE) < 128 ? 1 : 2;
    if (units + cost > limit) {
      // A line end of two characters is the one grapheme cluster that these alphabets can make.
      const keep = lineEndBefore(text, start, i);
      segments.push({ text: text.slice(start, i - keep), units: units - keep });
      start = i - keep;
      units = keep;
    }
    units += cost;
  }
  segments.push({ text: text.slice(start), units });
  return segments;
}

/** Ranges of characters between any two of which a grapheme cluster ends (UAX 29, but for CR LF): most of what people write. */
const PLAIN_RANGES: readonly (readonly [number, number])[] = [
  [0x0000, 0x02ff],
  [0x0370, 0x0482],
  [0x048a, 0x0590],
  [0x2010, 0x2027],
  [0x202f, 0x205f],
  [0x2070, 0x20cf],
  [0x2100, 0x2bff],
  [0x3001, 0x3029],
  [0x3030, 0x3098],
  [0x309b, 0x9fff],
];

const PLAIN = new Uint8Array(0x10000);
for (const [from, to] of PLAIN_RANGES) PLAIN.fill(1, from, to + 1);

let segmenter: Intl.Segmenter | undefined;

/**
 * Where to end the segment that begins at `start`, when a cluster reaches over `end`. The clusters are found in a window
 * from the start of the segment on, so that the work for a text grows with its length and no faster.
 */
function beforeCluster(text: string, start: number, end: number, limit: number): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const cluster = segmenter.segment(text.slice(start, start + 2 * limit + 2)).containing(end - start);
  // One that no segment has room for must be cut somewhere: fill this one.
  if (!cluster || cluster.segment.length > limit) return end;
  return start + cluster.index;
}

/**
 * @param text without surrogates that stand alone
 * @param limit UTF-16 units in a segment
 */
export function cutUnits(text: string, limit: number): PlannedSegment[] {
  const segments: PlannedSegment[] = [];
  let start = 0;
  while (text.length - start > limit) {
    let end = start + limit;
    const next = text.charCodeAt(end);
    const last = text.charCodeAt(end - 1);
    if (PLAIN[next] !== 1 || PLAIN[last] !== 1 || (next === LF && last === CR)) {
      if (isLowSurrogate(next)) end--;
      end = beforeCluster(text, start, end, limit);
    }
    segments.push({ text: text.slice(start, end), units: end - start });
    start = end;
  }
  segments.push({ text: text.slice(start), units: text.length - start });
  return segments;
}
