import { rfc3339 } from '../base/clock.ts';
import type { MessageView } from '../store/records/message.ts';
import type { CapHold, CapName, SimUse } from '../store/records/plan.ts';
import type { ApiParts } from './parts.ts';
import type { Sim } from './schemas/hardware.ts';

/** With # for the s of many. */
const CAP_WORDS: Readonly<Record<CapName, string>> = {
  perMinute: 'segment# a minute',
  perHour: 'segment# an hour',
  perDay: 'segment# in 24 hours',
  perMonth: 'segment# a month',
  uniquePerDay: 'recipient# in 24 hours',
  uniquePerMonth: 'recipient# a month',
};

/** The caps of a SIM, with what they hold back in words. */
export function shapeCaps(use: SimUse): Pick<Sim, 'caps' | 'waitsUntil' | 'waitsFor'> {
  const { everything, offers, newRecipients, offersToNewRecipients } = use;
  const reached = ({ limit, name }: CapHold): string => `${limit} ${CAP_WORDS[name].replace('#', limit === 1 ? '' : 's')}`;
  const told = (hold: CapHold | null, words: (cap: string) => string): { hold: CapHold; words: string }[] =>
    hold === null ? [] : [{ hold, words: words(reached(hold)) }];
  const [first] = [
    ...told(everything, (cap) => `The cap of ${cap} is reached: nothing goes through this SIM before waitsUntil.`),
    ...told(newRecipients, (cap) => `The cap of ${cap} is reached: only who got something lately gets more before waitsUntil.`),
    ...told(offers, (cap) => `Offers had their share, ${cap}: the next goes at waitsUntil, and other messages go.`),
    ...told(
      offersToNewRecipients,
      (cap) => `Offers had their share, ${cap}: only who got one lately gets more before waitsUntil, and other messages go.`,
    ),
  ];
  return {
    caps: use.caps.map(({ name, used, limit }) => ({ name, used, limit })),
    waitsUntil: first === undefined ? null : rfc3339(first.hold.until),
    waitsFor: first?.words ?? null,
  };
}

/** A message as it is shown, with why it waits where no SIM that is ready may take it, or each that may is at a cap. */
export function withItsWait(
  message: MessageView,
  { sims, simPurposes, simCarries, store }: Pick<ApiParts, 'sims' | 'simPurposes' | 'simCarries' | 'store'>,
): MessageView {
  if (message.status !== 'queued' || message.reason !== null) return message;
  const ready = sims().filter((sim) => sim.state === 'ready' && (message.sim ?? sim.iccid) === sim.iccid);
  const { purpose, to } = message;
  const able = ready.filter((sim) => simPurposes(sim.iccid).includes(purpose) && simCarries(sim.iccid, to));
  if (ready.length > 0 && able.length === 0) return { ...message, reason: 'noSimAllowed' };
  if (able.length === 0 || able.some(({ iccid }) => store.withinCaps({ iccid, purpose, recipient: to }))) return message;
  return { ...message, reason: 'simAtItsCap' };
}
