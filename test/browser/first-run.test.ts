import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { haveChromium, launchChromium } from '../support/chromium.ts';
import { type DaemonProcess, makeSite, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';

const OLENA = '+380671234567';

/** Every place of what was asked, as a JSON pointer. */
const pointersIn = (value: unknown, at = ''): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, one]) => pointersIn(one, `${at}/${name}`)) : [at];

describe.runIf(haveChromium())('an empty box, as it is built and installed', () => {
  let simulation: Simulation;
  let daemon: DaemonProcess;
  let site: SiteFolder;

  beforeAll(async () => {
    simulation = await simulate({ modems: 1, tcp: 0, radioMs: 20, deliveryMs: 20, reportMs: 20, phones: [{ number: OLENA }] });
    site = makeSite(
      simulation.tcp.map((port) => `tcp://127.0.0.1:${port}`),
      '',
      '',
    );
    daemon = await startDaemonProcess(site);
  });
  afterAll(async () => {
    await daemon?.stop();
    await simulation?.close();
    site?.remove();
  });

  /** Has the box refuse every field of what is asked there. */
  const refuse = (page: Page, path: string) =>
    page.route(path, async (route) => {
      if (route.request().method() === 'GET') return route.continue();
      const errors = pointersIn(route.request().postDataJSON()).map((pointer) => ({ pointer, detail: 'is wrong', reason: 'characters' }));
      const problem = {
        type: 'about:blank',
        title: 'Invalid',
        status: 400,
        code: 'requestInvalid',
        detail: 'The request is wrong.',
        errors,
      };
      return route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
  /** Fills every field of the form, sends it, and tells those beside which nothing is said, or that are not as they were left. */
  async function notTold(page: Page, said: string): Promise<string[]> {
    const inputs = await page.locator('main form input:visible').all();
    for (const [n, input] of inputs.entries()) await input.fill(`слово номер ${n}`);
    await page.locator('main form button[type=submit]').click();
    await page.locator('main form .problem').first().waitFor();
    const wrong: string[] = [];
    for (const [n, input] of inputs.entries()) {
      const beside = page.locator(`[id="${await input.getAttribute('id')}-problem"]`).filter({ hasText: said });
      if ((await input.inputValue()) !== `слово номер ${n}` || (await beside.count()) !== 1) wrong.push(`field ${n}`);
    }
    return inputs.length > 0 ? wrong : ['no field'];
  }

  it.each([
    ['uk', 'Тут є знак, якого не може бути.'],
    ['ru', 'Здесь есть знак, которого быть не может.'],
    ['en', 'There is a character that may not stand here.'],
  ])('says beside each field of its first page why it was refused, and keeps what was typed, in %s', async (locale, said) => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ locale });
      page.setDefaultTimeout(20_000);
      await refuse(page, '**/v1/setup');
      await page.goto(daemon.url);
      await page.locator('main form').waitFor();
      expect(await page.locator('main form input:visible').count()).toBe(3);
      expect(await notTold(page, said)).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('X11: becomes somebody’s with the word from its log, is told where it stands, and sends its first message, with nothing to edit in a file', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ locale: 'uk-UA' });
      page.setDefaultTimeout(20_000);
      await page.goto(daemon.url);
      await page.getByRole('heading', { name: 'Почнімо' }).waitFor();
      await page.getByText('English', { exact: true }).click();
      await page.getByLabel('Word from the log').fill('0'.repeat(32));
      await page.getByLabel('Your name').fill('Olena');
      await page.getByLabel('New password').fill('correct horse battery');
      await page.keyboard.press('Enter');
      await page.getByText('This is not the word that the log shows').waitFor();

      const token = daemon.log.map((line) => line.setupToken).find((word) => typeof word === 'string');
      await page.getByLabel('Word from the log').fill(String(token));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Where does this box work?' }).waitFor();
      await refuse(page, '**/v1/settings');
      await page.getByLabel('Country').selectOption({ label: 'Ukraine' });
      expect(await notTold(page, 'There is a character that may not stand here.')).toEqual([]);
      await page.unroute('**/v1/settings');
      await page.getByLabel('Name of the business').fill('Клініка');
      await page.getByLabel('Country').selectOption({ label: 'Ukraine' });
      await page.getByLabel('Time zone').selectOption('Europe/Kyiv');
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.locator('.site-name', { hasText: 'Клініка' }).waitFor();
      await page.getByText('The modem is found').waitFor();
      await page.getByLabel('Your own number').fill('067 123 45 67');
      await page.keyboard.press('Enter');
      await page.getByText('look at your phone').waitFor();
      await page.goto(`${daemon.url}/#/queue`);
      await page.getByRole('row').filter({ hasText: 'Congratulations' }).getByText('delivered').waitFor();
      expect(simulation.network.phone(OLENA).texts.map(({ text }) => text)).toEqual(['Congratulations! Simpost works.']);

      // A session outlives the page, and ends when its owner says so.
      await page.reload();
      await page.getByRole('heading', { name: 'Queue' }).waitFor();
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('heading', { name: 'Welcome' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    } finally {
      await browser.close();
    }
  });
});
