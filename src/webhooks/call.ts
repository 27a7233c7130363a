import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Post } from './post.ts';

/** Milliseconds that an endpoint has to answer. */
export const ANSWER_LIMIT = 10_000;

export type CallResult = { readonly kind: 'answered'; readonly status: number } | { readonly kind: 'failed'; readonly error: string };

export interface Call {
  readonly post: Post;
  readonly clock: Clock;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the call early, when the daemon stops. */
  readonly stop: AbortSignal;
}

/** One POST to an endpoint. Never throws: whatever happens to a call is a result. */
export async function call({ post, clock, url, headers, body, stop }: Call): Promise<CallResult> {
  const ender = new AbortController();
  const end = (): void => ender.abort();
  let late = false;
  const timer = clock.setTimer(ANSWER_LIMIT, () => {
    late = true;
    end();
  });
  stop.addEventListener('abort', end, { once: true });
  try {
    const status = await post(url, {
      headers: { 'content-type': 'application/json', 'user-agent': 'simpost', ...headers },
      body,
      signal: ender.signal,
    });
    return { kind: 'answered', status };
  } catch (error) {
    return { kind: 'failed', error: late ? `no answer within ${ANSWER_LIMIT / 1000} s` : reasonOf(error) };
  } finally {
    timer.cancel();
    stop.removeEventListener('abort', end);
  }
}

/** The code of the system says best why: `fetch`, which says "fetch failed", has it in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  if (error.name === 'AbortError') return 'stopped';
  if (error instanceof Fault) return error.message;
  return codeOf(error) ?? codeOf(error.cause) ?? error.message;
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
