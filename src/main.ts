import { run } from './cli.ts';

// A reader that has seen enough (`simpost tail | head`) ends the program; it is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2));
