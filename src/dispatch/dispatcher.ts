import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { Alarm, waitAtMost } from '../base/waits.ts';
import type { SubmitSegment } from '../pdu/submit.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Claim } from '../store/records/queue.ts';
import type { Store } from '../store/store.ts';
import { claimOrder, type SimFacts } from './choose-sim.ts';
import type { Delivery } from './delivery.ts';
import { decideAt, isOfTheSim, restAfter, settlementOf, type UncertainPolicy, waitsForItsSim } from './retry.ts';
import type { Sender, SendOutcome } from './sender.ts';

/**
 * Drives the queue: one lane per SIM. A lane is idle, or it goes round: claim (which commits the intent), send, settle,
 * claim again, until nothing is left that its SIM may send. Nothing polls: lanes are woken by a message accepted, a SIM
 * that became ready, something held that fell due, and a settlement that left work for others.
 */

/** Load is what a SIM sent in the last day, looked up again every hour, milliseconds. */
const LOAD_WINDOW = 86_400_000;
const LOAD_REFRESH = 3_600_000;

/** However far away the next thing due is, the clock on the wall is looked at again after this, milliseconds. */
const LONGEST_SLEEP = 60_000;

/** A lane whose store or sender threw rests this long, milliseconds. */
const REST_AFTER_FAULT = 1000;

/**
 * Lanes that one event wakes begin this far apart, milliseconds: transmitters that start together pull the supply of a
 * hub down together, and lanes in step wait for each other at every segment.
 */
const STAGGER = 8;

/** How long a segment is on the air until one was, milliseconds, and how much each one says of the next. */
const FIRST_GUESS = 4000;
const LEARNING = 0.1;

/** Uncertain attempts decided in one go. */
const DECISIONS = 100;

export class Dispatcher {
  readonly #store: Store;
  readonly #sender: Sender;
  readonly #delivery: Delivery;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #uncertain: UncertainPolicy;

  readonly #lanes = new Map<string, Promise<void>>();
  /** SIMs whose lane begins later: staggered, or resting after faults. */
  readonly #later = new Map<string, Timer>();
  /** Segments in a row that a SIM could not send. */
  readonly #failures = new Map<string, number>();
  /** SIMs that were ready when it was last looked. */
  #ready: ReadonlySet<string> = new Set();
  /** Messages that wait only because their SIM was gone, by its ICCID. */
  readonly #stranded = new Map<string, Set<string>>();
  readonly #alarm: Alarm;
  /** How long a segment is under way, a mean that forgets, milliseconds. */
  #segmentTakes = FIRST_GUESS;
  #dueAt = Number.POSITIVE_INFINITY;
  #load = new Map<string, number>();
  #loadReadAt = Number.NEGATIVE_INFINITY;
  /** Grows with each wake, so that a lane that found nothing knows whether something came meanwhile. */
  #wakes = 0;
  #running = false;
  #tending: Promise<void> | undefined;

  constructor(parts: {
    store: Store;
    sender: Sender;
    delivery: Delivery;
    clock: Clock;
    random: Random;
    log: Log;
    uncertain: UncertainPolicy;
  }) {
    this.#store = parts.store;
    this.#sender = parts.sender;
    this.#delivery = parts.delivery;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#log = parts.log;
    this.#uncertain = parts.uncertain;
    this.#alarm = new Alarm(parts.clock, () => this.#tend());
  }

  /** Settles what an earlier process left behind as `uncertain`, then begins to send. */
  async start(): Promise<void> {
    const now = this.#clock.now();
    const left = await this.#store.recover(now, (purpose) => decideAt(this.#uncertain, purpose, now) ?? undefined);
    if (left.length > 0) this.#log.warn({ attempts: left.length }, 'attempts without an outcome are now uncertain');
    for (const { iccid, at } of left) await this.#claimEarly(iccid, null, at);
    this.#running = true;
    await this.#refreshLoad();
    this.#tend();
  }

  /**
   * Claims nothing more and waits until what is on the air has its answer, at most `grace` milliseconds; what has none
   * by then is found as uncertain at the next start.
   */
  async stop(grace: number): Promise<void> {
    this.#running = false;
    this.#alarm.cancel();
    for (const timer of this.#later.values()) timer.cancel();
    this.#later.clear();
    await waitAtMost(this.#clock, grace, Promise.all([...this.#lanes.values(), this.#tending]));
  }

  /** New messages are in the queue. */
  accepted(messages: readonly NewMessage[]): void {
    for (const message of messages) this.#expect(Math.min(message.held?.dueAt ?? Number.POSITIVE_INFINITY, message.expiresAt));
    this.wake();
  }

  /** Segments that go out in a second, about: as many SIMs as are ready, each as fast as they were lately. */
  pace(): number {
    const ready = this.#sender.sims().filter((sim) => sim.ready).length;
    return (Math.max(1, ready) * 1000) / this.#segmentTakes;
  }

  /** Something changed that may let a lane send: a message, a SIM, a decision. */
  wake(): void {
    this.#wakes += 1;
    if (!this.#running) return;
    const sims = this.#sender.sims();
    this.#noteReady(sims);
    const busy = new Set([...this.#lanes.keys(), ...this.#later.keys()]);
    claimOrder(sims, busy, this.#load, this.#failures).forEach((sim, i) => {
      if (i === 0) this.#begin(sim.iccid);
      else this.#beginIn(sim.iccid, i * STAGGER);
    });
  }

  /** What waits for a SIM that is back need not wait for its time. */
  #noteReady(sims: readonly SimFacts[]): void {
    const ready = new Set(sims.filter((sim) => sim.ready).map((sim) => sim.iccid));
    const back = [...ready].filter((iccid) => !this.#ready.has(iccid));
    this.#ready = ready;
    for (const iccid of back) {
      const stranded = this.#stranded.get(iccid);
      if (!stranded) continue;
      this.#stranded.delete(iccid);
      this.#store.hasten([...stranded], this.#clock.now()).then(
        () => this.wake(),
        (error: unknown) => this.#log.error({ err: error, iccid }, 'what waits for a SIM that is back could not be made due'),
      );
    }
  }

  #begin(iccid: string): void {
    if (this.#running) this.#lanes.set(iccid, this.#lane(iccid));
  }

  #beginIn(iccid: string, delay: number): void {
    if (!this.#running) return;
    const timer = this.#clock.setTimer(delay, () => {
      this.#later.delete(iccid);
      this.#begin(iccid);
    });
    this.#later.set(iccid, timer);
  }

  async #lane(iccid: string): Promise<void> {
    let rest = 0;
    try {
      let claim = await this.#claim(iccid);
      while (claim) claim = await this.#transmit(iccid, claim);
      rest = this.#rest(iccid);
    } catch (error) {
      this.#log.error({ err: error, iccid }, 'a lane stumbled and rests');
      rest = REST_AFTER_FAULT;
    }
    this.#lanes.delete(iccid);
    if (rest > 0) this.#beginIn(iccid, rest);
  }

  /** How long the SIM has to rest now, milliseconds. */
  #rest(iccid: string): number {
    return restAfter(this.#failures.get(iccid) ?? 0);
  }

  /** The next segment for a SIM; undefined when there is none, or the SIM may not send. */
  async #claim(iccid: string): Promise<Claim | undefined> {
    for (;;) {
      const seen = this.#wakes;
      const sim = this.#sender.sims().find((s) => s.iccid === iccid);
      if (!this.#running || !sim?.ready) return undefined;
      const claim = await this.#store.claim({ iccid, imei: sim.imei, predictedMr: sim.predictedMr, now: this.#clock.now() });
      if (claim || seen === this.#wakes) return claim;
    }
  }

  /** Sends a segment, settles it, and gives the next one: both in one commit, since they are asked for together. */
  async #transmit(iccid: string, claim: Claim): Promise<Claim | undefined> {
    const started = this.#clock.now();
    const began = this.#clock.monotonic();
    const outcome = await this.#send(iccid, claim, started);
    const now = this.#clock.now();
    this.#segmentTakes += (Math.max(1, this.#clock.monotonic() - began) - this.#segmentTakes) * LEARNING;
    const facts = {
      iccid,
      now,
      expiresAt: claim.expiresAt,
      tries: claim.tries,
      simsTried: new Set([...claim.triedBy, iccid]).size,
      otherSims: claim.bound
        ? 0
        : this.#sender.sims().filter((s) => s.ready && s.iccid !== iccid && !claim.triedBy.includes(s.iccid)).length,
      chance: this.#random.float(),
    };
    const settlement = settlementOf(outcome, facts, claim.purpose, this.#uncertain);
    this.#failures.set(iccid, isOfTheSim(outcome) ? (this.#failures.get(iccid) ?? 0) + 1 : 0);
    const seen = this.#wakes;
    // In this order: what is settled decides what is next.
    const settling = this.#store.settle(claim.attemptId, settlement);
    const [, next] = await Promise.all([settling, this.#rest(iccid) > 0 ? undefined : this.#claim(iccid)]);
    switch (settlement.kind) {
      case 'sent':
        this.#load.set(iccid, (this.#load.get(iccid) ?? 0) + 1);
        await this.#claimEarly(iccid, settlement.mr, started);
        break;
      case 'retry':
        if (waitsForItsSim(settlement, claim.tries)) this.#strand(iccid, claim.messageId);
        this.#expect(settlement.dueAt ?? now);
        this.#expect(settlement.avoid?.until ?? Number.POSITIVE_INFINITY);
        this.wake();
        break;
      case 'uncertain':
        this.#expect(settlement.decideAt ?? Number.POSITIVE_INFINITY);
        if (outcome.kind === 'unknown') this.#awaitLate(claim.attemptId, iccid, started, outcome.late);
        // Any TP-MR: what was predicted may not be what it got.
        if (await this.#claimEarly(iccid, null, started)) this.wake();
        break;
      case 'failed':
        break;
      default:
        settlement satisfies never;
    }
    if (settlement.kind !== 'sent') {
      const { kind, cause } = settlement;
      this.#log.warn({ message: claim.messageId, n: claim.n, iccid, outcome: outcome.kind, settled: kind, cause }, 'segment not sent');
    }
    // Whoever woke the lanes meanwhile found this one busy.
    return next ?? (seen === this.#wakes || this.#rest(iccid) > 0 ? undefined : this.#claim(iccid));
  }

  #strand(iccid: string, messageId: string): void {
    const stranded = this.#stranded.get(iccid) ?? new Set();
    this.#stranded.set(iccid, stranded.add(messageId));
  }

  async #send(iccid: string, claim: Claim, now: number): Promise<SendOutcome> {
    const segment: SubmitSegment = {
      to: claim.to,
      text: claim.text,
      alphabet: claim.alphabet,
      concat: claim.concat && { ...claim.concat, total: claim.total, n: claim.n },
      flash: claim.flash,
      statusReport: true,
      validity: { relativeSeconds: Math.max(1, Math.ceil((claim.expiresAt - now) / 1000)) },
    };
    try {
      return await this.#sender.send(iccid, segment);
    } catch (error) {
      // A sender resolves always; one that throws has a bug, and nobody knows what it wrote before.
      this.#log.error({ err: error, message: claim.messageId, n: claim.n, iccid }, 'the sender threw');
      return { kind: 'unknown', cause: 'EV-PROC-DIED', late: Promise.resolve(undefined) };
    }
  }

  #awaitLate(attemptId: number, iccid: string, started: number, late: Promise<number | undefined>): void {
    const settle = async (): Promise<void> => {
      const mr = await late;
      if (mr === undefined) return;
      const settled = await this.#store.settle(attemptId, { kind: 'sent', mr, at: this.#clock.now() });
      if (!settled) return;
      this.#log.info({ iccid, mr }, 'a late answer settled an uncertain segment');
      await this.#claimEarly(iccid, mr, started);
      this.wake();
    };
    settle().catch((error: unknown) => this.#log.error({ err: error, iccid }, 'a late answer could not be kept'));
  }

  /** Reports that were quicker than their answer. One that cannot be matched now must not keep the lane from its next segment. */
  async #claimEarly(iccid: string, mr: number | null, since: number): Promise<boolean> {
    try {
      return await this.#delivery.claimEarly(iccid, mr, since);
    } catch (error) {
      this.#log.error({ err: error, iccid }, 'reports that waited could not be matched');
      return false;
    }
  }

  /** Something falls due then: makes sure that it is looked at. */
  #expect(at: number): void {
    if (at >= this.#dueAt) return;
    this.#dueAt = at;
    this.#setAlarm();
  }

  #setAlarm(): void {
    if (!this.#running || this.#tending) return;
    this.#alarm.in(Math.min(Math.max(0, this.#dueAt - this.#clock.now()), LONGEST_SLEEP));
  }

  /** Looks after what is due: held messages, expired ones, uncertain attempts with a decision to take. */
  #tend(): void {
    if (!this.#running || this.#tending) return;
    this.#tending = this.#tendOnce()
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'what is due could not be looked after');
        this.#dueAt = this.#clock.now() + REST_AFTER_FAULT;
      })
      .finally(() => {
        this.#tending = undefined;
        this.#setAlarm();
        this.wake();
      });
  }

  async #tendOnce(): Promise<void> {
    this.#dueAt = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    await this.#store.promote(now);
    for (const attempt of await this.#store.undecided(now, DECISIONS)) {
      await this.#store.decide(attempt.attemptId, 'resend', now);
      this.#log.warn({ message: attempt.messageId }, 'an uncertain segment is sent again by rule, as a possible duplicate');
    }
    if (this.#clock.monotonic() - this.#loadReadAt > LOAD_REFRESH) await this.#refreshLoad();
    const next = await this.#store.nextDue();
    if (next !== undefined) this.#dueAt = Math.min(this.#dueAt, next);
  }

  async #refreshLoad(): Promise<void> {
    this.#loadReadAt = this.#clock.monotonic();
    this.#load = new Map(await this.#store.sentSince(this.#clock.now() - LOAD_WINDOW));
  }
}
