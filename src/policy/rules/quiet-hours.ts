import type { Stretch } from '../../base/stretch.ts';
import type { PolicyFacts, Rule, Ruling } from '../rule.ts';

/**
 * Nobody is written to at an hour at which it would be an intrusion, by the clocks where they are. A message whose moment is
 * such an hour waits for its end. A reminder goes later if that leaves it its lead before what it reminds of, else earlier
 * than it was asked for, on the evening before. Where neither is possible it is refused, unless it is to go anyway: then at
 * what is left of sending hours before its time, else when it was asked for.
 *
 * A person who answers a client by hand is told that it is such an hour, and decides.
 *
 * While nobody knows the time, a service message goes after its wait, as the rule of the clock says.
 */
export const quietHours: Rule = { rule: 'quietHours', manners: true, rules: judge };

function judge(f: PolicyFacts, at: number, floor: number): Ruling {
  const { purpose, exempt, to } = f;
  const { hours, lead } = f.settings;
  if (purpose === 'otp' || purpose === 'urgent') return { verdict: 'pass', reason: 'notForThisPurpose' };
  if (exempt !== null && exempt !== 'byHand') return { verdict: 'pass', reason: exempt };
  if (!f.clockTrusted) return { verdict: 'pass', reason: 'clockUntrusted' };
  if (hours.isOpen(purpose, to, at)) return { verdict: 'pass', reason: 'openHours' };
  if (exempt === 'byHand') return { verdict: 'warn', reason: 'quietHours' };
  const later = hours.after(purpose, to, at);
  const latest = Math.min(f.expiresAt - 1, f.notAfter === null ? f.expiresAt : f.notAfter - lead);
  if (later && later.from <= latest) return { verdict: 'hold', reason: 'quietHours', until: spread(f, later, latest) };
  const earlier = f.notAfter === null ? undefined : hours.before(purpose, to, Math.min(at, latest), floor);
  if (earlier) return { verdict: 'hold', reason: 'movedEarlier', until: evening(f, earlier), instead: true };
  if (!f.sendsAnyway) return { verdict: 'refuse', reason: 'noWindow' };
  return later && later.from < f.expiresAt
    ? { verdict: 'hold', reason: 'quietHours', until: later.from }
    : { verdict: 'pass', reason: 'noWindow' };
}

/** Its place in the first minutes of sending hours, since all that waited a night would go out at one stroke. */
function spread({ share, settings }: PolicyFacts, { from, to }: Stretch, latest: number): number {
  const room = Math.min(settings.spread, to - from, latest - from);
  return from + Math.floor(Math.max(0, room) * share);
}

/** So long before the end of sending hours a message is due at the latest, milliseconds: it has to be claimed before they are over. */
const LAST_MOMENT = 60_000;

/** Its place shortly before the end of sending hours, so long before that the queue can be through with it in time. */
function evening({ share, settings }: PolicyFacts, { from, to }: Stretch): number {
  return Math.max(from, to - Math.max(LAST_MOMENT, Math.ceil(settings.spread * (1 + share))));
}
