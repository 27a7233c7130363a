import { signal } from '@preact/signals';
import type { Settings } from '../../http/schemas/setting.ts';
import type { Site } from '../../http/schemas/site.ts';
import type { Session } from '../../http/schemas/user.ts';
import { api, onRefusal, Refusal, useToken } from '../api/client.ts';
import { connect, forget } from '../api/live.ts';
import { after } from '../browser-clock.ts';

/**
 * Who sits here. `unknown` until the box was asked; `setup` while nobody owns it; `nobody` where somebody must log in, with why where a
 * session has ended; `offline` where the box does not answer at all.
 */
export type Who =
  | { readonly kind: 'unknown' | 'setup' | 'offline' }
  | { readonly kind: 'nobody'; readonly ended: boolean }
  | { readonly kind: 'somebody'; readonly session: Session; readonly site: Site };

export const who = signal<Who>({ kind: 'unknown' });

/** Asks the box who this is. */
export async function begin(): Promise<void> {
  try {
    const [session, ofSite] = await Promise.all([api.get<Session>('/v1/session'), api.get<Site>('/v1/site')]);
    settle(session, ofSite);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'offline') who.value = { kind: 'offline' };
  }
}

/** Milliseconds between two looks whether the box is back. */
const LOOK = 400;

/**
 * The box begins anew: asks until it has, or until nobody is logged in any more, then who this is.
 * @param isBack whether what it says is said by the new one
 */
export async function untilBack(isBack: (settings: Settings) => boolean): Promise<void> {
  for (;;) {
    const settings = await api.get<Settings>('/v1/settings').catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return undefined;
    });
    if (who.value.kind === 'nobody' || (settings && isBack(settings))) break;
    await new Promise<void>((resolve) => after(LOOK, resolve));
  }
  if (who.value.kind === 'somebody') await begin();
}

/** @returns that a code is needed as well, where the password is right and it is missing. @throws Refusal */
export async function logIn(name: string, password: string, code = ''): Promise<'in' | 'codeNeeded'> {
  try {
    const session = await api.post<Session>('/v1/session', { name, password, ...(code === '' ? {} : { code }) });
    settle(session, await api.get<Site>('/v1/site'));
    return 'in';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'codeNeeded') return 'codeNeeded';
    throw error;
  }
}

export async function logOut(): Promise<void> {
  await api.delete('/v1/session');
  forget();
  who.value = { kind: 'nobody', ended: false };
}

function settle(session: Session, site: Site): void {
  useToken(session.csrfToken ?? '');
  who.value = { kind: 'somebody', session, site };
  connect();
}

onRefusal(({ code }) => {
  if (code === 'setupNeeded') who.value = { kind: 'setup' };
  else if (code === 'sessionOver' || code === 'keyMissing') {
    forget();
    // Of several requests that are refused together the first knows.
    if (who.value.kind !== 'nobody') who.value = { kind: 'nobody', ended: who.value.kind === 'somebody' };
  }
});

/** Whether whoever sits here holds a scope. */
export function may(scope: string): boolean {
  if (who.value.kind !== 'somebody') return false;
  const { scopes } = who.value.session;
  return scopes.includes(scope);
}

/** What the box says of itself. Only where somebody is logged in. */
export function site(): Site {
  if (who.value.kind !== 'somebody') throw new Error('nobody is logged in');
  return who.value.site;
}

export function me(): Session {
  if (who.value.kind !== 'somebody') throw new Error('nobody is logged in');
  return who.value.session;
}
