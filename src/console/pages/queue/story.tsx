import type { Happening } from '../../../http/schemas/event.ts';
import type { Sim } from '../../../http/schemas/hardware.ts';
import type { Message } from '../../../http/schemas/message.ts';
import { useData } from '../../api/use-data.ts';
import { money, phone, when, whenExactly } from '../../i18n/format.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Banner } from '../../parts/banner.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { StatusPill } from '../../parts/status-pill.tsx';
import { warningWords } from '../../parts/verdicts.tsx';
import { Who } from '../../parts/who.tsx';
import { addressOf } from '../../state/place.ts';
import { me } from '../../state/session.ts';
import { topics } from '../../words/consent.ts';
import { causes, choices, outcomes, purposes, reasonWords, rules, statuses } from '../../words/message.ts';
import { problemWords } from '../../words/problems.ts';
import { Actions } from './actions.tsx';
import { shownText } from './list.tsx';
import { words } from './words.ts';

/** All that is known of one message. */
export function MessageStory({ id }: { id: string }) {
  const on = ({ data }: Happening): boolean => 'id' in data && data.id === id;
  const { data: message, refusal, reload } = useData<Message>(`/v1/messages/${encodeURIComponent(id)}`, { on });
  const sims = useData<{ data: readonly Sim[] }>('/v1/sims?limit=500');
  const nameOf = (iccid: string): string => {
    const sim = sims.data?.data.find((one) => one.iccid === iccid);
    return sim?.name ?? (sim?.number ? phone(sim.number) : iccid);
  };
  if (refusal && !message) return <Banner tone="bad" text={problemWords(refusal)} />;
  if (!message) return <Spinner />;
  return (
    <>
      <BackLink href={addressOf('queue')} label={words('back')} />
      <header class="page-head">
        <div class="row">
          <h1>
            <Who name={message.name} number={message.to} />
          </h1>
          <StatusPill status={message.status} />
        </div>
        {me().role !== 'technician' && <a href={addressOf('conversations', [message.to])}>{words('conversation')}</a>}
      </header>
      {message.reason !== null && <p class="quiet">{reasonWords(message.reason)}</p>}
      {message.damaged && <Banner tone="bad" text={words('damaged')} />}
      {message.possibleDuplicate && <Banner tone="warn" text={words('duplicate')} />}
      <Actions message={message} onDone={reload} />
      <div class="story">
        <section class="card stack">
          <p class="written story-text">{shownText(message)}</p>
          <Facts message={message} nameOf={nameOf} />
        </section>
        <section class="card stack">
          <h2>{words('story')}</h2>
          <ol class="timeline">
            {message.events.map(({ type, at, reason }) => (
              <li key={`${at} ${type}`}>
                <time class="quiet small number" dateTime={at}>
                  {whenExactly(at)}
                </time>
                <span>
                  {statuses.maybe(type.replace('message.', '')) ?? type}
                  {reason !== null && <span class="quiet">: {reasonWords(reason)}</span>}
                </span>
              </li>
            ))}
          </ol>
        </section>
        <section class="card stack">
          <h2>{words('attempts')}</h2>
          <Attempts message={message} nameOf={nameOf} />
        </section>
        <section class="card stack">
          <h2>{words('rules')}</h2>
          {message.policy.released && <p>{words('releasedBy', { reason: message.policy.released.reason })}</p>}
          <ul class="rules">
            {message.policy.rules.map(({ rule, verdict, reason }) => (
              <li key={rule} class={verdict}>
                <Icon name={verdict === 'pass' ? 'check' : verdict === 'hold' ? 'clock' : verdict === 'warn' ? 'alert' : 'close'} />
                <span>
                  {rules.maybe(rule) ?? rule} <span class="quiet">· {verdict === 'warn' ? warningWords(reason) : reasonWords(reason)}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function Facts({ message, nameOf }: { message: Message; nameOf: (iccid: string) => string }) {
  const { purpose, acceptedAt, expiresAt, sendAt, dueAt, sim, topic, reference } = message;
  const prices = message.segments.flatMap(({ attempts }) => attempts.flatMap(({ price }) => price ?? []));
  const [first] = prices;
  const cost = first && money({ amount: prices.reduce((sum, { amount }) => sum + Number(amount), 0), currency: first.currency });
  const facts: [string, string | null | undefined][] = [
    [words('purpose'), purposes(purpose)],
    [words('accepted'), when(acceptedAt)],
    [words('sendAt'), sendAt && when(sendAt)],
    [words('dueAt'), dueAt && when(dueAt)],
    [words('expires'), when(expiresAt)],
    [words('sim'), sim && nameOf(sim)],
    [words('cost'), cost],
    [words('topic'), topic && (topics.maybe(topic) ?? topic)],
    [words('reference'), reference],
  ];
  return (
    <dl class="facts">
      {facts.flatMap(([label, value]) => (value ? [<dt key={`${label}?`}>{label}</dt>, <dd key={label}>{value}</dd>] : []))}
    </dl>
  );
}

function Attempts({ message: { segments }, nameOf }: { message: Message; nameOf: (iccid: string) => string }) {
  if (segments.every(({ attempts }) => attempts.length === 0)) return <p class="quiet">{words('noAttempts')}</p>;
  return (
    <ul class="stack tight">
      {segments.map(({ n, state, attempts }) => (
        <li key={n}>
          <h3>
            {words('segment', { n })} <span class="quiet">· {statuses.maybe(state) ?? state}</span>
          </h3>
          <ol class="timeline">
            {attempts.map(({ at, sim, outcome, cause, choice }) => (
              <li key={at}>
                <time class="quiet small number" dateTime={at}>
                  {whenExactly(at)}
                </time>
                <span>
                  {nameOf(sim)}: {outcomes(outcome)}
                  {cause !== null && (
                    <>
                      , {causes.maybe(cause) ?? ''} <span class="mono quiet">{cause}</span>
                    </>
                  )}
                  {choice !== null && <span class="quiet small"> ({words('choice', { why: choices(choice) })})</span>}
                </span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}
