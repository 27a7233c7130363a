import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Happening } from '../../http/schemas/event.ts';
import { every } from '../browser-clock.ts';
import { type ListOf, Refusal, withQuery } from './client.ts';
import { anew, type Grown } from './growing.ts';
import { oneAtATime } from './together.ts';
import { useHappenings } from './use-happenings.ts';
import { type List, pageFrom } from './use-list.ts';

/** Milliseconds in which events that come together are answered together. */
const TOGETHER = 120;
const PAGE = 50;
/** The API gives no more at once. */
const MOST = 500;

interface Moving<T> {
  /** Which happenings may have moved something. */
  readonly on: (happening: Happening) => boolean;
  readonly keyOf: (row: T) => string;
  /** Milliseconds between looks for what nothing tells of. */
  readonly each: number;
}

interface State<T, More> {
  readonly path: string;
  readonly shown?: Grown<T>;
  readonly page?: ListOf<T> & More;
}

/**
 * A list that may be long, whose rows move to its top and change: all that is called up of it is read again when something happened.
 * `page` is its first page, with what else that says.
 */
export function useMovingList<T, More>(
  path: string,
  { on, keyOf, each }: Moving<T>,
): Omit<List<T>, 'refusal'> & { readonly page: (ListOf<T> & More) | undefined } {
  const [state, setState] = useState<State<T, More>>({ path });
  const [wanted, want] = useState({ path, rows: PAGE });
  const rows = wanted.path === path ? wanted.rows : PAGE;
  const again = useRef(() => {});
  const reload = useCallback(() => again.current(), []);
  const key = useRef(keyOf);
  key.current = keyOf;

  useEffect(() => {
    const ended = new AbortController();
    const read = async (): Promise<void> => {
      let page: (ListOf<T> & More) | undefined;
      const shown = await anew<T>(
        async (cursor) => {
          const found = await pageFrom<T, More>(withQuery(path, { limit: Math.min(MOST, rows) }), cursor, ended.signal);
          page ??= found;
          return found;
        },
        rows,
        key.current,
      );
      setState({ path, shown, ...(page ? { page } : {}) });
    };
    const look = oneAtATime(() =>
      read().catch((error: unknown) => {
        // What was there stays; the next look may find more.
        if (!ended.signal.aborted && !(error instanceof Refusal)) throw error;
      }),
    );
    again.current = () => {
      if (!ended.signal.aborted) void look();
    };
    again.current();
    return () => ended.abort();
  }, [path, rows]);

  useHappenings(on, TOGETHER, reload);
  useEffect(
    () =>
      every(each, () => {
        if (!document.hidden) reload();
      }),
    [each, reload],
  );

  // With another filter the same list stays until the new one is here.
  const { shown, page } = state;
  return {
    rows: shown?.rows,
    page,
    hasMore: shown !== undefined && shown.next !== null,
    more: () => want({ path, rows: Math.max(rows, shown?.rows.length ?? 0) + PAGE }),
    reload,
  };
}
