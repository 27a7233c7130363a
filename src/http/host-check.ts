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
  const isOurs = (host: string): boolean => {
    const name = nameIn(host);
    return name !== undefined && (known.has(name) || isIP(name) !== 0);
  };
  app.addHook('onRequest', (request, reply, done) => {
    const twice = ONCE.find((name) => timesIn(request.raw.rawHeaders, name) > 1);
    if (twice !== undefined) {
      sendFault(reply, new Fault('requestInvalid', `The header ${twice} stands there more than once; send it once.`));
      return;
    }
    const foreign = [request.headers.host ?? '', ...inTarget(request.raw.url ?? '')].find((host) => !isOurs(host));
    if (foreign === undefined) {
      done();
      return;
    }
    const why = `This box does not go by the name ${JSON.stringify(foreign.slice(0, 100))}`;
    sendFault(reply, new Fault('hostUnknown', `${why}: use its address, or add the name to http.hosts.`));
  });
}

/** Of these Node takes the first; a proxy before it may have looked at another (RFC 9112 3.2). */
const ONCE = ['Host', 'Authorization'] as const;

/** @param raw names and values in turn */
const timesIn = (raw: readonly string[], name: string): number =>
  raw.filter((one, n) => n % 2 === 0 && one.toLowerCase() === name.toLowerCase()).length;

/** `GET http://name/path` names the box in its first line, and that counts (RFC 9112 3.2.2). */
const inTarget = (target: string): string[] => /^https?:\/\/([^/?#]*)/i.exec(target)?.slice(1) ?? [];

/** RFC 9110 7.2: a name or an address, that of IPv6 in brackets, and perhaps a port. */
function nameIn(host: string): string | undefined {
  const [, six, name] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^[\]:]+))(?::\d{0,5})?$/.exec(host) ?? [];
  return (six ?? name)?.toLowerCase().replace(/\.$/, '');
}
