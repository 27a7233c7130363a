import { maskNumber } from '../base/log.ts';
import type { Call } from './schemas/call.ts';
import type { Contact } from './schemas/contact.ts';
import type { Conversation } from './schemas/conversation.ts';
import type { Dialogue } from './schemas/dialogue.ts';
import type { Happening } from './schemas/event.ts';
import type { Inbound } from './schemas/inbound.ts';
import type { MessageSummary } from './schemas/message.ts';
import type { Occasion, OccasionHappening } from './schemas/occasion.ts';

/** What a technician sees: how things went, and neither what was written nor, whole, to whom. */

export function maskMessage<M extends MessageSummary & { readonly name?: string | null }>(message: M): M {
  const masked = { ...message, to: maskNumber(message.to), text: null, textHidden: true, reference: null };
  return message.name === undefined ? masked : { ...masked, name: null };
}

export function maskInbound(inbound: Inbound): Inbound {
  const { from, mms } = inbound;
  return { ...inbound, from: maskNumber(from), text: null, problem: null, mms: mms && { ...mms, from: null }, segments: [] };
}

export function maskCall(call: Call): Call {
  return { ...call, from: call.from === null ? null : maskNumber(call.from) };
}

export function maskConsent<C extends { readonly to: string; readonly wording: string }>(consent: C): C {
  return { ...consent, to: maskNumber(consent.to), wording: '…' };
}

export function maskContact(contact: Contact): Contact {
  const wishes = contact.wishes.map((wish) => ({ ...wish, number: maskNumber(wish.number) }));
  return { ...contact, name: '…', firstName: null, numbers: contact.numbers.map(maskNumber), tags: [], fields: {}, wishes };
}

export function maskConversation(conversation: Conversation): Conversation {
  return { ...conversation, contact: maskNumber(conversation.contact), name: null, last: { ...conversation.last, text: null } };
}

export function maskTask<T extends { readonly contact: string; readonly name: string | null; readonly text: string | null }>(task: T): T {
  return { ...task, contact: maskNumber(task.contact), name: null, text: null };
}

/** What it is about is theirs too. */
export function maskOccasion<O extends Omit<Occasion, 'name'> | OccasionHappening>(occasion: O): O {
  const { contact } = occasion;
  return { ...occasion, contact: { ...contact, to: maskNumber(contact.to), name: null, externalId: null }, data: {} };
}

export function maskDialogue(dialogue: Dialogue): Dialogue {
  return { ...dialogue, contact: maskNumber(dialogue.contact), fields: {} };
}

export function maskHappening<H extends Happening>(happening: H): H {
  const { data } = happening;
  if ('purpose' in data) return { ...happening, data: maskMessage(data) };
  if ('revision' in data) return { ...happening, data: maskInbound(data) };
  if ('attendance' in data) return { ...happening, data: maskOccasion(data) };
  if ('definition' in data) return { ...happening, data: maskDialogue(data) };
  return 'rings' in data ? { ...happening, data: maskCall(data) } : happening;
}
