import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Half of a run was every file loading the same modules anew. No test may leave anything behind in them.
    isolate: false,
    // The longest tests wait for processes and modems most of their time: two cores carry three of them.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
