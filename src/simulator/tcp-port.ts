import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Fault } from '../base/fault.ts';
import type { VirtualModem } from './modem.ts';

const LOOPBACK = '127.0.0.1';

/**
 * A modem's port on TCP, as ser2net would offer it: raw octets, one client at a time, a second one is closed at once.
 * While the modem is unplugged nobody listens, so that connecting is refused.
 */
export class TcpPort {
  #server: Server | undefined;
  #port: number;
  readonly #told = (plugged: boolean): void => {
    if (plugged) this.#listen().catch((error: unknown) => this.failed?.(error));
    else this.#stop();
  };

  /** Called when the port cannot be opened again after the modem was plugged in. */
  failed: ((error: unknown) => void) | undefined;

  private constructor(
    private readonly modem: VirtualModem,
    port: number,
  ) {
    this.#port = port;
  }

  /**
   * Listens on loopback.
   * @param port 0 for any free one
   * @throws Fault portBusy
   */
  static async open(modem: VirtualModem, port: number): Promise<TcpPort> {
    const tcp = new TcpPort(modem, port);
    await tcp.#listen();
    modem.onPower.add(tcp.#told);
    return tcp;
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `tcp://${LOOPBACK}:${this.#port}`;
  }

  async #listen(): Promise<void> {
    if (this.#server) return;
    const server = createServer((socket) => this.#connected(socket));
    this.#server = server;
    try {
      server.listen({ host: LOOPBACK, port: this.#port });
      await once(server, 'listening');
    } catch (error) {
      this.#server = undefined;
      throw new Fault('portBusy', `The port ${this.#port} on ${LOOPBACK} cannot be opened: choose another.`, [], { cause: error });
    }
    const address = server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
  }

  #connected(socket: Socket): void {
    socket.setNoDelay(true);
    if (!this.modem.plugged || this.modem.open) {
      // Whoever is turned away may reset the connection, which is nobody's concern.
      socket.on('error', () => {});
      socket.destroy();
      return;
    }
    this.modem.attach(socket);
  }

  #stop(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Stops listening; the client that is connected stays until the modem is unplugged. */
  close(): void {
    this.modem.onPower.delete(this.#told);
    this.#stop();
  }
}
