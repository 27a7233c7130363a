import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { systemRandom } from '../../src/base/random.ts';

/** The port on which a server listens; 0 while it does not. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * A port on which nobody listens: for an address where no daemon answers, and for a program that cannot be told to take any port. It lies below
 * those that the system gives out by itself, so that no test beside this one is given it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(systemRandom.float() * 10_000);
    const server = createServer().listen(port);
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
