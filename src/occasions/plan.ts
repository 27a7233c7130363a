import { createHash } from 'node:crypto';
import { DAY } from '../policy/local-date.ts';
import { instantOf, localTime } from '../policy/local-time.ts';
import type { Occasion, OccasionPlan, OccasionStep, WantedStep } from '../store/records/occasion.ts';
import { occurrenceFrom } from './occurrence.ts';
import { CANCELLED, OFFER, type Sequence, type SequenceStep, TOLD_ELSEWHERE, templateFor, WAITING } from './sequence.ts';

/** Steps before its time are handed to the queue so long ahead, so that quiet hours can still move them earlier, milliseconds. */
const HORIZON = 36 * 3_600_000;

/** What says the same thing within this is said once, milliseconds. */
const MERGE = 6 * 3_600_000;

/** The last step of an occurrence may still wait for its moment so long before the next one is planned, milliseconds. */
const TURN = 12 * 3_600_000;

/** What is over is planned anew so long after now at the least, milliseconds. */
const SOON = 60_000;

/** A step with its moment. */
type Candidate = WantedStep & { readonly side: 'news' | 'before' | 'after' };

export interface PlanFacts {
  readonly occasion: Occasion;
  readonly sequence: Sequence;
  /** What is planned and was told so far. */
  readonly steps: readonly OccasionStep[];
  readonly now: number;
  /** Of the site, where the client has none. */
  readonly timeZone: string;
}

/**
 * What is to be told of an occasion from now on, by its sequence. Facts in, plan out: the same facts give the same plan, so that it
 * may be made again whenever something changes, and what was told before is not wanted again.
 *
 * - What is new is told once; another time than the one that was told is told as a move, and each status once.
 * - Steps relative to the time belong to that time: another one has its own. Those whose moment has passed are left out unless
 *   they say otherwise; a step that is planned already keeps its place.
 * - A reminder within six hours after something that told the time, or after another reminder, is merged into that; so is one
 *   request after another. A status that nobody was told of yet gives way to the next one.
 * - Of what comes again one time is planned, and the next one when that is over.
 * - An occasion that is cancelled tells that, where it told anything before, and nothing else.
 */
export function planOccasion(facts: PlanFacts): OccasionPlan {
  const { occasion, sequence, now } = facts;
  if (occasion.status === CANCELLED) return { steps: facts.steps.some(isTold) ? statusSteps(facts).map(bare) : [], replanAt: null };
  if (occasion.status === WAITING) return { steps: [], replanAt: questionEnds(occasion, now) };
  const zone = occasion.timeZone ?? facts.timeZone;
  const repeats = occasion.repeats ?? sequence.repeats ?? null;
  const isOver = occasion.status !== null && sequence.ends.includes(occasion.status);
  const news = [...toldOnce(facts), ...statusSteps(facts)];
  if (isOver) return { steps: news.map(bare), replanAt: null };
  const last = (start: number): number => Math.max(start, ...timed(facts, start, zone).map(({ dueAt }) => dueAt));
  let start = occasion.startsAt;
  if (start !== null && repeats !== null) {
    const reach = last(start) - start;
    start = occurrenceFrom(start, repeats, now - TURN - reach, zone);
  }
  const dated = start === null ? [] : timed(facts, start, zone);
  const kept = merged([...news, ...dated], facts).map((step) => past(step, facts));
  const replanAt = start !== null && repeats !== null ? Math.max(now + SOON, last(start) + TURN + 1) : null;
  const handedOver = repeats === null ? [] : earlier(facts, kept);
  return { steps: [...kept, ...placed(facts), ...silent(facts), ...handedOver].map(bare), replanAt };
}

/** When an offered time is somebody else's. */
function questionEnds({ question }: Occasion, now: number): number | null {
  return question?.ask === 'offer' ? Math.max(now + 1, question.at + OFFER) : null;
}

const bare = ({ side: _side, ...step }: Candidate): WantedStep => step;

const isTold = ({ state, saying }: OccasionStep): boolean => state === 'accepted' && saying === null;

/** In words of its own, on its way or about to be. */
const isSaid = ({ saying, state, reason }: OccasionStep): boolean =>
  saying !== null && (state === 'accepted' || state === 'planned' || reason === TOLD_ELSEWHERE);

const isNotice = (step: OccasionStep): boolean => isSaid(step) && step.saying?.isNotice === true;

/** The time that the client was told last; undefined where they were told none, null where the last they heard was that it is off. */
function toldTime(steps: readonly OccasionStep[]): number | null | undefined {
  const told = steps.filter(
    (step) => (isTold(step) && step.instance === `status:${CANCELLED}`) || ((isTold(step) || isSaid(step)) && step.about !== null),
  );
  const latest = told.reduce<OccasionStep | undefined>((a, b) => (a === undefined || b.seq > a.seq ? b : a), undefined);
  if (latest === undefined) return undefined;
  return latest.instance === `status:${CANCELLED}` ? null : latest.about;
}

function candidate(facts: PlanFacts, step: SequenceStep, instance: string, dueAt: number, side: Candidate['side']): Candidate {
  const { occasion, now } = facts;
  const { startsAt, kind, to } = occasion;
  const day = startsAt === null ? null : localTime(occasion.timeZone ?? facts.timeZone, startsAt).day;
  const joins = step.joins && day !== null ? `${kind} ${step.name} ${to} ${day}` : null;
  const variant = typeof step.template === 'string' ? null : templateFor(step, shareOf(`${occasion.to} ${step.name}`));
  const takeAt = side === 'before' ? Math.max(now, dueAt - HORIZON) : dueAt;
  return { instance, step: step.name, dueAt, takeAt, skip: leftOut(facts, step), joins, variant, side };
}

/** A fraction that is the same for the same words for good. */
const shareOf = (words: string): number => createHash('sha256').update(words).digest().readUInt32BE(0) / 2 ** 32;

function leftOut({ occasion }: PlanFacts, { unless = [] }: SequenceStep): string | null {
  const { status, answer, attendance } = occasion;
  return [status, answer, attendance].find((word) => word !== null && unless.includes(word)) ?? null;
}

function toldOnce(facts: PlanFacts): Candidate[] {
  const { occasion, sequence, steps, now } = facts;
  const told = toldTime(steps);
  const booked = steps.find(({ instance }) => instance === 'booked');
  return sequence.steps.flatMap((step) => {
    if (!('on' in step.when)) return [];
    if (step.when.on === 'booked') {
      // What was booked for a time that is over is news to nobody.
      if (!booked && occasion.startsAt !== null && occasion.startsAt <= now) return [];
      return [candidate(facts, step, 'booked', booked?.dueAt ?? now, 'news')];
    }
    const instance = `moved:${occasion.moves}`;
    const before = steps.find((row) => row.instance === instance);
    const isNews = told !== undefined && told !== occasion.startsAt && occasion.startsAt !== null && occasion.startsAt > now;
    if (!isNews && before?.state !== 'accepted') return [];
    return [candidate(facts, step, instance, before?.dueAt ?? now, 'news')];
  });
}

function statusSteps(facts: PlanFacts): Candidate[] {
  const { occasion, sequence, steps, now } = facts;
  const current = [occasion.status, occasion.attendance].filter((status) => status !== null);
  return current.flatMap((status) => {
    const named = sequence.steps.find(({ when }) => 'status' in when && when.status === status);
    const step =
      named ?? (status === occasion.status ? sequence.steps.find(({ when }) => 'status' in when && when.status === '*') : undefined);
    // Who cancelled it knows, and who was told with many others too.
    const isKnown = status === CANCELLED && (occasion.answer === 'cancelled' || steps.some(isNotice));
    if (!step || isKnown) return [];
    const instance = `status:${status}`;
    return [candidate(facts, step, instance, steps.find((row) => row.instance === instance)?.dueAt ?? now, 'news')];
  });
}

/** The steps relative to one time. */
function timed(facts: PlanFacts, start: number, zone: string): Candidate[] {
  return facts.sequence.steps.flatMap((step) => {
    const due = momentOf(step, start, zone);
    if (due === undefined) return [];
    const side = due < start ? ('before' as const) : ('after' as const);
    const { every = 0, times = 0 } = step.again ?? {};
    return Array.from({ length: times + 1 }, (_, n) =>
      candidate(facts, step, `${step.name}:${start}${n === 0 ? '' : `#${n}`}`, due + n * every * 1000, side),
    );
  });
}

function momentOf({ when }: SequenceStep, start: number, zone: string): number | undefined {
  if ('before' in when) return start - when.before * 1000;
  if ('after' in when) return start + when.after * 1000;
  if (!('days' in when)) return undefined;
  const { day, time } = localTime(zone, start);
  return instantOf(zone, { day: day + when.days, time: when.at === undefined ? time : timeOfDay(when.at) });
}

/** Milliseconds since midnight of `10:30`. */
function timeOfDay(written: string): number {
  const [hours = 0, minutes = 0] = written.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** What was handed to the queue of the time before and may still wait there is as true as it was. */
function earlier({ steps }: PlanFacts, now: readonly Candidate[]): Candidate[] {
  const wanted = new Set(now.map(({ instance }) => instance));
  return steps
    .filter(({ instance, state, saying }) => state === 'accepted' && saying === null && !wanted.has(instance))
    .map(({ instance, step, dueAt, variant }) => ({
      instance,
      step,
      dueAt,
      takeAt: dueAt,
      skip: null,
      joins: null,
      variant,
      side: 'after',
    }));
}

/** Of those whose place has come, the one nearest to the turn. */
function placed(facts: PlanFacts): Candidate[] {
  const { occasion, sequence, steps, now } = facts;
  const { place } = occasion.data;
  if (typeof place !== 'number') return [];
  const met = sequence.steps
    .flatMap((step) => ('places' in step.when && place <= step.when.places ? [{ step, places: step.when.places }] : []))
    .sort((a, b) => a.places - b.places);
  return met.map(({ step }, i) => {
    const instance = `places:${step.name}`;
    const before = steps.find((row) => row.instance === instance);
    const wanted = candidate(facts, step, instance, before?.dueAt ?? now, 'news');
    return i === 0 || before?.state === 'accepted' ? wanted : { ...wanted, skip: 'merged' };
  });
}

function silent(facts: PlanFacts): Candidate[] {
  const { occasion, sequence } = facts;
  const since = Math.max(occasion.createdAt, occasion.statusAt);
  if (occasion.heardAt !== null && occasion.heardAt >= since) return [];
  return sequence.steps.flatMap((step) => {
    if (!('silence' in step.when)) return [];
    const first = since + step.when.silence * 1000;
    const { every = 0, times = 0 } = step.again ?? {};
    return Array.from({ length: times + 1 }, (_, n) =>
      candidate(facts, step, `${step.name}:${since}${n === 0 ? '' : `#${n}`}`, first + n * every * 1000, 'after'),
    );
  });
}

/** What was told lately, or is about to be, and says when it is. */
function merged(candidates: readonly Candidate[], { steps, sequence }: PlanFacts): Candidate[] {
  const tellsTime = new Set(sequence.steps.flatMap(({ name, when }) => ('on' in when ? [name] : [])));
  const sorted = [...candidates].sort((a, b) => a.dueAt - b.dueAt);
  const kept: { side: Candidate['side']; dueAt: number; instance: string }[] = steps
    .filter((row) => (row.state === 'accepted' && tellsTime.has(row.step)) || (isSaid(row) && row.about !== null))
    .map(({ dueAt, instance }) => ({ side: 'before', dueAt, instance }));
  return sorted.map((step) => {
    if (step.skip !== null) return step;
    const isRepeat = (other: { side: Candidate['side']; dueAt: number; instance: string }): boolean =>
      other.instance !== step.instance && other.side === step.side && step.dueAt - other.dueAt >= 0 && step.dueAt - other.dueAt < MERGE;
    if (step.side !== 'news' && kept.some(isRepeat)) return { ...step, skip: 'merged' };
    kept.push({
      side: step.side === 'news' && tellsTime.has(step.step) ? 'before' : step.side,
      dueAt: step.dueAt,
      instance: step.instance,
    });
    return step;
  });
}

/** What is planned already is told, however late; what would be new is too late for its moment. */
function past(step: Candidate, { steps, sequence, now, occasion }: PlanFacts): Candidate {
  if (step.side === 'news' || step.dueAt > now || step.skip !== null) return step;
  if (steps.some(({ instance, state }) => instance === step.instance && (state === 'planned' || state === 'accepted'))) return step;
  const rule = sequence.steps.find(({ name }) => name === step.step);
  const isOver = occasion.startsAt !== null && step.side === 'before' && occasion.startsAt <= now;
  if (rule?.ifPast === 'send' && !isOver && now - step.dueAt < 366 * DAY) return { ...step, dueAt: now, takeAt: now };
  return { ...step, skip: 'past' };
}
