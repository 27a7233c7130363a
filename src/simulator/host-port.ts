import type { Duplex } from 'node:stream';
import { Fault } from '../base/fault.ts';
import { AtSession, type Wakes } from './at-session.ts';
import { commandsOf } from './commands.ts';
import type { Me } from './me.ts';

/**
 * The port of a modem that has power: one host at a time. The first host after power-up hears the lines of the start; while
 * the modem hangs, whoever opens the port hears nothing.
 */
export class HostPort {
  #session: AtSession | undefined;
  #greeted = false;
  #silent: Wakes | undefined;

  /** @param left the host is gone */
  constructor(
    private readonly me: Me,
    private readonly left: () => void,
  ) {}

  get open(): boolean {
    return this.#session !== undefined;
  }

  get silent(): boolean {
    return this.#silent !== undefined;
  }

  /** Power is there again: the next host will hear the lines of the start. */
  powerUp(): void {
    this.#greeted = false;
  }

  /**
   * Joins a host's stream to the port.
   * @throws Fault portBusy when another host has it
   */
  attach(stream: Duplex): void {
    const { name, model } = this.me;
    if (this.#session) throw new Fault('portBusy', `The port of the virtual modem ${name} is open already: close it there first.`);
    this.me.resetSettings();
    const session = new AtSession(this.me, commandsOf(model), stream, () => {
      if (this.#session !== session) return;
      this.#session = undefined;
      this.left();
    });
    this.#session = session;
    if (this.#silent) session.sleep(this.#silent);
    if (!this.#greeted) for (const line of model.boot) session.unsolicited(line);
    this.#greeted = true;
  }

  /** Power is gone, so nothing is said any more. @returns what takes the port from under the host */
  powerDown(): () => void {
    const session = this.#session;
    this.#session = undefined;
    this.#silent = undefined;
    return () => session?.destroy();
  }

  /** The modem hangs until that. */
  sleep(wakes: Wakes): void {
    this.#silent = wakes;
    this.#session?.sleep(wakes);
  }

  wake(): void {
    this.#silent = undefined;
    this.#session?.wake();
  }

  unsolicited(line: string): void {
    this.#session?.unsolicited(line);
  }
}
