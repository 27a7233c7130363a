import type { Amend, Amendment, NewSaying, Occasion } from '../store/records/occasion.ts';
import type { Fields, FieldValue } from '../templates/field-value.ts';
import { type Planning, planned, withStatus } from './change.ts';
import { CANCELLED } from './sequence.ts';

/** What is done to everybody booked in a period: their visits are off, or later by minutes, or they are only told something. */
export type NoticeDeed = { readonly kind: 'cancel' } | { readonly kind: 'late'; readonly minutes: number } | { readonly kind: 'tell' };

/** Whoever has a visit that begins before this after the next allowed hour is told at any hour, milliseconds. */
const SOON = 2 * 3_600_000;

const MINUTE = 60_000;

export interface NoticeFacts extends Planning {
  readonly deed: NoticeDeed;
  /** Tells this notice apart from all others, so that nobody is told twice. */
  readonly instance: string;
  /** From when on a number may be written to. */
  openFrom(to: string, at: number): number;
  /** Undefined where something is missing that it would name. */
  write(occasion: Occasion, more: Fields): string | undefined;
}

/** The occasion as the deed makes it. */
export function afterDeed(deed: NoticeDeed, before: Occasion, now: number): Occasion {
  if (deed.kind === 'cancel') return { ...withStatus(before, CANCELLED, now), changedAt: now };
  if (deed.kind === 'tell' || before.startsAt === null) return before;
  // Who has said yes will still come.
  return { ...before, startsAt: before.startsAt + deed.minutes * MINUTE, moves: before.moves + 1, changedAt: now };
}

/** What a text of a notice may name beside what the occasion is. */
export function noticeFields(deed: NoticeDeed): Fields {
  return new Map<string, FieldValue>(deed.kind === 'late' ? [['minutes', deed.minutes]] : []);
}

/** When it is told: at once to whoever would else come in vain, else when they may be written to. */
export function noticeMoment(startsAt: number | null, open: number, now: number): number {
  return startsAt !== null && startsAt < open + SOON ? now : open;
}

/** What a notice does to one occasion; undefined where it was done before, or where the occasion is off already. */
export function notify(facts: NoticeFacts): Amend {
  const { deed, instance, now, sequence } = facts;
  return (before, steps) => {
    if (!before || before.status === CANCELLED || steps.some((step) => step.instance === instance)) return undefined;
    const occasion = afterDeed(deed, before, now);
    const text = facts.write(occasion, noticeFields(deed));
    const startsAt = occasion.startsAt;
    const dueAt = noticeMoment(before.startsAt, facts.openFrom(before.to, now), now);
    const saying: NewSaying = {
      instance,
      text: text ?? '',
      purpose: 'urgent',
      topic: sequence.topic,
      isReply: false,
      isNotice: true,
      notAfter: startsAt !== null && startsAt > dueAt ? startsAt : null,
      dueAt,
      about: deed.kind === 'late' ? startsAt : null,
      skip: text === undefined ? 'fieldMissing' : null,
    };
    const amendment: Amendment = {
      ...planned(occasion, facts),
      says: [saying],
      events: eventOf(deed),
      tasks: text === undefined ? [{ kind: 'untold', inboundId: null }] : [],
    };
    return amendment;
  };
}

function eventOf(deed: NoticeDeed): NonNullable<Amendment['events']> {
  const detail = { by: 'desk', inbound: null, rating: null } as const;
  if (deed.kind === 'tell') return [];
  return [{ type: deed.kind === 'cancel' ? 'occasion.cancelled' : 'occasion.moved', detail }];
}
