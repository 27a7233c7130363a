import { collect } from '../metrics/collect.ts';
import type { Meters } from '../metrics/meters.ts';
import type { BackupSchedule } from '../store/backup-schedule.ts';
import type { SimLife } from '../store/records/sim-life.ts';
import { VERSION } from '../version.ts';
import { type BoxNow, hostOf, isPaused } from './box-facts.ts';

export interface MetricsParts extends BoxNow {
  readonly meters: Meters;
  readonly backups: BackupSchedule;
  readonly ready: boolean;
  lifeOf(iccid: string): SimLife;
}

/** What `GET /metrics` says. */
export async function boxMetrics(parts: MetricsParts): Promise<string> {
  const { store, backups, lifeOf, urlOf } = parts;
  return collect({
    ...parts,
    version: VERSION,
    store: await store.gauges(),
    sims: await store.sims(),
    live: parts.sims,
    caps: (iccid) => store.simUse(iccid).caps,
    packageLeft: (iccid) => {
      const parcel = lifeOf(iccid).package;
      return parcel && Math.max(0, parcel.size - parcel.used);
    },
    hostOf: (endpoint) => hostOf(urlOf(endpoint)),
    paused: isPaused(store),
    lastBackupAt: backups.list()[0]?.at ?? null,
    memory: process.memoryUsage.rss(),
  });
}
