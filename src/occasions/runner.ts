import { type Clock, rfc3339 } from '../base/clock.ts';
import { Fault, type FaultCode, isTransient } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { Rounds } from '../base/rounds.ts';
import type { AcceptRequest } from '../dispatch/accept.ts';
import { NOTICE_KEY } from '../dispatch/notice-key.ts';
import type { AcceptOutcome } from '../store/records/acceptance.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { DueStep, Occasion, OccasionTask, StepMark, Telling } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';
import { replan } from './change.ts';
import type { SequenceStep } from './sequence.ts';
import { templateFor } from './sequence.ts';
import type { Sequences } from './sequences.ts';
import type { Wording } from './wording.ts';

/** The door into the queue, as `dispatch/accept.ts` has it. */
interface Door {
  prepare(keyId: string, request: AcceptRequest): NewMessage;
  commit(messages: readonly NewMessage[], idempotency: undefined, code: undefined, tells: Telling): Promise<AcceptOutcome>;
}

/** Steps and occasions that are looked at in one go. */
const TOGETHER = 50;

/** Later than this after its moment nothing is told any more, unless its time is still to come, milliseconds. */
const LATE = 24 * 3_600_000;

/** The furthest that policy is told what a message reminds of, milliseconds: the door takes nothing beyond a year. */
const FURTHEST = 365 * 86_400_000;

/** Milliseconds before what the door did not take now is tried again. */
const AGAIN = 60_000;

/** What a client does not want, or has from others already, is no reason to call them. */
const UNWANTED: ReadonlySet<FaultCode> = new Set(['optedOut', 'consentMissing', 'promotionalPer7Days', 'allPerDay']);

/**
 * Hands what is told of occasions to the queue when its time comes. Nothing is held in memory: what is due stands in the store, a
 * step becomes a message in the transaction that takes the message in, and so a process that dies leaves each told once. It
 * works when the clock or a change says so, and never asks in between.
 */
export class OccasionRunner {
  readonly #store: Store;
  readonly #door: Door;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sequences: Sequences;
  readonly #wording: Wording;
  readonly #timeZone: string;
  readonly #isTimeKnown: () => boolean;
  readonly #wantsCall: (occasion: Occasion) => boolean;
  readonly #onTurn: () => Promise<void>;
  readonly #rounds: Rounds;

  constructor(parts: {
    store: Store;
    door: Door;
    clock: Clock;
    log: Log;
    sequences: Sequences;
    wording: Wording;
    timeZone: string;
    /** Until then nothing is told: what is late and what is due is not known. */
    isTimeKnown: () => boolean;
    /** Whether a client is to be told by a person on the telephone, and not by a text. */
    wantsCall: (occasion: Occasion) => boolean;
    /** What else is due now and then; called before the steps are looked at. */
    onTurn: () => Promise<void>;
  }) {
    this.#store = parts.store;
    this.#door = parts.door;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#sequences = parts.sequences;
    this.#wording = parts.wording;
    this.#timeZone = parts.timeZone;
    this.#isTimeKnown = parts.isTimeKnown;
    this.#wantsCall = parts.wantsCall;
    this.#onTurn = parts.onTurn;
    this.#rounds = new Rounds(parts.clock, () => this.#round());
  }

  start(): void {
    this.#rounds.start();
  }

  /** Something has changed, or fallen due. */
  wake(): void {
    this.#rounds.wake();
  }

  /** Resolves when what was begun is done. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns when there is something to do again; undefined while nothing is due, and while nobody knows the time. Never rejects. */
  async #round(): Promise<number | undefined> {
    if (!this.#isTimeKnown()) return undefined;
    try {
      await this.#replanAll();
      await this.#onTurn();
      await this.#tellAll();
    } catch (error) {
      this.#log.error({ err: error }, 'what is to be told of occasions could not be handed over; it is tried again');
      return this.#clock.now() + AGAIN;
    }
    return this.#store.occasions.next();
  }

  async #replanAll(): Promise<void> {
    const { occasions, contacts } = this.#store;
    const numbersOf = (contact: string): readonly string[] => contacts.of(contact)?.numbers ?? [];
    for (;;) {
      const now = this.#clock.now();
      const refs = occasions.toReplan(now, TOGETHER);
      for (const ref of refs) {
        const sequence = this.#sequences.of(ref.kind) ?? { topic: ref.kind, ends: [], steps: [] };
        await occasions.amend(ref, now, replan({ sequence, now, timeZone: this.#timeZone }, numbersOf));
      }
      if (refs.length < TOGETHER || !this.#rounds.running) return;
    }
  }

  async #tellAll(): Promise<void> {
    for (;;) {
      const due = this.#store.occasions.due(this.#clock.now(), TOGETHER);
      const done = new Set<number>();
      for (const step of due) {
        if (!this.#rounds.running) return;
        if (done.has(step.seq)) continue;
        for (const seq of await this.#tell(step)) done.add(seq);
      }
      if (due.length < TOGETHER) return;
    }
  }

  /** @returns the steps that were dealt with */
  async #tell(step: DueStep): Promise<readonly number[]> {
    const { occasions } = this.#store;
    const now = this.#clock.now();
    const rule = this.#sequences.of(step.occasion.kind)?.steps.find(({ name }) => name === step.step);
    const told = rule?.joins && step.joins !== null ? occasions.together(step.joins) : [step];
    const marks = told.map(markOf);
    const leave = async (reason: string, task: OccasionTask | null = null): Promise<readonly number[]> => {
      for (const mark of marks) await occasions.skip(mark, reason, task, now);
      return marks.map(({ seq }) => seq);
    };
    if (!rule && step.saying === null) return await leave('stepUnknown');
    if (isTooLate(step, now)) return await leave('late');
    if (!step.saying?.isReply && this.#wantsCall(step.occasion)) {
      // A task for the desk at its moment, not a day and a half before.
      if (step.dueAt <= now) return await leave('byTelephone', 'call');
      for (const [i, mark] of marks.entries()) await occasions.later(mark, told[i]?.dueAt ?? step.dueAt);
      return marks.map(({ seq }) => seq);
    }
    try {
      const written = this.#write(step, told, rule, now);
      if (written === undefined) return await leave('templateUnknown', 'untold');
      if (written.missing.length > 0) return await leave('fieldMissing', 'untold');
      const message = this.#door.prepare(
        step.saying?.isNotice ? NOTICE_KEY : step.occasion.keyId,
        this.#request(step, written.text, rule, now),
      );
      await this.#door.commit([message], undefined, undefined, { messageId: message.id, steps: marks });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // It was changed while it was being written: the change has planned what is to be told instead.
      if (error.code === 'tooLate') this.wake();
      else if (!isTransient(error)) return await leave(error.code, UNWANTED.has(error.code) ? null : 'untold');
      else for (const mark of marks) await occasions.later(mark, now + Math.max(AGAIN, (error.retryAfter ?? 0) * 1000));
    }
    return marks.map(({ seq }) => seq);
  }

  #write(step: DueStep, told: readonly DueStep[], rule: SequenceStep | undefined, now: number) {
    if (step.saying) return { text: step.saying.text, missing: [] };
    if (!rule) return undefined;
    if (told.length === 1) return this.#wording.text(step.variant ?? templateFor(rule, 0), step.occasion, now);
    return this.#wording.joined(
      told.map(({ occasion }) => occasion),
      now,
    );
  }

  #request(step: DueStep, text: string, rule: SequenceStep | undefined, now: number): AcceptRequest {
    const { occasion, saying, dueAt } = step;
    const { startsAt } = occasion;
    const reminds = startsAt !== null && startsAt > Math.max(now, dueAt) && startsAt - now < FURTHEST ? startsAt : null;
    const notAfter = saying ? saying.notAfter : reminds;
    const topic = saying ? saying.topic : (rule?.topic ?? this.#sequences.of(occasion.kind)?.topic ?? null);
    return {
      to: occasion.to,
      text,
      purpose: saying?.purpose ?? rule?.purpose ?? 'service',
      reference: `${occasion.kind}/${occasion.externalId}`,
      ...(topic === null ? {} : { topic }),
      ...(dueAt > now ? { sendAt: rfc3339(dueAt) } : {}),
      ...(notAfter === null ? {} : { notAfter: rfc3339(notAfter) }),
      ...(saying?.isReply ? { isOwnReply: true } : {}),
    };
  }
}

/** What tells of a time that is still to come is worth telling until then. */
function isTooLate({ dueAt, occasion: { startsAt } }: DueStep, now: number): boolean {
  const isAhead = startsAt !== null && dueAt < startsAt && now < startsAt;
  return now - dueAt > LATE && !isAhead;
}

const markOf = ({ seq, revision, occasion, saying, about }: DueStep): StepMark => ({
  seq,
  revision,
  about: saying ? about : occasion.startsAt,
});
