import { BlockList, isIPv4, isIPv6 } from 'node:net';

export interface Network {
  readonly address: string;
  /** Bits of the address that count. */
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** A network in CIDR notation (RFC 4632, RFC 4291 2.3), or a single address; undefined for what is neither. */
export function parseNetwork(written: string): Network | undefined {
  const [, address, bits] = /^([0-9A-Fa-f.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(written) ?? [];
  if (address === undefined) return undefined;
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (!family) return undefined;
  const longest = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  return prefix <= longest ? { address, prefix, family } : undefined;
}

/** Those of the networks that are written as such, as one list. */
export function networkList(written: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of written) {
    const network = parseNetwork(one);
    if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  return list;
}

/** Whether an address is in one of the networks. An IPv4 address may come in the clothes of IPv6 (RFC 4291 2.5.5.2). */
export function holdsAddress(list: BlockList, address: string): boolean {
  const plain = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
