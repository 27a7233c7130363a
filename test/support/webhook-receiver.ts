import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Deferred, deferred } from '../../src/base/waits.ts';
import { portOf } from './port-of.ts';

export interface ReceivedCall {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: string;
}

/** What to do with a call: a status to answer, or the answer in the hands of the test. */
export type Behaviour = (call: ReceivedCall, response: ServerResponse) => number | undefined;

/** Somebody else's HTTP server that gets webhooks, on the loopback. */
export class WebhookReceiver {
  readonly calls: ReceivedCall[] = [];
  behaviour: Behaviour = () => 204;
  /** Calls that are not answered yet, by webhook-id. */
  readonly open = new Map<string, ServerResponse>();
  #news: Deferred<void> = deferred();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(path = '/sms'): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = portOf(server);
    const receiver = new WebhookReceiver(server, `http://127.0.0.1:${port}${path}`);
    server.on('request', (request, response) => receiver.#take(request, response));
    return receiver;
  }

  /** Resolves when so many calls have come in all. */
  async until(count: number): Promise<readonly ReceivedCall[]> {
    while (this.calls.length < count) await this.#news.promise;
    return this.calls;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    const header = (name: string): string => String(request.headers[name] ?? '');
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call: ReceivedCall = {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        contentType: header('content-type'),
        userAgent: header('user-agent'),
        body: Buffer.concat(chunks).toString(),
      };
      this.calls.push(call);
      this.open.set(call.id, response);
      response.on('close', () => this.open.delete(call.id));
      const status = this.behaviour(call, response);
      if (status !== undefined) response.writeHead(status).end();
      const news = this.#news;
      this.#news = deferred();
      news.resolve();
    });
  }
}
