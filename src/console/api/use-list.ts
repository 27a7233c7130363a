import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Happening } from '../../http/schemas/event.ts';
import { api, type ListOf, Refusal, withQuery } from './client.ts';
import { useHappenings } from './use-happenings.ts';

export interface List<T> {
  /** Undefined until the first are there. */
  readonly rows: readonly T[] | undefined;
  readonly refusal: Refusal | undefined;
  /** Whether more follow. */
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly reload: () => void;
}

/** Milliseconds in which events that come together are answered together. */
const TOGETHER = 300;

/** A page of a list may be empty and have a next one; so many are asked for at once, to find a first row. */
const EMPTY_PAGES = 20;

/**
 * A list of the API that may be long, page by page.
 * @param path null asks nothing
 * @param on which happenings begin it anew
 */
export function useList<T>(path: string | null, on: (happening: Happening) => boolean = () => false): List<T> {
  const [state, setState] = useState<{ path: string | null; rows?: readonly T[]; next: string | null; refusal?: Refusal }>({
    path: null,
    next: null,
  });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const ended = useRef<AbortController | undefined>(undefined);

  const fetchFrom = useCallback((from: string, before: readonly T[], cursor: string | null): void => {
    ended.current?.abort();
    const mine = new AbortController();
    ended.current = mine;
    pageFrom<T>(from, cursor, mine.signal).then(
      ({ data, nextCursor }) => setState({ path: from, rows: [...before, ...data], next: nextCursor }),
      (error: unknown) => {
        if (mine.signal.aborted) return;
        if (!(error instanceof Refusal)) throw error;
        setState({ path: from, rows: before, next: cursor, refusal: error });
      },
    );
  }, []);

  useEffect(() => {
    if (path === null) return;
    fetchFrom(path, [], null);
    return () => ended.current?.abort();
  }, [path, round, fetchFrom]);

  useHappenings(on, TOGETHER, reload);

  const isOurs = path !== null && state.path === path;
  const { rows = [], next } = state;
  return {
    rows: isOurs ? state.rows : undefined,
    refusal: isOurs ? state.refusal : undefined,
    hasMore: isOurs && next !== null,
    more: () => {
      if (isOurs && next !== null) fetchFrom(path, rows, next);
    },
    reload,
  };
}

/**
 * The first page from a place on that has something in it.
 * @throws Refusal
 */
export async function pageFrom<T, More = unknown>(path: string, cursor: string | null, signal: AbortSignal): Promise<ListOf<T> & More> {
  let at = cursor;
  for (let page = 0; ; page += 1) {
    const found = await api.get<ListOf<T> & More>(withQuery(path, { cursor: at ?? undefined }), { signal });
    if (found.data.length > 0 || found.nextCursor === null || page === EMPTY_PAGES) return found;
    at = found.nextCursor;
  }
}
