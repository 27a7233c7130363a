import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { type Deferred, deferred } from '../../src/base/waits.ts';

export interface Frame {
  readonly id: number;
  readonly event: string;
  readonly data: { id: string; type: string; timestamp: string; data: Record<string, unknown> };
}

/** A reader of server-sent events that does what the HTML standard 9.2.6 says, in the hands of a test. */
export class EventSource {
  readonly frames: Frame[] = [];
  comments = 0;
  readonly ended: Promise<void>;
  #rest = '';
  #news: Deferred<void> = deferred();

  private constructor(
    private readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.#take(chunk));
    this.ended = new Promise((resolve) => response.once('close', resolve));
    response.on('error', () => undefined);
  }

  /** Resolves once the first octets are here. */
  static open(url: string, headers: Record<string, string>): Promise<EventSource> {
    return new Promise((resolve, reject) => {
      const request = get(url, { headers }, (response) => resolve(new EventSource(request, response)));
      request.on('error', reject);
    });
  }

  /** Resolves when `count` events have come. */
  async until(count: number): Promise<Frame[]> {
    while (this.frames.length < count) await this.#news.promise;
    return this.frames;
  }

  async untilComments(count: number): Promise<void> {
    while (this.comments < count) await this.#news.promise;
  }

  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  close(): void {
    this.request.destroy();
  }

  #take(chunk: string): void {
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
        }),
      );
      if (fields.has('')) this.comments += 1;
      const data = fields.get('data');
      if (data !== undefined) this.frames.push({ id: Number(fields.get('id')), event: fields.get('event') ?? '', data: JSON.parse(data) });
    }
    const news = this.#news;
    this.#news = deferred();
    news.resolve();
  }
}
