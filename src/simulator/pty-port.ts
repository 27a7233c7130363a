import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { sleep, systemClock, type Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { VirtualModem } from './modem.ts';

/** How often socat looks whether a host has opened it, seconds. */
const LOOK_S = 0.01;

/** How long socat waits for the other direction once the host has closed it, seconds. */
const LINGER_S = 0.01;

/** How soon a new socat starts when the host has closed the port, and when one could not be started, milliseconds. */
const NEXT_MS = 5;
const RETRY_MS = 500;

/** How often it is looked for the link that socat makes, and for how long, milliseconds. */
const LINK_LOOK_MS = 2;
const LINK_LIMIT_MS = 5_000;

/**
 * A modem's port as a pseudo-terminal, made by socat, with a symbolic link to it: a real serial port to whoever opens
 * it. When the host closes it, socat ends and the next one makes a new pseudo-terminal behind the same link, as a
 * modem that is plugged in again would. While the modem is unplugged there is no link. Other programs are at the other
 * end, so time here is the system's, whatever clock the network has.
 */
export class PtyPort {
  #socat: ChildProcess | undefined;
  #again: Timer | undefined;
  #closed = false;
  readonly #told = (plugged: boolean): void => {
    if (plugged) this.#startIn(0);
    else this.#stop();
  };

  private constructor(
    private readonly modem: VirtualModem,
    /** The symbolic link. */
    readonly path: string,
  ) {}

  /**
   * Makes the pseudo-terminal; the link is there when this resolves.
   * @throws Fault unavailable when socat is not installed or cannot make it
   */
  static async open(modem: VirtualModem, path: string): Promise<PtyPort> {
    const pty = new PtyPort(modem, path);
    await pty.#start();
    modem.onPower.add(pty.#told);
    return pty;
  }

  async #start(): Promise<void> {
    if (this.#socat || this.#closed) return;
    rmSync(this.path, { force: true });
    const terminal = `PTY,link=${this.path},raw,echo=0,wait-slave,pty-interval=${LOOK_S}`;
    // A pipe beyond the first three goes both ways.
    const socat = spawn('socat', ['-t', String(LINGER_S), terminal, 'FD:3'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    const line = socat.stdio[3];
    if (!(line instanceof Duplex)) throw new Fault('internal', 'The pipe to socat goes one way only.');
    this.#socat = socat;
    let said = '';
    let failed: Fault | undefined;
    let existed = false;
    socat.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
    });
    socat.on('error', (error) => {
      failed = new Fault('unavailable', 'socat cannot be started: install it (apt install socat).', [], { cause: error });
    });
    // What is written to a socat that has gone is lost, as it is on a wire.
    line.on('error', () => {});
    socat.on('close', () => {
      failed ??= new Fault('unavailable', `socat could not make the pseudo-terminal ${this.path}: ${lastLine(said)}`);
      if (this.#socat !== socat) return;
      this.#socat = undefined;
      if (existed) this.#startIn(NEXT_MS);
    });
    const began = systemClock.monotonic();
    while (!existsSync(this.path)) {
      if (this.#socat !== socat) return;
      if (failed) throw failed;
      if (systemClock.monotonic() - began > LINK_LIMIT_MS) throw new Fault('unavailable', `socat does not make the link ${this.path}.`);
      await sleep(systemClock, LINK_LOOK_MS);
    }
    existed = true;
    line.once('readable', () => this.#spoken(socat, line));
  }

  /** Somebody at the pseudo-terminal has written something: from now on the modem is theirs, if it is free. */
  #spoken(socat: ChildProcess, line: Duplex): void {
    if (socat !== this.#socat || line.readableLength === 0) return;
    try {
      this.modem.attach(line);
    } catch {
      socat.kill();
    }
  }

  #startIn(ms: number): void {
    this.#again?.cancel();
    this.#again = systemClock.setTimer(ms, () => {
      if (!this.#closed && this.modem.plugged) this.#start().catch(() => this.#startIn(RETRY_MS));
    });
  }

  #stop(): void {
    this.#again?.cancel();
    const socat = this.#socat;
    this.#socat = undefined;
    if (!socat) return;
    // At once, before it sees that its other end has gone too: the host's terminal then hangs up in one step. In two
    // steps, some serial libraries miss it and read nothing for ever.
    socat.kill('SIGKILL');
    rmSync(this.path, { force: true });
  }

  /** Ends socat, and with it the pseudo-terminal and the link. */
  close(): void {
    this.#closed = true;
    this.modem.onPower.delete(this.#told);
    this.#stop();
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
