import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../support/open-store.ts';
import { describeStore } from '../support/store-contract.ts';

describeStore('the SQLite store', async ({ clock, random }) => {
  const path = await mkdtemp(join(tmpdir(), 'simpost-store-'));
  const open = () =>
    openStore({
      path,
      clock,
      random,
      // What a sync adds is proven beside (store-durability, power-cut); here it would be most of the time that hundreds of stores take.
      synchronous: 'OFF',
    });
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async discard() {
      await store.close();
      await rm(path, { recursive: true });
    },
  };
});
