import type { Amend, Amendment, Attendance, DataValue, Occasion, Repeats } from '../store/records/occasion.ts';
import type { OccasionEventType } from '../store/records/occasion-event.ts';
import { planOccasion } from './plan.ts';
import { CANCELLED, OFFER, type Sequence, WAITING } from './sequence.ts';

/** What a caller says of an occasion. What is not given stays as it was. */
export interface OccasionWish {
  readonly to: string;
  readonly contact: string | null;
  readonly name: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly startsAt?: number | null;
  readonly allDay?: boolean;
  readonly repeats?: Repeats | null;
  readonly status?: string | null;
  readonly resource?: string | null;
  readonly data?: Readonly<Record<string, DataValue>>;
  readonly slots?: readonly number[];
}

/** What every change is planned with. */
export interface Planning {
  readonly sequence: Sequence;
  readonly now: number;
  /** Of the site. */
  readonly timeZone: string;
}

/** An occasion and what is told of it from now on. */
export function planned(occasion: Occasion, { sequence, now, timeZone }: Planning): Pick<Amendment, 'occasion' | 'plan' | 'anew'> {
  return { occasion, anew: false, plan: (steps) => planOccasion({ occasion, sequence, steps, now, timeZone }) };
}

/** An occasion with another time: what was said of the one before counts no more. */
export function movedTo(occasion: Occasion, startsAt: number | null): Occasion {
  if (occasion.startsAt === startsAt) return occasion;
  return { ...occasion, startsAt, moves: occasion.moves + 1, answer: null, attendance: null, question: null };
}

/** With another status. Who cancelled it and takes it up again is told as of a move. */
export function withStatus(occasion: Occasion, status: string | null, now: number): Occasion {
  if (occasion.status === status) return occasion;
  const isBack = occasion.status === CANCELLED;
  return { ...occasion, status, statusAt: now, ...(isBack ? { moves: occasion.moves + 1, answer: null } : {}) };
}

/** What a caller says becomes the occasion, a new one where there is none. @param fresh a new one's ids */
export function put(wish: OccasionWish, fresh: Pick<Occasion, 'id' | 'keyId' | 'kind' | 'externalId'>, planning: Planning): Amend {
  const { now } = planning;
  return (before) => {
    const { startsAt, status, ...rest } = wish;
    const base: Occasion = before ?? {
      ...fresh,
      to: wish.to,
      contact: null,
      name: null,
      language: null,
      timeZone: null,
      startsAt: startsAt ?? null,
      allDay: false,
      repeats: null,
      status: null,
      statusAt: now,
      resource: null,
      data: {},
      slots: [],
      question: null,
      answer: null,
      attendance: null,
      moves: 0,
      heardAt: null,
      createdAt: now,
      changedAt: now,
    };
    const moved = startsAt === undefined ? base : movedTo(base, startsAt);
    const stated = status === undefined ? moved : withStatus(moved, status, now);
    const occasion: Occasion = { ...stated, ...rest, changedAt: now };
    const isNew = before === undefined;
    const events = eventsOf(before, occasion);
    const frees = isNew ? undefined : freed(before, occasion, now);
    return { ...planned(occasion, planning), anew: !isNew && before.to !== occasion.to, events, frees, heard: isNew };
  };
}

/** The time that a change gives back, where it is still to come. */
export function freed(before: Occasion, after: Occasion, now: number): Amendment['frees'] {
  const { startsAt, resource } = before;
  const isHeld = startsAt !== null && startsAt > now && before.status !== CANCELLED && before.status !== WAITING;
  const isGone = after.status === CANCELLED || after.startsAt !== startsAt || after.resource !== resource;
  return isHeld && isGone ? { resource, startsAt } : undefined;
}

const BY_PROGRAM = { by: 'program', inbound: null, rating: null } as const;

function eventsOf(before: Occasion | undefined, after: Occasion): NonNullable<Amendment['events']> {
  if (!before) return [{ type: 'occasion.booked', detail: BY_PROGRAM }];
  const types: OccasionEventType[] = [];
  if (after.startsAt !== before.startsAt && after.startsAt !== null) types.push('occasion.moved');
  if (after.status === CANCELLED && before.status !== CANCELLED) types.push('occasion.cancelled');
  return types.map((type) => ({ type, detail: BY_PROGRAM }));
}

/** Whether the client came. @param by who says so */
export function mark(attendance: Attendance, by: 'desk' | 'program', planning: Planning): Amend {
  return (before) => {
    if (!before) return undefined;
    const occasion: Occasion = { ...before, attendance, changedAt: planning.now };
    const events = before.attendance === attendance ? [] : [{ type: `occasion.${attendance}` as const, detail: { ...BY_PROGRAM, by } }];
    return { ...planned(occasion, planning), events };
  };
}

/** An offered time is kept for one only for a while. */
function withoutOldOffer(occasion: Occasion, now: number): Occasion {
  const { question } = occasion;
  return question?.ask === 'offer' && question.at + OFFER <= now ? { ...occasion, question: null } : occasion;
}

/** What is over by more than this is not open any more, milliseconds. */
const OVER = 12 * 3_600_000;

/** Whether there is something of it still to come, or may be. */
function isOpen({ status, startsAt, repeats }: Occasion, { sequence, now }: Planning): boolean {
  if (status !== null && (status === CANCELLED || sequence.ends.includes(status))) return false;
  return startsAt === null || repeats !== null || startsAt > now - OVER;
}

/**
 * What is told is planned anew, by the sequence, the time and the number of the contact as they are now.
 * @param numbersOf those of a contact; none where there is no such contact
 */
export function replan(planning: Planning, numbersOf: (contact: string) => readonly string[]): Amend {
  return (before) => {
    if (!before) return undefined;
    const occasion = withoutOldOffer(before, planning.now);
    const numbers = before.contact === null ? [] : numbersOf(before.contact);
    const [to = before.to] = numbers.includes(before.to) || !isOpen(before, planning) ? [before.to] : numbers;
    return { ...planned({ ...occasion, to }, planning), anew: to !== before.to };
  };
}
