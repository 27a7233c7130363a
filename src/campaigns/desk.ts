import type { Clock } from '../base/clock.ts';
import { Fault, faultIn } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { Campaign, CampaignPlan, Measure } from '../store/records/campaign.ts';
import type { Store } from '../store/store.ts';
import { type CampaignEstimate, type EstimateParts, estimateCampaign } from './estimate.ts';
import { type CampaignVerb, moveOf } from './lifecycle.ts';
import { countReached } from './recipients.ts';
import { type CampaignResults, resultsOf } from './results.ts';
import type { CampaignRunner } from './runner.ts';

/** More recipients than these are typed in by whoever starts it. */
const TYPED_ABOVE = 20;

/** Milliseconds after which a withdrawal that is under way is asked for again. */
const SOON = 5;

/** What people and programs do with campaigns. */
export class CampaignDesk {
  readonly #parts: EstimateParts & { readonly clock: Clock; readonly random: Random; readonly runner: CampaignRunner };
  readonly #store: Store;

  constructor(parts: EstimateParts & { readonly clock: Clock; readonly random: Random; readonly runner: CampaignRunner }) {
    this.#parts = parts;
    this.#store = parts.store;
  }

  add(keyId: string, plan: CampaignPlan): Promise<Campaign> {
    const { clock, random } = this.#parts;
    return this.#store.campaigns.add({ id: newId('cmp', random), keyId, plan, createdAt: clock.now() });
  }

  /** What it would do if it began now. @throws Fault `notFound`, those of `estimateCampaign` */
  estimate(id: string, rest: () => Promise<void>): Promise<CampaignEstimate> {
    return estimateCampaign(this.#known(id), this.#parts.clock.now(), this.#parts, rest);
  }

  results(id: string, measure: Measure, rest: () => Promise<void>): Promise<CampaignResults> {
    return resultsOf(this.#known(id), measure, this.#parts.site.language, this.#store, rest);
  }

  /**
   * Begins it, now or at its time.
   * @param typed how many recipients its starter expects, as the estimate said
   * @throws Fault `notFound`, `stateDiffers`, `countDiffers`
   */
  async start(id: string, typed: number | undefined, audit: NewAudit, rest: () => Promise<void>): Promise<Campaign> {
    const campaign = this.#known(id);
    if (campaign.state !== 'draft') throw differs(campaign, 'start');
    const count = await countReached(campaign.plan, this.#parts.clock.now(), this.#store, rest);
    if (count > TYPED_ABOVE && typed !== count) {
      const why = `must be ${count}, the recipients that there are now: look at the estimate, and type them in`;
      throw faultIn('countDiffers', 'recipients', why);
    }
    return await this.move(id, 'start', audit);
  }

  /**
   * Pause, resume, cancel. A pause or cancellation is over when what waited has been withdrawn.
   * @throws Fault `notFound`, `stateDiffers`, `unavailable`
   */
  async move(id: string, verb: CampaignVerb, audit: NewAudit): Promise<Campaign> {
    const { clock, runner } = this.#parts;
    const campaign = this.#known(id);
    if (verb === 'resume' && campaign.state === 'paused' && this.#store.campaigns.waiting(campaign.seq).length > 0) {
      runner.wake();
      await runner.idle();
      if (this.#store.campaigns.waiting(campaign.seq).length > 0) {
        throw new Fault('unavailable', 'What waited of this campaign is still being withdrawn; ask again.', [], { retryAfter: SOON });
      }
    }
    const { from, to } = moveOf(verb);
    const moved = await this.#store.campaigns.move(id, from, to, { now: clock.now() }, audit);
    if (!moved) throw differs(this.#known(id), verb);
    runner.wake();
    if (verb === 'pause' || verb === 'cancel') await runner.idle();
    return moved;
  }

  /** @throws Fault `notFound` */
  #known(id: string): Campaign {
    const campaign = this.#store.campaigns.of(id);
    if (campaign) return campaign;
    throw new Fault('notFound', 'There is no campaign with this id; GET /v1/campaigns lists those that there are.');
  }
}

const differs = ({ state }: Campaign, verb: CampaignVerb): Fault =>
  new Fault('stateDiffers', `The campaign is ${state}, and ${verb} is for one that is ${moveOf(verb).from.join(' or ')}.`);
