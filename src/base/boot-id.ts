import { readFileSync } from 'node:fs';

/**
 * What tells one start of the machine from the next: while it is the same, the monotonic clock has run on. The same for all
 * where the system does not tell it.
 */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
