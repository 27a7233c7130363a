import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { systemClock } from '../base/clock.ts';
import { createLog } from '../base/log.ts';
import { helperServer } from './server.ts';
import { Verbs } from './verbs.ts';

/**
 * The helper of Simpost that runs as root: it resets a modem's USB device, switches the power of its socket, and says who holds
 * a serial port; nothing else (requirement X27). systemd hands it the socket; `systemd/README.md` tells how it is set up.
 */
const { values } = parseArgs({
  options: {
    hub: { type: 'string', multiple: true, default: [] },
    'allow-ganged': { type: 'boolean', default: false },
    authorized: { type: 'boolean', default: false },
    socket: { type: 'string' },
    // Another file system than the machine's own, to try it out: what it reads, writes and runs is found there.
    root: { type: 'string', default: '/' },
  },
});

/** Longer than uhubctl is without power, milliseconds. */
const PROGRAM_LIMIT = 40_000;

/** The first descriptor that systemd hands over (sd_listen_fds). */
const FIRST_FD = 3;

const log = createLog('info');
const runFile = promisify(execFile);
const verbs = new Verbs({
  rules: { hubs: new Set(values.hub), allowGanged: values['allow-ganged'], authorized: values.authorized },
  clock: systemClock,
  root: values.root,
  async run(program, args) {
    await runFile(join(values.root, program), args, { timeout: PROGRAM_LIMIT, env: {} });
  },
});
const server = helperServer({
  clock: systemClock,
  async answer(request) {
    const answer = await verbs.answer(request);
    if (request.verb !== 'who-holds') log.info({ ...request, ...answer }, 'somebody asked to help a modem');
    return answer;
  },
});
const handedOver = process.env.LISTEN_PID === String(process.pid) && process.env.LISTEN_FDS === '1';
if (handedOver) server.listen({ fd: FIRST_FD });
else if (values.socket !== undefined) server.listen(values.socket);
else {
  log.fatal('the USB helper needs the socket that systemd hands over, or --socket PATH');
  process.exitCode = 64;
}
process.once('SIGTERM', () => server.close());
