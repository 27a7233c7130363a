import { signal } from '@preact/signals';

/**
 * Where somebody is: `#/queue/msg_1?status=failed` is the page `queue`, the path `['msg_1']` and a query. It stands after the `#`,
 * so that no number of a client goes to the server in an address.
 */
export interface Place {
  readonly page: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

export function placeIn(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [page = '', ...rest] = path.split('/').map(decoded);
  return { page, path: rest.filter((part) => part !== ''), query: new URLSearchParams(query) };
}

/** The address of a place. What is undefined or empty in the query is left out. */
export function addressOf(page: string, path: readonly string[] = [], query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const search = new URLSearchParams(given).toString();
  return `#/${[page, ...path].map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

/** Somebody may write anything into the address line. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const place = signal<Place>(placeIn(globalThis.location?.hash ?? ''));

globalThis.addEventListener?.('hashchange', () => {
  place.value = placeIn(globalThis.location.hash);
});

export function go(address: string): void {
  globalThis.location.hash = address;
}
