import type { Occasion } from '../../../http/schemas/occasion.ts';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { clockTime, phone } from '../../i18n/format.ts';
import type { Tone } from '../../parts/banner.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { clientName } from '../../words/clients.ts';
import { KIND, type Resource } from './use-week.ts';
import { words } from './words.ts';

export function VisitRow({ visit, resources, onChanged }: { visit: Occasion; resources: readonly Resource[]; onChanged: () => void }) {
  const { externalId, contact, startsAt, allDay, status, resource } = visit;
  const isOff = status === 'cancelled';
  return (
    <li class={`visit ${isOff ? 'off' : ''}`}>
      <time class="visit-time" dateTime={startsAt ?? ''}>
        {startsAt === null || allDay ? '–' : clockTime(startsAt)}
      </time>
      <a class="visit-who" href={addressOf('visits', ['of', externalId])}>
        <b class="written">{clientName(visit) ?? words('noName')}</b>
        <span class="quiet small nowrap">{phone(contact.to)}</span>
      </a>
      <span class="quiet small visit-with written">{resourceName(resource, resources)}</span>
      <VisitPill visit={visit} />
      {!isOff && may('send') && <Attendance visit={visit} onChanged={onChanged} />}
    </li>
  );
}

export const resourceName = (id: string | null, resources: readonly Resource[]): string =>
  id === null ? '' : (resources.find(({ externalId }) => externalId === id)?.name ?? id);

/** How things stand with the client. */
export function VisitPill({ visit: { status, answer, attendance, rating } }: { visit: Occasion }) {
  const [key, tone] = stateOf(status, answer);
  return (
    <span class="row visit-state">
      {(key !== 'noAnswer' || attendance === null) && <span class={`pill ${tone}`}>{words(key)}</span>}
      {rating !== null && <span class={`pill ${rating <= 3 ? 'warn' : 'good'}`}>{words('rating', { n: rating })}</span>}
    </span>
  );
}

function stateOf(
  status: string | null,
  answer: Occasion['answer'],
): ['confirmed' | 'moveAsked' | 'cancelled' | 'noAnswer' | 'waiting', Tone | ''] {
  if (status === 'cancelled') return ['cancelled', ''];
  if (status === 'waiting') return ['waiting', 'info'];
  if (answer === null) return ['noAnswer', ''];
  return [answer, answer === 'confirmed' ? 'good' : 'warn'];
}

/** Came, or did not: one tap each. */
export function Attendance({ visit: { externalId, attendance }, onChanged }: { visit: Occasion; onChanged: () => void }) {
  const deed = useDeed();
  const mark = async (wanted: 'came' | 'didNotCome'): Promise<void> => {
    await deed.ask(() => api.post(`/v1/occasions/${KIND}/${encodeURIComponent(externalId)}/attendance`, { attendance: wanted }));
    onChanged();
  };
  return (
    <span class="visit-deeds">
      {(['came', 'didNotCome'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class={`button slim ${attendance === one ? `chosen ${one}` : ''}`}
          aria-pressed={attendance === one}
          disabled={deed.isBusy || attendance === one}
          onClick={() => void mark(one)}
        >
          {words(one)}
        </button>
      ))}
    </span>
  );
}
