import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/**
 * What this process holds for good, megabytes: objects and buffers, once what nobody holds was thrown away. Its resident set says as much of
 * the tests that ran in it before, and of when the machine had it collect.
 */
export function heldMegabytes(): number {
  if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
