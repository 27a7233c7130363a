import { type Clock, sleep, type Timer } from '../base/clock.ts';
import { isTransient } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { waitAtMost } from '../base/waits.ts';
import type { SubmitSegment } from '../pdu/submit.ts';
import type { SimsToChooseFrom } from '../store/records/choice.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Claim, Settlement, TurnFacts, TurnRuling } from '../store/records/queue.ts';
import type { Store } from '../store/store.ts';
import { CapSleep } from './cap-sleep.ts';
import { chooseSim, claimOrder, type SimFacts } from './choose-sim.ts';
import { Due } from './due.ts';
import type { Judge } from './judge.ts';
import { Load } from './load.ts';
import { type Gap, OfferGap } from './offer-gap.ts';
import { decideAt, isOfTheSim, restAfter, settlementOf, type UncertainPolicy, waitsForItsSim } from './retry.ts';
import type { Sender, SendOutcome } from './sender.ts';
import { APART, Spacing } from './spacing.ts';
import type { StatusReports } from './status-reports.ts';
import { Stranded } from './stranded.ts';

/**
 * Drives the queue: one lane per SIM. A lane is idle, or it goes round: claim (which commits the intent), send, settle,
 * claim again, until nothing is left that its SIM may send. Nothing polls: lanes are woken by a message accepted, a SIM
 * that became ready, something held that fell due, a cap of their SIM that gave way, and a settlement that left work for others.
 */

/** A lane whose store or sender threw rests this long, milliseconds. */
const REST_AFTER_FAULT = 1000;

/** How long a segment is on the air until one was, milliseconds, and how much each one says of the next. */
const FIRST_GUESS = 4000;
const LEARNING = 0.1;

export class Dispatcher {
  readonly #store: Store;
  readonly #sender: Sender;
  readonly #reports: StatusReports;
  readonly #judge: Judge;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #uncertain: UncertainPolicy;
  readonly #patience: number;
  readonly #weightOf: (iccid: string) => number;

  readonly #lanes = new Map<string, Promise<void>>();
  /** SIMs whose lane begins later: apart from others, or resting after faults. */
  readonly #later = new Map<string, Timer>();
  /** Segments in a row that a SIM could not send. */
  readonly #failures = new Map<string, number>();
  readonly #stranded = new Stranded();
  readonly #load: Load;
  readonly #due: Due;
  readonly #capSleep: CapSleep;
  readonly #offerGap: OfferGap;
  readonly #spacing = new Spacing();
  /** How long a segment is under way, a mean that forgets, milliseconds. */
  #segmentTakes = FIRST_GUESS;
  /** Grows with each wake, so that a lane that found nothing knows whether something came since it asked. */
  #wakes = 0;
  /** The wakes that there had been when a lane last asked the queue. */
  readonly #asked = new Map<string, number>();
  #running = false;

  constructor(parts: {
    store: Store;
    sender: Sender;
    reports: StatusReports;
    judge: Judge;
    clock: Clock;
    random: Random;
    log: Log;
    uncertain: UncertainPolicy;
    /** How long a message waits for the SIM that its client knows, milliseconds; 0: not at all. */
    patience: number;
    /** The share of a SIM beside the others, 1 or more. */
    weightOf(iccid: string): number;
    /** How long a SIM waits after an offer before it begins the next. */
    offerGap(iccid: string): Gap;
  }) {
    this.#store = parts.store;
    this.#sender = parts.sender;
    this.#reports = parts.reports;
    this.#judge = parts.judge;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#log = parts.log;
    this.#uncertain = parts.uncertain;
    this.#patience = parts.patience;
    this.#weightOf = (iccid) => parts.weightOf(iccid);
    this.#load = new Load(parts.store, parts.clock);
    this.#capSleep = new CapSleep({ ...parts, onOpen: () => this.wake() });
    this.#offerGap = new OfferGap({ ...parts, gapOf: parts.offerGap, onOver: () => this.wake() });
    this.#due = new Due({
      ...parts,
      onTended: async () => {
        await this.#load.refresh();
        this.wake();
      },
    });
  }

  /** Settles what an earlier process left behind as `uncertain`, then begins to send. */
  async start(): Promise<void> {
    const now = this.#clock.now();
    const left = await this.#store.recover(now, (purpose) => decideAt(this.#uncertain, purpose, now) ?? undefined);
    if (left.length > 0) this.#log.warn({ attempts: left.length }, 'attempts without an outcome are now uncertain');
    for (const { iccid, at } of left) await this.#claimEarly(iccid, null, at);
    this.#running = true;
    await this.#load.refresh();
    this.#due.start();
  }

  /**
   * Claims nothing more and waits until what is on the air has its answer, at most `grace` milliseconds; what has none
   * by then is found as uncertain at the next start.
   */
  async stop(grace: number): Promise<void> {
    this.#running = false;
    const tended = this.#due.stop();
    for (const timer of this.#later.values()) timer.cancel();
    this.#later.clear();
    this.#capSleep.stop();
    this.#offerGap.stop();
    await waitAtMost(this.#clock, grace, Promise.all([...this.#lanes.values(), tended]));
  }

  /** New messages are in the queue. */
  accepted(messages: readonly NewMessage[]): void {
    for (const message of messages) this.#due.expect(Math.min(message.held?.dueAt ?? Number.POSITIVE_INFINITY, message.expiresAt));
    this.wake();
  }

  /** What is due and what may go is another: somebody knows the time now, or nobody does any more. */
  timeKnown(): void {
    this.#due.expect(this.#clock.now());
    this.wake();
  }

  /** Something may go through a SIM at its cap: a lane that rests because of that rests no more. */
  allowed(iccid: string): void {
    this.#later.get(iccid)?.cancel();
    this.#later.delete(iccid);
    this.wake();
  }

  /** Segments that go out in a second, about: as many SIMs as are ready, each as fast as they were lately. */
  pace(): number {
    const ready = this.#sender.sims().filter((sim) => sim.ready).length;
    return (Math.max(1, ready) * 1000) / this.#segmentTakes;
  }

  /** The SIMs that are ready, in the order in which they would claim if none had anything to do. */
  order(): string[] {
    return this.#claimOrder(new Set()).map(({ iccid }) => iccid);
  }

  #claimOrder(busy: ReadonlySet<string>): SimFacts[] {
    return claimOrder(this.#sender.sims(), busy, this.#load.sent, this.#failures, this.#weightOf);
  }

  /** Something changed that may let a lane send: a message, a SIM, a decision. */
  wake(): void {
    this.#wakes += 1;
    if (!this.#running) return;
    this.#followSims();
    this.#claimOrder(new Set([...this.#lanes.keys(), ...this.#later.keys()])).forEach((sim, i) => {
      if (i === 0) this.#begin(sim.iccid);
      else this.#beginIn(sim.iccid, i * APART);
    });
  }

  /** What waits for a SIM that is back need not wait for its time; what was left to one that is gone is everybody's at once. */
  #followSims(): void {
    const { back, gone } = this.#stranded.look(this.#sender.sims());
    const now = this.#clock.now();
    if (back.length > 0) {
      this.#store.hasten(back, now).then(
        () => this.wake(),
        (error: unknown) => this.#log.error({ err: error }, 'what waits for a SIM that is back could not be made due'),
      );
    }
    for (const iccid of gone) {
      this.#store.takeBack(iccid, now).then(
        () => this.#due.expect(now),
        (error: unknown) => this.#log.error({ err: error, iccid }, 'what was left to a SIM that is gone waits for its time'),
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
      rest = Math.max(this.#rest(iccid), this.#capSleep.rest(iccid));
    } catch (error) {
      this.#log.error({ err: error, iccid }, 'a lane stumbled and rests');
      rest = REST_AFTER_FAULT;
    }
    this.#lanes.delete(iccid);
    if (rest > 0) this.#beginIn(iccid, rest);
    // Whoever woke the lanes meanwhile, even between the answer of the queue and now, found this one busy.
    else if (this.#asked.get(iccid) !== this.#wakes) this.#begin(iccid);
  }

  /** How long the SIM has to rest now, milliseconds. */
  #rest(iccid: string): number {
    return restAfter(this.#failures.get(iccid) ?? 0);
  }

  /** The next segment for a SIM; undefined when there is none, or the SIM may not send. */
  async #claim(iccid: string): Promise<Claim | undefined> {
    this.#asked.set(iccid, this.#wakes);
    const sim = this.#sender.sims().find((s) => s.iccid === iccid);
    if (!this.#running || !sim?.ready) return undefined;
    return await this.#store.claim({
      iccid,
      imei: sim.imei,
      predictedMr: sim.predictedMr,
      keepsReference: sim.keepsReference ?? false,
      now: this.#clock.now(),
      noOffers: !this.#offerGap.isOver(iccid),
      sims: this.#simsBeside(iccid),
      judge: this.#atItsTurn,
    });
  }

  /** Asks policy about a message that is ready, and remembers until when it is held. */
  readonly #atItsTurn = (facts: TurnFacts): TurnRuling => {
    const ruling = this.#judge.atItsTurn(facts);
    if (ruling.decision === 'hold') this.#due.expect(ruling.until);
    return ruling;
  };

  /** The other SIMs that a message may be left to. */
  #simsBeside(iccid: string): SimsToChooseFrom {
    const patience = this.#patience;
    const room = Math.floor(patience / this.#segmentTakes);
    return {
      others: this.#sender.sims().flatMap((s) => (s.ready && s.iccid !== iccid && this.#rest(s.iccid) === 0 ? [s.iccid] : [])),
      room,
      asksForCopies: (other) => this.#sender.sims().some((s) => s.iccid === other && s.keepsReference === true),
      choose: (facts) => {
        const chosen = chooseSim(facts, patience, room);
        if (chosen.kind === 'leave') {
          this.#due.expect(chosen.until);
          this.wake();
        }
        return chosen;
      },
    };
  }

  /** The next segment for a SIM that has just sent one; at once, unless another lane claims just now. */
  #claimNext(iccid: string): Promise<Claim | undefined> {
    const wait = this.#spacing.take(this.#clock.monotonic(), this.#segmentTakes, this.#lanes.size);
    return wait > 0 ? sleep(this.#clock, wait).then(() => this.#claim(iccid)) : this.#claim(iccid);
  }

  /** Sends a segment, settles it, and gives the next one: both in one commit, as a rule, since they are asked for together. */
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
    if (claim.purpose === 'promotional' && claim.n === claim.total) this.#offerGap.begin(iccid);
    // In this order: what is settled decides what is next.
    const settling = this.#settle(claim.attemptId, settlement);
    const claiming = this.#rest(iccid) > 0 ? Promise.resolve(undefined) : this.#claimNext(iccid);
    const [, next] = await Promise.allSettled([settling, claiming]);
    await settling;
    switch (settlement.kind) {
      case 'sent':
        this.#load.count(iccid);
        // The lane does not wait for it.
        void this.#claimEarly(iccid, settlement.mr, started);
        break;
      case 'retry':
        if (waitsForItsSim(settlement, claim.tries)) this.#stranded.add(iccid, claim.messageId);
        this.#due.expect(settlement.dueAt ?? now);
        this.#due.expect(settlement.avoid?.until ?? Number.POSITIVE_INFINITY);
        this.wake();
        break;
      case 'uncertain':
        this.#due.expect(settlement.decideAt ?? Number.POSITIVE_INFINITY);
        if (outcome.kind === 'unknown') this.#awaitLate(claim.attemptId, iccid, started, outcome.late);
        // Any TP-MR: what was predicted may not be what it got.
        if (await this.#claimEarly(iccid, null, started)) this.wake();
        break;
      case 'sentEarlier':
        this.#log.info({ message: claim.messageId, n: claim.n, iccid }, 'the SMSC refused a copy of what it holds: the first one counts');
        break;
      case 'failed':
        break;
      default:
        settlement satisfies never;
    }
    if (settlement.kind !== 'sent' && settlement.kind !== 'sentEarlier') {
      const { kind, cause } = settlement;
      this.#log.warn({ message: claim.messageId, n: claim.n, iccid, outcome: outcome.kind, settled: kind, cause }, 'segment not sent');
    }
    // A claim that failed makes the lane rest, and not before this segment is dealt with.
    return next.status === 'fulfilled' ? next.value : await claiming;
  }

  /**
   * Keeps how an attempt ended, as often as that takes: a disk that is full has room again some day, and nobody else knows
   * what the network has.
   */
  async #settle(attemptId: number, settlement: Settlement): Promise<boolean> {
    for (;;) {
      try {
        return await this.#store.settle(attemptId, settlement);
      } catch (error) {
        if (!isTransient(error)) throw error;
        this.#log.error({ err: error, settled: settlement.kind }, 'how a segment ended could not be kept; it is tried again');
      }
      await sleep(this.#clock, REST_AFTER_FAULT);
    }
  }

  async #send(iccid: string, claim: Claim, now: number): Promise<SendOutcome> {
    const segment: SubmitSegment = {
      to: claim.to,
      text: claim.text,
      alphabet: claim.alphabet,
      concat: claim.concat && { ...claim.concat, total: claim.total, n: claim.n },
      flash: claim.flash,
      statusReport: true,
      ...(claim.copyOf === null ? {} : { mr: claim.copyOf, rejectDuplicates: true }),
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
      const settled = await this.#settle(attemptId, { kind: 'sent', mr, at: this.#clock.now() });
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
      return await this.#reports.claimEarly(iccid, mr, since);
    } catch (error) {
      this.#log.error({ err: error, iccid }, 'reports that waited could not be matched');
      return false;
    }
  }
}
