import { cutSeptets, cutUnits, type PlannedSegment } from './cut.ts';
import { alphabetFor, GSM7, hasLockingTable, type LanguageShift, type NationalLanguage, NONE } from './gsm7.ts';
import { septetsOf } from './septets.ts';
import { alternatives, transliterate } from './transliterate.ts';
import { isHighSurrogate, isLowSurrogate, isSurrogate, loneSurrogateFault } from './ucs2.ts';
import { headerOctets } from './udh.ts';
import { capacity, type SegmentAlphabet } from './user-data.ts';

/**
 * The planner: which alphabet a text takes, how it is cut into segments, and how much room is left. Previews, prices and the
 * encoder all ask it, so they cannot disagree.
 */

/** Languages whose tables may be used to send: phones of those countries know them. */
type SendLanguage = Extract<NationalLanguage, 'turkish' | 'spanish' | 'portuguese'>;

export interface PlanOptions {
  /** Write the text in GSM 7-bit letters (see transliterate.ts) if all of it can be; otherwise it goes out as it is. */
  readonly transliterate?: boolean;
  /** National language tables to try, in order, when the default alphabet lacks a character. */
  readonly encodings?: readonly SendLanguage[];
  /** Bits of the reference that joins segments: 8 unless given. 16 costs a septet or a UTF-16 unit in each. */
  readonly refBits?: 8 | 16;
  /** Octets that further information elements (such as ports) take in the header of each segment. */
  readonly extraOctets?: number;
}

export interface TextPlan {
  /** The text as it will be sent: transliterated, if that was asked for and possible. */
  readonly text: string;
  readonly alphabet: SegmentAlphabet;
  /** National tables that the text needs; null for none. */
  readonly language: LanguageShift | null;
  /** Septets (escapes included) or UTF-16 units of the whole text. */
  readonly units: number;
  /** How many of those a segment has room for: fewer when there are several segments. */
  readonly unitsPerSegment: number;
  /** Units left in the last segment. One more than this starts a new one (and, after the first, makes all of them shorter). */
  readonly room: number;
  /** In order; at least one. More than 255 cannot be sent. */
  readonly segments: readonly PlannedSegment[];
  /** The different characters that forced UCS2 (with `transliterate`, those that have no replacement), in order; else empty. */
  readonly offenders: readonly string[];
}

const CONCAT = {
  8: { ref: 0, bits: 8, total: 2, n: 1 },
  16: { ref: 0, bits: 16, total: 2, n: 1 },
} as const;

/** Octets of the header in a message of one segment. */
function headerOfOne(language: LanguageShift | null, extra: number): number {
  const octets = headerOctets({ language });
  // Whatever comes first brings the length octet with it.
  return octets + extra + (octets === 0 && extra > 0 ? 1 : 0);
}

/** Octets of the header in each of several segments. */
function headerOfMany(language: LanguageShift | null, options: PlanOptions): number {
  return headerOctets({ language, concat: CONCAT[options.refBits ?? 8] }) + (options.extraOctets ?? 0);
}

function sevenBit(text: string, units: number, language: LanguageShift | null, options: PlanOptions): TextPlan {
  let unitsPerSegment = capacity('gsm7', headerOfOne(language, options.extraOctets ?? 0));
  let segments: PlannedSegment[];
  if (units <= unitsPerSegment) {
    segments = [{ text, units }];
  } else {
    unitsPerSegment = capacity('gsm7', headerOfMany(language, options));
    segments = cutSeptets(text, units, language ? alphabetFor(language) : GSM7, unitsPerSegment);
  }
  const room = unitsPerSegment - (segments.at(-1)?.units ?? 0);
  return { text, alphabet: 'gsm7', language, units, unitsPerSegment, room, segments, offenders: [] };
}

/** Marks of the characters seen in one call of `offendersOf`: the number of that call. */
const SEEN = new Uint32Array(0x10000);
let call = 0;

/**
 * The different characters that the default alphabet lacks, in order.
 * @throws Fault textInvalid for a surrogate that stands alone
 */
function offendersOf(text: string): string[] {
  call++;
  const offenders: string[] = [];
  let astral: Set<string> | undefined;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (SEEN[unit] === call || GSM7.encode[unit] !== NONE) continue;
    if (!isSurrogate(unit)) {
      SEEN[unit] = call;
      offenders.push(String.fromCharCode(unit));
      continue;
    }
    if (!isHighSurrogate(unit) || !isLowSurrogate(text.charCodeAt(i + 1))) throw loneSurrogateFault(text, i);
    const pair = text.slice(i, i + 2);
    astral ??= new Set();
    if (!astral.has(pair)) offenders.push(pair);
    astral.add(pair);
    i++;
  }
  return offenders;
}

function ucs2(text: string, missing: readonly string[], options: PlanOptions): TextPlan {
  const units = text.length;
  let unitsPerSegment = capacity('ucs2', headerOfOne(null, options.extraOctets ?? 0));
  let segments: PlannedSegment[];
  if (units <= unitsPerSegment) {
    segments = [{ text, units }];
  } else {
    unitsPerSegment = capacity('ucs2', headerOfMany(null, options));
    segments = cutUnits(text, unitsPerSegment);
  }
  const room = unitsPerSegment - (segments.at(-1)?.units ?? 0);
  const offenders = options.transliterate
    ? alternatives(text).flatMap(({ character, replacement }) => (replacement === null ? [character] : []))
    : missing;
  return { text, alphabet: 'ucs2', language: null, units, unitsPerSegment, room, segments, offenders };
}

/**
 * The language's tables that make the fewest segments; null when none has every character. When that is even, the single
 * shift table alone comes first: a phone that does not know it shows the letter without its accent (TS 23.038 A.2 puts each
 * behind that letter's code), while one that does not know a locking table shows wrong letters.
 */
function national(text: string, language: SendLanguage, options: PlanOptions): TextPlan | null {
  const shifts: LanguageShift[] = [{ single: language }];
  if (hasLockingTable(language)) shifts.push({ locking: language }, { locking: language, single: language });
  let best: TextPlan | null = null;
  for (const shift of shifts) {
    const units = septetsOf(text, alphabetFor(shift));
    if (units < 0) continue;
    const plan = sevenBit(text, units, shift, options);
    if (best === null || plan.segments.length < best.segments.length) best = plan;
  }
  return best;
}

/**
 * Plans a text. The default GSM 7-bit alphabet comes first, then the national tables and the transliteration that were asked
 * for, then UCS2; no character is ever replaced without being asked for. '' is one empty segment.
 * @throws Fault textInvalid for a surrogate that stands alone, with its position
 */
export function planText(text: string, options: PlanOptions = {}): TextPlan {
  const septets = septetsOf(text);
  if (septets >= 0) return sevenBit(text, septets, null, options);
  const missing = offendersOf(text);
  for (const language of options.encodings ?? []) {
    const plan = national(text, language, options);
    if (plan) return plan;
  }
  if (options.transliterate) {
    const latin = transliterate(text);
    if (latin !== null) return sevenBit(latin, septetsOf(latin), null, options);
  }
  return ucs2(text, missing, options);
}
