import { Fault } from '../base/fault.ts';
import type { AcceptRequest, MessageSize } from '../dispatch/accept.ts';
import type { Cost } from '../dispatch/quotes.ts';
import { planText } from '../pdu/plan.ts';
import { estimate as estimateMonth, type SimLimits } from '../policy/estimate.ts';
import type { CampaignPlan, OutlookNote } from '../store/records/campaign.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import { campaignSentence } from '../texts/campaign-words.ts';
import { countReached, type Reached, reachedBy, type Unreached } from './recipients.ts';
import { dealer } from './split.ts';
import { type CampaignSite, writeText } from './write-text.ts';

export interface EstimateParts {
  readonly store: Store;
  readonly door: {
    prepare(keyId: string, request: AcceptRequest): NewMessage;
    cost(message: NewMessage): Cost | null;
    sizeOf(text: string, segments: number): MessageSize;
  };
  readonly site: CampaignSite;
  /** The SIMs that are in a modem now, and the caps of one more. */
  sims(): readonly (SimLimits & { readonly offers: boolean })[];
  readonly newSim: SimLimits;
}

export interface CampaignEstimate {
  /** Whom it reaches: what is typed in at the start. */
  readonly recipients: number;
  /** Messages that the door would take now. */
  readonly messages: number;
  readonly unreached: Unreached;
  /** What the door would say of the others, by its code. */
  readonly refused: ReadonlyMap<string, number>;
  readonly segments: number;
  readonly longest: { readonly text: string; readonly segments: number } & MessageSize;
  /** Null where no price is known. */
  readonly cost: { readonly micros: number; readonly currency: string } | null;
  readonly days: number | null;
  /** SIMs that are in a modem now. */
  readonly sims: number;
  /** What to know before it is started, for whoever says it in another language, and in that of the site. */
  readonly notes: readonly OutlookNote[];
  readonly sentences: readonly string[];
}

/** In which offers go out, by the standard policy. */
const HOURS_A_DAY = 12;

/** More than these are bulk to an operator. */
const BULK = 100;

/** Written and judged before others get a turn. */
const TOGETHER = 20;

/**
 * What a campaign will do, before it is started: every text is written and shown to the door, and nothing is stored.
 * @param rest awaited between parts, so that others have a turn
 * @throws Fault `stateDiffers`, `templateUnknown`
 */
export async function estimateCampaign(
  { id, keyId, plan }: { readonly id: string; readonly keyId: string; readonly plan: CampaignPlan },
  now: number,
  parts: EstimateParts,
  rest: () => Promise<void>,
): Promise<CampaignEstimate> {
  const sum = { reached: 0, messages: 0, segments: 0, micros: 0, currency: null as string | null };
  const refused = new Map<string, number>();
  let longest = { text: '', segments: 0 };
  const refuse = (code: string): void => {
    refused.set(code, (refused.get(code) ?? 0) + 1);
  };
  // Read once to count them, once to write: each is judged with the text that they will draw, and all at once are more than memory should hold.
  const deal = dealer(id, plan.variants, plan.variants.length > 1 ? await countReached(plan, now, parts.store, rest) : 0);
  const look = ({ contact, number }: Reached): void => {
    sum.reached += 1;
    const variant = plan.variants[deal(contact.externalId)];
    const written = variant && writeText(variant, contact, now, parts, id);
    if (!written) throw new Fault('templateUnknown', `There is no template ${variant?.template ?? ''}; write it first.`);
    if (written.missing.length > 0) {
      refuse('fieldMissing');
      return;
    }
    const { segments } = planText(written.text);
    if (segments.length > longest.segments) longest = { text: written.text, segments: segments.length };
    try {
      const message = parts.door.prepare(keyId, {
        to: number,
        text: written.text,
        purpose: plan.purpose,
        ...(plan.topic === null ? {} : { topic: plan.topic }),
        ...(plan.sim === null ? {} : { sim: plan.sim }),
      });
      const cost = parts.door.cost(message);
      sum.messages += 1;
      sum.segments += message.segments.length;
      sum.micros += cost?.micros ?? 0;
      sum.currency ??= cost?.currency ?? null;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      refuse(error.code);
    }
  };
  const reaching = reachedBy(plan, now, parts.store, rest);
  let part = await reaching.next();
  while (!part.done) {
    for (const [i, reached] of part.value.entries()) {
      if (i % TOGETHER === TOGETHER - 1) await rest();
      look(reached);
    }
    part = await reaching.next();
  }
  const sims = parts.sims();
  const days = sum.messages === 0 ? 0 : daysOf(sum, plan.purpose, sims, parts.newSim);
  const lasting: OutlookNote | undefined = sims.length === 0 ? 'noSims' : days === null ? 'never' : days > 0 ? 'days' : undefined;
  const notes: OutlookNote[] = [...(lasting === undefined ? [] : [lasting]), ...(sum.messages > BULK ? (['bulk'] as const) : [])];
  return {
    recipients: sum.reached,
    messages: sum.messages,
    unreached: part.value,
    refused,
    segments: sum.segments,
    longest: { ...longest, ...parts.door.sizeOf(longest.text, longest.segments) },
    cost: sum.currency === null ? null : { micros: sum.micros, currency: sum.currency },
    days,
    sims: sims.length,
    notes,
    sentences: notes.map((note) => campaignSentence(parts.site.language, note, { sims: sims.length, days: days ?? '' })),
  };
}

function daysOf(
  { messages, segments }: { readonly messages: number; readonly segments: number },
  purpose: CampaignPlan['purpose'],
  sims: EstimateParts['sims'] extends () => infer S ? S : never,
  newSim: SimLimits,
): number | null {
  const each = Math.max(1, Math.ceil(segments / messages));
  const offers = purpose === 'promotional' ? 100 : 0;
  return estimateMonth({
    recipients: messages,
    sendsPerMonth: 1,
    text: { alphabet: 'ucs2', units: 0, segments: each },
    transliterated: null,
    shares: { otp: 0, service: 100 - offers, promotional: offers },
    price: null,
    packaged: 0,
    hoursPerDay: HOURS_A_DAY,
    sims,
    newSim,
  }).daysNeeded;
}
