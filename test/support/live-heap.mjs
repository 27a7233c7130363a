import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded before the daemon (node --import): on SIGUSR2 collects what nobody holds and writes what is left to LIVE_HEAP_FILE, octets.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const file = process.env.LIVE_HEAP_FILE;
process.on('SIGUSR2', () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  writeFileSync(`${file}.new`, String(heapUsed + external));
  renameSync(`${file}.new`, file);
});
