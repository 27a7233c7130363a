import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Happening } from '../../http/schemas/event.ts';
import { every } from '../browser-clock.ts';
import { api, Refusal } from './client.ts';
import { useHappenings } from './use-happenings.ts';

export interface Data<T> {
  /** Undefined until it is there. What was there stays while it is asked for again. */
  readonly data: T | undefined;
  readonly refusal: Refusal | undefined;
  readonly reload: () => void;
}

/** Milliseconds in which events that come together are answered together. */
const TOGETHER = 120;

/**
 * What a path of the API answers, kept up to date: asked for again when something happened that concerns it, when the connection is
 * back, and each `every` milliseconds while somebody looks.
 * @param path null asks nothing
 * @param on which happenings concern it
 */
export function useData<T>(
  path: string | null,
  { on = () => false, each }: { on?: (happening: Happening) => boolean; each?: number } = {},
): Data<T> {
  const [state, setState] = useState<{ path: string | null; data?: T; refusal?: Refusal | undefined }>({ path: null });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);

  useEffect(() => {
    if (path === null) return;
    const ended = new AbortController();
    api.get<T>(path, { signal: ended.signal }).then(
      (data) => setState({ path, data, refusal: undefined }),
      (error: unknown) => {
        if (ended.signal.aborted) return;
        if (!(error instanceof Refusal)) throw error;
        setState((before) => (before.path === path ? { ...before, refusal: error } : { path, refusal: error }));
      },
    );
    return () => ended.abort();
  }, [path, round]);

  useHappenings(on, TOGETHER, reload);

  useEffect(() => {
    if (each === undefined) return;
    return every(each, () => {
      if (!document.hidden) reload();
    });
  }, [each, reload]);

  // With another filter the same list stays until the new one is here.
  const isOurs = state.path?.split('?', 1)[0] === path?.split('?', 1)[0];
  return { data: isOurs ? state.data : undefined, refusal: isOurs ? state.refusal : undefined, reload };
}
