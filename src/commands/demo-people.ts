import { type Clock, rfc3339 } from '../base/clock.ts';
import { dateOf } from '../policy/local-date.ts';
import { instantOf, localTime } from '../policy/local-time.ts';
import people from '../texts/data/demo.json' with { type: 'json' };

/** Says something to the API of the demo. @throws Error when it is refused */
export type Ask = (method: 'POST' | 'PUT', path: string, body: unknown) => Promise<void>;

/** What a demo sends by itself, on whatever day it is started. @param timeZone of the demo */
export function firstMessage(clock: Clock, timeZone: string): typeof people.firstMessage {
  const { month, date } = dateOf(localTime(timeZone, clock.now()).day + 1);
  return { ...people.firstMessage, text: people.firstMessage.text.replace('{tomorrow}', `${date}.${String(month).padStart(2, '0')}`) };
}

/**
 * A clinic and a garage as they are on some day: who comes, to whom, and a car under repair. Clients are told of it as ever, and
 * their phones answer.
 * @param timeZone of the demo, by which its visits are
 */
export async function bringPeople(ask: Ask, clock: Clock, timeZone: string): Promise<void> {
  for (const [id, resource] of Object.entries(people.resources)) await ask('PUT', `/v1/resources/${id}`, resource);
  for (const [id, contact] of Object.entries(people.contacts)) await ask('PUT', `/v1/contacts/${id}`, contact);
  const today = localTime(timeZone, clock.now()).day;
  for (const [id, { contact, inDays, at, resource, address }] of Object.entries(people.visits)) {
    const [hour, minute] = at.split(':').map(Number);
    const time = ((hour ?? 0) * 60 + (minute ?? 0)) * 60_000;
    const startsAt = rfc3339(instantOf(timeZone, { day: today + inDays, time }));
    await ask('PUT', `/v1/occasions/visit/${id}`, { contact: { externalId: contact }, startsAt, resource, data: { address } });
  }
  for (const [id, { contact, status, resource, item, stage }] of Object.entries(people.repairs)) {
    await ask('PUT', `/v1/occasions/repair/${id}`, { contact: { externalId: contact }, status, resource, data: { item, stage } });
  }
}
