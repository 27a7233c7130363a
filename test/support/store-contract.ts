import { afterEach, beforeEach, describe } from 'vitest';
import { type Random, seededRandom } from '../../src/base/random.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from './fake-clock.ts';
import { acceptance } from './store-contract/acceptance.ts';
import { auditing } from './store-contract/auditing.ts';
import { claiming } from './store-contract/claiming.ts';
import { clocks } from './store-contract/clocks.ts';
import { codes } from './store-contract/codes.ts';
import { events } from './store-contract/events.ts';
import { histories } from './store-contract/histories.ts';
import { inbound } from './store-contract/inbound.ts';
import { lists } from './store-contract/lists.ts';
import { longMessages } from './store-contract/long-messages.ts';
import { pausing } from './store-contract/pausing.ts';
import { reports } from './store-contract/reports.ts';
import { resolving } from './store-contract/resolving.ts';
import type { Rig } from './store-contract/rig.ts';
import { settling } from './store-contract/settling.ts';
import { telephone } from './store-contract/telephone.ts';

/** A store that a test has to itself. */
interface OpenedStore {
  readonly store: Store;
  /** Closes it and opens the same data again, as a restart does. */
  reopen(): Promise<Store>;
  /** Closes it and removes its data. */
  discard(): Promise<void>;
}

export type OpenStore = (parts: { clock: FakeClock; random: Random }) => Promise<OpenedStore>;

/**
 * What every engine behind `Store` must do, whatever it stores in. An engine's own test file calls this once, and adds what
 * only it promises.
 */
export function describeStore(name: string, open: OpenStore): void {
  describe(name, () => {
    let opened: OpenedStore;
    let store: Store;
    let clock: FakeClock;

    beforeEach(async () => {
      clock = new FakeClock();
      opened = await open({ clock, random: seededRandom(20261122) });
      store = opened.store;
    });
    afterEach(() => opened.discard());

    const rig: Rig = {
      get clock() {
        return clock;
      },
      get store() {
        return store;
      },
      get now() {
        return clock.now();
      },
      async reopen() {
        store = await opened.reopen();
      },
    };

    describe('acceptance', () => acceptance(rig));
    describe('claiming', () => claiming(rig));
    describe('settling', () => settling(rig));
    describe('pausing', () => pausing(rig));
    describe('clocks that lie', () => clocks(rig));
    describe('resolving', () => resolving(rig));
    describe('one-time codes', () => codes(rig));
    describe('long messages', () => longMessages(rig));
    describe('reports', () => reports(rig));
    describe('histories', () => histories(rig));
    describe('inbound', () => inbound(rig));
    describe('calls and balances', () => telephone(rig));
    describe('the audit log', () => auditing(rig));
    describe('lists', () => lists(rig));
    describe('events and webhooks', () => events(rig));
  });
}
