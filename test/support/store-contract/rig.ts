import type { Store } from '../../../src/store/store.ts';
import type { FakeClock } from '../fake-clock.ts';

/** What each test of the contract gets: a store to itself, and a clock that stands still until it is moved. */
export interface Rig {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly now: number;
  /** Closes the store and opens the same data again, as a restart does. */
  reopen(): Promise<void>;
}
