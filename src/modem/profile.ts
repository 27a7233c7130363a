import type { Profile } from './profile-schema.ts';

/** The profiles that there are: the generic one is everybody's who fits no other. */
export interface Profiles {
  readonly generic: Profile;
  readonly others: readonly Profile[];
}

/**
 * The profile of a modem, by what it answers to +CGMI and +CGMM (TS 27.007 5.1, 5.2).
 * @param manufacturer null when it does not tell
 * @param model null when it does not tell
 * @returns the one whose pattern for the model says most; among equal ones the pattern for the manufacturer decides; the
 *   generic one where none fits
 */
export function matchProfile(profiles: Profiles, manufacturer: string | null, model: string | null): Profile {
  let best = profiles.generic;
  let bestWeight = -1;
  for (const profile of profiles.others) {
    for (const match of profile.match) {
      if (!fits(match.manufacturer, manufacturer ?? '') || !fits(match.model, model ?? '')) continue;
      const weight = literals(match.model) * 100 + literals(match.manufacturer);
      if (weight <= bestWeight) continue;
      best = profile;
      bestWeight = weight;
    }
  }
  return best;
}

const literals = (pattern: string): number => pattern.replaceAll('*', '').length;

/** Case and runs of blanks do not count: ` WAVECOM MODEM` is what some answer. */
const folded = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/**
 * Whether an answer fits a pattern in which `*` stands for anything, nothing included. No regular expression: the answer
 * comes from outside, and this takes time in proportion to its length.
 */
export function fits(pattern: string, answer: string): boolean {
  const [first = '', ...rest] = folded(pattern).split('*');
  const text = folded(answer);
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** Every command line that a profile may have said. */
export function linesOf(profile: Profile): readonly string[] {
  return [...profile.initialisation, ...iccidQuestionsOf(profile), ...pinTriesOf(profile), profile.resetCommand];
}

/** Questions for the ICCID that modems of many makes answer: makes are sold under other names, with other firmware. */
const ICCID = ['AT+CCID', 'AT+ICCID', 'AT^ICCID?', 'AT+QCCID', 'AT+CICCID', 'AT#CCID', 'AT^SCID'] as const;

/** The questions for the ICCID, its own first, each once. */
export function iccidQuestionsOf(profile: Profile): ReadonlySet<string> {
  return new Set([...profile.iccid, ...ICCID]);
}

/** Questions for the tries of the PIN that modems of many makes answer, for one whose own is not known or not answered. */
const PIN_TRIES = ['AT+CPINR', 'AT^CPIN?', 'AT+SPIC', 'AT^SPIC', 'AT+QPINC?'] as const;

/** The questions for the tries of the PIN, its own first, each once. */
export function pinTriesOf({ pinRetries }: Profile): ReadonlySet<string> {
  return new Set(pinRetries === null ? PIN_TRIES : [pinRetries, ...PIN_TRIES]);
}
