import { DAY } from '../local-date.ts';
import type { PolicyFacts, Refusal, Rule, Ruling } from '../rule.ts';

/**
 * How often one recipient is written to, over all keys: so many offers in seven days, so many messages of any kind but codes
 * in a day. What would be too much waits, as long as it is worth sending; an alarm that nobody would see in time is refused.
 * A person who answers by hand is only told.
 */
export const frequency: Rule = { rule: 'frequency', manners: true, rules: judge };

function judge(f: PolicyFacts, at: number): Ruling {
  const { promotionalPer7Days, allPerDay } = f.settings.caps;
  if (f.purpose === 'otp') return { verdict: 'pass', reason: 'notForThisPurpose' };
  if (f.exempt !== null && f.exempt !== 'byHand') return { verdict: 'pass', reason: f.exempt };
  if (!f.clockTrusted && f.purpose !== 'promotional') return { verdict: 'pass', reason: 'clockUntrusted' };
  const all = f.sentBefore.map((sent) => sent.at);
  const offers = f.sentBefore.filter((sent) => sent.purpose === 'promotional').map((sent) => sent.at);
  const caps: readonly { reason: Refusal; frees: number }[] = [
    { reason: 'allPerDay', frees: freesAt(all, allPerDay, DAY, at) },
    ...(f.purpose === 'promotional'
      ? [{ reason: 'promotionalPer7Days', frees: freesAt(offers, promotionalPer7Days, 7 * DAY, at) } as const]
      : []),
  ];
  const longest = caps.reduce((a, b) => (b.frees > a.frees ? b : a));
  if (longest.frees <= at) return { verdict: 'pass', reason: 'withinCaps' };
  if (f.exempt === 'byHand') return { verdict: 'warn', reason: longest.reason };
  const inTime = longest.frees < Math.min(f.expiresAt, f.notAfter ?? f.expiresAt);
  return inTime && f.purpose !== 'urgent'
    ? { verdict: 'hold', reason: longest.reason, until: longest.frees }
    : { verdict: 'refuse', reason: longest.reason };
}

/** When one more is within a cap: at once, or when the oldest of as many as the cap allows is past its window. */
function freesAt(times: readonly number[], cap: number, window: number, at: number): number {
  if (cap === 0) return at;
  const within = times.filter((time) => time > at - window).sort((a, b) => b - a);
  const oldest = within[cap - 1];
  return oldest === undefined ? at : oldest + window;
}
