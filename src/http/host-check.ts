import { isIP } from 'node:net';
import { Fault } from '../base/fault.ts';
import type { Api } from './parts.ts';
import { sendFault } from './problem.ts';

/**
 * Answers only to names that this box has. A page of somebody else's can have its own name lead here (DNS rebinding) and would
 * then be of the same origin; an address as it is, no name can become.
 * @param names besides `localhost`, in small letters
 */
export function checkHosts(app: Api, names: readonly string[]): void {
  const known = new Set(['localhost', ...names]);
  app.addHook('onRequest', (request, reply, done) => {
    const name = nameIn(request.headers.host ?? '');
    if (name !== undefined && (known.has(name) || isIP(name) !== 0)) {
      done();
      return;
    }
    const why = `This box does not go by the name ${JSON.stringify((request.headers.host ?? '').slice(0, 100))}`;
    sendFault(reply, new Fault('hostUnknown', `${why}: use its address, or add the name to http.hosts.`));
  });
}

/** RFC 9110 7.2: a name or an address, that of IPv6 in brackets, and perhaps a port. */
function nameIn(host: string): string | undefined {
  const [, six, name] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^[\]:]+))(?::\d{0,5})?$/.exec(host) ?? [];
  return (six ?? name)?.toLowerCase().replace(/\.$/, '');
}
