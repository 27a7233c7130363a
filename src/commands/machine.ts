import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { systemClock } from '../base/clock.ts';
import { listPorts } from '../serial/list-ports.ts';
import { openPort } from '../serial/open-port.ts';
import type { DoctorWorld } from './doctor.ts';

/** Milliseconds that a program of the system may take. */
const LIMIT = 5_000;

/** The machine that this process runs on, for `simpost doctor`. */
export function machine(): DoctorWorld {
  const { username } = userInfo();
  return {
    fetch,
    env: process.env,
    clock: systemClock,
    user: username,
    pid: process.pid,
    root: '/',
    run: (program, args) =>
      new Promise((resolve) => {
        execFile(program, [...args], { timeout: LIMIT }, (error, out) => resolve(error ? undefined : out));
      }),
    listPorts,
    open: (port, baudRate) => openPort(port, { clock: systemClock, baudRate }),
    out: (text) => void process.stdout.write(text),
    async confirm(question) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      // Where nobody is there to answer, the input ends, and that is a no.
      const ended = once(lines, 'close').then(() => '');
      const answer = await Promise.race([lines.question(`${question} [y/N] `), ended]);
      lines.close();
      return /^y(es)?$/i.test(answer.trim());
    },
  };
}
