import { useId, useState } from 'preact/hooks';
import type { Inbound } from '../../../http/schemas/inbound.ts';
import type { Message } from '../../../http/schemas/message.ts';
import { clockTime } from '../../i18n/format.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { addressOf } from '../../state/place.ts';
import { causes, meanings, reasonWords, statuses } from '../../words/message.ts';
import { type Entry, insteadOfText } from './entries.ts';
import { words } from './words.ts';

export function Bubble({ entry }: { entry: Entry }) {
  switch (entry.kind) {
    case 'out':
      return <Sent message={entry.message} />;
    case 'in':
      return <Received inbound={entry.inbound} />;
    case 'call':
      return (
        <p class="bubble call">
          <Icon name="call" />
          {entry.call.duration === null ? words('missedCall') : words('missedCallFor', { n: entry.call.duration })}
          <time class="quiet small" dateTime={entry.at}>
            {clockTime(entry.at)}
          </time>
        </p>
      );
  }
}

function Received({ inbound }: { inbound: Inbound }) {
  const { text, complete, meaning, receivedAt, segments } = inbound;
  const instead = insteadOfText(inbound);
  const said = meanings.maybe(meaning ?? '');
  return (
    <div class="bubble in">
      <p class="written">{instead ? <i>{words(instead)}</i> : (text ?? segments.map((segment) => segment.text).join(' … '))}</p>
      <p class="bubble-foot small">
        {said && <span class={`pill ${meaning === 'stop' || meaning === 'unsure' ? 'warn' : ''}`}>{said}</span>}
        {!complete && instead !== 'unreadable' && <span class="pill warn">{words('incomplete')}</span>}
        <time dateTime={receivedAt}>{clockTime(receivedAt)}</time>
      </p>
    </div>
  );
}

const MARKS: Readonly<Record<Message['status'], IconName>> = {
  accepted: 'clock',
  held: 'clock',
  queued: 'clock',
  sending: 'clock',
  sent: 'check',
  delivered: 'check',
  undelivered: 'alert',
  refused: 'alert',
  failed: 'alert',
  expired: 'alert',
  cancelled: 'close',
  uncertain: 'info',
};

function Sent({ message }: { message: Message }) {
  const [isOpen, open] = useState(false);
  const id = useId();
  const { status, reason, text, textHidden, segments, acceptedAt, possibleDuplicate } = message;
  const why = reason === null ? undefined : reasonWords(reason);
  const isBad = MARKS[status] === 'alert' || status === 'uncertain';
  return (
    <div class={`bubble out ${isBad ? 'bad' : ''}`}>
      <p class="written">{text ?? <i>{words(textHidden ? 'concealed' : 'erased')}</i>}</p>
      <p class="bubble-foot small">
        <time dateTime={acceptedAt}>{clockTime(acceptedAt)}</time>
        <button
          type="button"
          class="mark"
          title={why === undefined ? statuses(status) : `${statuses(status)}: ${why}`}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => open(!isOpen)}
        >
          <span class={`ticks ${status}`}>
            <Icon name={MARKS[status]} />
            {status === 'delivered' && <Icon name="check" />}
          </span>
          {segments.length > 1 && <span>×{segments.length}</span>}
          <span>{statuses(status)}</span>
        </button>
      </p>
      {possibleDuplicate && <p class="small">{words('possibleDuplicate')}</p>}
      <div id={id} hidden={!isOpen} class="bubble-story small">
        {why && <p>{why}</p>}
        <ul>
          {segments.map(({ n, state, attempts }) => {
            const cause = attempts.at(-1)?.cause ?? null;
            return (
              <li key={n}>
                {words('segment', { n })}: {statuses.maybe(state) ?? state}
                {cause !== null && `, ${causes.maybe(cause) ?? cause}`}
              </li>
            );
          })}
        </ul>
        {message.id !== null && <a href={addressOf('queue', [message.id])}>{words('wholeStory')}</a>}
      </div>
    </div>
  );
}
