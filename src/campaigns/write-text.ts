import { contactFields, placeFields } from '../contacts/fields.ts';
import { LANGUAGES } from '../policy/language.ts';
import type { CampaignVariant } from '../store/records/campaign.ts';
import type { Contact } from '../store/records/contact.ts';
import type { Store } from '../store/store.ts';
import type { Fields } from '../templates/field-value.ts';
import { type Rendered, render } from '../templates/render.ts';
import { chooseText, templateOf } from '../templates/shelf.ts';
import { textsOf } from '../templates/stored.ts';
import type { ShortLink, ShortLinks } from './short-links.ts';

/** What a site is, for a text. */
export interface CampaignSite {
  readonly fields: Fields;
  readonly language: (typeof LANGUAGES)[number];
  readonly timeZone: string;
  /** What `{link:…}` becomes. */
  readonly links: ShortLinks;
}

/** The text of a variant as a contact reads it; undefined where its template is gone. @param campaign its id, for short links */
export function writeText(
  variant: CampaignVariant,
  contact: Contact,
  now: number,
  { store, site }: { readonly store: Pick<Store, 'templates' | 'resources'>; readonly site: CampaignSite },
  campaign: string,
): (Rendered & { readonly links: readonly ShortLink[] }) | undefined {
  const own = variant.template === null ? new Map(Object.entries(variant.texts)) : store.templates.of(variant.template)?.texts;
  const texts = textsOf(own && { texts: own });
  const known = variant.template === null ? { texts } : templateOf(variant.template, texts);
  const wanted = LANGUAGES.find((language) => language === contact.language) ?? null;
  const chosen = known && chooseText(known.texts, wanted, site.language);
  if (!chosen) return undefined;
  const branch = contact.branch === null ? undefined : store.resources.of(contact.branch);
  const fields = new Map([...site.fields, ...contactFields(contact), ...placeFields(undefined, branch)]);
  const { shorten, links } = site.links.forText(campaign, contact.externalId);
  const written = render(chosen.text, fields, { language: chosen.language, timeZone: contact.timeZone ?? site.timeZone, now }, shorten);
  return { ...written, links };
}
