import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import { readText, UnreadableFile } from '../config/file.ts';
import { parseListen } from '../config/listen.ts';
import { loadConfig } from '../config/load.ts';
import { eventsIn, type StreamEvent } from './event-stream.ts';

/** Where the running daemon is and with which key it is asked, as the command line says it. */
export interface DaemonOptions {
  readonly url?: string;
  readonly keyFile?: string;
  readonly config?: string;
}

/** What a command that asks the daemon gets from the world. */
export interface AskingWorld {
  readonly fetch: typeof fetch;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface DaemonClient {
  readonly url: string;
  /** The answer's JSON. @throws Fault with the sentence of the daemon when it refuses, `unavailable` when it cannot be reached */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<T>;
  /**
   * What happens from now on, or after the event with the id `after`. Ends when the daemon ends it.
   * @throws Fault as `get`, also when the connection is lost
   */
  events(after: string | undefined, signal: AbortSignal): AsyncIterable<StreamEvent>;
  /** `/readyz` answers 503 with reasons, which is an answer and no refusal. */
  readiness(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }>;
}

/** A client of the running daemon's API. The key comes from `--key-file`, or else from SIMPOST_API_KEY. */
export function daemonClient(options: DaemonOptions, world: AskingWorld): DaemonClient {
  const url = daemonUrl(options, world);
  const key = keyOf(options, world);
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    try {
      const response = await world.fetch(url + path, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (error) {
      throw unreached(url, init.method, error);
    }
  };
  const answer = <T>({ ok, status, text }: Answer): T => {
    if (ok) return parsed<T>(text, url);
    const { detail, errors } = parsed<Partial<Refusal>>(text, url);
    throw new Fault('requestInvalid', detail ?? `The daemon at ${url} answers ${status}.`, errors ?? []);
  };
  return {
    url,
    get: async (path) => answer(await ask(path)),
    post: async (path, body, headers = {}) =>
      answer(await ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })),
    async *events(after, signal) {
      try {
        const headers = { authorization: `Bearer ${key}`, ...(after !== undefined && { 'last-event-id': after }) };
        const response = await world.fetch(`${url}/v1/events`, { headers, signal });
        if (response.ok) yield* eventsIn(response.body);
        else answer({ ok: false, status: response.status, text: await response.text() });
      } catch (error) {
        throw error instanceof Fault ? error : unreached(url, 'GET', error);
      }
    },
    async readiness() {
      const { ok, text } = await ask('/readyz');
      return { ready: ok, reasons: parsed<{ reasons?: string[] }>(text, url).reasons ?? [] };
    },
  };
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

interface Refusal {
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

function parsed<T>(text: string, url: string): T {
  try {
    const body: T = JSON.parse(text);
    return body;
  } catch (error) {
    throw new Fault('unavailable', `What answers at ${url} is not Simpost; name its address with --url.`, [], { cause: error });
  }
}

/** The request never reached anybody. Of every other error nobody can say so. */
const UNHEARD: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A request that was never heard, or one whose answer was lost: of a message, that is a great difference. */
function unreached(url: string, method: string | undefined, error: unknown): Fault {
  const cause = (error instanceof Error && errorCode(error.cause)) || '';
  if (method === 'POST' && !UNHEARD.has(cause)) {
    const look = 'look at GET /v1/messages before you send it again';
    return new Fault('unavailable', `The answer of ${url} was lost, so nobody knows whether the message was taken; ${look}.`, [], {
      cause: error,
    });
  }
  const what = 'start the daemon (simpost serve), or name its address with --url or its configuration with --config';
  return new Fault('unavailable', `No daemon answers at ${url}${cause === '' ? '' : ` (${cause})`}: ${what}.`, [], { cause: error });
}

/**
 * Where the running daemon is, if it runs.
 * @throws Fault when neither `--url` nor the configuration says so
 */
export function daemonUrl({ url, config }: DaemonOptions, { env }: AskingWorld): string {
  if (url !== undefined) {
    if (URL.canParse(url) && /^https?:/.test(url)) return url.replace(/\/+$/, '');
    throw new Fault('requestInvalid', `--url "${url}" is no address; write it as http://127.0.0.1:8025.`);
  }
  const { listen, certFile } = loadConfig(config, env).http;
  const address = parseListen(listen);
  if (!address || address.port === 0)
    throw new Fault('requestInvalid', `http.listen = "${listen}" takes any port; name the daemon's with --url.`);
  // An address that means "all of mine" is reached as this machine.
  const host = address.host === '0.0.0.0' ? '127.0.0.1' : address.host === '::' ? '::1' : address.host;
  const scheme = certFile === undefined ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function keyOf({ keyFile }: DaemonOptions, { env }: AskingWorld): string {
  const key = keyFile === undefined ? env.SIMPOST_API_KEY?.trim() : keyIn(keyFile);
  if (key !== undefined && /^[\w.~+/=-]+$/.test(key)) return key;
  if (key !== undefined && key !== '')
    throw new Fault('requestInvalid', `What ${keyFile ?? 'SIMPOST_API_KEY'} holds is no API key: one line that begins with simpost_.`);
  const make = 'simpost keys create --name desk > desk.key';
  throw new Fault(
    'requestInvalid',
    `An API key is needed: name a file that holds one with --key-file, or set SIMPOST_API_KEY; \`${make}\` makes one.`,
  );
}

function keyIn(file: string): string {
  try {
    return readText(file).trim();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Fault('requestInvalid', `The key file ${file} ${error.message}.`, [], { cause: error });
  }
}
