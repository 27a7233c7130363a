import { useSignal } from '@preact/signals';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Message } from '../../../http/schemas/message.ts';
import { withQuery } from '../../api/client.ts';
import { useGrowingList } from '../../api/use-growing-list.ts';
import { whenShort } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { StatusPill } from '../../parts/status-pill.tsx';
import { Table } from '../../parts/table.tsx';
import { Who } from '../../parts/who.tsx';
import { addressOf } from '../../state/place.ts';
import { reasonWords, statuses } from '../../words/message.ts';
import { problemWords } from '../../words/problems.ts';
import { SendingState } from './sending-state.tsx';
import { words } from './words.ts';

type Filter = Message['status'] | '';

const FILTERS: readonly Message['status'][] = [
  'held',
  'queued',
  'sending',
  'uncertain',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'expired',
  'cancelled',
];

const isMessage = ({ type }: Happening): boolean => type.startsWith('message.');

export function MessageList({ query }: { query: URLSearchParams }) {
  const status = useSignal<Filter>(FILTERS.find((one) => one === query.get('status')) ?? '');
  const to = useSignal(query.get('to') ?? '');
  // A number that is half written is none yet.
  const number = to.value.replace(/\D/g, '').length >= 9 ? to.value : '';
  const { rows, refusal, hasMore, more } = useGrowingList<Message>(withQuery('/v1/messages', { status: status.value, to: number }), {
    on: isMessage,
    keyOf: ({ id }) => id ?? '',
    after: (message, happening) => afterwards(message, happening, status.value),
  });
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        <SendingState on={isMessage} />
      </header>
      <div class="filters">
        <Choice
          label={words('status')}
          value={status.value}
          options={[{ value: '', label: words('all') }, ...FILTERS.map((one) => ({ value: one, label: statuses(one) }))]}
          onChoose={(value) => {
            status.value = value;
          }}
        />
        <Field label={words('number')} value={to} type="tel" placeholder={words('anyNumber')} maxLength={64} />
      </div>
      {refusal && <Banner tone="bad" text={problemWords(refusal)} />}
      {rows === undefined && !refusal && <Spinner />}
      {rows?.length === 0 && <EmptyState icon="list" title={words('none')} text={words('noneText')} />}
      {rows && rows.length > 0 && (
        <div class="card flush">
          <Table
            caption={words('title')}
            rows={rows}
            keyOf={({ id }) => id ?? ''}
            hrefOf={({ id }) => addressOf('queue', [id ?? ''])}
            columns={[
              { key: 'to', label: words('to'), cell: ({ name, to }) => <Who name={name} number={to} /> },
              { key: 'text', label: words('text'), kind: 'grow', cell: (message) => <span class="clipped">{shownText(message)}</span> },
              {
                key: 'status',
                label: words('status'),
                cell: ({ status, reason }) => (
                  <span class="row" title={reason === null ? undefined : reasonWords(reason)}>
                    <StatusPill status={status} />
                  </span>
                ),
              },
              {
                key: 'at',
                label: words('time'),
                kind: 'number',
                cell: ({ acceptedAt }) => <time dateTime={acceptedAt}>{whenShort(acceptedAt)}</time>,
              },
            ]}
          />
        </div>
      )}
      {hasMore && (
        <button type="button" class="button" onClick={more}>
          {words('older')}
        </button>
      )}
    </>
  );
}

/** A message after something happened to it; undefined where it is none any more that the filter lets through. */
function afterwards(message: Message, { data }: Happening, filter: Filter): Message | undefined {
  if (!('segmentCount' in data) || data.id !== message.id) return message;
  if (filter !== '' && data.status !== filter) return undefined;
  return { ...message, status: data.status, reason: data.reason };
}

/** Its text, or why it is not shown. */
export function shownText({ text, textHidden, purpose }: Message) {
  if (text !== null) return text;
  return <i>{words(!textHidden ? 'erased' : purpose === 'otp' ? 'concealed' : 'hidden')}</i>;
}
