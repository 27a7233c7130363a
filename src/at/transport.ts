import type { Duplex } from 'node:stream';

/**
 * A transport is any `Duplex` of bytes: a serial port, a TCP connection to ser2net, a pair in memory. What is asked of
 * one, and what `serial/` takes care of where the underlying stream does not:
 *
 * - It is open when it is handed over; each opening gives a new object.
 * - `destroy()` closes it, and after that nothing is written or read any more. A write to a closed port fails; it is
 *   never kept for the next opening (node-serialport does keep it: its issue 1593).
 * - When the far side vanishes it emits `close`, after `error` perhaps, once or more than once.
 * - Control lines, baud rate and the like are its own affair: a pty and a socket have none.
 */
export type Transport = Duplex;

/**
 * Calls `gone` exactly once when the transport ends, whichever of `error`, `end` and `close` says so first. The
 * `error` listener stays for good, since a stream that fails twice would otherwise end the process.
 * @param gone is called one turn of the event loop later, when every line that came before the end has been read
 */
export function onceGone(port: Transport, gone: (error: Error | undefined) => void): void {
  let told = false;
  let failure: Error | undefined;
  const tell = (): void => {
    if (told) return;
    told = true;
    setImmediate(() => gone(failure));
  };
  port.on('error', (error: Error) => {
    failure ??= error;
    tell();
  });
  port.on('end', tell);
  port.on('close', tell);
}
