import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import document from '../../openapi.json' with { type: 'json' };

/** What tests under `security` do to a built daemon: whatever somebody could who finds its port. */

export const saw = (row: string, what: string): void => void process.stdout.write(`${row}  ${what}\n`);

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly code: unknown;
}

interface Asked {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** One request, with whatever headers: those that a browser would not let a page set, too. A stream of events is left at its first octets. */
export function ask(port: number, method: string, path: string, { headers = {}, body }: Asked = {}): Promise<Answer> {
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const type = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) };
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: { ...type, ...headers } }, (response) => {
      let text = '';
      const done = (): void => {
        const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
        const code = typeof parsed === 'object' && parsed !== null && 'code' in parsed ? parsed.code : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, code });
      };
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        done();
        response.destroy();
        return;
      }
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', done);
    });
    request.on('error', reject);
    request.end(payload);
  });
}

export const withKey = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

interface Call {
  readonly method: string;
  readonly path: string;
  readonly isOpen: boolean;
  /** Those of a key, any one of them. */
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** What a requirement of the document names. */
const named = (security: readonly object[], scheme: 'apiKey' | 'session'): string[] =>
  security.flatMap((one) =>
    Object.entries(one).flatMap(([name, list]) => (name === scheme && Array.isArray(list) ? list.map(String) : [])),
  );

/** Every call of the committed document, with an id that is nobody's. */
export const calls: readonly Call[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([word, { security = [] }]) => ({
    method: word.toUpperCase(),
    path: path.replace(/\{\w+\}/g, 'nobody'),
    isOpen: security.length === 0,
    scopes: named(security, 'apiKey'),
    roles: named(security, 'session'),
  })),
);
