import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The code that an app on a phone shows, by another road than ours: RFC 4226 and 6238 written anew, from the secret as people type it.
 * @param secret in base32
 * @param at milliseconds since 1970
 */
export function appCode(secret: string, at: number): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const octets = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
  const counter = Math.floor(at / 30_000)
    .toString(16)
    .padStart(16, '0');
  const mac = createHmac('sha1', octets).update(Buffer.from(counter, 'hex')).digest('hex');
  const offset = Number.parseInt(mac.slice(-1), 16) * 2;
  const number = Number.parseInt(mac.slice(offset, offset + 8), 16) % 2 ** 31;
  return String(number).slice(-6).padStart(6, '0');
}
