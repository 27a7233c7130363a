import { useState } from 'preact/hooks';
import type { Occasion } from '../../../http/schemas/occasion.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { phone, when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { clientName } from '../../words/clients.ts';
import { dayOf } from './days.ts';
import { Move } from './move.tsx';
import { Steps } from './steps.tsx';
import { clientOf, isOfVisits, KIND, useResources } from './use-week.ts';
import { Attendance, resourceName, VisitPill } from './visit-row.tsx';
import { words } from './words.ts';

/** One visit: who, when, what they said, and what they were and will be told. */
export function Visit({ id }: { id: string }) {
  const path = `/v1/occasions/${KIND}/${encodeURIComponent(id)}`;
  const { data, refusal, reload } = useData<Occasion>(path, {
    on: (happening) => isOfVisits(happening) || happening.type.startsWith('message.'),
  });
  return (
    <>
      <BackLink
        href={addressOf('visits', [], { day: data?.startsAt ? dayOf(Date.parse(data.startsAt)) : undefined })}
        label={words('back')}
      />
      <Waiting data={data} refusal={refusal}>
        {(visit) => <Card visit={visit} path={path} onChanged={reload} />}
      </Waiting>
    </>
  );
}

function Card({ visit, path, onChanged }: { visit: Occasion; path: string; onChanged: () => void }) {
  const { contact, startsAt, status, resource } = visit;
  const resources = useResources();
  const [open, setOpen] = useState<'move' | 'cancel' | undefined>(undefined);
  const deed = useDeed();
  const close = (): void => setOpen(undefined);
  const cancel = async (): Promise<void> => {
    await deed.ask(() => api.put(path, { contact: clientOf(visit), status: 'cancelled' }), { done: words('cancelDone') });
    close();
    onChanged();
  };
  return (
    <>
      <header class="page-head">
        <h1 class="written">{clientName(visit) ?? words('noName')}</h1>
        {may('send') && status !== 'cancelled' && (
          <div class="row">
            <button type="button" class="button" onClick={() => setOpen('move')}>
              {words('move')}
            </button>
            <button type="button" class="button danger" onClick={() => setOpen('cancel')}>
              {words('cancel')}
            </button>
          </div>
        )}
      </header>
      <div class="visit-columns">
        <section class="card stack">
          <p class="visit-when">{startsAt === null ? '–' : when(startsAt)}</p>
          <VisitPill visit={visit} />
          {resource !== null && <p class="written">{resourceName(resource, resources)}</p>}
          <p class="number">{phone(contact.to)}</p>
          <div class="row">
            <a class="button slim" href={addressOf('conversations', [contact.to])}>
              <Icon name="talk" />
              {words('conversation')}
            </a>
            <a class="button slim" href={`tel:${contact.to}`}>
              <Icon name="call" />
              {words('phone')}
            </a>
            {contact.externalId !== null && (
              <a class="button slim" href={addressOf('contacts', ['of', contact.externalId])}>
                {words('contact')}
              </a>
            )}
          </div>
          {status !== 'cancelled' && may('send') && <Attendance visit={visit} onChanged={onChanged} />}
        </section>
        <section class="stack">
          <h2>{words('story')}</h2>
          <Steps steps={visit.steps} />
        </section>
      </div>
      {open === 'move' && <Move visit={visit} path={path} onClose={close} onDone={onChanged} />}
      {open === 'cancel' && (
        <AskFirst
          title={words('cancelTitle')}
          text={words('cancelText')}
          yes={words('cancel')}
          isBusy={deed.isBusy}
          onYes={() => void cancel()}
          onClose={close}
        />
      )}
    </>
  );
}
