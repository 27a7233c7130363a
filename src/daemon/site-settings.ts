import type { Clock } from '../base/clock.ts';
import { afterChange, CHANGEABLE, LIVE } from '../config/changed.ts';
import type { Config } from '../config/options.ts';
import { valueAt } from '../config/values.ts';
import type { SendingHours } from '../policy/sending-hours.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { SettingStore } from '../store/records/setting.ts';
import { sitePolicy } from './site-policy.ts';

export interface SiteSettingsParts {
  readonly store: { readonly settings: SettingStore };
  readonly clock: Clock;
  /** As the file and the environment have it. */
  readonly file: Config;
  /** Those that are kept now, which follow a change at once. */
  readonly hours: SendingHours;
  /** Begins anew inside, once what is asked now is answered; without it that waits for the next start. */
  readonly restart: (() => void) | undefined;
}

/** What may be changed while the box runs. It is checked as the file is, and kept before it holds. */
export class SiteSettings {
  readonly #parts: SiteSettingsParts;
  /** The box is about to begin anew, and this one to end. */
  restarting = false;

  constructor(parts: SiteSettingsParts) {
    this.#parts = parts;
  }

  /** The names of what was changed. */
  get changed(): string[] {
    return this.#parts.store.settings.all().map(({ name }) => name);
  }

  /** What is in force, or will be in a moment: tables as the file has them. */
  get values(): Config {
    const { store, file } = this.#parts;
    return afterChange(file, store.settings.all(), []);
  }

  /**
   * Changes options, all or none.
   * @param asked tables as the file has them; null gives an option back to the file
   * @returns whether the box begins anew for it
   * @throws Fault `settingInvalid`
   */
  async change(asked: Readonly<Record<string, unknown>>, audit: NewAudit): Promise<boolean> {
    const { store, clock, file, hours, restart } = this.#parts;
    const changes = CHANGEABLE.flatMap((name) => {
      const value = valueAt(asked, name.split('.'));
      return value === undefined ? [] : [{ name, value }];
    });
    const before = this.values;
    const after = afterChange(file, store.settings.all(), changes);
    await store.settings.change(Object.fromEntries(changes.map(({ name, value }) => [name, value])), clock.now(), audit);
    const { quiet, closed } = sitePolicy(after).hours;
    hours.become(quiet, closed);
    const differs = (name: string): boolean =>
      JSON.stringify(valueAt(before, name.split('.'))) !== JSON.stringify(valueAt(after, name.split('.')));
    if (restart === undefined || !changes.some(({ name }) => !LIVE.has(name) && differs(name))) return false;
    this.restarting = true;
    restart();
    return true;
  }
}
