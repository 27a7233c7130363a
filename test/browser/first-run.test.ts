import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { haveChromium, launchChromium } from '../support/chromium.ts';
import { type DaemonProcess, makeSite, startDaemonProcess } from '../support/daemon-process.ts';

const OLENA = '+380671234567';

describe.runIf(haveChromium())('an empty box, as it is built and installed', () => {
  let simulation: Simulation;
  let daemon: DaemonProcess;

  beforeAll(async () => {
    simulation = await simulate({ modems: 1, tcp: 0, radioMs: 20, deliveryMs: 20, reportMs: 20, phones: [{ number: OLENA }] });
    daemon = await startDaemonProcess(
      makeSite(
        simulation.tcp.map((port) => `tcp://127.0.0.1:${port}`),
        '',
        '',
      ),
    );
  });
  afterAll(async () => {
    await daemon?.stop();
    await simulation?.close();
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
