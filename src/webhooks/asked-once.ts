import type { Resolve } from './guarded-post.ts';

/**
 * A name that is being asked for is not asked for again: whoever comes meanwhile gets the same answer. A question to the
 * resolver of the system cannot be taken back, and Node has two threads for all of them, so calls that gave up waiting and
 * are made again would bring those to other names to a stop (requirement D18).
 */
export function askedOnce(resolve: Resolve): Resolve {
  const asked = new Map<string, ReturnType<Resolve>>();
  return (host) => {
    const before = asked.get(host);
    if (before) return before;
    const now = resolve(host).finally(() => asked.delete(host));
    asked.set(host, now);
    return now;
  };
}
