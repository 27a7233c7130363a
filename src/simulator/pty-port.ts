import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Duplex, type Readable, type Writable } from 'node:stream';
import type { Clock, Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { deferred } from '../base/waits.ts';
import type { VirtualModem } from './modem.ts';

type Socat = ChildProcessByStdio<Writable, Readable, Readable>;

/** What socat says when both its ends are open. */
const READY = 'starting data transfer loop';

/** After socat has gone, a new one starts so soon, milliseconds. */
const AGAIN_MS = 50;

/**
 * A modem's port as a pseudo-terminal, made by socat, with a symbolic link to it: a real serial port to whoever opens
 * it. When the host closes it, socat ends and the next one makes a new pseudo-terminal behind the same link, as a
 * modem that is plugged in again would. While the modem is unplugged there is no link.
 */
export class PtyPort {
  #socat: Socat | undefined;
  #again: Timer | undefined;
  #closed = false;
  readonly #told = (plugged: boolean): void => {
    if (plugged) this.#start().catch(() => this.#startAgain());
    else this.#stop();
  };

  private constructor(
    private readonly modem: VirtualModem,
    /** The symbolic link. */
    readonly path: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the pseudo-terminal; the link is there when this resolves.
   * @throws Fault unavailable when socat is not installed or cannot make it
   */
  static async open(modem: VirtualModem, path: string, clock: Clock): Promise<PtyPort> {
    const pty = new PtyPort(modem, path, clock);
    await pty.#start();
    modem.onPower.add(pty.#told);
    return pty;
  }

  async #start(): Promise<void> {
    if (this.#socat || this.#closed) return;
    rmSync(this.path, { force: true });
    const socat = spawn('socat', ['-d', '-d', `PTY,link=${this.path},raw,echo=0`, 'STDIO'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#socat = socat;
    const ready = deferred<void>();
    let said = '';
    socat.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
      if (said.includes(READY)) ready.resolve();
    });
    socat.on('error', (error) => {
      ready.reject(new Fault('unavailable', 'socat cannot be started: install it (apt install socat).', [], { cause: error }));
    });
    // What is written to a socat that has gone is lost, as it is on a wire.
    socat.stdin.on('error', () => {});
    socat.on('close', () => {
      ready.reject(new Fault('unavailable', `socat could not make the pseudo-terminal ${this.path}: ${lastLine(said)}`));
      if (this.#socat !== socat) return;
      this.#socat = undefined;
      this.#startAgain();
    });
    await ready.promise;
    socat.stdout.once('readable', () => this.#spoken(socat));
  }

  /** Somebody at the pseudo-terminal has written something: from now on the modem is theirs, if it is free. */
  #spoken(socat: Socat): void {
    if (socat !== this.#socat || socat.stdout.readableLength === 0) return;
    try {
      this.modem.attach(Duplex.from({ readable: socat.stdout, writable: socat.stdin }));
    } catch {
      socat.kill();
    }
  }

  #startAgain(): void {
    if (this.#closed || !this.modem.plugged) return;
    this.#again = this.clock.setTimer(AGAIN_MS, () => {
      this.#start().catch(() => this.#startAgain());
    });
  }

  #stop(): void {
    this.#again?.cancel();
    const socat = this.#socat;
    this.#socat = undefined;
    socat?.kill();
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
