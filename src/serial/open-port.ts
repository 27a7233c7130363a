import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { openSerial } from './serial-transport.ts';
import { openTcp } from './tcp-transport.ts';

/**
 * Opens whatever a `port` in the configuration names: `tcp://host:port`, or a serial device by its path.
 * @param baudRate of a real serial line
 * @throws Fault `portGone`, `portUnreachable`, `portForbidden`, `portNotSerial` or `portBusy`, with a sentence that says what is; what to
 *   do stands in the life of the modem
 */
export function openPort(port: string, options: { clock: Clock; baudRate?: number | undefined }): Promise<Duplex> {
  return port.startsWith('tcp://') ? openTcp(port, options.clock) : openSerial(port, options.baudRate);
}
