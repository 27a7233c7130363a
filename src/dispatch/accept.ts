import type { CountryCode } from 'libphonenumber-js/min';
import { type Clock, rfc3339 } from '../base/clock.ts';
import { Fault, type FaultCode, faultIn } from '../base/fault.ts';
import { newMessageId } from '../base/ids.ts';
import type { Purpose } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import { readInstant } from '../base/rfc3339.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import { planText } from '../pdu/plan.ts';
import { toE164 } from '../policy/e164.ts';
import type { Advice, LintRule, TextKind } from '../policy/lint/advice.ts';
import type { Lint } from '../policy/lint/lint.ts';
import type { AcceptOutcome, CancelOutcome, NewIdempotency, Resolution, ResolveOutcome } from '../store/records/acceptance.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { CampaignMark } from '../store/records/campaign.ts';
import type { NewCode } from '../store/records/code.ts';
import type { NewMessage, Release, ReleaseOutcome } from '../store/records/message.ts';
import type { Telling } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';
import type { DailyCost } from './daily-cost.ts';
import type { Judge } from './judge.ts';
import type { Limits } from './limits.ts';
import type { OptOutLinks } from './opt-out-links.ts';
import type { Pressure } from './pressure.ts';
import type { Cost, Quotes } from './quotes.ts';
import { refusalOf } from './refusal.ts';
import { simOf } from './sim-named.ts';
import { ALONE, type Beside } from './together.ts';

/** What a caller asks for. Durations in whole seconds, `sendAt` in RFC 3339 with an offset. */
export interface AcceptRequest {
  readonly to: string;
  readonly text: string;
  readonly purpose?: Purpose;
  /** What sort of text it is; by its words unless given. */
  readonly kind?: TextKind;
  /** An ICCID, or the name of a configured SIM. */
  readonly sim?: string;
  readonly validFor?: number;
  readonly sendAt?: string;
  /** Of a reminder: what it reminds of. It is never sent later, and quiet hours move it so that it still helps. */
  readonly notAfter?: string;
  /** What becomes of it when there is no allowed hour left. */
  readonly ifNoWindow?: 'refuse' | 'send';
  readonly flash?: boolean;
  readonly transliterate?: boolean;
  /** What it is about, in a word of the caller's. */
  readonly topic?: string;
  /** Our own answer to what the client did just now; never from outside. */
  readonly isOwnReply?: boolean;
  /** A person answers the client by hand, who is warned and not held up. */
  readonly byHand?: boolean;
  /** The caller's own reference, kept and given back. */
  readonly reference?: string;
}

/** Of what the price is asked before there is a message. */
export type QuoteRequest = Partial<Pick<AcceptRequest, 'to' | 'purpose' | 'sim'>>;

/** The most segments that a message may have, and whether a text is beyond that. */
export interface MessageSize {
  readonly maxSegments: number;
  readonly tooLong: boolean;
}

export interface AcceptRules {
  /** For numbers written without their country code. */
  readonly country: CountryCode | undefined;
  readonly maxSegments: number;
  /** Seconds that a message stays worth sending, by purpose. */
  readonly validFor: Readonly<Record<Purpose, number>>;
  /** Whether the time of the clock is to be believed. */
  clockTrusted(): boolean;
  /** What could be better about a text. */
  readonly lint: Lint;
  /** What stands for `{optOutLink}` in a text. */
  readonly links: OptOutLinks;
  /** The ICCID of a configured name, or of an ICCID that is known. */
  simNamed(name: string): string | undefined;
  /** Whether a SIM may carry a number. */
  carries(iccid: string, to: string): boolean;
}

/** A message that may be committed, and what its caller should be told. */
export interface Prepared extends NewMessage {
  readonly advice: readonly Advice[];
}

/** Under which code a text is refused, where the site refuses for a rule. */
const LINT_FAULTS: Readonly<Record<LintRule, FaultCode>> = {
  shouting: 'textShouts',
  threat: 'textThreatens',
  senderName: 'textUnsigned',
  wayOut: 'wayOutMissing',
  confirmation: 'confirmationIncomplete',
};

/** More characters than any segment holds, even where transliteration drops some: longer texts are refused unplanned. */
const LONGEST_SEGMENT = 640;

/** The furthest that a message may be planned ahead, milliseconds: what is further is a typing error in the year. */
const FURTHEST = 366 * 86_400_000;

/**
 * The one door into the queue: whatever becomes a text on the air, from the API or from a rule, came through here.
 * `prepare` checks and plans and touches nothing; `commit` makes it durable and wakes the dispatcher.
 */
export class Acceptance {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #rules: AcceptRules;
  readonly #judge: Judge;
  readonly #pressure: Pressure;
  readonly #limits: Limits;
  readonly #dailyCost: DailyCost;
  readonly #quotes: Quotes;
  readonly #costs = new WeakMap<NewMessage, Cost>();
  readonly #onAccepted: (messages: readonly NewMessage[]) => void;
  readonly #onResolved: () => void;

  constructor(parts: {
    store: Store;
    clock: Clock;
    random: Random;
    rules: AcceptRules;
    judge: Judge;
    pressure: Pressure;
    limits: Limits;
    dailyCost: DailyCost;
    quotes: Quotes;
    onAccepted: (messages: readonly NewMessage[]) => void;
    onResolved: () => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#rules = parts.rules;
    this.#judge = parts.judge;
    this.#pressure = parts.pressure;
    this.#limits = parts.limits;
    this.#dailyCost = parts.dailyCost;
    this.#quotes = parts.quotes;
    this.#onAccepted = parts.onAccepted;
    this.#onResolved = parts.onResolved;
  }

  /**
   * Turns a request into a message: number in E.164, text in segments, policy asked. Stores nothing.
   * @param beside what was prepared before for the same commit
   * @throws Fault `linkUnavailable`, `quotaUsedUp`, `queueFull`, `recipientLimit`, `adjacentNumbers`, `costLimit`, `numberInvalid`, `textInvalid`, `textTooLong`, `simUnknown`, `simRefused`, `timeInvalid`, `topicInvalid`, those that policy has (`refusal.ts`), and one for each rule of the lint
   */
  prepare(keyId: string, asks: AcceptRequest, beside: Beside = ALONE): Prepared {
    const now = this.#clock.now();
    const purpose = asks.purpose ?? 'service';
    const to = toE164(asks.to, this.#rules.country);
    const request = { ...asks, text: this.#rules.links.fill(asks.text, to) };
    const plan = this.#plan(request);
    const advice = this.#advice(request.text, purpose, request.kind);
    const sim = request.sim === undefined ? null : simOf(request.sim, this.#rules.simNamed);
    if (sim !== null && !this.#rules.carries(sim, to)) throw notCarried();
    const clockTrusted = this.#rules.clockTrusted();
    const { topic = null, isOwnReply = false, byHand = false } = request;
    if (topic !== null && !TOPIC.test(topic)) throw topicInvalid();
    const sendAt = request.sendAt === undefined ? null : instant('sendAt', request.sendAt, now, clockTrusted);
    const notAfter = request.notAfter === undefined ? null : instant('notAfter', request.notAfter, now, clockTrusted);
    const from = sendAt === null || (clockTrusted && sendAt < now) ? now : sendAt;
    // A reminder is worth sending until what it reminds of, unless its caller says less.
    const validFor = request.validFor ?? (notAfter === null ? this.#rules.validFor[purpose] : Number.POSITIVE_INFINITY);
    const expiresAt = Math.min(from + validFor * 1000, notAfter ?? Number.POSITIVE_INFINITY);
    const sendsAnyway = request.ifNoWindow === 'send';
    const asked = { to, purpose, topic, isOwnReply, byHand, now, sendAt, expiresAt, notAfter, sendsAnyway };
    const { decision: policy, exempt } = this.#judge.atTheDoor(asked);
    if (policy.decision === 'refuse') throw refusalOf(policy.reason);
    this.#limits.check({ to, purpose }, beside);
    this.#pressure.check({ keyId, purpose, segments: plan.segments }, beside);
    const message: Prepared = {
      id: newMessageId(this.#random, now),
      keyId,
      to,
      text: request.text,
      purpose,
      alphabet: plan.alphabet,
      segments: plan.segments,
      flash: request.flash ?? false,
      transliterated: plan.text !== request.text,
      topic,
      isOwnReply,
      reference: request.reference ?? null,
      sim,
      sendAt,
      notAfter,
      sendsAnyway,
      exempt,
      acceptedAt: now,
      expiresAt,
      policy: { decision: policy.decision, until: policy.until, rules: policy.rules },
      held: policy.decision === 'hold' ? { reason: policy.reason, dueAt: policy.until } : null,
      advice,
    };
    this.#dailyCost.check(message, () => this.cost(message), beside);
    return message;
  }

  /**
   * Resolves when the messages are on the disk, or with what the same Idempotency-Key was answered before.
   * @param code the one-time code that one of them carries
   * @param tells the steps of occasions, or the recipient of a campaign, that one of them tells, taken in the same transaction
   * @throws Fault `tooLate` where such a step has changed meanwhile
   */
  async commit(
    messages: readonly NewMessage[],
    idempotency?: NewIdempotency,
    code?: NewCode,
    tells?: Telling | CampaignMark,
  ): Promise<AcceptOutcome> {
    const links = messages.flatMap(({ text, to }) => {
      const token = this.#rules.links.tokenIn(text, to);
      return token === undefined ? [] : [{ token, to }];
    });
    // Before the text that has it: a link leads somewhere from the first moment on.
    if (links.length > 0) await this.#store.publicPages.keepLinks(links, this.#clock.now());
    this.#limits.take(messages);
    this.#pressure.take(messages);
    const giveBackCost = this.#dailyCost.take(messages, (message) => this.cost(message));
    let outcome: AcceptOutcome | undefined;
    try {
      outcome = await this.#store.accept(messages, idempotency, code, tells);
    } finally {
      if (outcome?.kind !== 'accepted') {
        this.#limits.giveBack(messages);
        this.#pressure.giveBack(messages);
        giveBackCost();
      }
    }
    if (outcome.kind === 'accepted') this.#onAccepted(messages);
    return outcome;
  }

  /** A text as long as it will be when its links are in it. @throws Fault `linkUnavailable` */
  withLinks(text: string): string {
    return this.#rules.links.sample(text);
  }

  /** How long a message of this purpose will wait for its turn, whole seconds; undefined while the queue is short. */
  queueDelay(purpose: Purpose): number | undefined {
    return this.#pressure.delaySeconds(purpose);
  }

  /** What a message that was prepared is expected to cost, asked once, so that what is told is what was counted; null where no price is known. */
  cost(message: NewMessage): Cost | null {
    const known = this.#costs.get(message);
    if (known !== undefined) return known;
    const { to, purpose, sim, segments } = message;
    const cost = this.#quotes.of({ to, purpose, sim, segments: segments.length });
    if (cost) this.#costs.set(message, cost);
    return cost;
  }

  /**
   * What so many segments are expected to cost, to a number or, where none is given, to any of the site's country.
   * @throws Fault `numberInvalid`, `simUnknown`
   */
  quote({ to, purpose = 'service', sim }: QuoteRequest, segments: number): Cost | null {
    return this.#quotes.of({
      to: to === undefined ? null : toE164(to, this.#rules.country),
      purpose,
      sim: sim === undefined ? null : simOf(sim, this.#rules.simNamed),
      segments,
    });
  }

  cancel(id: string): Promise<CancelOutcome> {
    return this.#store.cancel(id, this.#clock.now());
  }

  /** Lets a message go that policy holds; it begins at once. */
  async release(id: string, released: Release, audit?: NewAudit): Promise<ReleaseOutcome> {
    const outcome = await this.#store.release(id, released, audit);
    if (outcome.kind === 'released') this.#onResolved();
    return outcome;
  }

  /** Ends the doubt about a message as a person says; what goes on by that begins at once. */
  async resolve(id: string, as: Resolution, audit?: NewAudit): Promise<ResolveOutcome> {
    const outcome = await this.#store.resolve(id, as, this.#clock.now(), audit);
    if (outcome.kind === 'resolved') this.#onResolved();
    return outcome;
  }

  #advice(text: string, purpose: Purpose, kind: TextKind | undefined): readonly Advice[] {
    const { advice, refusal } = this.#rules.lint(text, { purpose, kind });
    if (refusal) throw new Fault(LINT_FAULTS[refusal.rule], refusal.sentence, [{ pointer: '/text', detail: refusal.sentence }]);
    return advice;
  }

  #plan(request: AcceptRequest): { text: string; alphabet: NewMessage['alphabet']; segments: NewMessage['segments'] } {
    refuseEmpty(request.text);
    if (this.#isBeyondPlanning(request.text)) throw this.#tooLong(`is ${request.text.length} characters long`);
    const plan = planText(request.text, { transliterate: request.transliterate ?? false });
    this.refuseTooLong(plan.segments.length, plan.unitsPerSegment);
    return plan;
  }

  /** Whether a text that takes so many segments is refused. */
  sizeOf(text: string, segments: number): MessageSize {
    const { maxSegments } = this.#rules;
    return { maxSegments, tooLong: segments > maxSegments || this.#isBeyondPlanning(text) };
  }

  #isBeyondPlanning(text: string): boolean {
    return text.length > this.#rules.maxSegments * LONGEST_SEGMENT;
  }

  /**
   * @param each characters that a segment of them holds
   * @param pointer where the length was said
   * @throws Fault `textTooLong` for more segments than a message may have
   */
  refuseTooLong(segments: number, each: number, pointer = '/text'): void {
    if (segments > this.#rules.maxSegments) throw this.#tooLong(`needs ${segments} segments of ${each} characters`, pointer);
  }

  #tooLong(what: string, pointer = '/text'): Fault {
    const why = `${what}, and at most ${this.#rules.maxSegments} segments are allowed`;
    return new Fault('textTooLong', `The text ${why}: shorten it, or raise messages.maxSegments.`, [{ pointer, detail: why }]);
  }
}

function notCarried(): Fault {
  const why = 'may not carry numbers that begin so: name another, or none, or add the beginning to its prefixes';
  return new Fault('simRefused', `The SIM that is asked for ${why}.`, [{ pointer: '/sim', detail: why }]);
}

/** @throws Fault `textInvalid` for a text with nothing in it, which cannot be sent and needs no preview */
export function refuseEmpty(text: string): void {
  if (text.trim() === '') throw new Fault('textInvalid', 'The text is empty; say something.', [{ pointer: '/text', detail: 'is empty' }]);
}

function topicInvalid(): Fault {
  const why = 'must be one word of letters, digits, ".", "-" or "_", at most 40 of them';
  return new Fault('topicInvalid', `The topic ${why}.`, [{ pointer: '/topic', detail: why }]);
}

function instant(field: 'sendAt' | 'notAfter', written: string, now: number, clockTrusted: boolean): number {
  const refuse = (why: string): Fault => faultIn('timeInvalid', field, why);
  const ms = readInstant(written);
  if (ms === undefined) throw refuse(`is no time that exists; write it as RFC 3339 with an offset, such as ${rfc3339(now)}`);
  if (clockTrusted && ms - now > FURTHEST) throw refuse('is more than a year ahead');
  return ms;
}
