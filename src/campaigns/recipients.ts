import { Fault } from '../base/fault.ts';
import { membersOf } from '../contacts/members.ts';
import { readCondition } from '../contacts/segment.ts';
import type { CampaignPlan } from '../store/records/campaign.ts';
import type { Contact } from '../store/records/contact.ts';
import type { Store } from '../store/store.ts';

/** Somebody who is to get it, and at which number. */
export interface Reached {
  readonly contact: Contact;
  readonly number: string;
}

/** Who is not reached, and why. */
export interface Unreached {
  /** They want no texts. */
  readonly channel: number;
  readonly noNumber: number;
  /** Another contact with the same number gets it. */
  readonly sameNumber: number;
}

/**
 * Those whom a campaign reaches, a part at a time: members of its segment who take texts, one for each number.
 * @param rest awaited between the parts, so that others have a turn
 * @returns how many are not reached
 * @throws Fault `stateDiffers` where its segment is gone
 */
export async function* reachedBy(
  plan: Pick<CampaignPlan, 'segment' | 'condition'>,
  now: number,
  store: Store,
  rest: () => Promise<void>,
): AsyncGenerator<Reached[], Unreached> {
  const unreached = { channel: 0, noNumber: 0, sameNumber: 0 };
  const numbers = new Set<string>();
  for await (const members of membersOf(conditionOf(plan, store), now, store, rest)) {
    const reached: Reached[] = [];
    for (const contact of members) {
      const [number] = contact.numbers;
      if (contact.preferredChannel !== 'sms') unreached.channel += 1;
      else if (number === undefined) unreached.noNumber += 1;
      else if (numbers.has(number)) unreached.sameNumber += 1;
      else {
        numbers.add(number);
        reached.push({ contact, number });
      }
    }
    yield reached;
  }
  return unreached;
}

/** How many there are. @throws Fault as `reachedBy` */
export async function countReached(...[plan, now, store, rest]: Parameters<typeof reachedBy>): Promise<number> {
  let count = 0;
  for await (const reached of reachedBy(plan, now, store, rest)) count += reached.length;
  return count;
}

function conditionOf({ segment, condition }: Pick<CampaignPlan, 'segment' | 'condition'>, store: Store) {
  if (segment === null) return condition === null ? null : readCondition(condition);
  const saved = store.segments.of(segment);
  if (!saved) throw new Fault('stateDiffers', `There is no segment ${segment} any more; save it again, or make another campaign.`);
  return readCondition(saved.condition);
}
