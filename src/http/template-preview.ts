import { Fault, wrongAt } from '../base/fault.ts';
import { contactFields, placeFields } from '../contacts/fields.ts';
import { planText } from '../pdu/plan.ts';
import { LANGUAGES, type Language } from '../policy/language.ts';
import type { Contact } from '../store/records/contact.ts';
import { type Fields, type FieldValue, readField, type WrittenValue } from '../templates/field-value.ts';
import { type LongValues, longestCase } from '../templates/longest.ts';
import { isFieldName } from '../templates/parse.ts';
import { render } from '../templates/render.ts';
import { savings } from '../templates/savings.ts';
import { type ChosenText, chooseText, templateOf } from '../templates/shelf.ts';
import { siteFields } from '../templates/site-fields.ts';
import { textsOf } from '../templates/stored.ts';
import type { ApiParts } from './parts.ts';
import type { TemplatePreview, TemplatePreviewRequest } from './schemas/template.ts';
import { shapeCost } from './shape.ts';
import { checkText } from './text.ts';

type Parts = Pick<ApiParts, 'acceptance' | 'store' | 'lint' | 'site' | 'clock' | 'timeZone'>;

/** A template as one client would read it, with its price. */
export function previewTemplate(request: TemplatePreviewRequest, parts: Parts): TemplatePreview {
  const { acceptance, lint, clock, timeZone } = parts;
  const contact = request.contact === undefined ? undefined : contactNamed(request.contact, parts.store);
  const { language: wanted = languageNamed(contact?.language), to = contact?.numbers[0], purpose = 'service', sim, kind } = request;
  const chosen = textIn(request, wanted, parts);
  const fixed = siteFields(parts.site);
  const given = readFields(request.fields ?? {}, '/fields');
  const branch = contact?.branch == null ? undefined : parts.store.resources.of(contact.branch);
  const own = contact ? [...contactFields(contact), ...placeFields(undefined, branch)] : [];
  const locale = { language: chosen.language, timeZone: contact?.timeZone ?? timeZone, now: clock.now() };
  const { text, missing } = render(chosen.text, new Map([...fixed, ...own, ...given]), locale);
  const longest = longestCase(chosen.text, fixed, locale, longValues(new Map([...own, ...given]), parts.store.contacts.longestNames()));
  const quoted = { purpose, ...(to === undefined ? {} : { to }), ...(sim === undefined ? {} : { sim }) };
  const plan = planText(text);
  return {
    language: chosen.language,
    text,
    missing: [...missing],
    encoding: plan.alphabet,
    units: plan.units,
    segmentCount: plan.segments.length,
    ...acceptance.sizeOf(text, plan.segments.length),
    room: plan.room,
    cost: shapeCost(acceptance.quote(quoted, plan.segments.length)),
    longest: {
      text: longest.text,
      segmentCount: longest.segments,
      ...acceptance.sizeOf(longest.text, longest.segments),
      cost: shapeCost(acceptance.quote(quoted, longest.segments)),
    },
    savings: savings(text).map(({ way, text: shorter, segments, over }) => ({ way, text: shorter, segmentCount: segments, over })),
    advice: [...lint(text, { purpose, kind }).advice],
  };
}

/** What is known of how long fields get: what was given, and names as long as any contact's. */
function longValues(given: Fields, names: { readonly name: readonly string[]; readonly firstName: readonly string[] }): LongValues {
  const values = new Map<string, readonly FieldValue[]>([...given].map(([name, value]) => [name, [value]]));
  for (const [name, longest] of [
    ['name', names.name],
    ['firstName', names.firstName],
  ] as const) {
    if (longest.length > 0) values.set(name, [...longest, ...(values.get(name) ?? [])]);
  }
  return values;
}

/** @throws Fault `contactUnknown` */
function contactNamed(externalId: string, { contacts }: Parts['store']): Contact {
  const contact = contacts.of(externalId);
  if (contact) return contact;
  const why = 'is not the id of a contact; GET /v1/contacts lists those that there are';
  throw new Fault('contactUnknown', `"${externalId}" ${why}.`, [{ pointer: '/contact', detail: why }]);
}

const languageNamed = (name: string | null | undefined): Language | null => LANGUAGES.find((language) => language === name) ?? null;

/** @throws Fault `requestInvalid` with the place in the body */
export function readFields(written: Readonly<Record<string, WrittenValue>>, pointer: string): Fields {
  const fields = new Map<string, FieldValue>();
  for (const [name, value] of Object.entries(written)) {
    const place = `${pointer}/${name.slice(0, 100)}`;
    if (!isFieldName(name)) throw wrongAt(place, 'is no name of a field: letters and digits, in parts with points between', 'fieldName');
    try {
      fields.set(name, readField(value));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw wrongAt(place, 'is no amount: a decimal number as text, with the three capital letters of its currency', 'amount');
    }
  }
  return fields;
}

/** @throws Fault `templateUnknown`, `requestInvalid` unless there is either a name or a text */
function textIn({ template, text }: TemplatePreviewRequest, wanted: Language | null, { store, site }: Parts): ChosenText {
  if (text !== undefined && template === undefined) {
    checkText(text);
    return { language: wanted ?? site.language, text };
  }
  if (template === undefined || text !== undefined) {
    const why = 'is given by template or by text: give one of the two';
    throw new Fault('requestInvalid', `What is written ${why}.`, [{ pointer: '/template', detail: why }]);
  }
  const known = templateOf(template, textsOf(store.templates.of(template)));
  const chosen = known && chooseText(known.texts, wanted, site.language);
  if (chosen) return chosen;
  const why = 'is not the name of a template; GET /v1/templates lists those that there are';
  throw new Fault('templateUnknown', `"${template}" ${why}.`, [{ pointer: '/template', detail: why }]);
}
