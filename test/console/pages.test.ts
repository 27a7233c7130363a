import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { language } from '../../src/console/i18n/language.ts';
import { conditionWords } from '../../src/console/pages/campaigns/condition-words.ts';
import { detailWords, targetWords } from '../../src/console/pages/settings/audit-details.ts';
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
import { readCondition } from '../../src/contacts/segment.ts';
import type { AuditEntry } from '../../src/http/schemas/audit.ts';

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

describe('who belongs to a segment', () => {
  /** One of each kind of condition, as `contacts/segment.ts` takes them. */
  const KINDS: readonly [condition: object, uk: string, en: string][] = [
    [{ tag: 'VIP' }, 'Усі, хто має позначку «VIP»', 'All who have the tag “VIP”'],
    [{ branch: 'b1' }, 'Усі, хто ходить до філії «b1»', 'All who go to the branch “b1”'],
    [{ language: 'kk' }, 'Усі, хто обрав мову: Казахська', 'All who chose the language Kazakh'],
    [{ channel: 'landline' }, 'Усі, хто просить зв’язуватися так: Міський телефон: телефонує людина', ''],
    [{ field: 'visits', above: 3 }, 'Усі, хто має у полі visits більше за 3', 'All who have more than 3 as visits'],
    [{ field: 'dog', known: false }, 'Усі, хто має порожнє поле dog', 'All who have nothing in dog'],
    [{ agreesTo: 'promotional', topic: 'news' }, 'Усі, хто має згоду: Пропозиції, Новини', 'All who have agreed to: Offers, News'],
    [{ suppressed: 'purpose:promotional' }, 'Усі, хто має відмову: Пропозиції', 'All who have opted out of: Offers'],
    [
      { occasion: { kind: 'visit', attendance: 'came', within: 90 } },
      'Усі, хто прийшов на візит за останні 90 днів',
      'All who came to a visit in the last 90 days',
    ],
    [{ occasion: { kind: 'visit', ahead: 2 } }, 'Усі, хто записаний на візит у найближчі 2 дні', 'All who have a visit in the next 2 days'],
    [
      { occasion: { kind: 'order', status: 'ready' } },
      'Усі, хто має запис «order» у стані «ready»',
      'All who have an entry “order” in the state “ready”',
    ],
    [{ heardWithin: 1 }, 'Усі, хто писав або дзвонив за останній 1 день', 'All who wrote or called in the last day'],
    [{ writtenWithin: 21 }, 'Усі, хто отримав від нас повідомлення за останній 21 день', ''],
    [{ newWithin: 7 }, 'Усі, хто доданий за останні 7 днів', 'All who were added in the last 7 days'],
    [
      { all: [{ any: [{ tag: 'a' }, { tag: 'b' }] }, { not: { tag: 'c' } }] },
      'Усі, хто (має позначку «a» або має позначку «b») і не (має позначку «c»)',
      'All who (have the tag “a” or have the tag “b”) and do not (have the tag “c”)',
    ],
  ];

  it.each(KINDS)('is said in the language of whoever looks: %j', (condition, uk, en) => {
    expect(() => readCondition(condition)).not.toThrow();
    language.value = 'uk';
    expect(conditionWords(condition)).toBe(uk);
    language.value = 'en';
    expect(conditionWords(condition)).toEqual(en === '' ? expect.stringMatching(/^All who/) : en);
    expect(conditionWords(condition)).not.toMatch(/undefined|\{/);
  });

  it('is left to the words of the API where a condition is not known here', () => {
    expect(conditionWords({ all: [{ tag: 'a' }, { moon: 'full' }] })).toBeUndefined();
    expect(conditionWords({ not: { moon: 'full' } })).toBeUndefined();
    expect(conditionWords('all')).toBeUndefined();
  });
});

describe('the audit log', () => {
  const NAMES = new Map([['usr_1', 'Оленка']]);
  const entry = (action: AuditEntry['action'], target: string | null, detail: AuditEntry['detail']): AuditEntry => ({
    seq: 1,
    at: '2026-11-22T10:00:00.000Z',
    actor: 'usr_0',
    action,
    target,
    detail,
    hash: '0'.repeat(64),
  });
  const DEEDS: readonly [entry: AuditEntry, said: string][] = [
    [entry('user.create', 'usr_9', { name: 'Ганна', role: 'readOnly' }), 'Ганна, роль: Лише читання'],
    [entry('user.change', 'usr_1', { password: true, role: 'desk' }), 'Оленка: новий пароль, роль: Реєстратура'],
    [entry('session.begin', 'usr_0', { address: '10.0.0.7' }), 'з адреси 10.0.0.7'],
    [entry('key.create', 'key_1', { name: 'CRM', scopes: 'send:otp read' }), 'CRM, може: надсилати коди, читати своє й відповіді клієнтів'],
    [entry('settings.change', null, { named: 'site.phone, quietHours' }), 'телефон реєстратури, тихі години'],
    [entry('sending.set', '8938001', { state: 'paused', purpose: 'promotional' }), '8938001: зупинено, Пропозиції'],
    [entry('template.set', 'visit.cancelled', { languages: 'uk ru' }), 'Візит скасовано: мови: Українська, Російська'],
    [entry('dialogue.steer', 'dlg_1', { to: 'handOver' }), 'dlg_1: передано людині'],
    [entry('forwarding.set', '8938001', { to: '+38044*****67', when: 'busy' }), '8938001: на +38044*****67, коли зайнято'],
    [entry('suppression.add', '+38067*****67', { scope: 'purpose:promotional' }), '+38067*****67: Пропозиції'],
    [entry('message.accept', null, { service: 29 }), 'Сервісні повідомлення: 29'],
    [
      entry('webhook.create', 'whk_1', { events: 'message.* call.missed', host: 'crm.example' }),
      'доля повідомлень, пропущений дзвінок, crm.example',
    ],
    [entry('occasion.notify', 'ntc_1', { action: 'late', count: 4, resource: 'ivanenko' }), 'запізнюємося, клієнтів: 4, про: ivanenko'],
    [entry('time.confirm', null, { trusted: true }), 'годинник іде правильно'],
    [entry('poster.set', 'НОВИНИ', { kind: 'consent' }), 'НОВИНИ: плакат для згоди'],
    [entry('resource.set', 'ivanenko', { kind: 'doctor' }), 'ivanenko: лікар'],
    [entry('stock.set', 'bikes', { colour: 'red' }), 'bikes: colour: red'],
  ];

  it.each(DEEDS)('says in plain words what was asked: %j', (deed, said) => {
    language.value = 'uk';
    const target = targetWords(deed, NAMES);
    expect([...(target === undefined ? [] : [target]), detailWords(deed).join(', ')].join(': ')).toBe(said);
  });
});
