import { useEffect, useState } from 'preact/hooks';
import type { TemplatePreview, TemplatePreviewRequest } from '../../../http/schemas/template.ts';
import { api, Refusal } from '../../api/client.ts';
import { after } from '../../browser-clock.ts';

/** Milliseconds without a key before the box is asked. */
const PAUSE = 200;

export interface Previewed {
  readonly preview?: TemplatePreview;
  readonly refusal?: Refusal;
}

/** How a text reads once it is filled in, while it is written; or what is wrong with it. */
export function usePreview(wish: TemplatePreviewRequest): Previewed {
  const [previewed, setPreviewed] = useState<Previewed>({});
  const body = JSON.stringify(wish);
  useEffect(() => {
    const wanted: TemplatePreviewRequest = JSON.parse(body);
    if (!wanted.text) {
      setPreviewed({});
      return;
    }
    const ended = new AbortController();
    const cancel = after(PAUSE, () => {
      api.post<TemplatePreview>('/v1/templates/preview', wanted, { signal: ended.signal }).then(
        (preview) => setPreviewed({ preview }),
        (refusal: unknown) => {
          if (ended.signal.aborted) return;
          if (!(refusal instanceof Refusal)) throw refusal;
          setPreviewed((before) => ({ ...before, refusal }));
        },
      );
    });
    return () => {
      cancel();
      ended.abort();
    };
  }, [body]);
  return previewed;
}
