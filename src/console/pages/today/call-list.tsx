import type { Static } from 'typebox';
import type { Conversation } from '../../../http/schemas/conversation.ts';
import type { Task } from '../../../http/schemas/task.ts';
import type { ListOf } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { date, phone, when } from '../../i18n/format.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { addressOf } from '../../state/place.ts';
import { site } from '../../state/session.ts';
import { clientName } from '../../words/clients.ts';
import { taskInShort } from '../../words/tasks.ts';
import { useUnconfirmed } from './use-unconfirmed.ts';
import { words } from './words.ts';

/** Why somebody should call a number. */
interface Reason {
  readonly number: string;
  readonly name: string | null;
  readonly why: string;
}

/** Whom somebody should call, on one page: to be printed or saved in the evening, so that a day begins also without the box. */
export function CallList() {
  const visits = useUnconfirmed();
  const talks = useData<ListOf<Conversation>>('/v1/conversations?limit=200');
  const tasks = useData<ListOf<Static<typeof Task>>>('/v1/tasks?limit=100');
  const isThere = visits !== undefined && talks.data !== undefined && tasks.data !== undefined;
  const lines = byNumber([
    ...(visits ?? []).map((visit) => ({
      number: visit.contact.to,
      name: clientName(visit),
      why: words('callVisit', { when: when(visit.startsAt ?? '') }),
    })),
    ...(tasks.data?.data ?? []).map(({ contact, name, ...task }) => ({
      number: contact,
      name,
      why: taskInShort(task),
    })),
    ...(talks.data?.data ?? [])
      .filter(({ last, unseen }) => last.kind === 'call' && unseen > 0)
      .map(({ contact, name, at }) => ({ number: contact, name, why: `${words('missedCall')}, ${when(at)}` })),
  ]);
  return (
    <>
      <BackLink href={addressOf('today')} label={words('back')} />
      <header class="page-head">
        <h1>{words('callList')}</h1>
        <button type="button" class="button primary no-print" onClick={() => globalThis.print()}>
          <Icon name="print" />
          {words('print')}
        </button>
      </header>
      <p class="quiet">
        {site().name}, {date(new Date(now()).toISOString())}
      </p>
      {isThere && lines.length === 0 && <EmptyState icon="check" title={words('callNobody')} text={words('callNobodyText')} />}
      {lines.length > 0 && (
        <div class="card">
          <table class="table call-list">
            <thead>
              <tr>
                <th scope="col">{words('callWho')}</th>
                <th scope="col">{words('callNumber')}</th>
                <th scope="col">{words('callWhy')}</th>
                <th scope="col">{words('callDone')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ number, name, why }) => (
                <tr key={number}>
                  <td>{name ?? '–'}</td>
                  <td class="nowrap">
                    <a href={`tel:${number}`}>{phone(number)}</a>
                  </td>
                  <td>{why}</td>
                  <td class="call-mark" />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** One line for each number, with all the reasons, in the order of the first. */
function byNumber(reasons: readonly Reason[]): Reason[] {
  const lines = new Map<string, Reason>();
  for (const reason of reasons) {
    const before = lines.get(reason.number);
    const why = before ? `${before.why}; ${reason.why}` : reason.why;
    lines.set(reason.number, { number: reason.number, name: before?.name ?? reason.name, why });
  }
  return [...lines.values()];
}
