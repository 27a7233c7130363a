import type { Clock } from '../base/clock.ts';
import { Fault, isTransient } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import type { AcceptRequest } from '../dispatch/accept.ts';
import type { Cost } from '../dispatch/quotes.ts';
import type { AcceptOutcome, CancelOutcome } from '../store/records/acceptance.ts';
import type { Campaign, CampaignMark, NewRecipient, RecipientState } from '../store/records/campaign.ts';
import type { MessageStatus, NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import { reachedBy } from './recipients.ts';
import { dealer } from './split.ts';
import { type CampaignSite, writeText } from './write-text.ts';

/** The door into the queue, as `dispatch/accept.ts` has it. */
interface Door {
  prepare(keyId: string, request: AcceptRequest): NewMessage;
  commit(messages: readonly NewMessage[], idempotency: undefined, code: undefined, tells: CampaignMark): Promise<AcceptOutcome>;
  cost(message: NewMessage): Cost | null;
  cancel(id: string): Promise<CancelOutcome>;
}

export interface RunnerParts {
  readonly store: Store;
  readonly door: Door;
  readonly clock: Clock;
  readonly log: Log;
  readonly site: CampaignSite;
  /** Until then nothing begins: nobody knows whether it is time. */
  readonly isTimeKnown: () => boolean;
}

/** Messages of one campaign that wait in the queue at a time: what a pause has to withdraw, and what the SIMs never run out of. */
const AHEAD = 40;

/** Recipients that are written down in one transaction. */
const TOGETHER = 500;

/** Milliseconds between looks at what has left the queue, and before a fault that passes is tried again. */
const LOOK = 2000;

/** Fewer who got it say nothing of how many opt out. */
const FEW = 20;

const HOUR = 3_600_000;

/** A message that has not begun; anything else has left the queue. */
const WAITS: readonly MessageStatus[] = ['accepted', 'held', 'queued'];

/** What is held so waits for something of that client alone: the others need not wait with them. */
const PERSONAL: ReadonlySet<string | null> = new Set([
  'allPerDay',
  'promotionalPer7Days',
  'monthlyOffers',
  'optOutUnsure',
  'unanswered',
  'visitNear',
  'repairUnderWay',
  'lowRating',
]);

/** It ended without anybody having got it. */
const NOT_SENT: readonly MessageStatus[] = ['refused', 'expired', 'cancelled'];

/**
 * Drives campaigns: plans them when their time comes, and makes messages just ahead of what the SIMs carry, so that a pause, a budget or
 * opt-outs stop it at once and everything else goes between. What is done stands in the store: a recipient is taken in the transaction
 * that takes its message in, so that a process that dies leaves each with one message or none.
 */
export class CampaignRunner {
  readonly #parts: RunnerParts;
  readonly #alarm: Alarm;
  #working: Promise<void> = Promise.resolve();
  #busy = false;
  #more = false;
  #running = false;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#alarm = new Alarm(parts.clock, () => this.wake());
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  /** Something has changed, or fallen due. */
  wake(): void {
    this.#more = true;
    if (this.#busy || !this.#running) return;
    this.#busy = true;
    this.#working = this.#work();
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    while (this.#busy) await this.#working;
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#alarm.cancel();
    await this.#working;
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    let next: number | undefined;
    while (this.#more && this.#running) {
      this.#more = false;
      next = undefined;
      for (const campaign of this.#parts.store.campaigns.active()) {
        if (!this.#running) break;
        try {
          const at = await this.#step(campaign);
          if (at !== undefined) next = Math.min(next ?? at, at);
        } catch (error) {
          this.#parts.log.error({ err: error, campaign: campaign.id }, 'a campaign could not go on; it is tried again');
          next = Math.min(next ?? Number.POSITIVE_INFINITY, this.#parts.clock.now() + LOOK * 5);
        }
      }
    }
    this.#busy = false;
    if (this.#running && next !== undefined) this.#alarm.in(Math.max(0, next - this.#parts.clock.now()));
  }

  /** @returns when there is something to do again; undefined while only a verb can say */
  async #step(campaign: Campaign): Promise<number | undefined> {
    const { clock, isTimeKnown } = this.#parts;
    switch (campaign.state) {
      case 'scheduled': {
        const { startAt } = campaign.plan;
        if (!isTimeKnown()) return clock.now() + LOOK * 5;
        if (startAt !== null && startAt > clock.now()) return startAt;
        return await this.#begin(campaign);
      }
      case 'planning':
        return await this.#plan(campaign);
      case 'running':
        return await this.#feed(campaign);
      case 'paused':
        return await this.#withdraw(campaign, 'planned');
      case 'cancelled':
        return await this.#withdraw(campaign, 'cancelled');
      case 'draft':
      case 'finished':
        return undefined;
    }
  }

  async #begin(campaign: Campaign): Promise<number | undefined> {
    const { store, clock } = this.#parts;
    const planning = await store.campaigns.move(campaign.id, ['scheduled'], 'planning', { now: clock.now(), started: true });
    return planning && (await this.#plan(planning));
  }

  /** Writes down who gets it. A plan that was not finished is begun anew: nothing of it has been sent. */
  async #plan(campaign: Campaign): Promise<number | undefined> {
    const { store, clock } = this.#parts;
    const { campaigns } = store;
    while (!(await campaigns.clearRecipients(campaign.seq)));
    const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const people: { readonly contact: string; readonly recipient: string }[] = [];
    for await (const reached of reachedBy(campaign.plan, clock.now(), store, rest)) {
      if (!this.#running) return undefined;
      for (const { contact, number } of reached) people.push({ contact: contact.externalId, recipient: number });
    }
    const deal = dealer(campaign.id, campaign.plan.variants, people.length);
    for (let from = 0; from < people.length; from += TOGETHER) {
      if (!this.#running) return undefined;
      const part = people.slice(from, from + TOGETHER);
      await campaigns.addRecipients(
        campaign.seq,
        part.map((one, i) => ({ n: from + i + 1, ...one, variant: deal(one.contact) })),
      );
    }
    const running = await campaigns.move(campaign.id, ['planning'], 'running', { now: clock.now() });
    return running && (await this.#feed(running));
  }

  async #feed(campaign: Campaign): Promise<number | undefined> {
    const { store, clock, isTimeKnown } = this.#parts;
    const { campaigns } = store;
    const { plan } = campaign;
    const { waiting, ahead } = await this.#settle(campaign);
    const counts = campaigns.counts(campaign.seq);
    const now = clock.now();
    if (plan.stopAtOptOuts !== null && counts.begun >= FEW && campaigns.optOuts(campaign.seq) * 100 >= plan.stopAtOptOuts * counts.begun) {
      return await this.#pause(campaign, 'optOuts');
    }
    if (counts.planned === 0) {
      if (waiting > 0) return now + LOOK;
      await campaigns.move(campaign.id, ['running'], 'finished', { now });
      return undefined;
    }
    if (!isTimeKnown()) return now + LOOK * 5;
    let nextAt = campaign.nextAt ?? now;
    let { spent } = campaign;
    for (const recipient of campaigns.next(campaign.seq, Math.max(0, AHEAD - ahead))) {
      if (!this.#running) return undefined;
      if (plan.perHour !== null && nextAt > clock.now()) return nextAt;
      const pace = plan.perHour === null ? null : Math.max(nextAt, clock.now()) + HOUR / plan.perHour;
      const outcome = await this.#hand(campaign, recipient, spent, pace === null ? null : Math.ceil(pace));
      // What is within the budget goes out first.
      if (outcome === 'overBudget') {
        return campaigns.waiting(campaign.seq).length > 0 ? clock.now() + LOOK : await this.#pause(campaign, 'budget');
      }
      if (outcome === 'ended') return undefined;
      if (outcome === 'later') return clock.now() + LOOK;
      if (outcome === 'skipped') continue;
      spent += outcome;
      nextAt = pace ?? nextAt;
    }
    return clock.now() + LOOK;
  }

  /** @returns what it costs, or why there is no message */
  async #hand(
    { id, seq, keyId, plan }: Campaign,
    recipient: NewRecipient,
    spent: number,
    nextAt: number | null,
  ): Promise<number | 'skipped' | 'later' | 'overBudget' | 'ended'> {
    const { store, door, clock, site } = this.#parts;
    const skip = async (reason: string): Promise<'skipped'> => {
      await store.campaigns.settle(seq, [{ n: recipient.n, state: 'skipped', reason }]);
      return 'skipped';
    };
    const contact = store.contacts.of(recipient.contact);
    const variant = plan.variants[recipient.variant];
    if (!contact?.numbers.includes(recipient.recipient)) return await skip('contactGone');
    if (contact.preferredChannel !== 'sms') return await skip('channel');
    const written = variant && writeText(variant, contact, clock.now(), { store, site }, id);
    if (!written) return await skip('templateUnknown');
    if (written.missing.length > 0) return await skip('fieldMissing');
    try {
      const message = door.prepare(keyId, {
        to: recipient.recipient,
        text: written.text,
        purpose: plan.purpose,
        ...(plan.topic === null ? {} : { topic: plan.topic }),
        ...(plan.sim === null ? {} : { sim: plan.sim }),
        reference: `campaign/${plan.name}`.slice(0, 100),
      });
      const cost = door.cost(message)?.micros ?? 0;
      if (plan.budget !== null && spent + cost > plan.budget.micros) return 'overBudget';
      const { links } = written;
      await door.commit([message], undefined, undefined, { campaign: seq, n: recipient.n, messageId: message.id, cost, nextAt, links });
      return cost;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code === 'tooLate') return 'ended';
      return isTransient(error) ? 'later' : await skip(error.code);
    }
  }

  /** Writes down what has left the queue. @returns how many wait in it, and how many of them for the SIMs or the hour */
  async #settle({ seq }: Campaign): Promise<{ readonly waiting: number; readonly ahead: number }> {
    const { campaigns } = this.#parts.store;
    const all = campaigns.waiting(seq);
    const left = all.filter(({ status }) => !WAITS.includes(status));
    if (left.length > 0) {
      await campaigns.settle(
        seq,
        left.map(({ n, status, reason }) => ({ n, ...fateOf(status, reason) })),
      );
    }
    const ahead = all.filter(({ status, reason }) => WAITS.includes(status) && !(status === 'held' && PERSONAL.has(reason))).length;
    return { waiting: all.length - left.length, ahead };
  }

  async #pause(campaign: Campaign, reason: 'budget' | 'optOuts'): Promise<number | undefined> {
    const { store, clock } = this.#parts;
    const paused = await store.campaigns.move(campaign.id, ['running'], 'paused', { now: clock.now(), reason });
    return paused && (await this.#withdraw(paused, 'planned'));
  }

  /** Takes what waits in the queue out of it again. What has begun goes on. */
  async #withdraw(campaign: Campaign, as: Extract<RecipientState, 'planned' | 'cancelled'>): Promise<undefined> {
    const { store, door } = this.#parts;
    for (const { n, messageId, status, reason } of store.campaigns.waiting(campaign.seq)) {
      const outcome = WAITS.includes(status) ? await door.cancel(messageId) : undefined;
      const isOut = outcome?.kind === 'cancelled' || (status === 'cancelled' && outcome === undefined);
      await store.campaigns.settle(campaign.seq, [isOut ? { n, state: as, reason: null } : { n, ...fateOf(status, reason) }]);
    }
  }
}

const fateOf = (status: MessageStatus, reason: string | null): { state: RecipientState; reason: string | null } =>
  NOT_SENT.includes(status) ? { state: 'skipped', reason: reason ?? status } : { state: 'begun', reason: null };
