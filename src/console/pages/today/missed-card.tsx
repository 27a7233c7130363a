import type { Message } from '../../../http/schemas/message.ts';
import { api, type ListOf, Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { when } from '../../i18n/format.ts';
import { toast } from '../../parts/toast.tsx';
import { Who } from '../../parts/who.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

interface Missed {
  readonly dueAt: string;
  readonly message: Message;
}

/** What was due and not sent while the box was off, by the time of the visit; what is about none comes last, as it was due. */
export function MissedCard() {
  const { data, reload } = useData<ListOf<Missed>>('/v1/missed?limit=100', { on: ({ type }) => type.startsWith('message.') });
  if (!data || data.data.length === 0) return null;
  const decide = async (id: string | null, as: 'send' | 'leave'): Promise<void> => {
    try {
      await api.post(`/v1/missed/${id}`, { as });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
    reload();
  };
  return (
    <section class="card stack missed">
      <div>
        <h2>{words('missedTitle')}</h2>
        <p class="quiet">{words('missedText')}</p>
      </div>
      <ul>
        {data.data.toSorted(byVisit).map(({ dueAt, message: { id, to, name, text, notAfter } }) => (
          <li key={id} class="missed-row">
            <div>
              <p class="row">
                <a href={addressOf('queue', [id ?? ''])}>
                  <Who name={name} number={to} />
                </a>
                {notAfter !== null && <b>{words('missedVisit', { when: when(notAfter) })}</b>}
                <span class="quiet small">{words('missedDue', { when: when(dueAt) })}</span>
              </p>
              <p class="written quiet clipped">{text}</p>
            </div>
            {may('send') && (
              <div class="row">
                <button type="button" class="button slim primary" onClick={() => void decide(id, 'send')}>
                  {words('missedSend')}
                </button>
                <a class="button slim" href={`tel:${to}`}>
                  {words('call')}
                </a>
                <button type="button" class="button slim" onClick={() => void decide(id, 'leave')}>
                  {words('missedLeave')}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const byVisit = (a: Missed, b: Missed): number =>
  (a.message.notAfter ?? LAST).localeCompare(b.message.notAfter ?? LAST) || a.dueAt.localeCompare(b.dueAt);

/** After any instant. */
const LAST = '~';
