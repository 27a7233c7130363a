import { rfc3339 } from '../base/clock.ts';
import { Fault, type FaultPlace } from '../base/fault.ts';
import { type Path, pathText } from './option.ts';

/** One thing that is wrong in the configuration. */
export interface Mistake extends Pick<FaultPlace, 'reason' | 'limit'> {
  /** The option, or the table that lacks it. */
  readonly path: Path;
  /** What is wrong and what to do, to be read after the name of the option, such as `"Kyjiw" is no time zone: …`; no full stop. */
  readonly sentence: string;
  /** Of what a person can set right in the console, and is told there in their own language. */
  readonly code?: 'openingHoursMissing' | 'alarmWordsMissing';
  /** Where it is written; worked out from the path where this is left out. */
  readonly where?: Place;
}

/** Where a value comes from. */
export type Place =
  | { readonly kind: 'file'; readonly line: number; readonly column?: number }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'changed'; readonly at: number }
  | { readonly kind: 'default' };

/** What is read where there is no file. */
export const ENVIRONMENT = 'the environment';

/** `line 7`, `environment SIMPOST_SITE_NAME`, `changed in the console ...` or `default`. */
export function placeText(place: Place): string {
  if (place.kind === 'changed') return `changed ${rfc3339(place.at)}, in place of the file (GET /v1/settings)`;
  if (place.kind === 'file') return place.column === undefined ? `line ${place.line}` : `line ${place.line}, column ${place.column}`;
  return place.kind === 'environment' ? `environment ${place.name}` : 'default';
}

/**
 * All mistakes as one `configInvalid`, in the order of the lines; those of the environment come last. Of several about
 * one option only the first is kept: the others follow from it.
 * @param source the name of the file, or what there is instead of one
 */
export function configFault(source: string, mistakes: readonly Mistake[], placeOf: (path: Path) => Place): Fault {
  const seen = new Set<string>();
  const places = mistakes
    .map((mistake) => ({ sentence: mistake.sentence, where: mistake.where ?? placeOf(mistake.path), pointer: pathText(mistake.path) }))
    .filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer))
    .sort((a, b) => rank(a.where) - rank(b.where));
  const one = places.length === 1;
  const many = one ? 'is 1 mistake' : `are ${places.length} mistakes`;
  // Nobody looks for a variable in the file.
  const sources = new Set(places.map(({ where }) => (where.kind === 'environment' ? ENVIRONMENT : source)));
  return new Fault(
    'configInvalid',
    `There ${many} in ${[...sources].join(' and ')}; correct ${one ? 'it' : 'them'} and try again.`,
    places.map(({ pointer, sentence, where }) => ({ pointer, detail: detailOf(where, pointer, sentence) })),
  );
}

function detailOf(where: Place, pointer: string, sentence: string): string {
  const isSaid = where.kind === 'default' || (where.kind === 'environment' && where.name === pointer);
  return isSaid ? sentence : `${placeText(where)}: ${sentence}`;
}

function rank(place: Place): number {
  if (place.kind === 'file') return place.line;
  return place.kind === 'default' ? 0 : Number.POSITIVE_INFINITY;
}
