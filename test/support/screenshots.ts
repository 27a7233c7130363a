import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { systemClock } from '../../src/base/clock.ts';
import { DEMO_PHONES } from '../../src/simulator/phones.ts';
import { consoleRig } from './console-rig.ts';

/**
 * `npm run screenshots`: a picture of each page of the console as somebody sees it after a morning's work, light, dark and on a phone,
 * into the folder `screenshots`. For whoever changes how the console looks: look at each of them.
 */

const FOLDER = resolve(import.meta.dirname, '../../screenshots');
const [OLENA, TARAS, MARIA, IVAN] = DEMO_PHONES.map(({ number }) => number);

const VIEWS = [
  { name: 'light', options: { colorScheme: 'light', viewport: { width: 1280, height: 820 } } },
  { name: 'dark', options: { colorScheme: 'dark', viewport: { width: 1280, height: 820 } } },
  {
    name: 'phone',
    options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  },
] as const;

const MORNING = [
  {
    to: OLENA,
    text: 'Добрий день, Олено! Чекаємо на вас завтра о 10:00: вул. Садова, 3. Щоб перенести візит, відповідайте ПЕРЕНОС. Клініка Усмішка',
  },
  { to: TARAS, text: 'Тарасе, ваш візит завтра о 9:30. Відповідайте ТАК, щоб підтвердити. Клініка Усмішка' },
  { to: MARIA, text: 'Маріє, результати аналізів готові. Клініка Усмішка' },
  { to: IVAN, text: 'Іване, нагадуємо про огляд у вівторок. Клініка Усмішка' },
  { to: '+380670000006', text: 'Петре, ваше замовлення готове. Клініка Усмішка' },
  {
    to: MARIA,
    text: 'Маріє, вітаємо з днем народження! Клініка Усмішка',
    sendAt: new Date(systemClock.now() + 20 * 3_600_000).toISOString(),
  },
];

const rig = await consoleRig('', 'Клініка Усмішка');
mkdirSync(FOLDER, { recursive: true });
try {
  const { network } = rig.site;
  for (const phone of DEMO_PHONES) {
    // Once each, and without what a machine without its font shows as a box.
    const answers = (phone.answers ?? []).map(({ text, ...rest }) => ({ ...rest, text: text.replace(' 🙂', ''), afterMs: 50, times: 1 }));
    network.addPhone({ ...phone, answers });
  }
  network.addFault({ fault: 'noReference', modem: 'left', to: '+380670000005', accepted: false });
  for (const { number, name } of DEMO_PHONES.slice(0, 5)) {
    const id = `p${number.slice(-1)}`;
    await rig.api('PUT', `/v1/contacts/${id}`, { name, firstName: name, numbers: [number] });
  }
  for (const [n, hours] of [
    [1, 20],
    [2, 21],
    [4, 26],
  ] as const) {
    const startsAt = new Date(Math.ceil((systemClock.now() + hours * 3_600_000) / 1_800_000) * 1_800_000).toISOString();
    await rig.api('PUT', `/v1/occasions/visit/v${n}`, { contact: { externalId: `p${n}` }, startsAt });
  }
  await rig.api('PUT', '/v1/contacts/p4', {
    ...{ name: 'Іван', firstName: 'Іван', numbers: [IVAN], tags: ['VIP'] },
    fields: { note: 'Просить телефонувати після 18-ї' },
  });
  const doctor = { kind: 'doctor', name: 'Іваненко О. П.', address: 'вул. Садова, 3, каб. 12', phone: '044 123 45 67' };
  await rig.api('PUT', '/v1/resources/ivanenko', doctor);
  await rig.api('PUT', '/v1/rules/ціни', { words: ['ціна', 'прайс'], reply: 'Прийом від 500 грн. Записатися: 044 123 45 67' });
  const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const quietHours = [
    { purpose: 'service', days: week, from: '21:00', to: '08:00' },
    { purpose: 'promotional', days: week.slice(0, 6), from: '19:30', to: '10:00' },
    { purpose: 'promotional', days: ['sunday', 'holiday'], from: '00:00', to: '24:00' },
  ];
  const wording = 'Надсилайте мені новини й знижки клініки.';
  await rig.api('PUT', '/v1/posters/УСМІШКА', { wording, number: '+380500000001' });
  for (const message of MORNING) await rig.api('POST', '/v1/messages', message);
  const doubtful = await rig.api<{ id: string }>('POST', '/v1/messages', {
    to: '+380670000005',
    text: 'Оксано, лікар сьогодні хворіє. Клініка Усмішка',
  });
  // Only now: whenever the pictures are made, the morning is over.
  await rig.api('PUT', '/v1/settings', { quietHours, holidays: { dates: ['2026-12-31'] } });
  network.call({ from: TARAS ?? '', modem: 'left', forMs: 4000 });
  for (const { name, options } of VIEWS) {
    const page = await rig.as('owner', { ...options, locale: 'uk-UA', reducedMotion: 'reduce' });
    const settled = await rig.api<{ data: { status: string }[] }>('GET', '/v1/messages');
    if (settled.data.length === 0) throw new Error('nothing was sent');
    await shoot(page, name, doubtful.id);
    await page.context().close();
  }
} finally {
  await rig.stop();
}

/** Every page of the menu, and some that are deeper. */
async function shoot(page: Page, view: string, doubtful: string): Promise<void> {
  const links = await page.locator('nav .nav-link[href]').all();
  const menu = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
  const draft = new URLSearchParams({
    to: `${OLENA}\n${MARIA}`,
    text: 'Завтра ми працюємо з 9 до 14, бо міняють ліфт. Якщо ваш візит пізніше, ми зателефонуємо. Клініка Усмішка',
  });
  const screens = [
    ...menu,
    `#/conversations/${encodeURIComponent(IVAN ?? '')}`,
    `#/queue/${doubtful}`,
    '#/today/calls',
    '#/today/tasks',
    '#/contacts/of/p4',
    '#/contacts/resources',
    '#/consent/posters',
    ...['hours', 'rules', 'people', 'backups'].map((section) => `#/settings/${section}`),
    `#/send?${draft}`,
  ];
  for (const screen of screens) {
    await page.goto(`${rig.site.url}/${screen}`);
    await page.locator('h1:visible, h2:visible').first().waitFor();
    await page.locator('.spinner').first().waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
    if (screen.startsWith('#/send?')) await page.locator('.verdicts li').first().waitFor();
    const [of = '', part = ''] = screen.replace(/^#\//, '').replace(/\?.*/, '/draft').split('/');
    const name = part === '' ? of : `${of}-${/^[a-z]{3,}$/.test(part) ? part : 'one'}`;
    const file = join(FOLDER, `${name}-${view}.png`);
    await page.screenshot({ path: file });
    process.stdout.write(`${file}\n`);
  }
}
