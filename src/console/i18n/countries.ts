import { language } from './language.ts';

/** ISO 3166, those that have telephone numbers of their own. */
const CODES = (
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC ' +
  'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA ' +
  'GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE ' +
  'KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS ' +
  'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS ' +
  'RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW ' +
  'TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ');

/** Every country by its name in the language of whoever looks. */
export function countries(): { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames(language.value, { type: 'region' });
  const named = CODES.map((value) => ({ value, label: names.of(value) ?? value }));
  return named.toSorted((a, b) => a.label.localeCompare(b.label, language.value));
}

/** Where a zone has the time of a country that many of our users live in, more surely than their language tells. */
const BY_ZONE: Readonly<Record<string, string>> = {
  'Europe/Kyiv': 'UA',
  'Asia/Almaty': 'KZ',
  'Europe/Warsaw': 'PL',
  'Europe/Berlin': 'DE',
  'Europe/Paris': 'FR',
  'Europe/London': 'GB',
  'Europe/Moscow': 'RU',
};

export const zoneHere = (): string => ofToday(new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Every zone, by the names of today. */
export const zones = (): string[] => Intl.supportedValuesOf('timeZone').map(ofToday).sort();

/** Browsers go by the oldest name of a zone; of one of them that name is another language's (IANA 2022b). */
const ofToday = (zone: string): string => (zone === 'Europe/Kiev' ? 'Europe/Kyiv' : zone);

/** The country in which this browser seems to be. */
export function likelyCountry(): string {
  const [first = 'en'] = navigator.languages;
  return BY_ZONE[zoneHere()] ?? new Intl.Locale(first).maximize().region ?? 'UA';
}
