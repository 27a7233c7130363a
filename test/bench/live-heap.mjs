import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded before the daemon (node --import): on SIGUSR2 collects what nobody holds and writes what is left to LIVE_HEAP_FILE, octets.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  writeFileSync(process.env.LIVE_HEAP_FILE, JSON.stringify({ live: heapUsed + external, rss }));
});
