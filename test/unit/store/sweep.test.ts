import { expect, it } from 'vitest';
import { Sweep } from '../../../src/store/sweep.ts';

it('S09 writes nothing while it only looks: a transaction without a write costs the disk nothing', () => {
  const [erased, marks]: [number[], number[]] = [[], []];
  const due = new Set([4000, 4001]);
  const sweep = new Sweep(
    {
      last: () => 10_000,
      between: (after, upto) =>
        Array.from({ length: upto - after }, (_, i) => after + i + 1).map((seq) => ({
          seq,
          at: 0,
          erasedAt: due.has(seq) ? null : 0,
          needed: false,
        })),
      erase: (seq) => erased.push(seq),
      mark: () => 0,
      setMark: (seq) => marks.push(seq),
    },
    1,
  );
  let steps = 1;
  while (!sweep.step(50)) steps += 1;
  expect(steps).toBe(20);
  expect(erased).toEqual([4000, 4001]);
  // With what was erased, and where it ended: never again what is done with.
  expect(marks).toEqual([4000, 4500, 10_000]);
});
