import { type Signal, useSignal } from '@preact/signals';
import { date } from '../../i18n/format.ts';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { hoursWords as words } from './hours-words.ts';

/** The site's own days of rest. @param days `2026-12-31` */
export function Holidays({ days, mayChange }: { days: Signal<readonly string[]>; mayChange: boolean }) {
  const next = useSignal('');
  const add = (): void => {
    if (next.value === '') return;
    days.value = [...new Set([...days.value, next.value])].toSorted();
    next.value = '';
  };
  return (
    <div class="stack tight">
      <ul class="row holidays">
        {days.value.map((day) => (
          <li key={day} class="pill tag">
            {date(`${day}T12:00:00Z`)}
            {mayChange && (
              <button
                type="button"
                class="icon-button"
                aria-label={words('removeDay', { day: date(`${day}T12:00:00Z`) })}
                onClick={() => {
                  days.value = days.value.filter((one) => one !== day);
                }}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {days.value.length === 0 && <p class="quiet">{words('noDays')}</p>}
      {mayChange && (
        <div class="row holiday-add">
          <Field label={words('newDay')} value={next} type="date" />
          <button type="button" class="button" disabled={next.value === ''} onClick={add}>
            {words('addDay')}
          </button>
        </div>
      )}
    </div>
  );
}
