import { rfc3339 } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { DEMO_PHONES } from '../../src/simulator/phones.ts';
import type { ConsoleRig } from './console-rig.ts';
import type { GoingClock } from './going-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The afternoon on which somebody looks at the console: a Tuesday in Kyiv, 15:20 by its clocks. */
export const AFTERNOON = Date.UTC(2026, 10, 24, 13, 20);
/** The month before it. */
const DAYS = 30;

const [OLENA = '', TARAS = '', MARIA = '', IVAN = ''] = DEMO_PHONES.map(({ number }) => number);
export const CLIENTS = { OLENA, TARAS, MARIA, IVAN };

const NAMES = [
  ...['Олена Бондар', 'Тарас Мельник', 'Марія Орлова', 'Іван Кравець', 'Оксана Лисенко', 'Петро Гнатюк', 'Наталія Шевченко'],
  ...['Андрій Коваленко', 'Юлія Ткачук', 'Богдан Савчук', 'Ірина Поліщук', 'Сергій Руденко', 'Катерина Марченко', 'Микола Приходько'],
  ...['Світлана Дорошенко', 'Роман Левченко', 'Вікторія Захарчук', 'Олексій Панченко', 'Людмила Остапчук', 'Ганна Вербицька'],
];
const firstName = (n: number): string => NAMES[n]?.split(' ')[0] ?? '';
const numberOf = (n: number): string => `+3806700000${String(n + 1).padStart(2, '0')}`;

/** When the signal of the left modem was how strong in the last day, by hours: a lorry stood before the window from ten to noon. */
const RSSI = [19, 19, 20, 20, 20, 21, 21, 20, 21, 21, 20, 20, 19, 19, 18, 17, 18, 17, 16, 11, 9, 15, 17, 18, 18];

/**
 * A month in the life of a clinic, told through the API alone: visits, reminders, answers, an offer to those who agreed to one, a day
 * with its troubles. For whoever looks at the console.
 */
export async function liveThroughMonth(
  { api, site: { network } }: ConsoleRig,
  clock: GoingClock,
): Promise<{ doubtful: string; campaign: string }> {
  const random = seededRandom(7);
  const put = (path: string, body: unknown): Promise<unknown> => api('PUT', path, body);
  const post = <T = unknown>(path: string, body: unknown): Promise<T> => api<T>('POST', path, body);
  const dayAt = (days: number, hour: number, minute = 0): number =>
    AFTERNOON - (AFTERNOON % DAY) + days * DAY + (hour - 2) * HOUR + minute * MINUTE;
  const below = (n: number): number => Math.floor(random.float() * n);

  for (const phone of DEMO_PHONES) {
    // Once each, and without what a machine without its font shows as a box.
    const answers = (phone.answers ?? []).map(({ text, ...rest }) => ({ ...rest, text: text.replace(' 🙂', ''), afterMs: 50, times: 1 }));
    network.addPhone({ ...phone, answers });
  }
  for (let n = DEMO_PHONES.length; n < NAMES.length; n += 1) {
    const answers = [
      ...(n % 3 === 0 ? [] : [{ contains: 'ТАК', text: n % 2 === 0 ? 'Так' : 'так, буду', afterMs: 90_000 }]),
      ...(n % 4 === 0 ? [{ contains: 'знижк', text: 'Запишіть мене', afterMs: 400_000 }] : []),
      ...(n === 15 ? [{ contains: 'знижк', text: 'СТОП', afterMs: 200_000 }] : []),
    ];
    network.addPhone({ number: numberOf(n), name: NAMES[n] ?? '', answers });
  }

  await put('/v1/resources/ivanenko', {
    kind: 'doctor',
    name: 'Іваненко О. П.',
    address: 'вул. Садова, 3, каб. 12',
    phone: '044 123 45 67',
  });
  await put('/v1/resources/kovalchuk', {
    kind: 'doctor',
    name: 'Ковальчук Л. В.',
    address: 'вул. Садова, 3, каб. 14',
    phone: '044 123 45 67',
  });
  for (const [n, name] of NAMES.entries()) {
    const contact = { name, firstName: firstName(n), numbers: [numberOf(n)], language: 'uk', tags: n % 3 === 0 ? ['VIP'] : ['клініка'] };
    await put(`/v1/contacts/p${n + 1}`, n === 3 ? { ...contact, fields: { note: 'Просить телефонувати після 18-ї' } } : contact);
    if (n % 5 !== 4) {
      const proof = { source: 'form', wording: 'Надсилайте мені новини й знижки клініки.', actor: 'Реєстратура', at: rfc3339(clock.now()) };
      await post('/v1/consents', { to: numberOf(n), purpose: 'promotional', ...proof });
    }
  }
  await put('/v1/segments/Постійні', { condition: { tag: 'VIP' } });
  await put('/v1/segments/Усі', { condition: { any: [{ tag: 'VIP' }, { tag: 'клініка' }] } });
  await put('/v1/rules/ціни', { words: ['ціна', 'прайс'], reply: 'Прийом від 500 грн. Записатися: 044 123 45 67' });
  await put('/v1/rules/запис', { prefix: 'запис', notify: true, tag: 'запис' });
  await put('/v1/posters/УСМІШКА', { wording: 'Надсилайте мені новини й знижки клініки.', number: '+380500000001' });
  await post('/v1/webhooks', { url: 'https://crm.usmishka.example/sms', events: ['message.*', 'inbound.received'] });
  await post('/v1/keys', { name: 'CRM', scopes: ['send', 'read'] });
  await post('/v1/users', { name: 'Оленка', password: 'correct horse battery', role: 'desk' });
  await post('/v1/users', { name: 'Максим', password: 'correct horse battery', role: 'technician' });

  let campaign = '';
  // The month: visits of each working day, of which the clinic says a word to most.
  const texts = [
    (name: string) => `${name}, ваш візит завтра. Відповідайте ТАК, щоб підтвердити. Клініка Усмішка`,
    (name: string) => `${name}, результати аналізів готові. Клініка Усмішка`,
    (name: string) => `${name}, дякуємо за візит! Питання: 044 123 45 67. Клініка Усмішка`,
  ];
  for (let day = -DAYS + 1; day < -1; day += 1) {
    const weekday = new Date(dayAt(day, 12)).getUTCDay();
    const messages = weekday === 0 ? 1 : weekday === 6 ? 3 + below(4) : 6 + below(9);
    clock.step(dayAt(day, 10) - clock.now());
    for (let n = 0; n < messages; n += 1) {
      const who = 6 + below(NAMES.length - 6);
      await post('/v1/messages', { to: numberOf(who), text: texts[below(3)]?.(firstName(who)) });
    }
    if (day === -6) campaign = await offer();
    await clock.skip(5 * MINUTE);
  }

  // The last day, hour by hour.
  clock.step(AFTERNOON - DAY - clock.now());
  await bookVisits();
  const busy = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 7, 4, 6, 3, 2, 4];
  let doubtful = '';
  for (const [hour, rssi] of RSSI.entries()) {
    network.addFault({ fault: 'signal', modem: 'left', rssi });
    for (let n = 0; n < (busy[hour] ?? 0); n += 1) {
      const who = 6 + below(NAMES.length - 6);
      await post('/v1/messages', { to: numberOf(who), text: texts[1 + below(2)]?.(firstName(who)) });
    }
    if (hour === RSSI.length - 1) doubtful = await thisHour();
    else {
      // Enough for two samples of the signal; the rest of the hour is quiet.
      await clock.skip(11 * MINUTE);
      clock.step(49 * MINUTE);
    }
  }
  return { doubtful, campaign };

  /** Two texts against each other. @returns the id of the campaign */
  async function offer(): Promise<string> {
    const variants = [
      { name: 'A', texts: { uk: '{site}: чистка зубів зі знижкою 15% до кінця листопада. Не цікаво - СТОП' }, share: 50 },
      { name: 'B', texts: { uk: '{site}: {firstName}, знижка 15% на чистку зубів до 30.11. Не цікаво - СТОП' }, share: 50 },
    ];
    const { id } = await post<{ id: string }>('/v1/campaigns', { name: 'Чистка зубів', segment: 'Усі', variants });
    const { recipients } = await post<{ recipients: number }>(`/v1/campaigns/${id}/estimate`, {});
    await post(`/v1/campaigns/${id}/start`, { recipients });
    await clock.skip(30 * MINUTE);
    return id;
  }

  async function bookVisits(): Promise<void> {
    const visits = [
      ...[
        [0, 9, 0],
        [6, 9, 30],
        [8, 10, 30],
        [1, 11, 0],
        [10, 12, 0],
        [12, 14, 30],
        [7, 16, 0],
        [3, 17, 0],
      ].map((at) => [0, ...at]),
      ...[
        [1, 9, 30],
        [9, 10, 0],
        [0, 10, 0],
        [11, 11, 30],
        [3, 12, 30],
        [14, 15, 0],
        [16, 16, 30],
      ].map((at) => [1, ...at]),
      ...[
        [13, 9, 0],
        [4, 10, 30],
        [18, 13, 0],
      ].map((at) => [2, ...at]),
      ...[
        [17, 11, 0],
        [19, 15, 30],
      ].map((at) => [3, ...at]),
    ];
    for (const [n, [day = 0, who = 0, hour = 0, minute = 0]] of visits.entries()) {
      const visit = {
        contact: { externalId: `p${who + 1}` },
        startsAt: rfc3339(dayAt(day, hour, minute)),
        resource: n % 2 === 0 ? 'ivanenko' : 'kovalchuk',
        data: { address: 'вул. Садова, 3' },
      };
      await put(`/v1/occasions/visit/v${n}`, visit);
    }
  }

  /** What the desk sees when it looks up from its tea. @returns the id of a message of which nobody knows */
  async function thisHour(): Promise<string> {
    for (const n of [0, 1, 2, 4]) await post(`/v1/occasions/visit/v${n}/attendance`, { attendance: n === 2 ? 'didNotCome' : 'came' });
    const messages = [
      {
        to: OLENA,
        text: 'Добрий день, Олено! Чекаємо на вас завтра о 10:00: вул. Садова, 3. Щоб перенести візит, відповідайте ПЕРЕНОС. Клініка Усмішка',
      },
      { to: TARAS, text: 'Тарасе, ваш візит завтра о 9:30. Відповідайте ТАК, щоб підтвердити. Клініка Усмішка' },
      { to: MARIA, text: 'Маріє, результати аналізів готові. Клініка Усмішка' },
      { to: IVAN, text: 'Іване, нагадуємо про огляд у вівторок. Клініка Усмішка' },
      { to: '+380670000006', text: 'Петре, ваше замовлення готове. Клініка Усмішка' },
      { to: MARIA, text: 'Маріє, вітаємо з днем народження! Клініка Усмішка', sendAt: rfc3339(AFTERNOON + 20 * HOUR) },
    ];
    for (const message of messages) await post('/v1/messages', message);
    await clock.skip(10 * MINUTE);
    network.addFault({ fault: 'noReference', modem: 'left', to: '+380670000005', accepted: false });
    const { id } = await post<{ id: string }>('/v1/messages', {
      to: '+380670000005',
      text: 'Оксано, лікар сьогодні хворіє. Клініка Усмішка',
    });
    await clock.skip(2 * MINUTE);
    network.addFault({ fault: 'errorAfter', modem: 'left', to: '+380670000010', cms: 28, accepted: false });
    await post('/v1/messages', { to: '+380670000010', text: 'Богдане, рахунок за візит: 850 грн. Клініка Усмішка' });
    await clock.skip(MINUTE);
    network.call({ from: TARAS, modem: 'left', forMs: 4000 });
    await clock.skip(MINUTE);
    const draft = {
      name: 'Зимові канікули',
      segment: 'Постійні',
      variants: [{ name: 'A', texts: { uk: '{site}: огляд для дітей на канікулах безкоштовно. Не цікаво - СТОП' }, share: 100 }],
    };
    await post('/v1/campaigns', draft);
    await clock.skip(AFTERNOON - clock.now());
    return id;
  }
}
