import { now } from '../../browser-clock.ts';
import { fieldValue } from '../../i18n/zoned.ts';
import { site } from '../../state/session.ts';

const DAY = 86_400_000;

/** What an example puts into a field, by the last part of its name. */
const VALUES: Readonly<Record<string, string>> = {
  time: '14:30',
  minutes: '20',
  count: '3',
  n: '1',
  number: 'A-1204',
  amount: '450',
  phone: '044 000 00 00',
};

/** Values for an example; of the fields for which nobody can know any, none: what stands instead of them is shown. */
export function exampleOf(fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((name) => {
      const last = name.split('.').at(-1) ?? '';
      const value = last === 'date' ? fieldValue(now() + DAY, site().timeZone).slice(0, 10) : VALUES[last];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What may be filled in of every client and every visit. */
export const COMMON_FIELDS = ['site', 'sitePhone', 'firstName', 'name', 'date', 'time', 'address', 'resource.name', 'branch.phone'];

/** The fields that a text names, each once. */
export const fieldsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{([\p{L}][\p{L}\p{N}_.]*)(?:\|[^{}]*)?\}/gu)].flatMap(([, name]) => name ?? [])),
];
