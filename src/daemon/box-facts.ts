import { statfsSync } from 'node:fs';
import type { LiveSim, ModemFacts } from '../http/live-hardware.ts';
import type { Store } from '../store/store.ts';

/** The box at one moment, for figures and for alerts. */
export interface BoxNow {
  readonly store: Store;
  readonly now: number;
  /** Octets on the disk of the data folder. */
  readonly diskFree: number;
  readonly sims: readonly LiveSim[];
  readonly modems: readonly (ModemFacts & { readonly wentWithOthers: boolean })[];
  readonly clockTrusted: boolean;
  simName(iccid: string): string | null;
  /** The address of an endpoint of webhooks by its name in the store. */
  urlOf(endpoint: string): string | undefined;
}

/** Octets that are free on the disk of a folder, for whoever is not root. */
export function diskFree(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Whether all sending is paused, whatever it is for and by whatever SIM. */
export const isPaused = (store: Pick<Store, 'pauses'>): boolean =>
  store.pauses().some(({ purpose, sim }) => purpose === null && sim === null);

/** The host of an endpoint of webhooks. @param url undefined where the endpoint is not known any more */
export const hostOf = (url: string | undefined): string => new URL(url ?? 'http://unknown').host;
