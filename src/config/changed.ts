import { Fault } from '../base/fault.ts';
import { fitsSchema } from './check.ts';
import type { Mistake } from './mistakes.ts';
import { type Path, pathText } from './option.ts';
import type { Config } from './options.ts';
import { contradictions } from './rules.ts';
import { isValues, type Values } from './values.ts';

/** What may be changed while the box runs: then it lies in the store, and stands in place of what the file says. */
export const CHANGEABLE = [
  'site.name',
  'site.country',
  'site.language',
  'site.phone',
  'site.timeZone',
  'quietHours',
  'openingHours',
  'holidays.dates',
  'caps.promotionalPer7Days',
  'caps.allPerDay',
  'limits.recipientPerHour',
  'limits.recipientPerDay',
  'limits.costPerDay',
  'away.phone',
  'away.text',
  'alarm.phone',
  'alarm.words',
  'alarm.perHour',
] as const;

/** Of these, what holds at once; the rest is taken up by a new start. */
export const LIVE: ReadonlySet<string> = new Set(['quietHours', 'holidays.dates']);

/** An option that was changed, by its path such as `site.country`. */
export interface Changed {
  readonly name: string;
  readonly value: unknown;
}

/** The configuration with what was changed in place of the file. What no longer fits, since another Simpost took it, is left out and named. */
export function withChanged(config: Config, changed: readonly Changed[]): { config: Config; unfit: readonly string[] } {
  let whole = config;
  let left = changed;
  const fits = (one: Changed): boolean => {
    const next = isChangeable(one.name) ? changedIn(whole, [one]) : [];
    if (Array.isArray(next)) return false;
    whole = next;
    return true;
  };
  // What needs another (an answer for closed hours, the hours) fits once that one is there.
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    left = left.filter((one) => !fits(one));
  }
  return { config: whole, unfit: left.map(({ name }) => name) };
}

/**
 * What the configuration would be after a change.
 * @param changes a value for each option; null gives it back to the file
 * @throws Fault `settingInvalid`, or the code of its own that the only mistake has, with JSON pointers of tables as the file has them
 */
export function afterChange(file: Config, before: readonly Changed[], changes: readonly Changed[]): Config {
  const { unfit } = withChanged(file, before);
  const kept = before.filter(({ name }) => !unfit.includes(name) && !changes.some((one) => one.name === name));
  const next = changedIn(file, [...kept, ...changes.filter(({ value }) => value !== null)]);
  if (!Array.isArray(next)) return next;
  const places = next.map(({ path, sentence, reason, limit }) => ({
    pointer: `/${path.join('/')}`,
    detail: `${sentence}.`,
    reason,
    limit,
  }));
  const said = next.map(({ path, sentence }) => `${pathText(path)}: ${sentence}.`).join(' ');
  const [only, ...others] = next;
  throw new Fault((others.length === 0 ? only?.code : undefined) ?? 'settingInvalid', said, places);
}

function changedIn(config: Config, changes: readonly Changed[]): Config | Mistake[] {
  // Ports were looked at when they were read, and those of a demo stand in no file.
  const { modem, ...rest } = config;
  const values: Values = structuredClone({ ...rest, modem: [] });
  for (const { name, value } of changes) put(values, name.split('.'), value);
  const mistakes = contradictions(values);
  return fitsSchema(values, mistakes) && mistakes.length === 0 ? { ...values, modem } : mistakes;
}

function put(values: Values, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  const inner = values[key];
  if (rest.length === 0) values[key] = value;
  else if (isValues(inner)) put(inner, rest, value);
}

const isChangeable = (name: string): boolean => CHANGEABLE.some((one) => one === name);

/** Of what a place in the configuration is a part: the option that was changed. */
export const changeOf = <T extends Changed>(path: Path, changed: readonly T[]): T | undefined =>
  changed.find(({ name }) => {
    const text = pathText(path);
    return text === name || text.startsWith(`${name}[`);
  });
