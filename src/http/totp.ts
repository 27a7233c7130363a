import { createHmac } from 'node:crypto';
import { sameSecret } from './same-secret.ts';

/** Time-based one-time passwords (RFC 6238) with the defaults that every app knows: SHA-1, six digits, steps of 30 seconds from 1970 on. */
const STEP = 30_000;
const DIGITS = 6;

/** The code of a time step (RFC 4226 5.3). */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The time step whose code this is: that of now, or the one before or after, for clocks that differ and fingers that take their time
 * (RFC 6238 5.2). Undefined where it is of none of them, or of none later than `lastStep`: a code counts once.
 * @param now milliseconds since 1970
 */
export function stepOf(secret: Buffer, code: string, now: number, lastStep: number): number | undefined {
  const step = Math.floor(now / STEP);
  const same = [step - 1, step, step + 1].filter((one) => one >= 0 && sameSecret(codeAt(secret, one), code));
  return same.find((one) => one > lastStep);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As people and apps write octets (RFC 4648 6). @param octets a multiple of five, so that nothing is left to pad */
export function base32(octets: Buffer): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return bits.replaceAll(/.{5}/g, (five) => ALPHABET[Number.parseInt(five, 2)] ?? '');
}
