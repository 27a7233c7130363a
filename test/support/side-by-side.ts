/** How many parts of a long run go at once: one, with SIMPOST_TEST_FULL four, or as many as SIMPOST_TEST_SIDE_BY_SIDE says. */
const SIDE_BY_SIDE = Number(process.env.SIMPOST_TEST_SIDE_BY_SIDE ?? (process.env.SIMPOST_TEST_FULL ? 4 : 1));

/** A part of a long run, on a site of its own. */
export interface Share {
  /** `2 of 4` */
  readonly name: string;
  readonly index: number;
  /** How often it does what the whole does. */
  readonly count: number;
  /** Its chance is its own. */
  readonly seed: number;
}

/**
 * Divides a long run.
 * @param total how often the whole does what it repeats
 */
export function shares(total: number, seed: number): Share[] {
  const parts = Math.min(SIDE_BY_SIDE, total);
  return Array.from({ length: parts }, (_, index) => ({
    name: `${index + 1} of ${parts}`,
    index,
    count: Math.floor((total * (index + 1)) / parts) - Math.floor((total * index) / parts),
    seed: seed + index,
  }));
}

/** Says how far a part of a long run is, twenty times in all, so that whoever waits for hours sees that it goes on. */
export function tellProgress(what: string, { name, count }: Pick<Share, 'name' | 'count'>, done: number): void {
  const step = Math.max(1, Math.floor(count / 20));
  if (process.env.SIMPOST_TEST_FULL && done % step === 0)
    process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${what}, part ${name}: ${done} of ${count}\n`);
}
