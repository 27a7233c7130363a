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
