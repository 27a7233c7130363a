import type { NewAudit } from './audit.ts';

/** An option that was changed while the box runs: it stands in place of what the file says. */
export interface Setting {
  /** The path of the option, such as `site.country`. */
  readonly name: string;
  readonly value: unknown;
  /** When it was changed, milliseconds since 1970. */
  readonly at: number;
}

export interface SettingStore {
  /** By their names. Synchronous: the daemon begins with them. */
  all(): Setting[];
  /** All in one step. @param changes by name; null gives an option back to the file */
  change(changes: Readonly<Record<string, unknown>>, at: number, audit?: NewAudit): Promise<void>;
}
