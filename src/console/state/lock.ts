import { signal } from '@preact/signals';
import { after } from '../browser-clock.ts';
import { kept } from './kept.ts';

/**
 * An open desk: who walks by reads nothing. After five minutes without a touch nothing of the page is left on the screen, and it comes back
 * with a short PIN of this browser, or the password. The session goes on meanwhile; a reload does not open what is locked.
 */

/** Milliseconds without a touch. */
const IDLE = 5 * 60_000;
/** What a PIN is turned into takes a moment to compute, so that it is not guessed at once from what a browser keeps. */
const ROUNDS = 200_000;

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

const remembered = kept('locked');

export const isLocked = signal(remembered.read() === 'yes');

export function lock(): void {
  isLocked.value = true;
  remembered.write('yes');
}

export function unlock(): void {
  isLocked.value = false;
  remembered.write('no');
}

/** Locks when nobody has touched anything for so long. @returns what ends that */
export function lockWhenIdle(): () => void {
  let cancel = after(IDLE, lock);
  const touched = (): void => {
    cancel();
    cancel = after(IDLE, lock);
  };
  for (const type of TOUCHES) globalThis.addEventListener(type, touched, { passive: true });
  return () => {
    cancel();
    for (const type of TOUCHES) globalThis.removeEventListener(type, touched);
  };
}

/** The PIN of one user in this browser. Over plain http, but on the box itself, a browser computes none: the password opens then. */
export const pinOf = (user: string) => {
  const place = kept(`pin.${user}`);
  return {
    isSet: (): boolean => (place.read() ?? '') !== '' && canCompute(),
    canBeSet: canCompute,
    set: async (pin: string): Promise<void> => place.write(await markOf(user, pin)),
    remove: (): void => place.write(''),
    matches: async (pin: string): Promise<boolean> => (await markOf(user, pin)) === place.read(),
  };
};

const canCompute = (): boolean => globalThis.crypto.subtle !== undefined;

async function markOf(user: string, pin: string): Promise<string> {
  const octets = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', octets.encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: octets.encode(user), iterations: ROUNDS }, key, 256);
  return [...new Uint8Array(bits)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}
