import type { Parameters } from 'fast-check';

/** A tenth of the runs that a requirement asks for, all of them with SIMPOST_TEST_FULL. */
export const full = (runs: number): number => (process.env.SIMPOST_TEST_FULL ? runs : Math.ceil(runs / 10));

/** fast-check prints the seed of a failure; a seed in SIMPOST_TEST_SEED repeats it. */
export function reported<T>(parameters: Parameters<T>): Parameters<T> {
  const seed = process.env.SIMPOST_TEST_SEED;
  return seed === undefined ? parameters : { ...parameters, seed: Number(seed) };
}
