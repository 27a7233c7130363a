import type { Manners } from '../../../http/schemas/manners.ts';
import type { Settings } from '../../../http/schemas/setting.ts';
import { openOn, WEEK } from './open-minutes.ts';

type Quiet = Manners['quietHours'][number];
type Opening = Settings['openingHours'][number];

export const PAINTED_DAYS = [...WEEK, 'holiday'] as const;
export type PaintedDay = (typeof PAINTED_DAYS)[number];

/** Minutes of one place that is painted, and how many a day has. */
export const SLOT = 30;
export const SLOTS = 48;

/** Of each day, whether it is sent in each half hour. A holiday is as the day of the week that it falls on, less what is quiet here. */
export type PaintedWeek = Readonly<Record<PaintedDay, readonly boolean[]>>;

/** A half hour that is quiet in part is quiet. */
export function paintedOf(quiet: readonly Opening[]): PaintedWeek {
  return eachDay((day) => {
    const open = openOn(day, quiet);
    return Array.from({ length: SLOTS }, (_, n) => open.some(({ from, to }) => from <= n * SLOT && (n + 1) * SLOT <= to));
  });
}

/** A half hour that is open in part is open. On a holiday nobody is there unless it is painted so. */
export const paintedOpenings = (openings: readonly Opening[]): PaintedWeek => turned(paintedOf(openings));

/** The opening hours that a painted week means. */
export const openingsOf = (week: PaintedWeek): Opening[] => shutOf(turned(week));

/** The quiet hours that a painted week means. */
export const quietOf = (week: PaintedWeek, purpose: Quiet['purpose']): Quiet[] => shutOf(week).map((one) => ({ purpose, ...one }));

const turned = (week: PaintedWeek): PaintedWeek => eachDay((day) => week[day].map((isOpen) => !isOpen));

const eachDay = (of: (day: PaintedDay) => boolean[]): PaintedWeek => ({
  monday: of('monday'),
  tuesday: of('tuesday'),
  wednesday: of('wednesday'),
  thursday: of('thursday'),
  friday: of('friday'),
  saturday: of('saturday'),
  sunday: of('sunday'),
  holiday: of('holiday'),
});

/** What is not open; days that have the same stretches stand together. */
function shutOf(week: PaintedWeek): Opening[] {
  const days = new Map<string, PaintedDay[]>();
  for (const day of PAINTED_DAYS) {
    for (const stretch of quietStretches(week[day])) days.set(stretch, [...(days.get(stretch) ?? []), day]);
  }
  return [...days].map(([stretch, on]) => {
    const [from = '', to = ''] = stretch.split('–');
    return { days: on, from, to };
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

/** The day of the week of a date such as `2026-12-25`. */
export const weekdayOf = (date: string): PaintedDay => WEEK[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'monday';
