import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Conversation } from '../../../http/schemas/conversation.ts';
import { withQuery } from '../../api/client.ts';
import { useMovingList } from '../../api/use-moving-list.ts';
import { phone, whenShort } from '../../i18n/format.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { badges, setBadge } from '../../shell/badges.ts';
import { addressOf, go } from '../../state/place.ts';
import { meanings } from '../../words/message.ts';
import { words } from './words.ts';

/** Milliseconds between looks for what others at the desk have read. */
const LOOK = 20_000;

const concerns = ({ type }: { type: string }): boolean => type === 'inbound.received' || type === 'call.missed';

/** @param onKeys called with one that is opened by the keyboard */
export function ConversationList({ open, onKeys }: { open: string | undefined; onKeys: (contact: string) => void }) {
  const search = useSignal('');
  const filter = useSignal<'all' | 'unseen'>('all');
  const query = { search: search.value.trim(), ...(filter.value === 'unseen' ? { unseen: true } : {}) };
  const { rows, page, hasMore, more, reload } = useMovingList<Conversation, { readonly unseen: number }>(
    withQuery('/v1/conversations', query),
    { on: concerns, each: LOOK, keyOf: ({ contact }) => contact },
  );
  useEffect(() => {
    if (page) setBadge('conversations', page.unseen);
  }, [page]);
  // Whoever reads a conversation changes the list.
  const count = badges.value.conversations;
  useEffect(reload, [count, reload]);

  const number = /^[\d\s()+-]{9,}$/.test(search.value.trim()) ? search.value.trim() : undefined;
  return (
    <section class="talk-list" aria-label={words('title')}>
      <h1>{words('title')}</h1>
      <Field label={words('search')} value={search} type="search" placeholder={words('search')} maxLength={100} />
      <Segmented
        label={words('title')}
        value={filter.value}
        options={[
          { value: 'all', label: words('all') },
          { value: 'unseen', label: words('unseen'), count: page?.unseen },
        ]}
        onChoose={(value) => {
          filter.value = value;
        }}
      />
      {number && (
        <button type="button" class="button plain" onClick={() => go(addressOf('conversations', [number]))}>
          {words('openNumber', { number })}
        </button>
      )}
      <ul class="talk-entries">
        {rows?.map((one) => (
          <Entry key={one.contact} conversation={one} isOpen={one.contact === open} onKeys={onKeys} />
        ))}
      </ul>
      {rows?.length === 0 && <Nothing search={search.value} isFiltered={filter.value === 'unseen'} />}
      {hasMore && (
        <button type="button" class="button plain" onClick={more}>
          {words('older')}
        </button>
      )}
    </section>
  );
}

function Entry({
  conversation: { contact, name, at, last, unseen, tasks },
  isOpen,
  onKeys,
}: {
  conversation: Conversation;
  isOpen: boolean;
  onKeys: (contact: string) => void;
}) {
  return (
    <li>
      <a
        class={`talk-entry ${unseen > 0 ? 'unseen' : ''}`}
        href={addressOf('conversations', [contact])}
        aria-current={isOpen ? 'true' : undefined}
        // A click of no mouse.
        onClick={({ detail }) => {
          if (detail === 0) onKeys(contact);
        }}
      >
        <span class={name === null ? 'talk-who number' : 'talk-who'}>{name ?? phone(contact)}</span>
        <time class="quiet small" dateTime={at}>
          {whenShort(at)}
        </time>
        <span class="talk-last">{lastWords(last)}</span>
        <span class="talk-marks">
          {tasks > 0 && <Icon name="alert" />}
          {unseen > 0 && (
            <b class="badge">
              {unseen}
              <span class="hidden"> {words('unread', { n: unseen })}</span>
            </b>
          )}
        </span>
      </a>
    </li>
  );
}

function lastWords({ kind, text, meaning }: Conversation['last']) {
  if (kind === 'call')
    return (
      <>
        <Icon name="call" /> {words('missedCall')}
      </>
    );
  if (kind === 'mms') return 'MMS';
  return text ?? meanings.maybe(meaning ?? '') ?? '…';
}

function Nothing({ search, isFiltered }: { search: string; isFiltered: boolean }) {
  if (search.trim() !== '') return <EmptyState icon="search" title={words('noneFound')} text={words('noneFoundText')} />;
  if (isFiltered) return <EmptyState icon="check" title={words('noneUnseen')} text={words('noneUnseenText')} />;
  return <EmptyState icon="talk" title={words('none')} text={words('noneText')} />;
}
