import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Happening } from '../../http/schemas/event.ts';
import { Refusal } from './client.ts';
import { type Grown, withOlder, withTop } from './growing.ts';
import { listen } from './live.ts';
import { useHappenings } from './use-happenings.ts';
import { type List, pageFrom } from './use-list.ts';

/** Milliseconds in which events that come together are answered together. */
const TOGETHER = 300;

interface Growing<T> {
  /** Which happenings may have put something at its top: its first page is asked for again, and nothing else. */
  readonly on: (happening: Happening) => boolean;
  readonly keyOf: (row: T) => string;
  /** A row after something happened: the same, changed, or undefined where it does not belong there any more. */
  readonly after?: (row: T, happening: Happening) => T | undefined;
}

interface State<T> {
  readonly path: string | null;
  readonly shown?: Grown<T>;
  readonly refusal?: Refusal;
}

/**
 * A list that may be very long, the newest first, live from its top to wherever somebody has called it up.
 * @param path null asks nothing
 */
export function useGrowingList<T>(path: string | null, growing: Growing<T>): List<T> {
  const [state, setState] = useState<State<T>>({ path });
  const [round, setRound] = useState(0);
  const asked = useRef(growing);
  asked.current = growing;
  const older = useRef<AbortController | undefined>(undefined);
  const reload = useCallback(() => setRound((n) => n + 1), []);

  const ask = useCallback(
    async (cursor: string | null, signal: AbortSignal): Promise<void> => {
      if (path === null) return;
      try {
        const page = await pageFrom<T>(path, cursor, signal);
        setState((was) => {
          const shown = was.path === path ? was.shown : undefined;
          const { keyOf } = asked.current;
          return { path, shown: shown && cursor !== null ? withOlder(shown, page, keyOf) : withTop(shown, page, keyOf) };
        });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Refusal)) throw error;
        setState((was) => (was.path === path ? { ...was, refusal: error } : { path, refusal: error }));
      }
    },
    [path],
  );

  useEffect(() => {
    const ended = new AbortController();
    void ask(null, ended.signal);
    return () => ended.abort();
  }, [ask, round]);
  useEffect(() => () => older.current?.abort(), [path]);

  useHappenings(growing.on, TOGETHER, reload);
  useEffect(
    () =>
      listen((happening) => {
        const { after } = asked.current;
        if (happening === 'again' || !after) return;
        setState((was) => {
          if (!was.shown) return was;
          return { ...was, shown: { ...was.shown, rows: was.shown.rows.flatMap((row) => after(row, happening) ?? []) } };
        });
      }),
    [],
  );

  const { shown, refusal } = state.path === path ? state : {};
  const next = shown?.next ?? null;
  return {
    rows: shown?.rows,
    refusal,
    hasMore: next !== null,
    more: () => {
      if (next === null) return;
      older.current?.abort();
      older.current = new AbortController();
      void ask(next, older.current.signal);
    },
    reload,
  };
}
