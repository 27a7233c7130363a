import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Call } from '../../../http/schemas/call.ts';
import type { Contact } from '../../../http/schemas/contact.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Inbound } from '../../../http/schemas/inbound.ts';
import type { Message } from '../../../http/schemas/message.ts';
import { api, type ListOf, withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useGrowingList } from '../../api/use-growing-list.ts';
import { day, phone } from '../../i18n/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { setBadge } from '../../shell/badges.ts';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { Bubble } from './bubble.tsx';
import { ClientNotes } from './client-notes.tsx';
import { type Entry, entriesOf } from './entries.ts';
import { OpenDialogue } from './open-dialogue.tsx';
import { Reply } from './reply.tsx';
import { Standing } from './standing.tsx';
import { NewTask, type Task, Tasks } from './tasks.tsx';
import { words } from './words.ts';

const NOTHING = { rows: [], hasMore: false };
const idOf = ({ id }: { readonly id: string }): string => id;

/** Whether something passed between the box and a client. */
const isAbout =
  (contact: string) =>
  ({ data }: Happening): boolean =>
    ('to' in data && data.to === contact) || ('from' in data && data.from === contact);

/** @param onLeave called where the keyboard goes back to the list */
export function Thread({ contact, onLeave }: { contact: string; onLeave: () => void }) {
  const on = isAbout(contact);
  const isNumber = /^[\d\s()+-]{3,}$/.test(contact);
  const messages = useGrowingList<Message>(isNumber ? withQuery('/v1/messages', { to: contact }) : null, {
    on,
    keyOf: ({ id }) => id ?? '',
    after: messageAfter,
  });
  const inbounds = useGrowingList<Inbound>(withQuery('/v1/inbound', { from: contact }), { on, keyOf: idOf, after: inboundAfter });
  const calls = useGrowingList<Call>(withQuery('/v1/calls', { from: contact }), { on, keyOf: idOf });
  const tasks = useData<ListOf<Task>>(withQuery('/v1/tasks', { contact, limit: 50 }), { on });
  const [isTasking, askTask] = useState(false);
  const known = useData<ListOf<Contact>>(isNumber ? withQuery('/v1/contacts', { number: contact, limit: 1 }) : null);
  const name = known.data?.data[0]?.name;
  // A number that cannot be written to was sent nothing.
  const sent = messages.rows || (isNumber && !messages.refusal) ? messages : NOTHING;
  const all = entriesOf(sent, inbounds, calls);
  const older = (): void => {
    for (const list of [messages, inbounds, calls]) list.more();
  };
  const newest = all?.entries.findLast(({ kind }) => kind !== 'out')?.at;
  useSeen(contact, newest);

  return (
    <section class="talk" aria-label={phone(contact)}>
      <header class="talk-head">
        <a class="icon-button talk-back" href={addressOf('conversations')} aria-label={words('back')}>
          <Icon name="back" />
        </a>
        <div>
          {name !== undefined && <h2>{name}</h2>}
          {name === undefined ? <h2 class="number">{phone(contact)}</h2> : <p class="quiet small number">{phone(contact)}</p>}
        </div>
        {isNumber && (
          <a class="icon-button" href={`tel:${contact}`} aria-label={words('callBack')}>
            <Icon name="call" />
          </a>
        )}
        {isNumber && <Standing contact={contact} on={on} />}
      </header>
      {isNumber && known.data && (
        <ClientNotes number={contact} contact={known.data.data[0]} onChanged={known.reload}>
          {may('send') && (
            <button type="button" class="button plain slim" onClick={() => askTask(true)}>
              <Icon name="check" />
              {words('newTask')}
            </button>
          )}
        </ClientNotes>
      )}
      <Tasks tasks={tasks.data?.data ?? []} onDone={tasks.reload} />
      {isTasking && <NewTask number={contact} onClose={() => askTask(false)} onDone={tasks.reload} />}
      {isNumber && <OpenDialogue contact={contact} on={on} />}
      {all ? (
        <Entries entries={all.entries}>
          {all.hasOlder && (
            <li class="talk-older">
              <button type="button" class="button plain" onClick={older}>
                {words('older')}
              </button>
            </li>
          )}
        </Entries>
      ) : (
        <Spinner />
      )}
      {may('send') &&
        (isNumber ? (
          <Reply contact={contact} contactId={known.data?.data[0]?.externalId} onSent={messages.reload} onLeave={onLeave} />
        ) : (
          <p class="quiet small">{words('mayNotReply')}</p>
        ))}
    </section>
  );
}

/** A message after something happened to it. */
const messageAfter = (message: Message, { data }: Happening): Message =>
  'segmentCount' in data && data.id === message.id ? { ...message, status: data.status, reason: data.reason } : message;

/** What a client wrote, after it was understood or is whole. */
const inboundAfter = (inbound: Inbound, { type, data }: Happening): Inbound =>
  (type === 'inbound.received' || type === 'inbound.matched') && 'receivedAt' in data && data.id === inbound.id ? data : inbound;

/** Scrolled to the newest, and again when something comes while that is in sight. What is older stands above what was in sight. */
function Entries({ entries, children }: { entries: readonly Entry[]; children: preact.ComponentChildren }) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const was = useRef(0);
  const height = useRef(0);
  const first = entries[0] && keyOf(entries[0]);
  const last = entries.at(-1)?.at;
  useLayoutEffect(() => {
    const { current } = list;
    if (current && atEnd.current) current.scrollTop = current.scrollHeight;
  }, [last, entries.length]);
  useLayoutEffect(() => {
    const { current } = list;
    if (current && !atEnd.current) current.scrollTop += current.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = list.current?.scrollHeight ?? 0;
  });
  useEffect(() => {
    const { current } = list;
    if (!current) return;
    // What stands above may come later and leave less room.
    const room = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTop = current.scrollHeight;
    });
    room.observe(current);
    return () => room.disconnect();
  }, []);
  return (
    <ol
      class="talk-entries-all"
      ref={list}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        // Less room moves nothing upwards: only who scrolls does.
        if (scrollTop < was.current) atEnd.current = false;
        if (scrollHeight - scrollTop - clientHeight < 60) atEnd.current = true;
        was.current = scrollTop;
      }}
    >
      {children}
      {entries.map((entry, n) => {
        const isNewDay = n === 0 || day(entries[n - 1]?.at ?? '') !== day(entry.at);
        return (
          <li key={keyOf(entry)} class={`talk-line ${entry.kind}`}>
            {isNewDay && <p class="talk-day quiet small">{day(entry.at)}</p>}
            <Bubble entry={entry} />
          </li>
        );
      })}
    </ol>
  );
}

function keyOf(entry: Entry): string {
  switch (entry.kind) {
    case 'out':
      return entry.message.id ?? entry.at;
    case 'in':
      return entry.inbound.id;
    case 'call':
      return entry.call.id;
  }
}

/** What is in front of somebody is seen. */
function useSeen(contact: string, until: string | undefined): void {
  useEffect(() => {
    if (until === undefined || !may('send')) return;
    const tell = (): void => {
      if (document.hidden) return;
      api.post<{ unseen: number }>(`/v1/conversations/${encodeURIComponent(contact)}/seen`, { until }).then(
        ({ unseen }) => setBadge('conversations', unseen),
        () => {},
      );
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [contact, until]);
}
