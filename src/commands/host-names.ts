import { hostname } from 'node:os';

/** What this machine calls itself, and what it is called on its network by multicast DNS (RFC 6762 3). */
export function hostNames(): string[] {
  const whole = hostname().toLowerCase();
  const first = whole.split('.', 1)[0] ?? whole;
  return [...new Set([whole, first, `${first}.local`])];
}
