import type { Duplex } from 'node:stream';
import { PROFILE_LINE } from '../at/commands.ts';
import type { Trace } from '../at/trace.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { deferred } from '../base/waits.ts';

/** Milliseconds between the pieces, and before the port is closed: a modem that hangs may still be reading. */
const BETWEEN = 500;

/**
 * Tells a modem that does not answer to start anew, blindly: ESC and CR end whatever it waits for, then the command. Closes
 * the port, which the modem lets go in any case.
 * @param command of its profile, such as `AT+CFUN=1,1` (TS 27.007 8.2)
 */
export async function startAnew(port: Duplex, command: string, clock: Clock, trace: Trace): Promise<void> {
  if (!PROFILE_LINE.test(command)) throw new Fault('internal', 'A profile has a command that none may have.');
  port.on('error', () => undefined);
  port.resume();
  for (const piece of ['\x1b\r', `${command}\r`]) {
    if (port.destroyed) break;
    trace.add(clock.now(), 'sent', piece === '\x1b\r' ? '<ESC>' : command);
    port.write(piece, 'latin1');
    const { promise, resolve } = deferred<void>();
    clock.setTimer(BETWEEN, resolve);
    await promise;
  }
  port.destroy();
}
