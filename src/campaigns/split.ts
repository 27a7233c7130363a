import { hash } from 'node:crypto';
import type { CampaignVariant } from '../store/records/campaign.ts';

type Shares = readonly Pick<CampaignVariant, 'share'>[];

/**
 * Deals the texts of a campaign as from a deck that has as many cards of each as its share says, to within one. Who draws which is chance,
 * of a hash: the same people in the same order draw the same again, and otherwise in another campaign.
 * @param variants with shares that make 100
 * @param people how many will draw
 * @returns draws for a contact: the place of a text among the variants
 */
export function dealer(campaign: string, variants: Shares, people: number): (contact: string) => number {
  let deck = deckOf(variants, people);
  return (contact) => {
    // Who came after they were counted.
    if (deck.left === 0) deck = deckOf(variants, 100);
    let card = Number.parseInt(hash('sha256', `${campaign} ${contact}`, 'hex').slice(0, 8), 16) % deck.left;
    const kind = deck.kinds.find(({ cards }) => {
      card -= cards;
      return card < 0;
    });
    if (!kind) throw new Error('a card that is counted is there');
    kind.cards -= 1;
    deck.left -= 1;
    return kind.variant;
  };
}

function deckOf(
  variants: Shares,
  people: number,
): { left: number; readonly kinds: readonly { readonly variant: number; cards: number }[] } {
  let upto = 0;
  const kinds = variants.map(({ share }, variant) => {
    const before = Math.round((upto * people) / 100);
    upto += share;
    return { variant, cards: Math.round((upto * people) / 100) - before };
  });
  return { left: people, kinds };
}
