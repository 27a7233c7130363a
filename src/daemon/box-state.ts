import type { BoxState, SimState } from '../alerts/conditions.ts';
import type { SimOutlook } from '../policy/sim-outlook.ts';
import type { Standings } from '../standing/standings.ts';
import { webhookId } from '../webhooks/endpoints.ts';
import { type BoxNow, hostOf, isPaused } from './box-facts.ts';

export interface StateParts extends BoxNow {
  /** How many of them went in one moment, while any of those is not back. */
  readonly lostTogether: number;
  readonly standings: Standings;
  readonly damage: string | undefined;
  readonly noBackup: string | null;
  readonly numbersBlocked: boolean;
  readonly costReached: boolean;
  readonly strangers: readonly { readonly keyId: string; readonly count: number }[];
  /** Below which a balance is too low; 0 for never. */
  balanceBelow(iccid: string): number;
  outlookOf(iccid: string): SimOutlook;
}

/** Open tasks that are looked at, the newest. */
const TASKS = 500;

/** How the box is, as alerts see it. */
export async function boxState(parts: StateParts): Promise<BoxState> {
  const { store, now, sims, standings, simName, urlOf } = parts;
  const { queue, uncertain, webhooks } = await store.gauges();
  const stored = await store.sims();
  const { data: tasks } = await store.desk.tasks(false, { limit: TASKS, cursor: null });
  const names = new Map((await store.keys()).map(({ id, name }) => [id, name]));
  const oldest = (purpose: string): number | null => {
    const at = queue.find((one) => one.purpose === purpose)?.oldestAt ?? null;
    return at === null ? null : now - at;
  };
  const simState = (iccid: string): SimState => {
    const balance = stored.find((one) => one.iccid === iccid)?.balance;
    const amount = balance?.amount ?? null;
    const low = amount !== null && amount < parts.balanceBelow(iccid);
    return {
      iccid,
      name: simName(iccid) ?? iccid,
      trouble: standings.trouble(iccid)?.kind ?? null,
      balanceLow: low ? `${amount} ${balance?.currency ?? ''}`.trim() : null,
      needs: parts.outlookOf(iccid).alerts.map(({ kind }) => kind),
    };
  };
  return {
    canSend: sims.some((sim) => sim.state === 'ready' && standings.maySend(sim.iccid)),
    // One that was once here and is retired or lost needs nobody.
    sims: sims.map(({ iccid }) => simState(iccid)),
    modems: parts.modems.map(({ name, port, usbPath, imei, state, notes, wentWithOthers }) => ({
      name: name ?? port ?? usbPath ?? imei ?? '',
      state: state === 'failed' || state === 'absent' ? state : 'other',
      wentWithOthers,
      otherProgram: notes.find(({ code }) => code === 'otherProgram')?.detail ?? null,
      keepsMessages: notes.some(({ code }) => code === 'notDeleted' || code === 'storageFilling'),
    })),
    lostTogether: parts.lostTogether,
    isDamaged: parts.damage !== undefined,
    backupFailed: parts.noBackup !== null,
    diskFree: parts.diskFree,
    clockTrusted: parts.clockTrusted,
    paused: isPaused(store),
    oldestCode: oldest('otp'),
    oldestService: oldest('service'),
    inDoubt: uncertain,
    webhooks: webhooks.map(({ endpoint, oldestAt, isGone }) => ({
      // Who is told of alerts may not see an address.
      endpoint: webhookId(endpoint),
      host: hostOf(urlOf(endpoint)),
      behind: oldestAt === null ? null : now - oldestAt,
      isGone,
    })),
    strangers: parts.strangers.map(({ keyId, count }) => ({ keyId, name: names.get(keyId) ?? keyId, count })),
    numbersBlocked: parts.numbersBlocked,
    costReached: parts.costReached,
    lowRatings: tasks.flatMap(({ id, kind, occasion }) => (kind === 'lowRating' ? [{ task: id, occasion: occasion ?? '' }] : [])),
  };
}
