import { useEffect, useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Preview, PreviewRequest } from '../../http/schemas/preview.ts';
import { api, Refusal } from '../api/client.ts';
import { after } from '../browser-clock.ts';

/** Milliseconds without a key before the box is asked. */
const PAUSE = 150;

export type Estimate = Static<typeof Preview>;

/** What a text will take and cost, while it is written. Undefined for no text, or one that cannot be sent. */
export function useEstimate(wish: Static<typeof PreviewRequest>): Estimate | undefined {
  const [estimate, setEstimate] = useState<Estimate | undefined>(undefined);
  const body = JSON.stringify(wish);
  useEffect(() => {
    const wanted: Static<typeof PreviewRequest> = JSON.parse(body);
    if (wanted.text === '') {
      setEstimate(undefined);
      return;
    }
    const ended = new AbortController();
    const cancel = after(PAUSE, () => {
      estimateOf(wanted, ended.signal).then(setEstimate, (error: unknown) => {
        if (ended.signal.aborted) return;
        if (!(error instanceof Refusal)) throw error;
        setEstimate(undefined);
      });
    });
    return () => {
      cancel();
      ended.abort();
    };
  }, [body]);
  return estimate;
}

/** A number that is not written to its end changes nothing about the text. @throws Refusal */
async function estimateOf(wish: Static<typeof PreviewRequest>, signal: AbortSignal): Promise<Estimate> {
  const ask = (asked: Static<typeof PreviewRequest>): Promise<Estimate> => api.post('/v1/segments/preview', asked, { signal });
  const { to, ...rest } = wish;
  try {
    return await ask(wish);
  } catch (error) {
    if (to === undefined || !(error instanceof Refusal) || error.code !== 'numberInvalid') throw error;
    return await ask(rest);
  }
}
