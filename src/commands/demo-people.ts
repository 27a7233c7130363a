import { type Clock, rfc3339 } from '../base/clock.ts';
import { DAY, writeDay } from '../policy/local-date.ts';
import { offsetsOf } from '../policy/zone-offsets.ts';
import people from '../texts/data/demo.json' with { type: 'json' };

/** Says something to the API of the demo. @throws Error when it is refused */
export type Ask = (method: 'POST' | 'PUT', path: string, body: unknown) => Promise<void>;

/** The text that a demo sends by itself. */
export const FIRST_MESSAGE = people.firstMessage;

/**
 * A clinic and a garage as they are on some day: who comes, to whom, and a car under repair. Clients are told of it as ever, and
 * their phones answer.
 * @param timeZone of the demo, by which its visits are
 */
export async function bringPeople(ask: Ask, clock: Clock, timeZone: string): Promise<void> {
  for (const [id, resource] of Object.entries(people.resources)) await ask('PUT', `/v1/resources/${id}`, resource);
  for (const [id, contact] of Object.entries(people.contacts)) await ask('PUT', `/v1/contacts/${id}`, contact);
  const today = Math.floor(clock.now() / DAY);
  for (const [id, { contact, inDays, at, resource, address }] of Object.entries(people.visits)) {
    const startsAt = rfc3339(instantOf(today + inDays, at, timeZone));
    await ask('PUT', `/v1/occasions/visit/${id}`, { contact: { externalId: contact }, startsAt, resource, data: { address } });
  }
  for (const [id, { contact, status, resource, item, stage }] of Object.entries(people.repairs)) {
    await ask('PUT', `/v1/occasions/repair/${id}`, { contact: { externalId: contact }, status, resource, data: { item, stage } });
  }
}

/** @param day days since 1970 @param at such as `10:30`, by the clocks there */
function instantOf(day: number, at: string, timeZone: string): number {
  const asUtc = Date.parse(`${writeDay(day)}T${at}:00Z`);
  const [first] = offsetsOf(timeZone, day);
  return asUtc - (first?.offset ?? 0);
}
