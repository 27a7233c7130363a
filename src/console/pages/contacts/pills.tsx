import type { Static } from 'typebox';
import type { Contact } from '../../../http/schemas/contact.ts';
import type { Suppression } from '../../../http/schemas/suppression.ts';
import { scopeName } from '../../words/consent.ts';
import { words } from './words.ts';

/** What there is to know before one writes: how to reach them, what they do not want, and the tags. */
export function ContactPills({ contact: { preferredChannel, wishes, tags } }: { contact: Contact }) {
  const stopped = [...new Set(wishes.flatMap(({ suppressions }) => scopesOf(suppressions)))];
  return (
    <span class="row">
      {preferredChannel !== 'sms' && <span class="pill warn">{words(preferredChannel)}</span>}
      {stopped.map((scope) => (
        <span key={scope} class="pill warn">
          {words('stopped', { what: scopeName(scope) })}
        </span>
      ))}
      {wishes.some(wantsOffers) && <span class="pill good">{words('agrees')}</span>}
      {tags.map((tag) => (
        <span key={tag} class="pill tag">
          {tag}
        </span>
      ))}
    </span>
  );
}

/** In the schema of a contact they are named, not spelled out. */
function scopesOf(suppressions: readonly unknown[]): string[] {
  const isSuppression = (one: unknown): one is Static<typeof Suppression> => typeof one === 'object' && one !== null && 'scope' in one;
  return suppressions.filter(isSuppression).map(({ scope }) => scope);
}

const NO_OFFERS: readonly string[] = ['all', 'purpose:promotional'];

/** A consent stays in the ledger; it counts for nothing while an opt-out stands. */
const wantsOffers = ({ agreesToOffers, suppressions }: Contact['wishes'][number]): boolean =>
  agreesToOffers && !scopesOf(suppressions).some((scope) => NO_OFFERS.includes(scope));
