import { useEffect, useRef } from 'preact/hooks';
import type { Happening } from '../../http/schemas/event.ts';
import { after } from '../browser-clock.ts';
import { listen } from './live.ts';
import { together } from './together.ts';

/**
 * Does something when something happened that concerns it, and when the connection is back.
 * @param concerns which happenings do
 * @param ms milliseconds in which those that come together are answered together
 * @param act the same function as long as the same is meant
 */
export function useHappenings(concerns: (happening: Happening) => boolean, ms: number, act: () => void): void {
  const asked = useRef(concerns);
  asked.current = concerns;
  useEffect(() => {
    const coming = together(ms, act, after);
    const stop = listen((happening) => {
      if (happening === 'again' || asked.current(happening)) coming.come();
    });
    return () => {
      stop();
      coming.stop();
    };
  }, [ms, act]);
}
