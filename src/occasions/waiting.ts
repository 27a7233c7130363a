import type { Clock } from '../base/clock.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { FreedSlot, NewSaying, Occasion } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';
import type { FieldValue } from '../templates/field-value.ts';
import { planned } from './change.ts';
import { CANCELLED, OFFER, WAITING } from './sequence.ts';
import type { Sequences } from './sequences.ts';
import type { Wording } from './wording.ts';

/** A time that begins sooner than this is offered to nobody, milliseconds. */
const TOO_SOON = 3_600_000;

/** Who waits for a time of one kind, at most. */
const MOST = 500;

/** Times that are looked at in one go. */
const TOGETHER = 100;

/**
 * Offers times that were given back to whoever waits for one: to one after the other, the one who has waited longest first, each for
 * half an hour in which they may be written to, until someone takes it. What is offered to whom stands in the store.
 */
export class WaitingList {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #sequences: Sequences;
  readonly #wording: Wording;
  readonly #timeZone: string;
  readonly #openFrom: (to: string, at: number) => number;

  constructor(parts: {
    store: Store;
    clock: Clock;
    sequences: Sequences;
    wording: Wording;
    timeZone: string;
    /** From when on a number may be written to. */
    openFrom: (to: string, at: number) => number;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#sequences = parts.sequences;
    this.#wording = parts.wording;
    this.#timeZone = parts.timeZone;
    this.#openFrom = parts.openFrom;
  }

  /** Offers what is free. */
  async offer(): Promise<void> {
    for (const slot of this.#store.occasions.freed(TOGETHER)) {
      if (!(await this.#offerOne(slot))) await this.#store.occasions.closeSlot(slot.seq);
    }
  }

  /** @returns whether it is still to be offered */
  async #offerOne(slot: FreedSlot): Promise<boolean> {
    const { occasions } = this.#store;
    const now = this.#clock.now();
    if (slot.startsAt - now < TOO_SOON || this.#isTaken(slot)) return false;
    const waiting = occasions.withStatus(slot.kind, WAITING, MOST);
    if (waiting.some(({ question }) => question?.ask === 'offer' && isSame(question, slot) && now < question.at + OFFER)) return true;
    for (const occasion of waiting) {
      if (!suits(occasion, slot)) continue;
      const at = this.#openFrom(occasion.to, now);
      // It would be over before they may answer.
      if (slot.startsAt - at < TOO_SOON + OFFER) continue;
      if (await this.#ask(occasion, slot, at, now)) return true;
    }
    return false;
  }

  #isTaken({ kind, startsAt, resource }: FreedSlot): boolean {
    const there = this.#store.occasions.at(kind, startsAt);
    return there.some((other) => other.resource === resource && other.status !== CANCELLED && other.status !== WAITING);
  }

  /** @returns whether they were asked; nobody is asked twice for the same time */
  async #ask(occasion: Occasion, { startsAt, resource }: FreedSlot, at: number, now: number): Promise<boolean> {
    const sequence = this.#sequences.of(occasion.kind);
    const times = (['date', 'time', 'weekday', 'dateTime'] as const).map((kind): [string, FieldValue] => [kind, { kind, at: startsAt }]);
    const written = this.#wording.text('visit.slotOffer', occasion, now, new Map(times));
    if (!sequence || !written || written.missing.length > 0) return false;
    const instance = `offer:${startsAt}:${resource ?? ''}`;
    const saying: NewSaying = {
      instance,
      text: written.text,
      purpose: 'service',
      topic: sequence.topic,
      isReply: false,
      isNotice: false,
      notAfter: at + OFFER,
      dueAt: at,
      about: null,
      skip: null,
    };
    const asked = await this.#store.occasions.amend(occasion, now, (before, steps) => {
      if (before?.status !== WAITING || before.question !== null || steps.some((step) => step.instance === instance)) return undefined;
      const asking: Occasion = { ...before, question: { ask: 'offer', startsAt, resource, at } };
      return { ...planned(asking, { sequence, now, timeZone: this.#timeZone }), says: [saying] };
    });
    return asked !== undefined;
  }
}

const isSame = (a: { startsAt: number; resource: string | null }, b: { startsAt: number; resource: string | null }): boolean =>
  a.startsAt === b.startsAt && a.resource === b.resource;

/** Whether a time is one that they wait for: of their resource, and between `data.from` and `data.until`. */
function suits({ resource, question, data }: Occasion, slot: FreedSlot): boolean {
  if (question !== null || (resource !== null && resource !== slot.resource)) return false;
  const { from, until } = data;
  const [first, last] = [
    typeof from === 'string' ? readInstant(from) : undefined,
    typeof until === 'string' ? readInstant(until) : undefined,
  ];
  return slot.startsAt >= (first ?? Number.NEGATIVE_INFINITY) && slot.startsAt < (last ?? Number.POSITIVE_INFINITY);
}
