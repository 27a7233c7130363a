import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Duplex } from 'node:stream';
import type { SerialPort } from 'serialport';
import { Fault } from '../base/fault.ts';

/**
 * A serial port as `at/transport.ts` wants one. node-serialport keeps what is written to a closed port and sends it
 * after the next opening, forgets callbacks when a device vanishes, and may say `error` and `close` twice; so each
 * opening has an object of its own, and this one closes once.
 */
class SerialTransport extends Duplex {
  readonly #port: SerialPort;

  constructor(port: SerialPort) {
    super({ autoDestroy: true });
    this.#port = port;
    // Without a listener an error would end the process; whoever cares listens as well.
    this.on('error', () => undefined);
    port.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) port.pause();
    });
    port.on('error', (error) => this.destroy(error));
    port.on('close', (error: Error | null | undefined) => this.destroy(error ?? undefined));
    port.on('end', () => this.destroy());
  }

  override _read(): void {
    this.#port.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#port.isOpen) this.#port.write(chunk, done);
    else done(new Error('the port is closed'));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#port.isOpen) this.#port.close(() => done(error));
    else done(error);
  }
}

/**
 * Opens a serial port, 8N1, for us alone.
 * @param path a device such as `/dev/serial/by-id/…`, or a pty
 * @param baudRate of a real line; USB modems and ptys ignore it
 * @returns a new transport each time
 * @throws Fault `portGone` when there is no such device, `portBusy` when it cannot be opened
 */
export async function openSerial(path: string, baudRate = 115_200): Promise<Duplex> {
  await examine(path);
  // Loaded here, since it costs 10 MB that an installation behind ser2net does not need.
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, autoOpen: false, lock: true });
  port.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error) reject(busy(path, error));
      else resolve();
    });
  });
  return new SerialTransport(port);
}

/** What the system says of a path before it is opened, since the driver's own errors carry no codes. */
async function examine(path: string): Promise<void> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new Fault('portGone', `There is no port ${path}: plug the modem in, or correct the name in the configuration.`, [], { cause: error });
  });
  if (!facts.isCharacterDevice()) {
    throw new Fault('portBusy', `${path} is not a serial port: give the name of a device, such as /dev/ttyUSB0.`);
  }
  await access(path, constants.R_OK | constants.W_OK).catch((error: unknown) => {
    throw new Fault('portBusy', `The port ${path} may not be used by this user: add it to the group dialout.`, [], { cause: error });
  });
}

function busy(path: string, error: Error): Fault {
  const why = `The port ${path} cannot be opened: another program has this port open, ModemManager perhaps (${error.message}).`;
  return new Fault('portBusy', why, [], { cause: error });
}
