import { useEffect, useRef } from 'preact/hooks';
import type { Happening } from '../../http/schemas/event.ts';
import { after } from '../browser-clock.ts';
import { listen } from './live.ts';

/**
 * Does something when something happened that concerns it, and when the connection is back.
 * @param concerns which happenings do
 * @param together milliseconds in which those that come together are answered together
 * @param act the same function as long as the same is meant
 */
export function useHappenings(concerns: (happening: Happening) => boolean, together: number, act: () => void): void {
  const asked = useRef(concerns);
  asked.current = concerns;
  useEffect(() => {
    let cancel: (() => void) | undefined;
    const stop = listen((happening) => {
      if (happening !== 'again' && !asked.current(happening)) return;
      cancel?.();
      cancel = after(together, act);
    });
    return () => {
      stop();
      cancel?.();
    };
  }, [together, act]);
}
