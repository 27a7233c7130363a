import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FAULTS } from '../../src/base/fault.ts';
import { Refusal } from '../../src/console/api/client.ts';
import { anew, type Grown, withOlder, withTop } from '../../src/console/api/growing.ts';
import { oneAtATime, together } from '../../src/console/api/together.ts';
import { problemAt } from '../../src/console/api/use-deed.ts';
import { decimal, money, percent } from '../../src/console/i18n/format.ts';
import { language, speak } from '../../src/console/i18n/language.ts';
import { fieldValue, instantAt } from '../../src/console/i18n/zoned.ts';
import { entriesOf, insteadOfText } from '../../src/console/pages/conversations/entries.ts';
import { nameIn, recipientsIn, withClient } from '../../src/console/pages/send/recipients.ts';
import { unfilledIn } from '../../src/console/parts/unfilled.ts';
import { addressOf, placeIn } from '../../src/console/state/place.ts';
import { choices, meanings } from '../../src/console/words/message.ts';
import { problems, problemWords } from '../../src/console/words/problems.ts';
import { taskSentences, tasks } from '../../src/console/words/tasks.ts';
import type { Call } from '../../src/http/schemas/call.ts';
import type { Inbound } from '../../src/http/schemas/inbound.ts';
import type { Message } from '../../src/http/schemas/message.ts';
import { SIM_CHOICES } from '../../src/store/records/choice.ts';
import { MEANINGS, TASK_KINDS } from '../../src/store/records/inbound-rules.ts';

describe('the wall clock of the site', () => {
  it('is the same for a desk that stands elsewhere', () => {
    expect(instantAt('2026-11-23T09:00', 'Europe/Kyiv')).toBe('2026-11-23T07:00:00.000Z');
    expect(instantAt('2026-07-23T09:00', 'Europe/Kyiv')).toBe('2026-07-23T06:00:00.000Z');
    expect(instantAt('2026-11-23T09:00', 'Asia/Kolkata')).toBe('2026-11-23T03:30:00.000Z');
    expect(instantAt('soon', 'Europe/Kyiv')).toBeUndefined();
  });

  it('comes back as it was written, but where clocks are changed', () => {
    const zones = fc.constantFrom('Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Asia/Almaty');
    const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        // Noon is never skipped, nor twice.
        const written = `${day.toISOString().slice(0, 10)}T12:30`;
        expect(fieldValue(Date.parse(instantAt(written, zone) ?? ''), zone)).toBe(written);
      }),
    );
  });
});

describe('a number', () => {
  afterEach(() => speak('en'));

  it('is written as the language of whoever looks writes it, with as many digits as it is worth', () => {
    const written = (): string[] =>
      [
        decimal(4.256, { most: 2 }),
        decimal(3, { most: 1, least: 1 }),
        percent(0.1256),
        percent(0.1256, 1),
        money({ amount: '1.3', currency: 'UAH' }),
      ]
        // The blanks in them do not break.
        .map((text) => text.replaceAll('\u00a0', ' '));
    speak('en');
    expect(written()).toEqual(['4.26', '3.0', '13%', '12.6%', 'UAH 1.30']);
    speak('uk');
    expect(written()).toEqual(['4,26', '3,0', '13%', '12,6%', '1,30 ₴']);
  });
});

describe('what comes together', () => {
  it('is answered once, and in time even while more and more comes', () => {
    let now = 0;
    const timers: { at: number; fn: () => void }[] = [];
    const answered: number[] = [];
    const coming = together(
      300,
      () => answered.push(now),
      (ms, fn) => {
        const timer = { at: now + ms, fn };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    );
    for (; now < 2000; now += 10) {
      for (const due of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(due), 1);
        due.fn();
      }
      if (now % 100 === 0 && now < 1000) coming.come();
    }
    expect(answered).toEqual([300, 600, 900, 1200]);
    coming.come();
    coming.stop();
    expect(timers).toEqual([]);
  });

  it('is done once more where it came while something slow was being done, and that is not cut off', async () => {
    const ends: (() => void)[] = [];
    let done = 0;
    const look = oneAtATime(async () => {
      await new Promise<void>((end) => ends.push(end));
      done += 1;
    });
    const all = look();
    for (let i = 0; i < 9; i += 1) void look();
    expect(ends.length).toBe(1);
    ends[0]?.();
    await vi.waitUntil(() => ends.length === 2);
    ends[1]?.();
    await all;
    expect([ends.length, done]).toEqual([2, 2]);
    const later = look();
    ends[2]?.();
    await later;
    expect(done).toBe(3);
  });

  it('is done again after it failed', async () => {
    let asked = 0;
    const look = oneAtATime(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    });
    await expect(look()).rejects.toThrow('no');
    await look();
    expect(asked).toBe(2);
  });
});

describe('a list that grows at its top', () => {
  const keyOf = (row: number): string => String(row);
  /** A page as the API gives it: the newest first, from a place on. */
  const pageOf = (newest: number, cursor: string | null, size = 50) => {
    const from = cursor === null ? newest : Number(cursor);
    const data = Array.from({ length: Math.min(size, from) }, (_, n) => from - n);
    return { data, nextCursor: from > size ? String(from - size) : null };
  };

  it('keeps what was called up below its first page, far beyond 500 rows, and asks for nothing twice', () => {
    let shown: Grown<number> = withTop(undefined, pageOf(1000, null), keyOf);
    for (let newest = 1000; shown.next !== null; newest += 3) {
      shown = withOlder(shown, pageOf(newest, shown.next), keyOf);
      shown = withTop(shown, pageOf(newest + 3, null), keyOf);
    }
    expect(shown.rows).toEqual(Array.from({ length: shown.rows.length }, (_, n) => shown.rows.length - n));
    expect(shown.rows.length).toBeGreaterThan(1000);
  });

  it('is read again as far down as it is shown, and no further', async () => {
    const read = async (cursor: string | null) => pageOf(1000, cursor);
    expect((await anew(read, 120, keyOf)).rows).toHaveLength(150);
    expect(await anew(read, 5000, keyOf)).toMatchObject({ next: null, rows: { length: 1000 } });
  });

  it('begins anew where more is new than a page holds, so that there is no gap', () => {
    const shown = withOlder(withTop(undefined, pageOf(200, null), keyOf), pageOf(200, '150'), keyOf);
    expect(shown.rows).toHaveLength(100);
    expect(withTop(shown, pageOf(260, null), keyOf)).toEqual({ rows: pageOf(260, null).data, next: '210' });
    expect(withTop(shown, pageOf(249, null), keyOf).rows).toHaveLength(149);
    expect(withTop(shown, { data: [], nextCursor: null }, keyOf)).toEqual({ rows: [], next: null });
  });
});

describe('an address of the console', () => {
  it('has what was put into it, whatever that is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }), fc.string({ minLength: 1 }), (path, value) => {
        const place = placeIn(addressOf('queue', path, { status: value, none: undefined }));
        expect([place.page, place.path, place.query.get('status'), place.query.has('none')]).toEqual(['queue', path, value, false]);
      }),
    );
  });

  it('is taken as it stands where it cannot be read', () => {
    expect(placeIn('#/queue/%E0%A4%A').path).toEqual(['%E0%A4%A']);
    expect(placeIn('').page).toBe('');
  });
});

describe('recipients', () => {
  it('are told apart by lines, commas and tabs, and each is written to once', () => {
    expect(recipientsIn(' 067 111 11 11\n+380 (67) 222-22-22,0671111111;\t\n')).toEqual(['067 111 11 11', '+380 (67) 222-22-22']);
  });

  it('may be written by name: what is written last and is no number is looked for, and gives way to whom it was', () => {
    expect(['', '067', '0671111111, ', 'Оле', '0671111111, Оле', 'Олена <+380671111111>'].map(nameIn)).toEqual([
      undefined,
      undefined,
      undefined,
      'Оле',
      'Оле',
      undefined,
    ]);
    const one = withClient('0672222222, Оле', { name: 'Коваль, Олена <мама>', number: '+380671111111' });
    expect(one).toBe('0672222222, Коваль Олена мама <+380671111111>\n');
    expect(recipientsIn(`${one}+380 67 111 11 11`)).toEqual(['0672222222', '+380671111111']);
    expect(nameIn(one)).toBeUndefined();
  });
});

const MESSAGE: Message = {
  id: null,
  to: '+380671111111',
  text: 'Чекаємо',
  textHidden: false,
  textErasedAt: null,
  purpose: 'service',
  status: 'delivered',
  reason: null,
  encoding: 'ucs2',
  segmentCount: 1,
  possibleDuplicate: false,
  flash: false,
  transliterated: false,
  topic: null,
  reference: null,
  sim: null,
  sendAt: null,
  dueAt: null,
  notAfter: null,
  acceptedAt: '',
  expiresAt: '',
  updatedAt: '',
  key: 'usr_1',
  damaged: false,
  policy: { decidedAt: '', decision: 'send', until: null, released: null, rules: [] },
  segments: [],
  events: [],
};

const INBOUND: Inbound = {
  id: '',
  kind: 'text',
  from: '+380671111111',
  text: 'так',
  textErasedAt: null,
  receivedAt: '',
  complete: true,
  sim: '1',
  smscTime: null,
  answers: null,
  meaning: null,
  rule: null,
  tag: null,
  total: 1,
  revision: 1,
  mms: null,
  problem: null,
  duplicates: 0,
  segments: [],
};

const CALL: Call = {
  id: 'call_1',
  from: '+380671111111',
  withheld: false,
  sim: '1',
  state: 'missed',
  startedAt: '',
  duration: 9,
  rings: 3,
  hungUp: false,
};

describe('what a client wrote', () => {
  it('is its text, or what is known of it where there is none', () => {
    const unreadable = { ...INBOUND, text: null, complete: false, problem: 'It is 8-bit data for a program, not a text.' };
    expect(insteadOfText(INBOUND)).toBeUndefined();
    expect(insteadOfText({ ...INBOUND, text: null, complete: false })).toBeUndefined();
    expect(insteadOfText(unreadable)).toBe('unreadable');
    expect(insteadOfText({ ...unreadable, textErasedAt: '2026-12-22T10:00:00Z' })).toBe('erased');
    expect(insteadOfText({ ...INBOUND, kind: 'mms', text: null })).toBe('mms');
  });
});

describe('a thread', () => {
  const message = (id: string, at: string): Message => ({ ...MESSAGE, id, acceptedAt: at });
  const inbound = (id: string, at: string): Inbound => ({ ...INBOUND, id, receivedAt: at });
  const none = { rows: [], hasMore: false };

  it('is in the order of time, over all that passed', () => {
    const calls = { rows: [{ ...CALL, startedAt: '2026-11-22T10:02:00Z' }], hasMore: false };
    const { entries, hasOlder } =
      entriesOf(
        { rows: [message('m2', '2026-11-22T10:03:00Z'), message('m1', '2026-11-22T10:00:00Z')], hasMore: false },
        { rows: [inbound('i', '2026-11-22T10:01:00Z')], hasMore: false },
        calls,
      ) ?? {};
    expect(entries?.map(({ kind, at }) => [kind, at.slice(14, 16)])).toEqual([
      ['out', '00'],
      ['in', '01'],
      ['call', '02'],
      ['out', '03'],
    ]);
    expect(hasOlder).toBe(false);
  });

  it('leaves nothing out in the middle: what is older than the shortest list waits for it', () => {
    const { entries, hasOlder } =
      entriesOf(
        { rows: [message('m9', '2026-11-22T10:09:00Z'), message('m8', '2026-11-22T10:08:00Z')], hasMore: true },
        { rows: [inbound('i9', '2026-11-22T10:09:30Z'), inbound('i1', '2026-11-22T10:01:00Z')], hasMore: false },
        none,
      ) ?? {};
    expect(entries?.map(({ at }) => at.slice(14, 19))).toEqual(['08:00', '09:00', '09:30']);
    expect(hasOlder).toBe(true);
  });
});

describe('words for what the box says', () => {
  it('are there for every meaning, every task and every choice of a SIM', () => {
    expect(MEANINGS.filter((meaning) => meanings.maybe(meaning) === undefined)).toEqual([]);
    expect(TASK_KINDS.filter((kind) => tasks.maybe(kind) === undefined || taskSentences.maybe(kind) === undefined)).toEqual([]);
    expect(SIM_CHOICES.filter((choice) => choices.maybe(choice) === undefined)).toEqual([]);
  });

  it('are said in the language of whoever looks, by the reason of the place', () => {
    const refusal = new Refusal({
      code: 'requestInvalid',
      detail: '/name may have at most 21 characters.',
      errors: [{ pointer: '/name', detail: 'may have at most 21 characters', reason: 'tooLong', limit: 21 }],
    });
    const said = (tongue: 'uk' | 'ru' | 'en'): string[] => {
      language.value = tongue;
      return [problemAt(refusal, '/name') ?? '', problemWords(refusal)];
    };
    expect(said('uk')).toEqual(['Задовге: щонайбільше 21 знак.', 'Щось із цього записано неправильно. Задовге: щонайбільше 21 знак.']);
    expect(said('ru')[0]).toBe('Слишком длинно: не больше 21 знака.');
    expect(said('en')).toEqual(['Too long: at most 21 characters.', 'Something of this is not right. Too long: at most 21 characters.']);
  });

  it('fall back to those of the box where the reason is none that is known', () => {
    const errors = [{ pointer: '?name', detail: 'has the wrong colour' }];
    const refusal = new Refusal({ code: 'requestInvalid', detail: 'The name has the wrong colour.', errors });
    language.value = 'uk';
    expect(problemAt(refusal, '/name')).toBe('Так записати не можна: has the wrong colour');
    expect(problemWords(refusal)).toBe('Щось із цього записано неправильно. has the wrong colour');
    language.value = 'en';
    expect(problemWords(refusal)).toBe('The name has the wrong colour.');
  });

  it('are of kinds of problems that there are', () => {
    expect(Object.keys(problems.entries).filter((code) => code !== 'offline' && !Object.hasOwn(FAULTS, code))).toEqual([]);
  });

  it('are missing in a template only where a field stands in brackets', () => {
    expect(unfilledIn('Чекаємо [date] о [time]')).toBe('[date]');
    expect(unfilledIn('Чекаємо [завтра] о 10:00')).toBeUndefined();
  });
});
