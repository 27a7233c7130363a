import type { Manners } from '../../../http/schemas/manners.ts';
import { openOn, WEEK } from './open-minutes.ts';

type Quiet = Manners['quietHours'][number];

export const PAINTED_DAYS = [...WEEK, 'holiday'] as const;
export type PaintedDay = (typeof PAINTED_DAYS)[number];

/** Minutes of one place that is painted, and how many a day has. */
export const SLOT = 30;
export const SLOTS = 48;

/** Of each day, whether it is sent in each half hour. A holiday is as the day of the week that it falls on, less what is quiet here. */
export type PaintedWeek = Readonly<Record<PaintedDay, readonly boolean[]>>;

/** A half hour that is quiet in part is quiet. */
export function paintedOf(quiet: readonly Quiet[]): PaintedWeek {
  const dayOf = (day: PaintedDay): boolean[] => {
    const open = openOn(day, quiet);
    return Array.from({ length: SLOTS }, (_, n) => open.some(({ from, to }) => from <= n * SLOT && (n + 1) * SLOT <= to));
  };
  const [monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday] = PAINTED_DAYS.map(dayOf);
  const none: boolean[] = [];
  return {
    monday: monday ?? none,
    tuesday: tuesday ?? none,
    wednesday: wednesday ?? none,
    thursday: thursday ?? none,
    friday: friday ?? none,
    saturday: saturday ?? none,
    sunday: sunday ?? none,
    holiday: holiday ?? none,
  };
}

/** The quiet hours that a painted week means; days that have the same ones stand together. */
export function quietOf(week: PaintedWeek, purpose: Quiet['purpose']): Quiet[] {
  const days = new Map<string, PaintedDay[]>();
  for (const day of PAINTED_DAYS) {
    for (const stretch of quietStretches(week[day])) days.set(stretch, [...(days.get(stretch) ?? []), day]);
  }
  return [...days].map(([stretch, on]) => {
    const [from = '', to = ''] = stretch.split('–');
    return { purpose, days: on, from, to };
  });
}

/** `00:00–09:00` */
function quietStretches(day: readonly boolean[]): string[] {
  const found: string[] = [];
  let from: number | undefined;
  for (let n = 0; n <= day.length; n += 1) {
    const isQuiet = day[n] === false;
    if (isQuiet && from === undefined) from = n;
    if (!isQuiet && from !== undefined) {
      found.push(`${clockOf(from * SLOT)}–${clockOf(n * SLOT)}`);
      from = undefined;
    }
  }
  return found;
}

/** The stretches in which it is sent, minutes since midnight. */
export function openIn(day: readonly boolean[]): { from: number; to: number }[] {
  return quietStretches(day.map((isOpen) => !isOpen)).map((stretch) => {
    const [from = 0, to = 0] = stretch.split('–').map(minutesOf);
    return { from, to };
  });
}

export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function minutesOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

export const paint = (week: PaintedWeek, day: PaintedDay, slot: number, isOpen: boolean): PaintedWeek =>
  week[day][slot] === isOpen ? week : { ...week, [day]: week[day].with(slot, isOpen) };
