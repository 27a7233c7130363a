import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // The longest tests wait for processes and modems most of their time: two cores carry three of them.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
