import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded before the daemon (node --import): writes the longest time that its event loop was held to LOOP_DELAY_FILE.
// From SIGUSR2 until it is told to stop: a process that starts, or closes its store, lets nobody wait.
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('SIGUSR2', () => delay.reset());
process.once('SIGTERM', () =>
  writeFileSync(process.env.LOOP_DELAY_FILE, JSON.stringify({ maxMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 })),
);
