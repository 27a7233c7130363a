import type { Clock } from '../base/clock.ts';
import type { DueStep, Occasion, OccasionRef } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';
import type { Fields } from '../templates/field-value.ts';
import { type AnswerFacts, answer, type Deed, type ReplyTemplate } from './answer.ts';
import { planned } from './change.ts';
import { CANCELLED, OFFER, type Sequence, WAITING } from './sequence.ts';
import type { Sequences } from './sequences.ts';
import { type Context, type Understood, understand } from './understand.ts';
import type { Wording } from './wording.ts';

/** A client's text that may answer something, as `inbound/follow-up.ts` hands it on. */
interface HeardText {
  readonly id: string;
  readonly seq: number;
  readonly from: string;
  readonly text: string;
  readonly answered: { readonly messageId: string; readonly at: number } | null;
  readonly sim: string;
  readonly now: number;
}

/** A dialogue about another time, where the site has one in use. */
export interface Rescheduling {
  /** Whether it has times to offer for an occasion. */
  offers(occasion: Occasion): Promise<boolean>;
  /** Begins it with the client of an occasion, unless it has begun. @returns whether it goes on */
  begin(occasion: Occasion, sim: string): Promise<boolean>;
}

/** How such a dialogue has ended. */
export interface Rescheduled extends OccasionRef {
  readonly dialogue: string;
  /** Null where no time was found. */
  readonly startsAt: number | null;
  /** Nobody has been asked to look at it. */
  readonly needsPerson: boolean;
}

/** Occasions of one number that are looked at. */
const MOST = 50;

/** A request for a rating, and what was offered to a client who wants to move, wait so long for an answer, milliseconds. */
const QUESTION = 7 * 86_400_000;

/** An answer to what is over by more than this is none, milliseconds. */
const OVER = 12 * 3_600_000;

/** In an hour a number is replied to so often: two machines that answer each other come to an end (X22). */
const REPLIES = 5;
const HOUR = 3_600_000;

/** What the last text was about, and what the client was asked. */
interface Asked {
  readonly occasions: readonly Occasion[];
  readonly question: Occasion | undefined;
  readonly context: Context;
  /** It offered a time that is kept no longer. */
  readonly isLate: boolean;
}

/** Lets clients' answers do what they say: confirm, cancel, move, rate, take a free time, ask how things are. */
export class OccasionAnswers {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #sequences: Sequences;
  readonly #wording: Wording;
  readonly #timeZone: string;
  readonly #rescheduling: Rescheduling;
  readonly #onChange: () => void;

  constructor(parts: {
    store: Store;
    clock: Clock;
    sequences: Sequences;
    wording: Wording;
    timeZone: string;
    rescheduling: Rescheduling;
    onChange: () => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#sequences = parts.sequences;
    this.#wording = parts.wording;
    this.#timeZone = parts.timeZone;
    this.#rescheduling = parts.rescheduling;
    this.#onChange = parts.onChange;
  }

  /** Says `taken` for a text that was meant for an occasion; the same text once more does nothing. */
  async follow(text: HeardText): Promise<'taken' | 'passed'> {
    const own = this.#store.occasions.ofNumber(text.from, MOST);
    if (own.length === 0) return 'passed';
    await this.#store.occasions.heard(text.from, this.#clock.now());
    this.#onChange();
    const asked = this.#asked(text, own);
    const said = understand(text.text, asked.context);
    const { occasions: only, meant } = said.kind === 'other' ? this.#unasked(text, own) : { occasions: asked.occasions, meant: said };
    if (meant.kind === 'status') return await this.#tellStatus(text, own);
    const deeds = deedsOf(meant, { ...asked, occasions: only });
    for (const [i, { occasion, deed }] of deeds.entries()) {
      // Several at once are one answer, and get one reply.
      await this.#apply(occasion, deed, text, i === 0);
    }
    if (deeds.length > 0) this.#onChange();
    // What a person is to read may still be a word of the site's rules, or be answered that nobody is there.
    return deeds.length > 0 && meant.kind !== 'unclear' ? 'taken' : 'passed';
  }

  #asked({ answered, now }: HeardText, own: readonly Occasion[]): Asked {
    const told = answered ? this.#store.occasions.byMessage(answered.messageId) : [];
    const question = own.find((occasion) => isAsking(occasion, answered, told, now));
    const rating = answered !== null && now - answered.at < QUESTION && told.some((step) => this.#asksRating(step));
    const offered = told.some(({ instance }) => instance.startsWith('offer:'));
    const occasions = told.map(({ occasion }) => occasion).filter((occasion) => rating || isAhead(occasion, now));
    const cancel = question?.question?.ask === 'cancel';
    const slots = question?.question?.ask === 'slot' ? question.question.slots.length : 0;
    const isLate = offered && question === undefined;
    const offer = question?.question?.ask === 'offer' || isLate;
    return {
      occasions,
      question: question ?? (isLate ? told[0]?.occasion : undefined),
      context: { asked: occasions.length, rating, slots, cancel, offer },
      isLate,
    };
  }

  /** ПЕРЕНОС means the one visit that is ahead, whatever was written last; where there are more, nobody knows which. */
  #unasked({ text, now }: HeardText, own: readonly Occasion[]): { readonly occasions: readonly Occasion[]; readonly meant: Understood } {
    const ahead = own.filter((one) => this.#sequences.of(one.kind)?.tells === 'time' && this.#isOpen(one, now));
    const meant = understand(text, { asked: ahead.length, rating: false, slots: 0, cancel: false, offer: false });
    const isMove = ahead.length === 1 && meant.kind === 'choices' && meant.choices.every(({ choice }) => choice === 'move');
    return isMove ? { occasions: ahead, meant } : { occasions: [], meant: { kind: 'other' } };
  }

  #asksRating({ step, occasion }: DueStep): boolean {
    return this.#sequences.of(occasion.kind)?.steps.find(({ name }) => name === step)?.asks === 'rating';
  }

  async #apply(occasion: Occasion, deed: Deed, text: HeardText, isFirst: boolean): Promise<void> {
    const now = this.#clock.now();
    const mayReply = isFirst && this.#store.occasions.saidSince(occasion.to, now - HOUR) < REPLIES;
    const facts: AnswerFacts = {
      ...this.#planning(occasion, now),
      inboundId: text.id,
      instance: `reply:${text.seq}`,
      reply: mayReply ? (template, changed) => this.#reply(template, changed, now) : null,
    };
    const hasTimes = occasion.slots.some((slot) => slot > now);
    if (deed.kind === 'move' && !hasTimes && isFirst && (await this.#rescheduling.offers(occasion))) {
      await this.#store.occasions.amend(occasion, now, answer({ kind: 'moveOffered' }, { ...facts, reply: null }));
      // Whoever is in another dialogue is called by a person.
      if (await this.#rescheduling.begin(occasion, text.sim)) return;
      await this.#store.occasions.amend(occasion, now, answer({ kind: 'noSlot' }, { ...facts, instance: `${facts.instance}:person` }));
      return;
    }
    const free = deed.kind === 'slot' && !this.#isFree(occasion, deed.startsAt) ? ({ kind: 'noSlot' } as const) : deed;
    await this.#store.occasions.amend(occasion, now, answer(free, facts));
  }

  /** A dialogue about another time has ended: the occasion moves, or a person is asked. The same once more does nothing. */
  async rescheduled({ dialogue, startsAt, needsPerson, ...ref }: Rescheduled): Promise<void> {
    const now = this.#clock.now();
    const before = await this.#store.occasions.view(ref);
    if (!before) return;
    const isMoved = startsAt !== null && startsAt > now && this.#isFree(before, startsAt);
    if (!isMoved && !needsPerson) return;
    const facts = { ...this.#planning(ref, now), inboundId: null, instance: `dialogue:${dialogue}`, reply: null, isTold: isMoved };
    const deed = isMoved ? ({ kind: 'slot', startsAt } as const) : ({ kind: 'noSlot' } as const);
    await this.#store.occasions.amend(ref, now, answer(deed, facts));
    this.#onChange();
  }

  /** Somebody else may have taken it meanwhile. */
  #isFree({ kind, id, resource }: Occasion, startsAt: number): boolean {
    const others = this.#store.occasions.at(kind, startsAt);
    return !others.some(
      (other) => other.id !== id && other.resource === resource && other.status !== CANCELLED && other.status !== WAITING,
    );
  }

  #planning({ kind }: OccasionRef, now: number): { sequence: Sequence; now: number; timeZone: string } {
    return { sequence: this.#sequences.of(kind) ?? { topic: kind, ends: [], steps: [] }, now, timeZone: this.#timeZone };
  }

  /** Undefined where something is missing that it would name. */
  #reply(template: ReplyTemplate, occasion: Occasion, now: number): string | undefined {
    const slots = occasion.question?.ask === 'slot' ? occasion.question.slots : [];
    const more: Fields = new Map([['slots', this.#wording.times(slots, occasion, now)]]);
    const written = this.#wording.text(template, occasion, now, more);
    return written && written.missing.length === 0 ? written.text : undefined;
  }

  /** How things are with everything of the client that is still open. */
  async #tellStatus(text: HeardText, own: readonly Occasion[]): Promise<'taken' | 'passed'> {
    const now = this.#clock.now();
    const open = own.filter((occasion) => this.#isOpen(occasion, now)).sort((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0));
    const matters = open.flatMap((occasion) => {
      const template = this.#sequences.of(occasion.kind)?.tells === 'time' ? 'reply.status.visit' : 'reply.status.other';
      const written = this.#wording.text(template, occasion, now);
      return written && written.missing.length === 0 ? [written.text] : [];
    });
    const [first] = open;
    if (!first || matters.length === 0) return 'passed';
    const written = this.#wording.text('reply.status', first, now, new Map([['matters', matters.join('; ')]]));
    if (this.#store.occasions.saidSince(text.from, now - HOUR) >= REPLIES || !written) return 'taken';
    const planning = this.#planning(first, now);
    await this.#store.occasions.amend(first, now, (occasion, steps) => {
      const instance = `reply:${text.seq}`;
      if (!occasion || steps.some((step) => step.instance === instance)) return undefined;
      const how = { purpose: 'service', topic: planning.sequence.topic, isReply: true, isNotice: false, notAfter: null } as const;
      return { ...planned(occasion, planning), says: [{ instance, text: written.text, dueAt: now, about: null, skip: null, ...how }] };
    });
    this.#onChange();
    return 'taken';
  }

  #isOpen({ kind, status, startsAt }: Occasion, now: number): boolean {
    const sequence = this.#sequences.of(kind);
    if (!sequence?.tells || status === CANCELLED || status === WAITING) return false;
    if (sequence.tells === 'time') return startsAt !== null && startsAt > now && (status === null || !sequence.ends.includes(status));
    // What is ready is still to be collected.
    return status !== null && status !== 'done' && status !== 'delivered' && status !== 'collected';
  }
}

/** Whether an occasion has a question that this text may answer. */
function isAsking({ id, question }: Occasion, answered: HeardText['answered'], told: readonly DueStep[], now: number): boolean {
  if (question === null) return false;
  const isLast = answered === null || question.at >= answered.at;
  if (question.ask !== 'offer') return isLast && now - question.at < QUESTION;
  return (
    now < question.at + OFFER && (isLast || told.some(({ instance, occasion }) => occasion.id === id && instance.startsWith('offer:')))
  );
}

const isAhead = ({ startsAt }: Occasion, now: number): boolean => startsAt !== null && startsAt > now - OVER;

function deedsOf(meant: Understood, { occasions, question, isLate }: Asked): { readonly occasion: Occasion; readonly deed: Deed }[] {
  const [first] = occasions;
  const about = question ?? first;
  switch (meant.kind) {
    case 'choices':
      return meant.choices.flatMap(({ at, choice }) => {
        const occasion = occasions[at];
        return occasion ? [{ occasion, deed: { kind: choice } }] : [];
      });
    case 'slot': {
      const startsAt = question?.question?.ask === 'slot' ? question.question.slots[meant.at] : undefined;
      return question && startsAt !== undefined ? [{ occasion: question, deed: { kind: 'slot', startsAt } }] : [];
    }
    case 'offer':
      return question ? [{ occasion: question, deed: isLate && meant.takes ? { kind: 'late' } : meant }] : [];
    case 'sure':
      return question ? [{ occasion: question, deed: { kind: meant.choice } }] : [];
    case 'rating':
    case 'noSlot':
    case 'unclear':
      return about ? [{ occasion: about, deed: meant }] : [];
    case 'status':
    case 'other':
      return [];
  }
}
