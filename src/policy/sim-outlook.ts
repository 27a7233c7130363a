import { counted } from '../base/counted.ts';
import { warmUpDay } from '../base/warm-up.ts';

/**
 * What will become of a SIM if nobody does anything: when its package ends, when its operator would end it for want of a
 * top-up or of anything paid, how far it is warmed up. In sentences, and as alerts in good time.
 */

const DAY = 86_400_000;

/** Somebody is told so many days before. */
const NOTICE = 7;

export interface SimOutlookFacts {
  readonly now: number;
  /** When it was first here; null where that is not known. */
  readonly since: number | null;
  readonly toppedUpAt: number | null;
  readonly paidAt: number | null;
  readonly package: {
    readonly size: number;
    readonly used: number;
    readonly lastWeek: number;
    readonly from: number;
    readonly renewsAt: number;
  } | null;
  /** What its operator asks for, days; 0 is nothing. */
  readonly topUpDays: number;
  readonly paidDays: number;
  /** For how long its caps grow, days; 0 is not at all. */
  readonly warmUpDays: number;
}

type AlertKind = 'packageEnding' | 'packageUsedUp' | 'topUpDue' | 'paidEventDue';

export interface SimOutlook {
  /** When the package ends at the pace of the last week, if that is before it is renewed. */
  readonly packageEndsAt: number | null;
  readonly topUpBy: number | null;
  readonly payBy: number | null;
  /** Which day of its warm-up it is, 1 the first; null when it is over. */
  readonly warmUpDay: number | null;
  readonly sentences: readonly string[];
  readonly alerts: readonly { readonly kind: AlertKind; readonly sentence: string }[];
}

export function simOutlook(facts: SimOutlookFacts): SimOutlook {
  const { now, since, warmUpDays } = facts;
  const parcel = packageOutlook(facts);
  const topUp = limit(facts.topUpDays, facts.toppedUpAt ?? since, now, {
    kind: 'topUpDue',
    unknown: `Nobody knows when it was topped up last, and its operator wants that every ${facts.topUpDays} days: top it up, then POST /v1/sims/{iccid}/top-up.`,
    said: (by) => `Top it up ${by}: its operator ends a SIM that was not topped up for ${facts.topUpDays} days.`,
  });
  const pay = limit(facts.paidDays, facts.paidAt ?? since, now, {
    kind: 'paidEventDue',
    unknown: `Nothing is known to have been paid with it, and its operator wants that every ${facts.paidDays} days: send a text that costs money from it.`,
    said: (by) =>
      `Send something from it that costs money ${by}: its operator ends a SIM with which nothing was paid for ${facts.paidDays} days.`,
  });
  const day = warmUpDay(since, warmUpDays, now);
  const parts = [parcel, topUp, pay];
  return {
    packageEndsAt: parcel.endsAt,
    topUpBy: topUp.by,
    payBy: pay.by,
    warmUpDay: day,
    sentences: [
      ...parts.flatMap(({ sentence }) => sentence ?? []),
      ...(day === null ? [] : [`It is new: this is day ${day} of ${warmUpDays} in which its caps grow.`]),
    ],
    alerts: parts.flatMap(({ alert, sentence }) => (alert === null || sentence === null ? [] : [{ kind: alert, sentence }])),
  };
}

interface Part {
  readonly sentence: string | null;
  readonly alert: AlertKind | null;
}

function packageOutlook({ now, package: parcel }: SimOutlookFacts): Part & { endsAt: number | null } {
  if (!parcel) return { sentence: null, alert: null, endsAt: null };
  const { size, used, renewsAt } = parcel;
  const left = Math.max(0, size - used);
  const renewed = `it is renewed in ${days(renewsAt - now)}`;
  if (left === 0) {
    return { sentence: `The package of ${size} segments is used up; ${renewed}.`, alert: 'packageUsedUp', endsAt: now };
  }
  const perDay = parcel.lastWeek / 7;
  const endsAt = perDay === 0 ? Number.POSITIVE_INFINITY : now + (left / perDay) * DAY;
  if (endsAt >= renewsAt) {
    return { sentence: `The package has ${left} of ${size} segments left, and lasts until ${renewed}.`, alert: null, endsAt: null };
  }
  const sentence = `The package ends in ${days(endsAt - now)}: ${left} of ${size} segments are left, at ${round(perDay)} a day; ${renewed}.`;
  return { sentence, alert: endsAt - now <= NOTICE * DAY ? 'packageEnding' : null, endsAt: Math.round(endsAt) };
}

function limit(
  every: number,
  last: number | null,
  now: number,
  { kind, unknown, said }: { kind: AlertKind; unknown: string; said: (by: string) => string },
): Part & { by: number | null } {
  if (every === 0) return { sentence: null, alert: null, by: null };
  if (last === null) return { sentence: unknown, alert: kind, by: null };
  const by = last + every * DAY;
  const when = by > now ? `within ${days(by - now)}` : 'now';
  return { sentence: said(when), alert: by - now <= NOTICE * DAY ? kind : null, by };
}

const round = (count: number): string => String(Math.max(0.1, Math.round(count * 10) / 10));

function days(length: number): string {
  const whole = Math.floor(length / DAY);
  if (whole < 1) return 'less than a day';
  return counted(whole, 'day', 'days');
}
