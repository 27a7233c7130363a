import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openOn, WEEK } from '../../src/console/pages/settings/open-minutes.ts';
import {
  openingsOf,
  PAINTED_DAYS,
  paint,
  paintedOf,
  paintedOpenings,
  quietOf,
  weekdayOf,
} from '../../src/console/pages/settings/painted-week.ts';
import { readRows } from '../../src/console/pages/visits/read-rows.ts';

const EVERY_DAY = [...WEEK];

describe('the week of quiet hours', () => {
  it('is open between the morning and the evening, whatever night it is', () => {
    const quiet = [{ purpose: 'service' as const, days: EVERY_DAY, from: '21:00', to: '09:00' }];
    expect(openOn('monday', quiet)).toEqual([{ from: 540, to: 1260 }]);
    expect(openOn('monday', [])).toEqual([{ from: 0, to: 1440 }]);
  });

  it('reaches from the evening before into a day on which none begins', () => {
    const quiet = [{ purpose: 'service' as const, days: ['sunday' as const], from: '22:00', to: '07:30' }];
    expect(openOn('sunday', quiet)).toEqual([{ from: 0, to: 1320 }]);
    expect(openOn('monday', quiet)).toEqual([{ from: 450, to: 1440 }]);
    expect(openOn('tuesday', quiet)).toEqual([{ from: 0, to: 1440 }]);
  });

  it('is read back as it was painted, whatever was painted', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...PAINTED_DAYS), fc.nat(47), fc.boolean()), { maxLength: 200 }), (strokes) => {
        const week = strokes.reduce((painted, [day, slot, isOpen]) => paint(painted, day, slot, isOpen), paintedOf([]));
        expect(paintedOf(quietOf(week, 'service'))).toEqual(week);
      }),
    );
  });

  it('has nobody there where nothing is painted, and somebody where a half hour is open in part', () => {
    expect(openingsOf(paintedOpenings([]))).toEqual([]);
    expect(openingsOf(paintedOpenings([{ days: ['monday', 'saturday'], from: '08:45', to: '18:10' }]))).toEqual([
      { days: ['monday', 'saturday'], from: '08:30', to: '18:30' },
    ]);
    const night = [{ days: ['sunday' as const], from: '22:00', to: '06:00' }];
    expect(openingsOf(paintedOpenings(night))).toEqual([
      { days: ['monday'], from: '00:00', to: '06:00' },
      { days: ['sunday'], from: '22:00', to: '24:00' },
    ]);
    expect(openingsOf(paintedOpenings([{ days: ['holiday'], from: '10:00', to: '14:00' }]))).toEqual([
      { days: ['holiday'], from: '10:00', to: '14:00' },
    ]);
  });

  it('knows which day of the week a holiday falls on', () => {
    expect(['2026-12-25', '2026-11-22', '2026-11-23'].map(weekdayOf)).toEqual(['friday', 'sunday', 'monday']);
  });

  it('takes a half hour that is quiet in part for quiet, and a night for its two halves', () => {
    const week = paintedOf([{ days: ['monday'], from: '20:45', to: '07:10' }]);
    expect(quietOf(week, 'service')).toEqual([
      { purpose: 'service', days: ['monday'], from: '20:30', to: '24:00' },
      { purpose: 'service', days: ['tuesday'], from: '00:00', to: '07:30' },
    ]);
  });

  it('is never open on a day that is quiet as a whole, and joins what overlaps', () => {
    const quiet = [
      { purpose: 'promotional' as const, days: EVERY_DAY, from: '20:00', to: '09:00' },
      { purpose: 'promotional' as const, days: ['sunday' as const, 'holiday' as const], from: '00:00', to: '24:00' },
      { purpose: 'promotional' as const, days: ['monday' as const], from: '12:00', to: '13:00' },
    ];
    expect(openOn('sunday', quiet)).toEqual([]);
    expect(openOn('holiday', quiet)).toEqual([]);
    expect(openOn('monday', quiet)).toEqual([
      { from: 540, to: 720 },
      { from: 780, to: 1200 },
    ]);
  });
});

describe('a pasted list of visits', () => {
  it('is read with its columns in any order and with any separator', () => {
    const { visits, unread } = readRows(
      'Час\tІм’я\tТелефон\n9:15\tОлена Коваль\t067 000 00 01\n\n+380670000002;10.30;Тарас\nІван,0670000003,14:00\n',
    );
    expect(visits).toEqual([
      { row: 2, time: '09:15', number: '067 000 00 01', name: 'Олена Коваль' },
      { row: 4, time: '10:30', number: '+380670000002', name: 'Тарас' },
      { row: 5, time: '14:00', number: '0670000003', name: 'Іван' },
    ]);
    expect(unread).toEqual([]);
  });

  it('names the rows that have no time, no number or an hour that is none', () => {
    expect(readRows('067 000 00 01\tОлена\n25:00\t067 000 00 01\n09:00\t12\n').unread).toEqual([1, 2, 3]);
  });
});
