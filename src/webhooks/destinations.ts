import type { BlockList } from 'node:net';
import { holdsAddress, networkList } from '../base/networks.ts';

/** Nobody's network in the open internet (IANA IPv4 Special-Purpose Address Registry), in words for whoever gave the address. */
const IPV4: readonly (readonly [network: string, what: string])[] = [
  ['10.0.0.0/8', 'a private network'],
  ['172.16.0.0/12', 'a private network'],
  ['192.168.0.0/16', 'a private network'],
  ['100.64.0.0/10', 'the inside of an operator'],
  ['127.0.0.0/8', 'this machine'],
  ['192.0.0.0/24', 'a network for protocols'],
  ['192.0.2.0/24', 'a network for examples'],
  ['192.88.99.0/24', 'a relay of IPv6'],
  ['198.18.0.0/15', 'a network for measurements'],
  ['198.51.100.0/24', 'a network for examples'],
  ['203.0.113.0/24', 'a network for examples'],
];

/** Where no webhook has business, whatever is allowed: nowhere, the link with its metadata services, everybody at once. */
const NEVER: readonly (readonly [network: string, what: string])[] = [
  ['0.0.0.0/8', 'no address of a machine'],
  ['169.254.0.0/16', 'only good on its own link'],
  ['224.0.0.0/4', 'an address of many'],
  ['240.0.0.0/4', 'reserved'],
  ['::/128', 'no address of a machine'],
  ['fe80::/10', 'only good on its own link'],
  ['ff00::/8', 'an address of many'],
];

/** RFC 4291 2.4: what is global; and what of it is not (IANA IPv6 Special-Purpose Address Registry): Teredo, examples, 6to4. */
const GLOBAL_IPV6 = networkList(['2000::/3']);
const NOT_GLOBAL_IPV6 = networkList(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

const listed = (entries: typeof IPV4): { list: BlockList; what: string }[] =>
  entries.map(([network, what]) => ({ list: networkList([network]), what }));
const SPECIAL = listed(IPV4);
const FORBIDDEN = listed(NEVER);

export interface DestinationRules {
  /** Networks that the site opens besides what is public, in CIDR notation. */
  readonly allow: readonly string[];
  /** The addresses of this machine now. */
  own(): readonly string[];
  /** Where our own API listens; undefined where that is not known beforehand. */
  readonly ownPort: number | undefined;
}

/**
 * Where a webhook may lead whose address came by API: to public addresses, and to networks that the configuration opens. Who
 * may give such an address could otherwise make the box ask its neighbours, who trust it (X08).
 */
export class Destinations {
  readonly #rules: DestinationRules;
  readonly #allowed: BlockList;

  constructor(rules: DestinationRules) {
    this.#rules = rules;
    this.#allowed = networkList(rules.allow);
  }

  /** Why an address is not called, as the end of a sentence that begins with it; undefined where it may be. */
  refusalOf(address: string, port: number): string | undefined {
    const forbidden = FORBIDDEN.find(({ list }) => holdsAddress(list, address));
    if (forbidden) return `is ${forbidden.what}`;
    const isOwn =
      this.#rules.own().includes(address) || SPECIAL.some(({ list, what }) => what === 'this machine' && holdsAddress(list, address));
    if (isOwn && port === this.#rules.ownPort) return 'is this box itself';
    if (holdsAddress(this.#allowed, address)) return undefined;
    const why = isOwn ? 'this machine' : SPECIAL.find(({ list }) => holdsAddress(list, address))?.what;
    if (why !== undefined) return `is ${why}: name it in allow of [webhooks] if it is meant`;
    if (!address.includes(':')) return undefined;
    const isPublic = holdsAddress(GLOBAL_IPV6, address) && !holdsAddress(NOT_GLOBAL_IPV6, address);
    return isPublic ? undefined : 'is no public address: name it in allow of [webhooks] if it is meant';
  }
}
