import type { Campaign, Finding, Measure, RecipientFate } from '../store/records/campaign.ts';
import type { Store } from '../store/store.ts';
import { campaignSentence } from '../texts/campaign-words.ts';
import { differ, intervalOf, type Share } from './compare.ts';

export interface VariantResult {
  readonly name: string;
  readonly recipients: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  /** Millionths, as expected when they were handed over. */
  readonly cost: number;
  readonly shares: Readonly<Record<Measure, Share & { readonly low: number; readonly high: number }>>;
}

/** The best against the next best: whether the difference means anything. */
export interface Comparison {
  readonly finding: Finding;
  /** By name; null where there is one text. */
  readonly best: string | null;
  readonly next: string | null;
}

export interface CampaignResults {
  readonly variants: readonly VariantResult[];
  readonly comparison: Comparison;
  /** Whether the difference means anything, in plain words. */
  readonly sentence: string;
}

const TOGETHER = 200;
const DAY = 86_400_000;

/** Fewer of each are not compared. */
const FEW = 20;

/** What became of a campaign so far, by its texts. @param rest awaited between parts, so that others have a turn */
export async function resultsOf(
  campaign: Campaign,
  measure: Measure,
  language: string,
  store: Pick<Store, 'campaigns'>,
  rest: () => Promise<void>,
): Promise<CampaignResults> {
  const tallies = campaign.plan.variants.map(({ name }) => new Tally(name));
  for (let after = 0; ; ) {
    await rest();
    const fates = store.campaigns.fates(campaign.seq, after, TOGETHER, campaign.plan.cameBackDays * DAY);
    for (const fate of fates) tallies[fate.variant]?.add(fate);
    const last = fates.at(-1);
    if (!last || fates.length < TOGETHER) break;
    after = last.n;
  }
  const variants = tallies.map((tally) => tally.result());
  const comparison = compareBest(variants, measure);
  return { variants, comparison, sentence: sentenceOf(comparison, variants, measure, language) };
}

class Tally {
  readonly #name: string;
  readonly #counts = {
    recipients: 0,
    sent: 0,
    failed: 0,
    skipped: 0,
    cost: 0,
    delivered: 0,
    replied: 0,
    clicked: 0,
    optedOut: 0,
    cameBack: 0,
  };

  constructor(name: string) {
    this.#name = name;
  }

  add({ state, status, cost, replied, clicked, optedOut, cameBack }: RecipientFate): void {
    const counts = this.#counts;
    counts.recipients += 1;
    if (state === 'skipped') counts.skipped += 1;
    if (status === 'failed') counts.failed += 1;
    if (status !== 'sent' && status !== 'delivered' && status !== 'undelivered' && status !== 'uncertain') return;
    counts.sent += 1;
    counts.cost += cost ?? 0;
    if (status === 'delivered') counts.delivered += 1;
    if (replied) counts.replied += 1;
    if (clicked) counts.clicked += 1;
    if (optedOut) counts.optedOut += 1;
    if (cameBack) counts.cameBack += 1;
  }

  result(): VariantResult {
    const { recipients, sent, failed, skipped, cost, ...happened } = this.#counts;
    const share = (count: number) => ({ count, of: sent, ...intervalOf({ count, of: sent }) });
    const shares = {
      delivered: share(happened.delivered),
      replied: share(happened.replied),
      clicked: share(happened.clicked),
      optedOut: share(happened.optedOut),
      cameBack: share(happened.cameBack),
    };
    return { name: this.#name, recipients, sent, failed, skipped, cost, shares };
  }
}

const rateOf = ({ count, of }: Share): number => (of === 0 ? 0 : count / of);
const percent = (share: Share): string => `${(rateOf(share) * 100).toFixed(1)} %`;

function compareBest(variants: readonly VariantResult[], measure: Measure): Comparison {
  const [a, b] = [...variants].sort((x, y) => rateOf(y.shares[measure]) - rateOf(x.shares[measure]));
  if (!a || !b) return { finding: 'one', best: null, next: null };
  const [first, second] = [a.shares[measure], b.shares[measure]];
  const finding = first.of < FEW || second.of < FEW ? 'few' : differ(first, second) ? 'better' : 'same';
  return { finding, best: a.name, next: b.name };
}

function sentenceOf({ finding, best, next }: Comparison, variants: readonly VariantResult[], measure: Measure, language: string): string {
  const rate = (name: string | null): string => {
    const found = variants.find((variant) => variant.name === name);
    return found ? percent(found.shares[measure]) : '';
  };
  return campaignSentence(language, finding, { a: best ?? '', b: next ?? '', x: rate(best), y: rate(next) });
}
