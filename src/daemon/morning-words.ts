import type { DayAhead } from '../occasions/morning.ts';
import { LANGUAGES, type Language } from '../policy/language.ts';
import type { Fields } from '../templates/field-value.ts';
import { render } from '../templates/render.ts';
import { chooseText, type TemplateTexts, templateOf } from '../templates/shelf.ts';

const DAY = 86_400_000;

/** A SIM and when it is at its end, if that is known. */
interface SimEnd {
  readonly name: string;
  readonly endsAt: number;
}

/**
 * What the owner reads in the morning.
 * @param ends of the SIMs that have one
 * @param own the texts of a template that the site has written itself
 */
export function morningWords(
  { visits, confirmed, silent }: DayAhead,
  ends: readonly SimEnd[],
  { language, timeZone, now, own }: { language: Language; timeZone: string; now: number; own: (name: string) => TemplateTexts },
): string {
  const write = (name: string, fields: Fields): string => {
    const known = templateOf(name, own(name));
    const chosen = known && chooseText(known.texts, LANGUAGES.find((one) => one === language) ?? null, language);
    return chosen ? render(chosen.text, fields, { language: chosen.language, timeZone, now }).text : '';
  };
  const sims = ends.map(({ name, endsAt }) =>
    write(
      'owner.morning.sim',
      new Map<string, string | number>([
        ['sim', name],
        ['days', Math.max(0, Math.floor((endsAt - now) / DAY))],
      ]),
    ),
  );
  const day = new Map<string, string | number>([
    ['visits', visits],
    ['confirmed', confirmed],
    ['silent', silent],
  ]);
  return [write('owner.morning', day), ...sims].join('; ');
}
