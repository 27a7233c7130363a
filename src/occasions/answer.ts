import type { Amend, Amendment, NewSaying, Occasion, OccasionTask } from '../store/records/occasion.ts';
import type { OccasionEventType } from '../store/records/occasion-event.ts';
import { freed, movedTo, type Planning, planned, withStatus } from './change.ts';
import type { Choice } from './read-answer.ts';
import { CANCELLED, TOLD_ELSEWHERE } from './sequence.ts';

/** What a client's answer does. */
export type Deed =
  | { readonly kind: Choice }
  /** Asked whether it is to be cancelled, the client keeps it. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'slot'; readonly startsAt: number }
  | { readonly kind: 'noSlot' }
  /** A dialogue about another time has begun, or is about to. */
  | { readonly kind: 'moveOffered' }
  | { readonly kind: 'rating'; readonly rating: number }
  | { readonly kind: 'offer'; readonly takes: boolean }
  | { readonly kind: 'late' }
  | { readonly kind: 'unclear' };

/** The words of replies: templates, each with the fields beside those of the occasion. */
export type ReplyTemplate =
  | 'reply.confirmed'
  | 'reply.cancelled'
  | 'reply.cancelAsked'
  | 'reply.moveAsked'
  | 'reply.slots'
  | 'reply.moved'
  | 'reply.rated'
  | 'reply.slotGone';

export interface AnswerFacts extends Planning {
  /** Id of what the client wrote; null where it came by a dialogue. */
  readonly inboundId: string | null;
  /** Tells this answer apart from all others, so that it is followed once. */
  readonly instance: string;
  /** Null where the client is not to be replied to now. */
  readonly reply: ((template: ReplyTemplate, occasion: Occasion) => string | undefined) | null;
  /** A dialogue has told the client what becomes of it. */
  readonly isTold?: boolean;
}

/** Ratings up to this are looked at by a person. */
const LOW = 3;

/** What an answer makes of an occasion. */
interface Outcome {
  readonly occasion: Occasion;
  readonly event: OccasionEventType | null;
  readonly task: OccasionTask | null;
  readonly reply: ReplyTemplate | null;
  readonly rating?: number;
}

/**
 * What follows from a client's answer: the occasion changes, whoever listens is told, the desk has a task, and the client a reply. An
 * answer that was followed before, in a process that died at once after, is not followed again. Undefined for nothing to do.
 */
export function answer(deed: Deed, facts: AnswerFacts): Amend {
  const { now, inboundId, instance, reply } = facts;
  return (before, steps) => {
    if (!before || steps.some((step) => step.instance === instance)) return undefined;
    const outcome = outcomeOf(deed, before, now);
    const occasion: Occasion = { ...outcome.occasion, heardAt: now, changedAt: now };
    const text = outcome.reply === null ? undefined : reply?.(outcome.reply, occasion);
    const detail = { by: 'client', inbound: inboundId, rating: outcome.rating ?? null } as const;
    const amendment: Amendment = {
      ...planned(occasion, facts),
      says: [saying(instance, text, occasion, facts)],
      events: outcome.event === null ? [] : [{ type: outcome.event, detail }],
      tasks: outcome.task === null ? [] : [{ kind: outcome.task, inboundId, isDone: outcome.task === 'confirmed' }],
      frees: freed(before, occasion, now),
      ...(outcome.rating === undefined || inboundId === null ? {} : { rating: { rating: outcome.rating, inboundId, at: now } }),
      heard: true,
    };
    return amendment;
  };
}

function saying(instance: string, text: string | undefined, occasion: Occasion, { now, sequence, isTold = false }: AnswerFacts): NewSaying {
  return {
    instance,
    text: text ?? '',
    purpose: 'service',
    topic: sequence.topic,
    isReply: true,
    isNotice: false,
    notAfter: null,
    dueAt: now,
    about: text === undefined && !isTold ? null : occasion.startsAt,
    skip: isTold ? TOLD_ELSEWHERE : text === undefined ? 'noReply' : null,
  };
}

function outcomeOf(deed: Deed, before: Occasion, now: number): Outcome {
  const unclear: Outcome = { occasion: before, event: 'occasion.unclear', task: 'unclear', reply: null };
  switch (deed.kind) {
    case 'confirm':
      if (before.status === CANCELLED) return unclear;
      if (before.answer === 'confirmed') return { occasion: before, event: null, task: null, reply: null };
      return { occasion: { ...before, answer: 'confirmed' }, event: 'occasion.confirmed', task: 'confirmed', reply: 'reply.confirmed' };
    case 'cancel': {
      if (before.status === CANCELLED) return { occasion: before, event: null, task: null, reply: null };
      const occasion: Occasion = { ...withStatus(before, CANCELLED, now), answer: 'cancelled', question: null };
      return { occasion, event: 'occasion.cancelled', task: 'visit', reply: 'reply.cancelled' };
    }
    // Whoever means the texts must not lose the visit by the word for it.
    case 'refuse':
      if (before.status === CANCELLED) return { occasion: before, event: null, task: null, reply: null };
      return { occasion: { ...before, question: { ask: 'cancel', at: now } }, event: null, task: 'visit', reply: 'reply.cancelAsked' };
    case 'keep': {
      const occasion: Occasion = { ...before, answer: 'confirmed', question: null };
      return { occasion, event: 'occasion.confirmed', task: 'confirmed', reply: 'reply.confirmed' };
    }
    case 'move': {
      const slots = before.slots.filter((slot) => slot > now);
      if (slots.length === 0) return moveAsked({ ...before, question: null });
      const occasion: Occasion = { ...before, answer: 'moveAsked', question: { ask: 'slot', slots, at: now } };
      return { occasion, event: 'occasion.moveAsked', task: null, reply: 'reply.slots' };
    }
    case 'moveOffered':
      return { occasion: { ...before, answer: 'moveAsked', question: null }, event: 'occasion.moveAsked', task: null, reply: null };
    case 'noSlot':
      return moveAsked({ ...before, question: null });
    case 'slot': {
      const back = before.status === CANCELLED ? withStatus(before, null, now) : before;
      const moved = movedTo(back, deed.startsAt);
      const slots = before.slots.filter((slot) => slot !== deed.startsAt);
      const occasion: Occasion = { ...moved, answer: 'confirmed', question: null, slots };
      return { occasion, event: 'occasion.moved', task: 'visit', reply: 'reply.moved' };
    }
    case 'rating': {
      const task = deed.rating <= LOW ? 'lowRating' : null;
      return { occasion: before, event: 'occasion.rated', task, reply: 'reply.rated', rating: deed.rating };
    }
    case 'offer': {
      const { question } = before;
      if (question?.ask !== 'offer' || !deed.takes)
        return { occasion: { ...before, question: null }, event: null, task: null, reply: null };
      const { startsAt, resource } = question;
      const booked = {
        ...withStatus(before, null, now),
        resource: resource ?? before.resource,
        question: null,
        answer: 'confirmed' as const,
      };
      // The confirmation of its sequence is the reply.
      return { occasion: { ...booked, startsAt }, event: 'occasion.slotTaken', task: 'visit', reply: null };
    }
    case 'late':
      return { occasion: before, event: null, task: null, reply: 'reply.slotGone' };
    case 'unclear':
      return unclear;
  }
}

const moveAsked = (before: Occasion): Outcome => ({
  occasion: { ...before, answer: 'moveAsked' },
  event: 'occasion.moveAsked',
  task: 'visit',
  reply: 'reply.moveAsked',
});
