import type { Call } from '../../../http/schemas/call.ts';
import type { Inbound } from '../../../http/schemas/inbound.ts';
import type { Message } from '../../../http/schemas/message.ts';
import type { List } from '../../api/use-list.ts';

/** One thing that passed between the box and a client. */
export type Entry =
  | { readonly kind: 'out'; readonly at: string; readonly message: Message }
  | { readonly kind: 'in'; readonly at: string; readonly inbound: Inbound }
  | { readonly kind: 'call'; readonly at: string; readonly call: Call };

type Read<T> = Pick<List<T>, 'rows' | 'hasMore'>;

/**
 * All that passed, the oldest first; undefined until all of it can be said. A list that goes on before what was read of it hides
 * nothing: what is older than its oldest entry is left out of the others too, so that no gap looks like silence.
 */
export function entriesOf(
  messages: Read<Message>,
  inbounds: Read<Inbound>,
  calls: Read<Call>,
): { entries: Entry[]; hasOlder: boolean } | undefined {
  if (!messages.rows || !inbounds.rows || !calls.rows) return undefined;
  const lists: { entries: Entry[]; more: boolean }[] = [
    { entries: messages.rows.map((message) => ({ kind: 'out', at: message.acceptedAt, message })), more: messages.hasMore },
    { entries: inbounds.rows.map((inbound) => ({ kind: 'in', at: inbound.receivedAt, inbound })), more: inbounds.hasMore },
    { entries: calls.rows.map((call) => ({ kind: 'call', at: call.startedAt, call })), more: calls.hasMore },
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

/** What stands where a text would, in one word; undefined where there is a text. */
export function insteadOfText({ kind, textErasedAt, problem }: Inbound): 'mms' | 'erased' | 'unreadable' | undefined {
  if (kind === 'mms') return 'mms';
  if (textErasedAt !== null) return 'erased';
  return problem === null ? undefined : 'unreadable';
}
