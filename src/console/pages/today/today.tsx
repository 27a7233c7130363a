import { useEffect } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Alert } from '../../../http/schemas/alert.ts';
import type { Backups } from '../../../http/schemas/backup.ts';
import type { Conversation } from '../../../http/schemas/conversation.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Modem, Sim } from '../../../http/schemas/hardware.ts';
import type { Message } from '../../../http/schemas/message.ts';
import type { Sending } from '../../../http/schemas/sending.ts';
import type { SuppressionState } from '../../../http/schemas/suppression.ts';
import type { Task } from '../../../http/schemas/task.ts';
import type { Time } from '../../../http/schemas/time.ts';
import { type ListOf, withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { now } from '../../browser-clock.ts';
import { phone, when, whenShort } from '../../i18n/format.ts';
import { fieldValue, instantAt } from '../../i18n/zoned.ts';
import type { PageProps } from '../../page.ts';
import { Banner } from '../../parts/banner.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Who } from '../../parts/who.tsx';
import { setBadge } from '../../shell/badges.ts';
import { addressOf } from '../../state/place.ts';
import { me, site } from '../../state/session.ts';
import { clientName } from '../../words/clients.ts';
import { reasonWords, statuses } from '../../words/message.ts';
import { taskInShort } from '../../words/tasks.ts';
import { AlertCard } from './alert-card.tsx';
import { CallList } from './call-list.tsx';
import { Card, Row } from './card.tsx';
import { FirstMessage } from './first-message.tsx';
import { MissedCard } from './missed-card.tsx';
import { isToldBy, Need, needOf } from './need.tsx';
import { Hours, Month } from './sent-charts.tsx';
import { TaskList } from './task-list.tsx';
import { useUnconfirmed } from './use-unconfirmed.ts';
import { WhereItIs } from './where-it-is.tsx';
import { words } from './words.ts';
import './today.css';

const isMessage = ({ type }: Happening): boolean => type.startsWith('message.');
const isClient = ({ type }: Happening): boolean => type === 'inbound.received' || type === 'call.missed';
const isAlert = ({ type }: Happening): boolean => type.startsWith('alert.');
const isSim = ({ type }: Happening): boolean => type.startsWith('sim.');

/** Milliseconds between looks at what is no event. */
const LOOK = 5000;
const SELDOM = 30_000;
/** Lines of a card. */
const SHOWN = 5;

export default function Today({ place }: PageProps) {
  const [what] = place.path;
  if (me().role === 'technician') return <Day />;
  if (what === 'tasks') return <TaskList />;
  return what === 'calls' ? <CallList /> : <Day />;
}

function Day() {
  const midnight = instantAt(`${fieldValue(now(), site().timeZone).slice(0, 10)}T00:00`, site().timeZone) ?? '';
  const modems = useData<{ data: readonly Modem[] }>('/v1/modems?limit=500', { each: LOOK });
  const sims = useData<{ data: readonly Sim[] }>('/v1/sims?limit=500', { each: LOOK, on: isSim });
  const sending = useData<Sending>('/v1/sending', { on: isMessage, each: LOOK });
  const time = useData<Static<typeof Time>>('/v1/time', { each: SELDOM });
  const suppressions = useData<Static<typeof SuppressionState>>('/v1/suppressions/state', { each: SELDOM });
  const backups = useData<Static<typeof Backups>>('/v1/backups', { each: SELDOM });
  const alerts = useData<ListOf<Alert>>('/v1/alerts?limit=100', { on: isAlert, each: SELDOM });
  const unseen = useData<ListOf<Conversation> & { unseen: number }>(withQuery('/v1/conversations', { unseen: true, limit: SHOWN }), {
    on: isClient,
    each: SELDOM,
  });
  const tasks = useData<ListOf<Static<typeof Task>>>(withQuery('/v1/tasks', { limit: SHOWN }), { on: isClient, each: SELDOM });
  const unconfirmed = useUnconfirmed();
  const held = useMessages('held');
  const uncertain = useMessages('uncertain');
  const failed = useFailed(midnight);
  const any = useData<ListOf<Message>>('/v1/messages?limit=1', { on: isMessage });
  useEffect(() => {
    if (unseen.data) setBadge('conversations', unseen.data.unseen);
  }, [unseen.data]);

  const isReader = me().role !== 'technician';
  const need = needOf({
    modems: modems.data?.data,
    sims: sims.data?.data,
    sending: sending.data,
    time: time.data,
    suppressions: suppressions.data,
    backups: backups.data,
  });
  const isNew = me().role === 'owner' && any.data?.data.length === 0;
  const isQuiet =
    [alerts, uncertain, tasks].every(({ data }) => data?.data.length === 0) && need === undefined && modems.data !== undefined;
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        {isReader && (
          <a class="button plain" href={addressOf('today', ['calls'])}>
            <Icon name="call" />
            {words('callList')}
          </a>
        )}
      </header>
      {need && any.data && !isNew && <Need need={need} onDone={time.reload} />}
      {!isNew && <AlertCard alerts={(alerts.data?.data ?? []).filter((alert) => !isToldBy(need, alert))} />}
      {isQuiet && !isNew && <Banner tone="good" text={words('allWell')} />}
      {isNew && site().country === null && <WhereItIs />}
      {isNew && site().country !== null && <FirstMessage sims={sims.data?.data ?? []} />}
      <MissedCard />
      <div class="today">
        {isReader && (
          <Card
            title={words('replies')}
            icon="talk"
            href={addressOf('conversations')}
            isEmpty={unseen.data?.data.length === 0}
            empty={words('noReplies')}
          >
            {unseen.data?.data.map(({ contact, name, last, at }) => (
              <Row
                key={contact}
                href={addressOf('conversations', [contact])}
                head={<Who name={name} number={contact} />}
                end={whenShort(at)}
              >
                {last.kind === 'call' ? words('missedCall') : (last.text ?? '…')}
              </Row>
            ))}
          </Card>
        )}
        {isReader && (
          <Card
            title={words('tasks')}
            icon="alert"
            href={addressOf('today', ['tasks'])}
            isEmpty={tasks.data?.data.length === 0}
            empty={words('noTasks')}
          >
            {tasks.data?.data.map(({ id, contact, name, at, ...task }) => (
              <Row key={id} href={addressOf('conversations', [contact])} head={<Who name={name} number={contact} />} end={whenShort(at)}>
                {taskInShort(task)}
              </Row>
            ))}
          </Card>
        )}
        {isReader && (
          <Card
            title={words('unconfirmed')}
            icon="calendar"
            href={addressOf('visits')}
            isEmpty={unconfirmed?.length === 0}
            empty={words('noUnconfirmed')}
          >
            {unconfirmed?.slice(0, SHOWN).map((visit) => (
              <Row
                key={visit.id}
                href={addressOf('conversations', [visit.contact.to])}
                head={<Who name={clientName(visit)} number={visit.contact.to} />}
                end={visit.startsAt === null ? '' : when(visit.startsAt)}
              />
            ))}
          </Card>
        )}
        <Card
          title={words('waiting')}
          icon="clock"
          href={addressOf('queue', [], { status: 'held' })}
          isEmpty={held.data?.data.length === 0 && (sending.data?.queue.ready ?? 0) === 0}
          empty={words('noWaiting')}
        >
          {(sending.data?.queue.ready ?? 0) > 0 && (
            <Row
              href={addressOf('queue', [], { status: 'queued' })}
              head={statuses('queued')}
              end={String(sending.data?.queue.ready ?? '')}
            />
          )}
          {held.data?.data.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </Card>
        {uncertain.data && uncertain.data.data.length > 0 && (
          <Card title={words('doubt')} icon="info" href={addressOf('queue', [], { status: 'uncertain' })} isEmpty={false} empty="">
            {uncertain.data.data.map((message) => (
              <MessageRow key={message.id} message={message} />
            ))}
          </Card>
        )}
        <Card
          title={words('failed')}
          icon="close"
          href={addressOf('queue', [], { status: 'failed' })}
          isEmpty={failed?.length === 0}
          empty={words('noFailed')}
        >
          {failed?.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </Card>
        <Card
          title={words('hardware')}
          icon="modem"
          href={addressOf('modems')}
          isEmpty={sims.data?.data.length === 0}
          empty={words('noHardware')}
        >
          {sims.data?.data.map(({ iccid, name, number, operator, state, trouble }) => (
            <li key={iccid} class="today-row">
              <span>{name ?? (number === null ? (operator ?? iccid) : phone(number))}</span>
              <span class={`pill ${trouble ? 'bad' : state === 'ready' ? 'good' : 'warn'}`}>
                {words(state === 'ready' ? 'simReady' : state === 'notReady' ? 'simNotReady' : 'simAbsent')}
              </span>
            </li>
          ))}
        </Card>
      </div>
      <div class="charts">
        <Hours since={midnight} />
        <Month />
      </div>
    </>
  );
}

function useMessages(status: Message['status'], since?: string) {
  return useData<ListOf<Message>>(withQuery('/v1/messages', { status, since, limit: SHOWN }), { on: isMessage });
}

/** What did not get through since then, in whichever way, the newest first. */
function useFailed(since: string): Message[] | undefined {
  const all = [useMessages('failed', since), useMessages('undelivered', since), useMessages('expired', since)];
  if (all.some(({ data }) => data === undefined)) return undefined;
  return all
    .flatMap(({ data }) => data?.data ?? [])
    .toSorted((a, b) => b.acceptedAt.localeCompare(a.acceptedAt))
    .slice(0, SHOWN);
}

function MessageRow({ message: { id, to, name, reason, acceptedAt, sendAt } }: { message: Message }) {
  return (
    <Row href={addressOf('queue', [id ?? ''])} head={<Who name={name} number={to} />} end={whenShort(sendAt ?? acceptedAt)}>
      {reason === null ? '' : reasonWords(reason)}
    </Row>
  );
}
