import type { Contact } from '../store/records/contact.ts';
import type { Store } from '../store/store.ts';
import type { Condition } from './segment.ts';
import { type MemberFacts, matches } from './segment-match.ts';

/** Contacts that are looked at before others get a turn: a few milliseconds. */
const TOGETHER = 100;

type Facts = Pick<Store, 'contacts' | 'consents' | 'optOut'>;

/**
 * Those who belong to a segment, a part at a time.
 * @param condition null for everybody
 * @param rest awaited between the parts, so that others have a turn
 */
export async function* membersOf(
  condition: Condition | null,
  now: number,
  store: Facts,
  rest: () => Promise<void>,
): AsyncGenerator<readonly Contact[]> {
  let after = 0;
  for (;;) {
    await rest();
    const { data, last } = store.contacts.walk(after, TOGETHER);
    yield condition === null ? data : data.filter((contact) => matches(condition, factsOf(contact, now, store)));
    if (last === null) return;
    after = last;
  }
}

/** How many belong to it. */
export async function countMembers(...[condition, now, store, rest]: Parameters<typeof membersOf>): Promise<number> {
  let count = 0;
  for await (const members of membersOf(condition, now, store, rest)) count += members.length;
  return count;
}

/** What was agreed to and ended goes by number, and what counts is the number that is written to. */
function factsOf(contact: Contact, now: number, { contacts, consents, optOut }: Facts): MemberFacts {
  const [number] = contact.numbers;
  return {
    contact,
    now,
    agrees: (purpose, topic) => number !== undefined && consents.covers(number, purpose, topic, now),
    suppressed: (wanted) => number !== undefined && optOut.of(number).some(({ scope }) => scope === wanted),
    occasions: (kind) => contacts.occasionsOf(contact, kind),
    heardAt: () => contacts.heardAt(contact.numbers),
    writtenAt: () => contacts.writtenAt(contact.numbers),
  };
}
