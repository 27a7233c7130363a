import type { Clock } from '../base/clock.ts';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import type { DeliveryFailure, DeliveryReason } from '../store/records/event.ts';
import type { Post } from './post.ts';

/** Milliseconds that an endpoint has to answer. */
export const ANSWER_LIMIT = 10_000;

export type CallResult = { readonly kind: 'answered'; readonly status: number } | ({ readonly kind: 'failed' } & DeliveryFailure);

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
    return { kind: 'failed', ...(late ? { reason: 'late', error: `no answer within ${ANSWER_LIMIT / 1000} s` } : failureOf(error)) };
  } finally {
    timer.cancel();
    stop.removeEventListener('abort', end);
  }
}

/** By the codes of the system and of TLS; of a certificate there are many more than these. */
const REASONS: Readonly<Record<string, DeliveryReason>> = {
  ECONNREFUSED: 'nobodyListens',
  ECONNRESET: 'hungUp',
  EPIPE: 'hungUp',
  UND_ERR_SOCKET: 'hungUp',
  ENOTFOUND: 'nameUnknown',
  EAI_AGAIN: 'nameUnknown',
  EHOSTUNREACH: 'noWay',
  ENETUNREACH: 'noWay',
  ETIMEDOUT: 'late',
  UND_ERR_CONNECT_TIMEOUT: 'late',
};

const OF_CERTIFICATES = /CERT|SIGNATURE|ISSUER/;

/** The code of the system says best why: `fetch`, which says "fetch failed", has it in the cause. */
function failureOf(error: unknown): DeliveryFailure {
  if (!(error instanceof Error)) return { reason: null, error: 'the call failed' };
  if (error.name === 'AbortError') return { reason: null, error: 'stopped' };
  if (error instanceof Fault) return { reason: error.code === 'webhookRefused' ? 'forbidden' : null, error: error.message };
  const code = errorCode(error) ?? errorCode(error.cause);
  if (code === undefined) return { reason: null, error: error.message };
  return { reason: REASONS[code] ?? (OF_CERTIFICATES.test(code) ? 'certificate' : null), error: code };
}
