import type { Clock } from '../base/clock.ts';

/** Milliseconds that an endpoint has to answer. */
export const ANSWER_LIMIT = 10_000;
/** Octets of an answer that are read, so that the connection can serve again; nobody looks at them. */
const BODY_MAX = 65_536;

export type CallResult = { readonly kind: 'answered'; readonly status: number } | { readonly kind: 'failed'; readonly error: string };

export interface Call {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the call early, when the daemon stops. */
  readonly stop: AbortSignal;
}

/** One POST to an endpoint. Never throws: whatever happens to a call is a result. */
export async function call({ fetch, clock, url, headers, body, stop }: Call): Promise<CallResult> {
  const ender = new AbortController();
  const end = (): void => ender.abort();
  let late = false;
  const timer = clock.setTimer(ANSWER_LIMIT, () => {
    late = true;
    end();
  });
  stop.addEventListener('abort', end, { once: true });
  try {
    // Redirects are not followed: the secret is shared with the endpoint that was configured and with no other.
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: ender.signal,
    });
    await discard(response).catch(() => undefined);
    return { kind: 'answered', status: response.status };
  } catch (error) {
    return { kind: 'failed', error: late ? `no answer within ${ANSWER_LIMIT / 1000} s` : reasonOf(error) };
  } finally {
    timer.cancel();
    stop.removeEventListener('abort', end);
  }
}

async function discard(response: Response): Promise<void> {
  if (!response.body) return;
  const reader = response.body.getReader();
  for (let octets = 0; octets <= BODY_MAX; ) {
    const { done, value } = await reader.read();
    if (done) return;
    octets += value.byteLength;
  }
  await reader.cancel();
}

/** `fetch` says "fetch failed"; why stands in the cause, as a code of the system. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  const cause = error.cause;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name === 'AbortError' ? 'stopped' : error.message;
}
