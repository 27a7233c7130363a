import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Fault } from '../base/fault.ts';
import type { Destinations } from './destinations.ts';
import { BODY_MAX, type Post } from './post.ts';

/** All addresses of a name, as `dns.lookup` tells them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/**
 * Calls to addresses that came by API. The name is resolved once for each connection, each address that it has is held against
 * the rules, and the connection goes to one of these and nowhere else: a name that answers otherwise the next time gains nothing.
 */
export class GuardedPost {
  readonly #destinations: Destinations;
  readonly #resolve: Resolve;
  readonly #agents;

  constructor(destinations: Destinations, resolve: Resolve) {
    this.#destinations = destinations;
    this.#resolve = resolve;
    this.#agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  }

  /**
   * Whether an address may be called, as things are now. A name that does not resolve may: it is asked again with each call.
   * @throws Fault `webhookRefused`
   */
  async check(url: string): Promise<void> {
    const { host, port } = this.#target(url);
    const addresses = isIP(host) ? [{ address: host }] : await this.#resolve(host).catch(() => []);
    this.#judge(host, addresses, port);
  }

  readonly post: Post = async (url, { headers, body, signal }) => {
    const { host, port, secure } = this.#target(url);
    // An address that is written as such is connected to without being looked up.
    if (isIP(host)) this.#judge(host, [{ address: host }], port);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method: 'POST', headers, signal, lookup: this.#lookup(port) };
      const asked = secure
        ? httpsRequest(url, { ...options, agent: this.#agents.https }, resolve)
        : httpRequest(url, { ...options, agent: this.#agents.http }, resolve);
      asked.on('error', reject).end(body);
    });
    let octets = 0;
    response.on('data', (chunk: Buffer) => {
      octets += chunk.length;
      if (octets > BODY_MAX) response.destroy();
    });
    await new Promise<void>((resolve) => response.on('close', resolve).on('error', () => resolve()));
    return response.statusCode ?? 0;
  };

  /** Ends the connections that are kept for more calls. */
  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #target(url: string): { host: string; port: number; secure: boolean } {
    const { protocol, hostname, port, username, password } = URL.canParse(url) ? new URL(url) : { ...NO_URL };
    const secure = protocol === 'https:';
    if (!secure && protocol !== 'http:')
      throw refused('The address begins with http:// or https://, such as "https://clinic.example/sms".');
    if (username !== '' || password !== '') throw refused('The address holds a user name or password; calls are signed instead.');
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port === '' ? (secure ? 443 : 80) : port), secure };
  }

  #judge(host: string, addresses: readonly { readonly address: string }[], port: number): void {
    for (const { address } of addresses) {
      const why = this.#destinations.refusalOf(address, port);
      if (why !== undefined) throw refused(`${host === address ? address : `${host} leads to ${address}, which`} ${why}.`);
    }
  }

  #lookup(port: number): LookupFunction {
    return (host, { all }, found) => {
      this.#resolve(host)
        .then((addresses) => {
          this.#judge(host, addresses, port);
          const [first] = addresses;
          if (!first) throw new Error('the name has no address');
          if (all) found(null, [...addresses]);
          else found(null, first.address, first.family);
        })
        .catch((error: unknown) => found(error instanceof Error ? error : new Error(String(error)), ''));
    };
  }
}

const NO_URL = { protocol: '', hostname: '', port: '', username: '', password: '' };

const refused = (sentence: string): Fault => new Fault('webhookRefused', sentence, [{ pointer: '/url', detail: sentence }]);
