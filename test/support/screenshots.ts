import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { iccidOf } from '../../src/simulator/identities.ts';
import { AFTERNOON, CLIENTS, liveThroughMonth } from './clinic.ts';
import { NO_LIMITS } from './config-text.ts';
import { consoleRig } from './console-rig.ts';
import { deeperScreens } from './console-screens.ts';
import { GoingClock } from './going-clock.ts';

/**
 * `npm run screenshots`: a picture of each page of the console as somebody sees it after a morning’s work, light, dark, and on a phone both,
 * into the folder `screenshots`. For whoever changes how the console looks: look at each of them.
 *
 * `npm run screenshots -- --language ru --view phone --only settings`: each may be given more than once; without it, Ukrainian, every
 * view and every page. A picture in another language has it in its name: `ru-today-phone.png`.
 */

const FOLDER = resolve(import.meta.dirname, '../../screenshots');
const MANY = { type: 'string', multiple: true } as const;
const { language: languages = ['uk'], view: wanted, only } = parseArgs({ options: { language: MANY, view: MANY, only: MANY } }).values;
const { OLENA, MARIA, IVAN } = CLIENTS;

const PHONE = { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const;

const VIEWS = [
  { name: 'light', options: { colorScheme: 'light', viewport: { width: 1280, height: 820 } } },
  { name: 'dark', options: { colorScheme: 'dark', viewport: { width: 1280, height: 820 } } },
  { name: 'phone', options: { colorScheme: 'light', viewport: { width: 390, height: 844 }, ...PHONE } },
  { name: 'phone-dark', options: { colorScheme: 'dark', viewport: { width: 360, height: 740 }, ...PHONE } },
] as const;

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const QUIET = [
  { purpose: 'service', days: WEEK, from: '21:00', to: '08:00' },
  { purpose: 'promotional', days: WEEK.slice(0, 6), from: '19:30', to: '10:00' },
  { purpose: 'promotional', days: ['sunday', 'holiday'], from: '00:00', to: '24:00' },
  { purpose: 'promotional', days: ['monday'], from: '00:00', to: '10:00' },
];

/** What the SIMs of the clinic cost and may, and one that waits for its PIN. */
const SIMS = `[balance]
every = 43200
[[sim]]
iccid = "${iccidOf(1)}"
name = "Реєстратура"
prices = ["+380 0.65 UAH"]
perDay = 800
perMonth = 3000
package = 300
topUpDays = 90
[[sim]]
iccid = "${iccidOf(2)}"
name = "Запасна"
`;

const clock = new GoingClock(AFTERNOON - 31 * 86_400_000);
const going = clock.go();
const rig = await consoleRig(SIMS, {
  name: 'Клініка Усмішка',
  clock,
  // A month takes a minute here; the rules of the country stay.
  manners: NO_LIMITS,
  modems: [{ name: 'left' }, { name: 'right', pin: '1234' }],
});
mkdirSync(FOLDER, { recursive: true });
try {
  const { doubtful, campaign } = await liveThroughMonth(rig, clock);
  await rig.api('PUT', '/v1/settings', { quietHours: QUIET, holidays: { dates: ['2026-12-31'] } });
  for (const locale of languages)
    for (const { name, options } of VIEWS.filter((view) => wanted?.includes(view.name) ?? true)) {
      const page = await rig.as('owner', { ...options, locale, reducedMotion: 'reduce', now: clock.now() });
      // The month, the daemon and the browser share what this machine has.
      page.setDefaultTimeout(60_000);
      await shoot(page, { view: name, language: locale }, { doubtful, campaign });
      await page.context().close();
    }
} finally {
  await rig.stop();
  clock.stop();
  await going;
}

/** Every page of the menu, and some that are deeper. */
async function shoot(
  page: Page,
  { view, language }: { view: string; language: string },
  { doubtful, campaign }: { doubtful: string; campaign: string },
): Promise<void> {
  const links = await page.locator('nav .nav-link[href]').all();
  const menu = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
  const draft = new URLSearchParams({
    to: `${OLENA}\n${MARIA}`,
    text: 'Завтра ми працюємо з 9 до 14, бо міняють ліфт. Якщо ваш візит пізніше, ми зателефонуємо. Клініка Усмішка',
  });
  const deeper = deeperScreens({
    number: IVAN,
    message: doubtful,
    contact: 'p4',
    campaign,
    template: 'visit.confirmation',
    visit: 'v12',
  });
  const screens = [...menu, ...deeper, `#/send?${draft}`];
  for (const screen of screens) {
    const name = nameOf(screen);
    if (only !== undefined && !only.some((one) => name.startsWith(one))) continue;
    await page.goto(`${rig.site.url}/${screen}`);
    await page.locator('h1:visible, h2:visible').first().waitFor();
    await page.locator('.spinner').first().waitFor({ state: 'detached' });
    for (const one of await page.locator('details.sim-more:not([open]), .modem details:not([open])').all())
      await one.locator('summary').click();
    await page.waitForLoadState('networkidle', { timeout: 700 }).catch(() => undefined);
    if (screen.startsWith('#/send?')) await page.locator('.verdicts li').first().waitFor();
    if (screen.startsWith('#/templates/of/')) await page.locator('.template-bubble').first().waitFor();
    const file = join(FOLDER, `${language === 'uk' ? '' : `${language}-`}${name}-${view}.png`);
    // As high as what is in it, so that all of it is seen and bars stay at their edges.
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    await page.screenshot({ path: file });
    await page.setViewportSize(size);
    process.stdout.write(`${file}\n`);
  }
}

/** `#/contacts/of/p4/edit` as `contacts-one-edit`. */
function nameOf(screen: string): string {
  const [page, ...path] = screen.replace(/^#\//, '').replace(/\?.*/, '/draft').split('/');
  const words = path.filter((part) => part !== 'of').map((part) => (/^[a-z]{3,}$/.test(part) ? part : 'one'));
  return [page, ...words].join('-');
}
