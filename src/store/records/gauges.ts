import type { Purpose } from '../../base/purpose.ts';

/** How full the store is, for whoever watches the box. */
export interface StoreGauges {
  /** What is ready, of each purpose; when the oldest of it was accepted, null where there is none. */
  readonly queue: readonly { readonly purpose: Purpose; readonly segments: number; readonly oldestAt: number | null }[];
  /** Segments that wait. */
  readonly waiting: number;
  /** Messages of which nobody knows whether they went out. */
  readonly uncertain: number;
  /** Deliveries of each endpoint that are not settled, and when the oldest of their events was. */
  readonly webhooks: readonly {
    readonly endpoint: string;
    readonly pending: number;
    readonly oldestAt: number | null;
    readonly isGone: boolean;
  }[];
  /** Of the file, and of its WAL. */
  readonly octets: number;
  readonly walOctets: number;
}
