import { hash } from 'node:crypto';
import type { CampaignVariant } from '../store/records/campaign.ts';

/**
 * Which text a contact gets: always the same one of a campaign, whoever else is in it, and another one in another campaign. Pure.
 * @param variants with shares that make 100
 * @returns its place among them
 */
export function variantFor(campaign: string, contact: string, variants: readonly Pick<CampaignVariant, 'share'>[]): number {
  const drawn = Number.parseInt(hash('sha256', `${campaign} ${contact}`, 'hex').slice(0, 8), 16) % 10_000;
  let upto = 0;
  for (const [i, { share }] of variants.entries()) {
    upto += share * 100;
    if (drawn < upto) return i;
  }
  return variants.length - 1;
}
