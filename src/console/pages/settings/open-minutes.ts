import type { Settings } from '../../../http/schemas/setting.ts';

export const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Day = (typeof WEEK)[number] | 'holiday';
type Stretch = Settings['openingHours'][number];

/** From and until, minutes since midnight. */
export interface Open {
  readonly from: number;
  readonly to: number;
}

const DAY = 1440;

function minutesOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

const dayBefore = (day: Day): Day => (day === 'holiday' ? day : (WEEK[(WEEK.indexOf(day) + 6) % 7] ?? day));

/** The stretches of a day in which nothing is quiet. What begins on the evening before reaches into it. */
export function openOn(day: Day, quiet: readonly Stretch[]): Open[] {
  const stretches = quiet.flatMap(({ days, from, to }) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    const isOverNight = end <= begin;
    return [
      ...(days.includes(day) ? [{ from: begin, to: isOverNight ? DAY : end }] : []),
      ...(isOverNight && days.includes(dayBefore(day)) ? [{ from: 0, to: end }] : []),
    ];
  });
  let open: Open[] = [{ from: 0, to: DAY }];
  for (const { from, to } of stretches) {
    open = open.flatMap((one) => [
      ...(one.from < from ? [{ from: one.from, to: Math.min(one.to, from) }] : []),
      ...(one.to > to ? [{ from: Math.max(one.from, to), to: one.to }] : []),
    ]);
  }
  return open.filter(({ from, to }) => to > from);
}
