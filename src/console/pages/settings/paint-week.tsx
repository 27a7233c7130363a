import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { date } from '../../i18n/format.ts';
import { hoursWords as words } from './hours-words.ts';
import { clockOf, openIn, PAINTED_DAYS, type PaintedDay, type PaintedWeek, paint, SLOT, SLOTS, weekdayOf } from './painted-week.ts';

interface Cell {
  readonly day: PaintedDay;
  readonly slot: number;
}

/** A grid of the ARIA practices: of all its cells one has the keyboard, and arrows move it. No table, since it is laid out as a picture. */
const GRID = { role: 'grid' } as const;
const ROW = { role: 'row' } as const;
const ROW_HEADER = { role: 'rowheader' } as const;
const CELL = { role: 'gridcell' } as const;

const PLACES = Array.from({ length: SLOTS }, (_, slot) => slot);

/** What is painted: when texts are sent, or when somebody is there. */
const MEANINGS = {
  sending: { open: 'isSent', shut: 'isQuiet', never: 'never', wholeHoliday: 'asThatDay' },
  opening: { open: 'isThere', shut: 'isAway', never: 'shutAllDay', wholeHoliday: 'allDay' },
} as const;

interface Painted {
  readonly caption: string;
  readonly of: keyof typeof MEANINGS;
  readonly week: Signal<PaintedWeek>;
  /** Without it the week is only shown. */
  readonly mayPaint: boolean;
  /** Of the seven days from today on those that are holidays, `2026-12-25`: what is painted for their day of the week does not hold alone. */
  readonly holidays: readonly string[];
}

/** A week of half hours that is painted: by dragging, or with the arrow keys and the space bar; with Shift an arrow paints on. */
export function PaintWeek({ caption, of, week, mayPaint, holidays }: Painted) {
  const meaning = MEANINGS[of];
  const holidayOn = new Map(holidays.map((date) => [weekdayOf(date), date]));
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Cell>({ day: 'monday', slot: 18 });
  /** What is painted while a finger or a button is down. */
  const stroke = useRef<boolean | undefined>(undefined);

  const put = ({ day, slot }: Cell, isOpen: boolean): void => {
    week.value = paint(week.value, day, slot, isOpen);
  };
  const isOpen = ({ day, slot }: Cell): boolean => week.value[day][slot] ?? false;

  const moveTo = (cell: Cell, isPainting: boolean): void => {
    if (isPainting) put(cell, isOpen(at));
    setAt(cell);
    grid.current?.querySelector<HTMLElement>(`[data-day=${cell.day}][data-slot="${cell.slot}"]`)?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const next = STEPS[event.key];
    if (next) moveTo(next(at), event.shiftKey);
    else if (event.key === ' ' || event.key === 'Enter') put(at, !isOpen(at));
    else return;
    event.preventDefault();
  };

  const begin = (event: PointerEvent): void => {
    const cell = cellAt(event);
    if (!cell) return;
    stroke.current = !isOpen(cell);
    put(cell, stroke.current);
    setAt(cell);
  };
  const goOn = (event: PointerEvent): void => {
    if (event.buttons === 0) end();
    const cell = cellAt(event);
    if (cell && stroke.current !== undefined) put(cell, stroke.current);
  };
  const end = (): void => {
    stroke.current = undefined;
  };
  const saidOf = (day: PaintedDay): string | undefined => {
    const rest = holidayOn.get(day);
    return rest && words('seeHolidays', { day: date(`${rest}T12:00:00Z`) });
  };
  const described = (cell: Cell) => ({
    ...CELL,
    'aria-selected': isOpen(cell),
    'aria-label': `${words(cell.day)}, ${clockOf(cell.slot * SLOT)}: ${words(isOpen(cell) ? meaning.open : meaning.shut)}`,
    onFocus: () => setAt(cell),
  });

  return (
    <div
      ref={grid}
      class={`hours ${mayPaint ? 'paintable' : ''}`}
      {...GRID}
      {...{ 'aria-readonly': !mayPaint, 'aria-label': caption }}
      {...(mayPaint ? { onKeyDown: press, onPointerDown: begin, onPointerMove: goOn, onPointerUp: end } : {})}
    >
      <div class="hours-scale quiet" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      {PAINTED_DAYS.map((day) => (
        <Row key={day} name={words(day)} holiday={saidOf(day)}>
          {PLACES.map((slot) => (
            <div
              key={slot}
              class={`hours-slot ${isOpen({ day, slot }) ? 'open' : ''} ${slot % 2 === 0 ? 'whole' : ''}`}
              data-day={day}
              data-slot={slot}
              tabIndex={at.day === day && at.slot === slot ? 0 : -1}
              {...described({ day, slot })}
            />
          ))}
          <div {...CELL} class="hours-said number">
            {inWords(week.value[day], words(meaning.never), words(day === 'holiday' ? meaning.wholeHoliday : 'allDay'))}
          </div>
        </Row>
      ))}
    </div>
  );
}

function Row({ name, holiday, children }: { name: string; holiday: string | undefined; children: ComponentChildren }) {
  return (
    <div {...ROW} class="hours-row">
      <div {...ROW_HEADER} class="hours-day">
        {name}
        {holiday && (
          <span class="pill warn" title={holiday}>
            {words('holidayMark')}
          </span>
        )}
      </div>
      {children}
    </div>
  );
}

const nextDay = (day: PaintedDay, step: number): PaintedDay =>
  PAINTED_DAYS[(PAINTED_DAYS.indexOf(day) + step + PAINTED_DAYS.length) % PAINTED_DAYS.length] ?? day;

const STEPS: Readonly<Record<string, (from: Cell) => Cell>> = {
  ArrowLeft: ({ day, slot }) => ({ day, slot: Math.max(0, slot - 1) }),
  ArrowRight: ({ day, slot }) => ({ day, slot: Math.min(SLOTS - 1, slot + 1) }),
  ArrowUp: ({ day, slot }) => ({ day: nextDay(day, -1), slot }),
  ArrowDown: ({ day, slot }) => ({ day: nextDay(day, 1), slot }),
  Home: ({ day }) => ({ day, slot: 0 }),
  End: ({ day }) => ({ day, slot: SLOTS - 1 }),
};

/** A finger stays with the element on which it went down: what lies under it now is asked. */
function cellAt({ clientX, clientY }: PointerEvent): Cell | undefined {
  const under = document.elementFromPoint(clientX, clientY);
  if (!(under instanceof HTMLElement)) return undefined;
  const day = PAINTED_DAYS.find((one) => one === under.dataset.day);
  const { slot } = under.dataset;
  return day && slot !== undefined ? { day, slot: Number(slot) } : undefined;
}

function inWords(day: readonly boolean[], never: string, whole: string): string {
  const open = openIn(day);
  if (open.length === 0) return never;
  if (day.every(Boolean)) return whole;
  return open.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(', ');
}
