import { readSync, writeSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { errorCode } from '../base/error-code.ts';
import { examine, whyNotOpened } from './port-trouble.ts';

/** An open port as node-serialport's binding gives it; the file descriptor and its poller where the system has them. */
interface OpenPort {
  readonly isOpen: boolean;
  readonly fd?: number | null;
  readonly poller?: { once(event: 'readable' | 'writable', ready: (error: Error | null) => void): unknown };
  read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number }>;
  write(buffer: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Octets that are set aside for reading at a time, and the least that a read is given of them. */
const SLAB = 16_384;
const LEAST = 1_024;

/**
 * A serial port as `at/transport.ts` wants one, over the binding of node-serialport rather than its stream: that keeps
 * what is written to a closed port and sends it after the next opening, forgets callbacks when a device vanishes, and
 * says `close` twice. Each opening has an object of its own, and this one closes once.
 *
 * The descriptor does not block, so it is read and written at once here, and the poller is asked only when there is
 * nothing to read or no room to write. The binding's own read goes through the thread pool twice for every chunk, which
 * costs more time than a segment's whole dialogue otherwise takes.
 */
class SerialTransport extends Duplex {
  readonly #port: OpenPort;
  #slab = Buffer.allocUnsafe(SLAB);
  #used = 0;
  /** The last read took all that there was, so the poller says when there is more: a read in vain costs an error each time. */
  #drained = false;

  constructor(port: OpenPort) {
    super();
    this.#port = port;
    // Without a listener an error would end the process; whoever cares listens as well.
    this.on('error', () => undefined);
  }

  override _read(): void {
    if (SLAB - this.#used < LEAST) {
      this.#slab = Buffer.allocUnsafe(SLAB);
      this.#used = 0;
    }
    const { fd, poller } = this.#port;
    if (typeof fd !== 'number' || !poller) {
      this.#port.read(this.#slab, this.#used, SLAB - this.#used).then(
        ({ bytesRead }) => this.#took(bytesRead),
        (error: Error) => this.destroy(error),
      );
      return;
    }
    const wait = (): unknown => poller.once('readable', (failed) => this.#ready(failed, () => this._read()));
    if (this.#drained) {
      this.#drained = false;
      wait();
      return;
    }
    const room = SLAB - this.#used;
    let size: number;
    try {
      size = readSync(fd, this.#slab, this.#used, room, null);
    } catch (error) {
      if (wouldBlock(error)) wait();
      else this.destroy(failure(error));
      return;
    }
    this.#drained = size < room;
    this.#took(size);
  }

  #took(size: number): void {
    if (this.destroyed) return;
    const from = this.#used;
    this.#used += size;
    // A terminal that was hung up reads as ended for ever: that is how an unplugged device looks.
    if (size === 0) this.destroy();
    else this.push(this.#slab.subarray(from, this.#used));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const { fd, poller } = this.#port;
    if (!this.#port.isOpen) {
      done(new Error('the port is closed'));
      return;
    }
    if (typeof fd !== 'number' || !poller) {
      this.#port.write(chunk).then(() => done(), done);
      return;
    }
    let rest = chunk;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (wouldBlock(error)) poller.once('writable', (failed) => this.#ready(failed, () => this._write(rest, _encoding, done)));
      else done(failure(error));
      return;
    }
    done();
  }

  /** After a wait for the descriptor; the wait of a port that is closed ends with an error, too. */
  #ready(failed: Error | null, go: () => void): void {
    if (this.destroyed) return;
    if (failed) this.destroy(failed);
    else go();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#port.isOpen) {
      done(error);
      return;
    }
    this.#port.close().then(
      () => done(error),
      () => done(error),
    );
  }
}

const failure = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function wouldBlock(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'EAGAIN' || code === 'EINTR';
}

/**
 * Opens a serial port, 8N1, for us alone.
 * @param path a device such as `/dev/serial/by-id/…`, or a pty
 * @param baudRate of a real line; USB modems and ptys ignore it
 * @returns a new transport each time
 * @throws Fault `portGone` when there is no such device; `portForbidden`, `portNotSerial`, `portBusy` when it cannot be opened
 */
export async function openSerial(path: string, baudRate = 115_200): Promise<Duplex> {
  await examine(path);
  // Loaded here, since it costs 10 MB that an installation behind ser2net does not need.
  const { SerialPort } = await import('serialport');
  try {
    return new SerialTransport(await SerialPort.binding.open({ path, baudRate, lock: true }));
  } catch (error) {
    throw await whyNotOpened(path, error);
  }
}
