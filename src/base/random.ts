import { randomBytes } from 'node:crypto';

/** Chance, handed in like time: tests hand in a seeded one and print the seed. */
export interface Random {
  /** `n` octets. Those of `systemRandom` are fit for secrets. */
  bytes(n: number): Buffer;
  /** A number in [0, 1). */
  float(): number;
}

/** A call of the system costs as much for 12 octets as for thousands, and every message takes a few: they are drawn in advance. */
const POOL_SIZE = 4096;
let pool = Buffer.alloc(0);
let used = 0;

/** Draws anew where fewer than `n` octets are left. @returns where the next one stands */
function drawn(n: number): number {
  if (pool.length - used < n) {
    pool = randomBytes(POOL_SIZE);
    used = 0;
  }
  used += n;
  return used - n;
}

function pooled(n: number): Buffer {
  if (n > 32) return randomBytes(n);
  const from = drawn(n);
  const taken = Buffer.allocUnsafe(n);
  for (let i = 0; i < n; i += 1) {
    taken[i] = pool[from + i] ?? 0;
    // What was given away does not stay behind.
    pool[from + i] = 0;
  }
  return taken;
}

export const systemRandom: Random = {
  bytes: pooled,
  float() {
    const from = drawn(6);
    return pool.readUIntBE(from, 6) / 2 ** 48;
  },
};

/** A repeatable Random (mulberry32) for tests, demos and the simulator; never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return {
    bytes: (n) => Buffer.from(Array.from({ length: n }, () => next() & 0xff)),
    float: () => next() / 2 ** 32,
  };
}
