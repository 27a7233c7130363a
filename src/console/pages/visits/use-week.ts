import type { Static } from 'typebox';
import type { Resource as ResourceSchema } from '../../../http/schemas/contact.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Occasion } from '../../../http/schemas/occasion.ts';
import { type ListOf, withQuery } from '../../api/client.ts';
import { type Data, useData } from '../../api/use-data.ts';
import { useList } from '../../api/use-list.ts';
import { beginOf, plusDays } from './days.ts';

export const KIND = 'visit';

export type Resource = Static<typeof ResourceSchema>;

/** Milliseconds between looks for what nothing tells of, such as another address. */
const LOOK = 15_000;

export const isOfVisits = ({ type }: Happening): boolean => type.startsWith('occasion.');

/** The visits of seven days. @param from the first, `2026-11-23` */
export function useWeek(from: string): Data<ListOf<Occasion>> {
  const query = { kind: KIND, from: beginOf(from), until: beginOf(plusDays(from, 7)), limit: 500 };
  return useData<ListOf<Occasion>>(withQuery('/v1/occasions', query), { on: isOfVisits, each: LOOK });
}

/** Whom one may visit. */
export function useResources(): readonly Resource[] {
  const { rows } = useList<Resource>('/v1/resources?limit=500');
  return (rows ?? []).filter(({ kind }) => kind !== 'branch');
}

/** How an occasion names its client to the API again. */
export const clientOf = ({ contact: { externalId, to, name, language, timeZone } }: Occasion) =>
  externalId === null ? { to, name, language, timeZone } : { externalId };
