import type { StoredAlert } from '../store/records/alert.ts';

/** Milliseconds that the first of a group waits for others: what has one cause shows in several places. */
export const GATHER = 60_000;

/** What one message tells. */
export interface Telling {
  readonly raised: readonly StoredAlert[];
  readonly over: readonly StoredAlert[];
}

export interface TellingRules {
  /** Milliseconds after a message in which none follows; what happens meanwhile is gathered for the next. */
  readonly quiet: number;
  /** Whether it is told that something is over. */
  readonly tellsOver: boolean;
}

/**
 * What is to be told now by a channel; undefined where nothing is. What was over before it was told is not told at all.
 * @param tellings when each alert was told by this channel, and whether that it is over was
 * @param lastAt when this channel last told something
 */
export function toTell(
  alerts: readonly StoredAlert[],
  tellings: (alert: StoredAlert) => { readonly at: number | null; readonly over: boolean },
  lastAt: number | null,
  now: number,
  { quiet, tellsOver }: TellingRules,
): Telling | undefined {
  // A clock that was set back keeps nobody waiting longer than it should.
  if (lastAt !== null && now >= lastAt && now - lastAt < quiet) return undefined;
  const raised = alerts.filter((alert) => alert.overAt === null && tellings(alert).at === null);
  const over = alerts.filter((alert) => tellsOver && alert.overAt !== null && tellings(alert).at !== null && !tellings(alert).over);
  const oldest = Math.min(...raised.map(({ at }) => at), ...over.map(({ overAt }) => overAt ?? now));
  if (raised.length + over.length === 0 || (now >= oldest && now - oldest < GATHER)) return undefined;
  return { raised, over };
}
