import { rfc3339 } from '../base/clock.ts';
import type { OccasionDetail, OccasionView, Occasion as StoredOccasion } from '../store/records/occasion.ts';
import type { Occasion, OccasionHappening } from './schemas/occasion.ts';

/** Occasions as callers see them; see `shape.ts`. */

function facts(o: StoredOccasion): Omit<Occasion, 'name' | 'steps' | 'rating'> {
  return {
    id: o.id,
    kind: o.kind,
    externalId: o.externalId,
    contact: { externalId: o.contact, to: o.to, name: o.name, language: o.language, timeZone: o.timeZone },
    startsAt: o.startsAt === null ? null : rfc3339(o.startsAt),
    allDay: o.allDay,
    repeats: o.repeats && { every: o.repeats.every, unit: o.repeats.unit },
    status: o.status,
    resource: o.resource,
    data: { ...o.data },
    slots: o.slots.map(rfc3339),
    answer: o.answer,
    attendance: o.attendance,
    createdAt: rfc3339(o.createdAt),
    changedAt: rfc3339(o.changedAt),
    key: o.keyId,
  };
}

export const shapeOccasion = (view: OccasionView): Omit<Occasion, 'name'> => ({
  ...facts(view),
  rating: view.rating,
  steps: view.steps.map(({ step, state, reason, dueAt, variant, messageId, messageStatus }) => ({
    step,
    state,
    reason,
    dueAt: rfc3339(dueAt),
    variant,
    message: messageId,
    messageStatus,
  })),
});

export const shapeOccasionHappening = (occasion: StoredOccasion, { by, inbound, rating }: OccasionDetail): OccasionHappening => ({
  ...facts(occasion),
  by,
  inbound,
  rating,
});
