import { expect, test } from 'vitest';
import { codecRows } from '../../bench/codec.ts';

test('the bench of the codec measures what it says, on texts of as many segments as it says', () => {
  const rows = codecRows({ ms: 1, rounds: 1 });
  expect(rows.map(({ name, segments, nodePduSegments }) => [name, segments, nodePduSegments])).toEqual([
    ['encode 20 GSM characters', 1, 1],
    ['encode 160 GSM characters', 1, 2],
    ['encode 70 UCS2 characters', 1, 2],
    ['encode 201 UCS2 characters', 3, 4],
    ['encode 459 GSM characters', 3, 4],
    ['decode 20 GSM characters', 1, 1],
    ['decode 160 GSM characters', 1, 1],
    ['decode 70 UCS2 characters', 1, 1],
    ['decode 201 UCS2 characters', 3, 3],
    ['decode 459 GSM characters', 3, 3],
    ['decode a status report', 1, 1],
  ]);
  for (const row of rows) {
    expect(row.oursPerSecond).toBeGreaterThan(0);
    expect(row.nodePduPerSecond).toBeGreaterThan(0);
  }
});
