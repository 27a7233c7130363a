import { LANGUAGES, type Language } from '../policy/language.ts';
import type { Occasion } from '../store/records/occasion.ts';
import { type Fields, type FieldValue, readField } from '../templates/field-value.ts';
import { writeField } from '../templates/locale.ts';
import { type Rendered, render } from '../templates/render.ts';
import { chooseText, type TemplateTexts, templateOf } from '../templates/shelf.ts';

/** What the site is called and how it writes. */
export interface WordingSite {
  readonly name: string;
  readonly phone: string | undefined;
  readonly language: Language;
  readonly timeZone: string;
}

export interface WordingParts {
  readonly site: WordingSite;
  /** The texts of a template that the site has written itself. */
  ownTexts(template: string): TemplateTexts;
  /** What is known of a contact and of a resource, as fields, by their names with the caller. */
  contact(externalId: string): Fields;
  resource(externalId: string): Fields;
}

/** Writes what is told of an occasion: its template, filled in for whoever reads it. */
export class Wording {
  readonly #parts: WordingParts;

  constructor(parts: WordingParts) {
    this.#parts = parts;
  }

  /** Undefined where there is no such template. @param more fields beside those of the occasion */
  text(template: string, occasion: Occasion, now: number, more: Fields = new Map()): Rendered | undefined {
    const { site } = this.#parts;
    const known = templateOf(template, this.#parts.ownTexts(template));
    const wanted = LANGUAGES.find((language) => language === occasion.language) ?? null;
    const chosen = known && chooseText(known.texts, wanted, site.language);
    if (!chosen) return undefined;
    const locale = { language: chosen.language, timeZone: occasion.timeZone ?? site.timeZone, now };
    return render(chosen.text, new Map([...this.#fields(occasion), ...more]), locale);
  }

  /** A text of the caller's own, with fields as a template has them. */
  own(text: string, occasion: Occasion, now: number, more: Fields = new Map()): Rendered {
    const language = LANGUAGES.find((one) => one === occasion.language) ?? this.#parts.site.language;
    const locale = { language, timeZone: occasion.timeZone ?? this.#parts.site.timeZone, now };
    return render(text, new Map([...this.#fields(occasion), ...more]), locale);
  }

  /** Several of one client on one day in one text, each with the number by which they answer. */
  joined(occasions: readonly Occasion[], now: number): Rendered | undefined {
    const [first] = occasions;
    if (!first) return undefined;
    const lines: string[] = [];
    for (const [i, occasion] of occasions.entries()) {
      const { what } = occasion.data;
      const who = [typeof what === 'string' ? what : null, occasion.name].filter((word) => word !== null).join(', ');
      const more = new Map<string, FieldValue>([
        ['n', i + 1],
        ['who', who === '' ? '' : ` ${who}`],
      ]);
      const line = this.text('visit.reminder.line', occasion, now, more);
      if (!line || line.missing.length > 0) return line;
      lines.push(line.text);
    }
    return this.text('visit.reminder.several', first, now, new Map([['visits', lines.join('; ')]]));
  }

  /** Times with the numbers by which they are chosen. */
  times(times: readonly number[], { language, timeZone }: Occasion, now: number): string {
    const { site } = this.#parts;
    const locale = { language: LANGUAGES.find((one) => one === language) ?? site.language, timeZone: timeZone ?? site.timeZone, now };
    return times
      .map((at, i) => `${i + 1}) ${writeField({ kind: 'weekday', at }, locale)} ${writeField({ kind: 'dateTime', at }, locale)}`)
      .join('; ');
  }

  #fields({ name, contact, startsAt, externalId, status, resource, data }: Occasion): Fields {
    const { site } = this.#parts;
    const fields = new Map<string, FieldValue>([['site', site.name]]);
    if (site.phone !== undefined) fields.set('sitePhone', site.phone);
    if (name !== null) fields.set('name', name).set('firstName', name.split(' ', 1)[0] ?? name);
    if (contact !== null) for (const [field, value] of this.#parts.contact(contact)) fields.set(field, value);
    if (startsAt !== null) {
      for (const kind of ['date', 'time', 'weekday', 'dateTime'] as const) fields.set(kind, { kind, at: startsAt });
    }
    fields.set('number', externalId);
    if (status !== null) fields.set('status', status).set('stage', status);
    if (resource !== null) for (const [field, value] of this.#parts.resource(resource)) fields.set(field, value);
    if (typeof data.place === 'number') fields.set('count', data.place);
    for (const [field, value] of Object.entries(data)) fields.set(field, readField(value));
    return fields;
  }
}
