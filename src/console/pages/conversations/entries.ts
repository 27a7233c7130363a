import type { Call } from '../../../http/schemas/call.ts';
import type { Inbound } from '../../../http/schemas/inbound.ts';
import type { Message } from '../../../http/schemas/message.ts';
import type { ListOf } from '../../api/client.ts';

/** One thing that passed between the box and a client. */
export type Entry =
  | { readonly kind: 'out'; readonly at: string; readonly message: Message }
  | { readonly kind: 'in'; readonly at: string; readonly inbound: Inbound }
  | { readonly kind: 'call'; readonly at: string; readonly call: Call };

/**
 * All that passed, the oldest first. A list that goes on before what was read of it hides nothing: what is older than its oldest
 * entry is left out of the others too, so that no gap looks like silence.
 */
export function entriesOf(
  messages: ListOf<Message>,
  inbounds: ListOf<Inbound>,
  calls: ListOf<Call>,
): { entries: Entry[]; hasOlder: boolean } {
  const lists: { entries: Entry[]; more: boolean }[] = [
    { entries: messages.data.map((message) => ({ kind: 'out', at: message.acceptedAt, message })), more: messages.nextCursor !== null },
    { entries: inbounds.data.map((inbound) => ({ kind: 'in', at: inbound.receivedAt, inbound })), more: inbounds.nextCursor !== null },
    { entries: calls.data.map((call) => ({ kind: 'call', at: call.startedAt, call })), more: calls.nextCursor !== null },
  ];
  const from = lists
    .filter((list) => list.more)
    .map((list) => list.entries.at(-1)?.at ?? '')
    .sort()
    .at(-1);
  const entries = lists
    .flatMap((list) => list.entries)
    .filter((entry) => from === undefined || entry.at >= from)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { entries, hasOlder: from !== undefined };
}
