import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// What a shell says of somebody's own box, and who waits for a service to start, is nothing that a test may see.
for (const name of Object.keys(process.env)) if (/^(SIMPOST_(?!TEST_)|NOTIFY_SOCKET$|WATCHDOG_)/.test(name)) delete process.env[name];

/** Each takes a minute and more: one that begins last is waited for alone, while the other workers have nothing left to do. */
const LONGEST = ['crash', 'power-cut', 'soak'].map((name) => `/test/system/${name}.test.ts`);

/** As usual, longer ones before shorter ones, but on a fresh clone nobody knows yet which these are. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONGEST.some((name) => moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is looked for again and again ends with its test: the second that is usual passes on a busy machine while nothing is wrong.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    pool: 'forks',
    // Half of a run was every file loading the same modules anew. No test may leave anything behind in them.
    isolate: false,
    // The longest tests wait for processes and modems most of their time: two cores carry three of them.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
  },
});
