import { IN_THE_CLEAR } from '../config/exposure.ts';
import { type Trust, trustSentence } from '../dispatch/trust.ts';
import type { LiveSim, ModemFacts } from '../http/live-hardware.ts';
import type { Readiness } from '../http/parts.ts';
import type { Profile } from '../policy/settings.ts';
import type { Standings } from '../standing/standings.ts';
import type { Store } from '../store/store.ts';

export const POLICY_IS_OFF =
  'Policy is off: messages go at any hour, to anywhere and as often as they are asked for. Set profile = "standard" in [policy] before clients are written to.';

export interface ReadinessFacts {
  readonly store: Store;
  /** What is wrong with the store, in words. */
  readonly damage: string | undefined;
  /** Why the last backup could not be made. */
  readonly noBackup: string | null;
  readonly trust: Trust;
  readonly profile: Profile;
  readonly inTheClear: boolean;
  readonly modems: readonly ModemFacts[];
  readonly sims: readonly LiveSim[];
  /** Modems are looked for, whether any is configured or not. */
  readonly searching: boolean;
  readonly standings: Standings;
}

/** Ready to send: the store is whole and can be read, a SIM is registered in a modem, and sending is not paused. */
export function readiness({
  store,
  damage,
  noBackup,
  trust,
  profile,
  inTheClear,
  modems,
  sims,
  searching,
  standings,
}: ReadinessFacts): Readiness {
  const reasons: string[] = [];
  if (damage !== undefined) reasons.push(damage);
  try {
    store.check();
  } catch {
    reasons.push('The store cannot be read.');
  }
  if (!sims.some((s) => s.state === 'ready')) {
    const why = modems.map((m) => `${m.name ?? m.port ?? m.imei ?? m.usbPath}: ${m.sentence}`).join(' ');
    const none = searching
      ? 'No modem was found: plug one in, or add a [[modem]] with its port.'
      : 'No modem is configured: add a [[modem]], or set discover = true in [modems].';
    reasons.push(modems.length === 0 ? none : `No SIM is ready. ${why}`);
  }
  const able = sims.filter((s) => s.state === 'ready');
  if (able.length > 0 && !able.some((s) => standings.maySend(s.iccid))) {
    reasons.push(`No SIM may send. ${able.map((s) => `${s.iccid}: ${standings.trouble(s.iccid)?.sentence ?? ''}`).join(' ')}`);
  }
  const ready = reasons.length === 0;
  const pauses = ready ? store.pauses() : [];
  const all = pauses.some((p) => p.purpose === null && p.sim === null);
  if (all) reasons.push('Sending is paused; PUT /v1/sending {"state": "running"} resumes it.');
  else if (pauses.length > 0) reasons.push('Some of what waits is paused; GET /v1/sending says what.');
  if (profile === 'off') reasons.push(POLICY_IS_OFF);
  if (inTheClear) reasons.push(IN_THE_CLEAR);
  if (!trust.trusted) reasons.push(trustSentence(trust));
  if (noBackup !== null) reasons.push(`${noBackup} There is no backup of late; GET /v1/backups lists those that there are.`);
  if (ready && store.optOut.lostAt() !== null)
    reasons.push('The opt-out list was lost: nothing but codes goes out until it is imported and PUT /v1/suppressions/state says so.');
  const missed = ready ? store.missedCount() : 0;
  if (missed > 0)
    reasons.push(`Messages that were due while the box was off: ${missed}. GET /v1/missed lists them for a person to decide.`);
  return { ready: ready && !all, reasons };
}
