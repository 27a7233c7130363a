import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { World } from '../daemon/world.ts';
import { askedOnce } from '../webhooks/asked-once.ts';

/** How the daemon reaches the network of this machine. */
export const machineNetwork: Pick<World, 'fetch' | 'resolve' | 'ownAddresses'> = {
  fetch,
  resolve: askedOnce((host) => lookup(host, { all: true })),
  ownAddresses: () => Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address)),
};
