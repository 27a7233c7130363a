import type { Message } from '../../examples/client/simpost.ts';

/** A small client of the public API, as a customer's program would have it. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  /** What stands at each path, in order: a hundred are asked for at once, since thousands would wait longer than a server lets them. */
  each<T>(paths: readonly string[]): Promise<T[]>;
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: T }>;
  /** All rows of a list, page by page. */
  all<T>(path: string): Promise<T[]>;
  /** The stream of events from `after` on, until `enough` says so. */
  eventsUntil(enough: (event: ApiEvent) => boolean, after?: number): Promise<ApiEvent[]>;
}

export interface ApiEvent {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly id: string;
    readonly to?: string;
    readonly from?: string;
    readonly text?: string | null;
    readonly complete?: boolean;
    readonly answers?: string | null;
  };
}

/** What tests look at of a message that is stored, typed as the client that is made from the document has it. */
export type ApiMessage = Pick<Message, 'to' | 'text' | 'status' | 'reason' | 'possibleDuplicate' | 'segmentCount'> & {
  readonly id: string;
  readonly segments: readonly {
    readonly n: number;
    readonly state: string;
    readonly mr: number | null;
    readonly attempts: readonly { readonly outcome: string; readonly cause: string | null }[];
  }[];
};

export function apiClient(url: string, key: string): ApiClient {
  const headers = { authorization: `Bearer ${key}` };
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(url + path, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const body: T = JSON.parse(await response.text());
    return body;
  };
  return {
    get,
    async each<T>(paths: readonly string[]) {
      const found: T[] = [];
      for (let from = 0; from < paths.length; from += 100) {
        found.push(...(await Promise.all(paths.slice(from, from + 100).map((path) => get<T>(path)))));
      }
      return found;
    },
    async post<T>(path: string, body: unknown, more: Record<string, string> = {}) {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', ...more },
        body: JSON.stringify(body),
      });
      const parsed: T = JSON.parse(await response.text());
      return { status: response.status, body: parsed };
    },
    async all<T>(path: string) {
      const rows: T[] = [];
      let cursor: string | null = null;
      do {
        const page: { data: T[]; nextCursor: string | null } = await get(
          `${path}${path.includes('?') ? '&' : '?'}limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        );
        rows.push(...page.data);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return rows;
    },
    async eventsUntil(enough, after = 0) {
      const events: ApiEvent[] = [];
      const ended = new AbortController();
      const response = await fetch(`${url}/v1/events`, { headers: { ...headers, 'last-event-id': String(after) }, signal: ended.signal });
      let waiting = '';
      for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        const blocks = (waiting + chunk).split('\n\n');
        waiting = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data === undefined) continue;
          const event: Omit<ApiEvent, 'seq'> = JSON.parse(data);
          events.push({ ...event, seq: Number(/^id: (\d+)$/m.exec(block)?.[1]) });
          if (enough(events.at(-1) ?? { seq: 0, ...event })) {
            ended.abort();
            return events;
          }
        }
      }
      throw new Error(`the stream of events ended after ${events.length}`);
    },
  };
}
