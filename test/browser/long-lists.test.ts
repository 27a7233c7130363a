import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { haveChromium } from '../support/chromium.ts';
import { type ConsoleRig, consoleRig } from '../support/console-rig.ts';
import { multiplyInbound } from '../support/multiply-messages.ts';

const OLENA = '+380671111111';
const LATE = '+380672222222';
/** So many texts of Olena, and of as many others one each: more of either than the API gives at once. */
const EACH = 620;

describe.runIf(haveChromium())('a desk of many years', () => {
  let rig: ConsoleRig;
  beforeAll(async () => {
    rig = await consoleRig();
    for (const number of [OLENA, LATE]) rig.site.network.addPhone({ number });
    rig.site.network.inbound({ from: OLENA, modem: 'left', text: 'text 1' });
    await vi.waitFor(async () => expect(await rig.api('GET', '/v1/inbound')).toMatchObject({ data: { length: 1 } }));
    await rig.site.end();
    multiplyInbound(join(rig.site.folder, 'store'), 2 * EACH);
    await rig.site.again();
  });
  afterAll(() => rig?.stop());
  afterEach(() => {
    expect(rig.faults.splice(0)).toEqual([]);
  });

  /** Shows what is older until there is no more. @returns how many lines there are then */
  async function toTheEnd(page: Page, lines: string): Promise<number> {
    // Beside a thread the list has such a button too.
    const older = page.locator(lines === '.talk-line' ? '.talk' : '.talk-list').getByRole('button', { name: 'Show older' });
    const count = (): Promise<number> => page.locator(lines).count();
    await older.waitFor();
    while ((await older.count()) > 0) {
      const before = await count();
      await older.click();
      await expect.poll(count).toBeGreaterThan(before);
    }
    return count();
  }

  it('goes back through all conversations, and sees one come up from far below and be read there', async () => {
    const page = await rig.as('desk', { at: 'conversations' });
    expect(await toTheEnd(page, '.talk-entry')).toBe(EACH + 1);
    const entries = page.locator('.talk-entries li');
    await entries.last().getByRole('link').filter({ hasText: 'text 2' }).click();
    await entries.last().locator('.badge').waitFor({ state: 'detached' });
    rig.site.network.inbound({ from: '+380500000004', modem: 'left', text: 'Добрий день' });
    await entries.first().getByText('Добрий день').waitFor();
    expect(await entries.count()).toBe(EACH + 1);
    await page.context().close();
  });

  it('goes back through one conversation, keeps what is read in sight, and stays live at its end', async () => {
    const page = await rig.as('desk', { at: `conversations/${encodeURIComponent(OLENA)}` });
    const lines = page.locator('.talk-line');
    const thread = page.locator('.talk-entries-all');
    await page.locator('.talk').getByRole('button', { name: 'Show older' }).waitFor();
    const first = (await lines.first().locator('.written').innerText()).trim();
    const placeOf = async (): Promise<number | undefined> => (await thread.getByText(first, { exact: true }).boundingBox())?.y;
    await thread.focus();
    await page.keyboard.press('Home');
    await expect.poll(placeOf).toBeGreaterThan((await thread.boundingBox())?.y ?? 0);
    const before = await placeOf();
    await page.locator('.talk').getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => lines.count()).toBe(100);
    expect(Math.abs(((await placeOf()) ?? 0) - (before ?? 0))).toBeLessThan(60);
    await toTheEnd(page, '.talk-line');
    expect(await lines.count()).toBe(EACH);
    rig.site.network.inbound({ from: OLENA, modem: 'left', text: 'Ще одне' });
    await lines.last().getByText('Ще одне').waitFor();
    expect(await lines.count()).toBe(EACH + 1);
    await page.context().close();
  });
});
