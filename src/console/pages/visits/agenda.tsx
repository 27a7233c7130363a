import { useSignal, useSignalEffect } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Occasion } from '../../../http/schemas/occasion.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf, go } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { Book } from './book.tsx';
import { dayName, dayNumber, dayOf, dayToday, plusDays, weekdayName, weekOf } from './days.ts';
import { Emergency } from './emergency.tsx';
import { emergencyWords } from './emergency-words.ts';
import { Paste } from './paste.tsx';
import { PendingNotice } from './pending-notice.tsx';
import { ResourceChoice } from './resource-choice.tsx';
import { useResources, useWeek } from './use-week.ts';
import { VisitRow } from './visit-row.tsx';
import { words } from './words.ts';

const goTo = (day: string): void => go(addressOf('visits', [], { day }));

/** A day of visits, with the week around it. */
export function Agenda({ day }: { day: string }) {
  const week = weekOf(day);
  const { data, refusal, reload } = useWeek(week[0] ?? day);
  const resources = useResources();
  const [resource, setResource] = useState('');
  const [open, setOpen] = useState<'book' | 'paste' | 'late' | 'cancel' | undefined>(undefined);
  const shown = data?.data.filter((visit) => resource === '' || visit.resource === resource);
  const ofDay = (of: string): Occasion[] =>
    (shown ?? []).filter(({ startsAt }) => startsAt !== null && dayOf(Date.parse(startsAt)) === of).sort(byTime);
  const visits = ofDay(day);
  const expected = visits.filter(({ status }) => status !== 'cancelled');
  const unconfirmed = expected.filter(({ answer, attendance }) => answer === null && attendance === null).length;
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        {may('send') && (
          <div class="row">
            <button type="button" class="button" onClick={() => setOpen('paste')}>
              {words('paste')}
            </button>
            <button type="button" class="button primary" onClick={() => setOpen('book')}>
              {words('book')}
            </button>
          </div>
        )}
      </header>
      <PendingNotice onUndone={reload} />
      <nav class="week" aria-label={words('day')}>
        <a class="icon-button" href={addressOf('visits', [], { day: plusDays(day, -7) })} aria-label={words('before')}>
          <Icon name="back" />
        </a>
        {week.map((one) => (
          <WeekDay key={one} day={one} isCurrent={one === day} count={ofDay(one).filter(({ status }) => status !== 'cancelled').length} />
        ))}
        <a class="icon-button" href={addressOf('visits', [], { day: plusDays(day, 7) })} aria-label={words('after')}>
          <Icon name="next" />
        </a>
      </nav>
      <div class="week-choices">
        <DayField day={day} />
        {day !== dayToday() && (
          <a class="button" href={addressOf('visits')}>
            {words('toToday')}
          </a>
        )}
        <ResourceChoice resources={resources} value={resource} none="anybody" onChoose={setResource} />
      </div>
      <div class="row apart">
        <div>
          <h2>{dayName(day)}</h2>
          <p class="quiet">
            {words('count', { n: expected.length })}
            {unconfirmed > 0 && `, ${words('unconfirmed', { n: unconfirmed })}`}
          </p>
        </div>
        {may('send') && expected.length > 0 && (
          <div class="row">
            <button type="button" class="button slim" onClick={() => setOpen('late')}>
              {emergencyWords('late')}
            </button>
            <button type="button" class="button slim danger" onClick={() => setOpen('cancel')}>
              {emergencyWords('cancel')}
            </button>
          </div>
        )}
      </div>
      <Waiting data={data} refusal={refusal}>
        {() =>
          visits.length === 0 ? (
            <EmptyState icon="calendar" title={words('none')} text={words('noneText')} />
          ) : (
            <ul class="card visits">
              {visits.map((visit) => (
                <VisitRow key={visit.id} visit={visit} resources={resources} onChanged={reload} />
              ))}
            </ul>
          )
        }
      </Waiting>
      {(open === 'late' || open === 'cancel') && (
        <Emergency action={open} day={day} resource={resource} resources={resources} onClose={() => setOpen(undefined)} onDone={reload} />
      )}
      {open === 'book' && <Book day={day} resources={resources} onClose={() => setOpen(undefined)} onDone={reload} />}
      {open === 'paste' && <Paste day={day} resources={resources} onClose={() => setOpen(undefined)} onDone={reload} />}
    </>
  );
}

function WeekDay({ day, isCurrent, count }: { day: string; isCurrent: boolean; count: number }) {
  return (
    <a
      class={`week-day ${day === dayToday() ? 'today' : ''}`}
      href={addressOf('visits', [], { day })}
      aria-current={isCurrent ? 'date' : undefined}
      title={`${dayName(day)}, ${words('count', { n: count })}`}
    >
      <span class="small">{weekdayName(day)}</span>
      <b>{dayNumber(day)}</b>
      <span class="week-count small" aria-hidden="true">
        {count > 0 ? count : '·'}
      </span>
      <span class="hidden">{words('count', { n: count })}</span>
    </a>
  );
}

function DayField({ day }: { day: string }) {
  const value = useSignal(day);
  if (value.peek() !== day) value.value = day;
  useSignalEffect(() => {
    if (/^20\d\d-\d\d-\d\d$/.test(value.value) && value.value !== day) goTo(value.value);
  });
  return <Field label={words('day')} value={value} type="date" />;
}

function byTime(a: Occasion, b: Occasion): number {
  return Date.parse(a.startsAt ?? '') - Date.parse(b.startsAt ?? '');
}
