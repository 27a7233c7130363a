/** A timer: calls `fn` after `ms` milliseconds unless it is cancelled before. */
type Later = (ms: number, fn: () => void) => () => void;

/**
 * Answers once what comes together: `ms` milliseconds after the first of it, however much comes meanwhile, so that a stream that does not
 * end is answered too.
 */
export function together(ms: number, act: () => void, later: Later): { come(): void; stop(): void } {
  let cancel: (() => void) | undefined;
  return {
    come() {
      cancel ??= later(ms, () => {
        cancel = undefined;
        act();
      });
    },
    stop() {
      cancel?.();
    },
  };
}

/**
 * Does something slow that may be asked for again before it is done: once more after that, however often it was asked for, and never
 * cut off, so that it comes to its end on a slow line too.
 */
export function oneAtATime(act: () => Promise<void>): () => Promise<void> {
  let isWanted = false;
  let isBusy = false;
  return async () => {
    isWanted = true;
    if (isBusy) return;
    isBusy = true;
    try {
      while (isWanted) {
        isWanted = false;
        await act();
      }
    } finally {
      isBusy = false;
    }
  };
}
