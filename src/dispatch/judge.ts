import type { Purpose } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import { decide, type PolicyDecision } from '../policy/decide.ts';
import { inOwnZones, recipientOf } from '../policy/recipient.ts';
import type { BadMoment, ClientsWishes, Exemption, PolicyFacts, SentBefore } from '../policy/rule.ts';
import type { PolicySettings } from '../policy/settings.ts';
import type { Store } from '../store/store.ts';

/** A message at the door. Instants are milliseconds since 1970. */
export interface AtTheDoor {
  readonly to: string;
  readonly purpose: Purpose;
  readonly topic: string | null;
  /** The program's own reply to what the client did just now. */
  readonly isOwnReply: boolean;
  /** A person answers the client by hand. */
  readonly byHand: boolean;
  readonly now: number;
  readonly sendAt: number | null;
  readonly expiresAt: number;
  readonly notAfter: number | null;
  readonly sendsAnyway: boolean;
}

/** A message whose turn it is. */
export interface AtItsTurn extends Omit<AtTheDoor, 'sendAt' | 'topic' | 'isOwnReply' | 'byHand'> {
  readonly acceptedAt: number;
  readonly exempt: Exemption | null;
  /** What was sent to the recipient before since then, or is on its way; asked where it counts. */
  sentBefore(since: number): readonly SentBefore[];
}

/** An answer is one while the client still waits for it, milliseconds. */
const ANSWER = 30 * 60_000;

/** The longest window of a cap, milliseconds. */
const WEEK = 7 * 86_400_000;

/** Milliseconds. */
const MONTH = 30 * 86_400_000;

/** Gathers the facts about a message and asks policy: at the door, and again when its turn comes. */
export class Judge {
  readonly #store: Pick<Store, 'sentBefore' | 'heardSince' | 'optOut' | 'consents' | 'contacts' | 'clientState'>;
  readonly #random: Random;
  readonly #settings: PolicySettings;
  readonly #clockTrusted: () => boolean;

  constructor(parts: {
    store: Pick<Store, 'sentBefore' | 'heardSince' | 'optOut' | 'consents' | 'contacts' | 'clientState'>;
    random: Random;
    settings: PolicySettings;
    clockTrusted: () => boolean;
  }) {
    this.#store = parts.store;
    this.#random = parts.random;
    this.#settings = parts.settings;
    this.#clockTrusted = parts.clockTrusted;
  }

  /** Whether a message may come in, and when it goes. `exempt` is kept with it. */
  atTheDoor({ topic, isOwnReply, byHand, to, now, purpose, sendAt, expiresAt, notAfter, sendsAnyway }: AtTheDoor): {
    readonly decision: PolicyDecision;
    readonly exempt: Exemption | null;
  } {
    const { optOut, consents } = this.#store;
    const wishes: ClientsWishes = {
      suppressed: optOut.over(to, purpose, topic),
      hasAgreed: purpose === 'promotional' && this.#settings.consent && consents.covers(to, purpose, topic, now),
      offersHeldUntil: optOut.offersHeldUntil(to, now),
      nextOfferAt: this.#nextOfferAt(purpose, to, (since) => this.#store.sentBefore(to, since), now),
      isOwnReply,
    };
    const sentBefore = this.#counts(purpose) ? this.#store.sentBefore(to, now - WEEK) : [];
    const badMoments = this.#badMoments(purpose, to, now);
    const ask = (exempt: Exemption | null): PolicyDecision =>
      this.#ask({ to, now, purpose, sendAt, expiresAt, notAfter, sendsAnyway, isItsTurn: false, wishes, sentBefore, badMoments, exempt });
    const decision = ask(null);
    // Whom it answers is looked up only where that would help it.
    const helps = purpose !== 'promotional' && decision.rules.some(({ rule, verdict }) => verdict !== 'pass' && HELPED.has(rule));
    const exempt = helps ? this.#answers(to, byHand, now) : null;
    return { decision: exempt === null ? decision : ask(exempt), exempt };
  }

  /** Whether a message that is ready may go now. */
  atItsTurn({ sentBefore, acceptedAt, ...message }: AtItsTurn): PolicyDecision {
    const { now, purpose } = message;
    // Nobody meant an answer that waited for a modem to arrive in the night.
    const late = message.exempt !== 'released' && now - acceptedAt > ANSWER;
    const exempt = late ? null : message.exempt;
    return this.#ask({
      ...message,
      isItsTurn: true,
      sendAt: null,
      wishes: { ...HEARD, nextOfferAt: this.#nextOfferAt(purpose, message.to, sentBefore, now) },
      exempt,
      badMoments: this.#badMoments(purpose, message.to, now),
      sentBefore: (exempt === null || exempt === 'byHand') && this.#counts(purpose) ? sentBefore(now - WEEK) : [],
    });
  }

  /** What a message to a client is an answer to: what they did just now, or, where a person writes it, whatever they ever did. */
  #answers(to: string, byHand: boolean, now: number): Exemption | null {
    if (this.#store.heardSince(to, now - ANSWER)) return 'answer';
    return byHand && this.#store.heardSince(to, 0) ? 'byHand' : null;
  }

  #ask(message: Omit<PolicyFacts, 'to' | 'clockTrusted' | 'share' | 'settings'> & { readonly to: string }): PolicyDecision {
    const settings = this.#settings;
    return decide({
      purpose: message.purpose,
      now: message.now,
      isItsTurn: message.isItsTurn,
      sendAt: message.sendAt,
      expiresAt: message.expiresAt,
      notAfter: message.notAfter,
      sendsAnyway: message.sendsAnyway,
      exempt: message.exempt,
      sentBefore: message.sentBefore,
      badMoments: message.badMoments,
      wishes: message.wishes,
      to: inOwnZones(recipientOf(message.to, settings.site), this.#store.contacts.zonesOf(message.to)),
      clockTrusted: this.#clockTrusted(),
      share: this.#random.float(),
      settings,
    });
  }

  /** When a client who wants few offers may get the next one. */
  #nextOfferAt(purpose: Purpose, to: string, sentBefore: (since: number) => readonly SentBefore[], now: number): number | null {
    if (purpose !== 'promotional' || !this.#store.optOut.wantsFewOffers(to)) return null;
    const offers = sentBefore(now - MONTH).filter((sent) => sent.purpose === 'promotional');
    return offers.reduce((latest, { at }) => Math.max(latest, at), now - MONTH) + MONTH;
  }

  #badMoments(purpose: Purpose, to: string, now: number): readonly BadMoment[] {
    if (purpose !== 'promotional' || this.#settings.profile === 'off') return NONE;
    const { waitsForAnswer, visitOverAt, repairUnderWay, lowRatingOverAt } = this.#store.clientState(to, now);
    const moments: BadMoment[] = [];
    if (waitsForAnswer) moments.push({ reason: 'unanswered', until: null });
    if (visitOverAt !== null) moments.push({ reason: 'visitNear', until: visitOverAt });
    if (repairUnderWay) moments.push({ reason: 'repairUnderWay', until: null });
    if (lowRatingOverAt !== null) moments.push({ reason: 'lowRating', until: lowRatingOverAt });
    return moments;
  }

  #counts(purpose: Purpose): boolean {
    const { profile, caps } = this.#settings;
    return profile !== 'off' && purpose !== 'otp' && (caps.allPerDay > 0 || (caps.promotionalPer7Days > 0 && purpose === 'promotional'));
  }
}

/** The claim has asked the opt-out list in its own transaction before, and a consent was proved at the door. */
const HEARD: ClientsWishes = { suppressed: null, hasAgreed: true, offersHeldUntil: null, nextOfferAt: null, isOwnReply: false };

const NONE: readonly BadMoment[] = [];

/** The rules that let an answer pass. */
const HELPED: ReadonlySet<string> = new Set(['quietHours', 'frequency']);
