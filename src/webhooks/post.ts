/** What goes out in one call. */
export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** One POST of JSON. Resolves with the status; follows no redirect, and reads no endless answer. Rejects when there is none. */
export type Post = (url: string, posted: Posted) => Promise<number>;

/** Octets of an answer that are read, so that the connection can serve again; nobody looks at them. */
export const BODY_MAX = 65_536;

/** Calls as `fetch` makes them, wherever the address leads: for those that stand in the configuration. */
export function fetchPost(fetch: typeof globalThis.fetch): Post {
  return async (url, { headers, body, signal }) => {
    // Redirects are not followed: the secret is shared with the endpoint that was configured and with no other.
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await discard(response).catch(() => undefined);
    return response.status;
  };
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
