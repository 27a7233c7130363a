/**
 * Mobile country codes (ITU-T E.212) of countries that have several, each country in one line; all others have one. Between
 * a roaming partner in the SIM's own country and a network abroad lies what a segment costs.
 */
const SEVERAL: readonly (readonly string[])[] = [
  ['234', '235'],
  ['310', '311', '312', '313', '314', '315', '316', '330', '332'],
  ['334', '335'],
  ['404', '405', '406'],
  ['430', '431', '424'],
  ['440', '441'],
  ['460', '461'],
];

/**
 * Whether a network is in another country than a SIM's own.
 * @param imsi begins with the country code of the SIM (TS 23.003 2.2)
 * @param network MCC and MNC, 5 or 6 digits
 */
export function isAbroad(imsi: string, network: string): boolean {
  const home = imsi.slice(0, 3);
  const here = network.slice(0, 3);
  return home !== here && !SEVERAL.some((codes) => codes.includes(home) && codes.includes(here));
}
