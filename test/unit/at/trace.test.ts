import { expect, test } from 'vitest';
import { Trace } from '../../../src/at/trace.ts';

test('a dialogue that goes on at another port is numbered on, and the oldest lines go first', () => {
  const [before, now] = [new Trace(5), new Trace(5)];
  for (let n = 1; n <= 7; n += 1) before.add(n, 'heard', `+CSQ: ${n}`);
  for (let n = 8; n <= 9; n += 1) now.add(n, 'heard', `+CSQ: ${n}`);
  now.takeUp(before);
  expect(now.lines().map(({ n, text }) => [n, text])).toEqual([5, 6, 7, 8, 9].map((n) => [n, `+CSQ: ${n}`]));
  now.add(10, 'heard', '+CSQ: 10');
  expect(now.lines().map(({ n }) => n)).toEqual([6, 7, 8, 9, 10]);
  const short = new Trace(5);
  short.takeUp(new Trace(5));
  expect(short.lines()).toEqual([]);
});
