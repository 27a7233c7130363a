import type { Occasion } from '../../../http/schemas/occasion.ts';
import { type ListOf, withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { fieldValue, instantAt } from '../../i18n/zoned.ts';
import { site } from '../../state/session.ts';

const DAY = 86_400_000;

/** Milliseconds between looks for what other programs have booked. */
const LOOK = 30_000;

/** Visits from now to the end of tomorrow of which the client has not said anything, in their order; undefined until they are there. */
export function useUnconfirmed(): readonly Occasion[] | undefined {
  const { timeZone } = site();
  const begin = Math.floor(now() / LOOK) * LOOK;
  const until = instantAt(`${fieldValue(begin + 2 * DAY, timeZone).slice(0, 10)}T00:00`, timeZone);
  const query = { kind: 'visit', from: new Date(begin).toISOString(), until, limit: 500 };
  const { data } = useData<ListOf<Occasion>>(withQuery('/v1/occasions', query), {
    on: ({ type }) => type.startsWith('occasion.'),
    each: LOOK,
  });
  return data?.data
    .filter(({ answer, status, attendance }) => answer === null && attendance === null && status !== 'cancelled')
    .toSorted(byTime);
}

const byTime = (a: Occasion, b: Occasion): number => Date.parse(a.startsAt ?? '') - Date.parse(b.startsAt ?? '');
