import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/**
 * A load generator in a process of its own: `connections` keep-alive sockets, each with one request under way. Written on
 * sockets because an HTTP client would cost more than the server that is measured.
 *
 * Arguments: a JSON object of `LoadPlan`; answers with a JSON object of `LoadResult` on standard output.
 */
export interface LoadPlan {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  /** Requests in all. */
  readonly requests: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Sends requests over one socket until `next` says that there are no more. */
function drive(plan: LoadPlan, next: () => boolean, answered: (status: number, ms: number) => void): Promise<void> {
  const body = Buffer.from(plan.body);
  const headers = {
    host: `127.0.0.1:${plan.port}`,
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...plan.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.concat([Buffer.from(`POST ${plan.path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
  return new Promise((resolve, reject) => {
    let waiting: Buffer = Buffer.alloc(0);
    /** Octets of the answer that are still to come, once its head is read: what they are is nobody's business. */
    let left: number | undefined;
    let status = 0;
    let sentAt = 0;
    const socket: Socket = connect(plan.port, '127.0.0.1', () => send());
    const send = (): void => {
      if (!next()) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (left === undefined) {
        waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
        const head = waiting.indexOf(END_OF_HEAD);
        if (head < 0) return;
        status = Number(waiting.toString('latin1', 9, 12));
        left = Number(/content-length: (\d+)/i.exec(waiting.toString('latin1', 0, head))?.[1] ?? 0) - (waiting.length - head - 4);
      } else left -= chunk.length;
      if (left > 0) return;
      answered(status, performance.now() - sentAt);
      waiting = Buffer.alloc(0);
      left = undefined;
      send();
    });
  });
}

async function load(plan: LoadPlan): Promise<LoadResult> {
  let left = plan.requests;
  let refused = 0;
  const times: number[] = [];
  const start = performance.now();
  const next = (): boolean => left-- > 0;
  const answered = (status: number, ms: number): void => {
    if (status >= 300) refused += 1;
    times.push(ms);
  };
  await Promise.all(Array.from({ length: plan.connections }, () => drive(plan, next, answered)));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requests: times.length, refused, seconds, p50: at(0.5), p99: at(0.99) };
}

process.stdout.write(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '{}'))));
