import { execFile } from 'node:child_process';
import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';

/** Milliseconds that the program may take. */
const LIMIT = 15_000;

export interface NotifyParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Tells systemd how the service is (sd_notify(3)): that it accepts, that it stops, and, by thirds of the time that the unit gives, that its
 * event loop turns; a process that hangs is killed and begun anew. Node has no datagrams over unix sockets, so a program of systemd says
 * it. Where nobody asked to be told, nothing is.
 */
export class ServiceNotify {
  readonly #parts: NotifyParts;
  readonly #asked: boolean;
  #watchdog: Timer | undefined;

  constructor(parts: NotifyParts) {
    this.#parts = parts;
    this.#asked = parts.env.NOTIFY_SOCKET !== undefined;
  }

  async ready(): Promise<void> {
    await this.#say('READY=1');
    const microseconds = Number(this.#parts.env.WATCHDOG_USEC ?? 0);
    if (!this.#asked || !(microseconds > 0)) return;
    this.#watchdog = every(this.#parts.clock, microseconds / 3000, () => void this.#say('WATCHDOG=1'));
  }

  /** The event loop need not prove itself while what is on the air gets its answer. */
  async stopping(): Promise<void> {
    await this.#say('STOPPING=1');
  }

  end(): void {
    this.#watchdog?.cancel();
  }

  #say(word: string): Promise<void> {
    if (!this.#asked) return Promise.resolve();
    return new Promise((resolve) => {
      // It stays until systemd has read what it said (its barrier, 5 s at most): from a process that is gone already systemd takes nothing, and on
      // a busy machine it would then wait for READY=1 until the time of the start is over.
      execFile('systemd-notify', [word], { timeout: LIMIT, env: { ...this.#parts.env } }, (error) => {
        if (error) this.#parts.log.warn({ err: error, word }, 'systemd could not be told');
        resolve();
      });
    });
  }
}
