import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { haveChromium } from '../support/chromium.ts';
import { type ConsoleRig, consoleRig } from '../support/console-rig.ts';
import { DEEPER_SCREENS, deeperScreens } from '../support/console-screens.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const OLENA = '+380671111111';
const IVAN = '+380672222222';
const TEXTS = hostileTexts(200);
const PATIENCE = { timeout: 60_000, interval: 200 };
const LATER = new Date(systemClock.now() + 30 * 86_400_000).toISOString();

/** Where whoever owns the box can go, by the menu. */
async function menuOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav .nav-link[href]').all();
  return Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
}

/** Goes there, and waits until nothing is loading. */
async function visit(page: Page, url: string, hash: string): Promise<void> {
  await page.goto(`${url}/${hash}`);
  await page.locator('h1:visible, h2:visible').first().waitFor();
  await page.locator('.spinner').first().waitFor({ state: 'detached' });
}

/** Asks for what is older until there is no more. */
async function showAll(page: Page): Promise<void> {
  const older = page.getByRole('button', { name: 'Show older' });
  const lines = page.locator('li, tr');
  while ((await older.count()) > 0) {
    const before = await lines.count();
    await older.first().click();
    await expect.poll(() => lines.count()).not.toBe(before);
  }
}

/** Fills what the office keeps with hostile words, where the API takes them. @returns what the deeper screens show of it */
async function hostileOffice({ api }: ConsoleRig): Promise<Parameters<typeof deeperScreens>[0]> {
  // A name has one line, and no characters that steer.
  const lines = TEXTS.filter((text) => /^[^\p{Cc}\p{Cf}]{1,60}$/u.test(text)).slice(0, 12);
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  for (const [n, name] of lines.entries()) {
    const to = `+38067333${String(n).padStart(4, '0')}`;
    await api('PUT', `/v1/contacts/h${n}`, { name, firstName: name, numbers: [to], tags: [name], fields: { word: name } });
    await api('PUT', `/v1/occasions/visit/h${n}`, { contact: { to, name }, startsAt, resource: name });
    await api('POST', '/v1/consents', {
      to,
      purpose: 'promotional',
      source: name.slice(0, 40),
      wording: name,
      actor: name,
      at: '2026-11-01T10:00:00Z',
    });
    await api('PUT', `/v1/resources/h${n}`, { kind: 'doctor', name });
    await api('POST', '/v1/keys', { name, scopes: ['read'] });
  }
  const word = lines[0] ?? '';
  await api('PUT', '/v1/templates/hostile.text', { texts: { uk: word.replaceAll(/[{}]/g, ''), en: word.replaceAll(/[{}]/g, '') } });
  await api('PUT', '/v1/segments/hostile', { condition: { all: [{ tag: word }] } });
  const variants = [{ name: word, share: 100, texts: { uk: word.replaceAll(/[{}]/g, '') } }];
  const campaign = await api<{ id: string }>('POST', '/v1/campaigns', { name: word, segment: 'hostile', variants });
  const webhook = await api<{ id: string }>('POST', '/v1/webhooks', { url: 'https://hook.example/%3Cb%3E', events: ['message.*'] });
  const shipped = await api<{ data: { name: string; definition: object }[] }>('GET', '/v1/dialogue-definitions');
  await api('PUT', '/v1/dialogue-definitions/rating', shipped.data.find(({ name }) => name === 'rating')?.definition);
  const dialogue = await api<{ id: string }>('POST', '/v1/dialogues', { definition: 'rating', to: '+380673330000' });
  return {
    number: '+380673330000',
    visit: 'h0',
    contact: 'h0',
    template: 'hostile.text',
    campaign: campaign.id,
    webhook: webhook.id,
    dialogue: dialogue.id,
  };
}

describe.runIf(haveChromium())('every screen', () => {
  let rig: ConsoleRig;
  let screens: string[];

  beforeAll(async () => {
    rig = await consoleRig();
    const { network } = rig.site;
    network.operator.name = '<img src=x onerror=alert(1)>';
    network.ussd.replies.set('*101#', { text: TEXTS[0] ?? '', more: false });
    // The name is asked for when a modem begins.
    network.modem('left').unplug(20);
    await vi.waitFor(async () => {
      const { data } = await rig.api<{ data: { operator: string | null; state: string }[] }>('GET', '/v1/sims');
      expect(data[0]).toMatchObject({ operator: network.operator.name, state: 'ready' });
    }, PATIENCE);
    const taken = rig.api<{ results: object[] }>('POST', '/v1/messages/batch', {
      messages: TEXTS.map((text) => ({ to: IVAN, text, sendAt: LATER, reference: text.slice(0, 200) })),
    });
    for (const [n, text] of TEXTS.entries()) network.inbound({ from: n % 20 === 0 ? `<b>${n}` : OLENA, modem: 'left', text });
    network.call({ from: OLENA, modem: 'left', forMs: 50 });
    expect((await taken).results.filter((result) => 'problem' in result)).toEqual([]);
    await vi.waitFor(async () => {
      expect((await rig.api<{ data: unknown[] }>('GET', '/v1/inbound?limit=500')).data).toHaveLength(TEXTS.length);
    }, PATIENCE);
    const office = await hostileOffice(rig);
    const page = await rig.as('owner');
    const message = (await rig.api<{ data: { id: string }[] }>('GET', '/v1/messages?limit=1')).data[0]?.id ?? '';
    screens = [
      ...(await menuOf(page)),
      ...deeperScreens({ ...office, message }),
      `#/conversations/${encodeURIComponent(OLENA)}`,
      `#/conversations/${encodeURIComponent('<b>0')}`,
      `#/conversations/${encodeURIComponent(IVAN)}`,
      '#/templates/of/visit.confirmation',
      `#/${encodeURIComponent(TEXTS[0] ?? '')}`,
    ];
    await page.context().close();
  }, 120_000);
  afterAll(() => rig?.stop());
  afterEach(() => {
    expect(rig.faults.splice(0)).toEqual([]);
  });

  it('X06: shows 200 hostile texts as text, with no dialog and no breach of its policy', async () => {
    const page = await rig.as('owner');
    expect(screens.length).toBeGreaterThanOrEqual(14 + DEEPER_SCREENS.length);
    for (const screen of screens) {
      await visit(page, rig.site.url, screen);
      await showAll(page);
      expect(await page.locator('iframe, base, body [onerror], body [onload], body script, #app style, #app link').count()).toBe(0);
    }
    await visit(page, rig.site.url, `#/conversations/${encodeURIComponent(OLENA)}`);
    await showAll(page);
    const shown = await page.locator('.bubble.in .written').allTextContents();
    const sent = TEXTS.filter((_, n) => n % 20 !== 0);
    expect(shown.toSorted()).toEqual(sent.toSorted());
    await visit(page, rig.site.url, `#/conversations/${encodeURIComponent(IVAN)}`);
    await showAll(page);
    expect((await page.locator('.bubble.out .written').allTextContents()).toSorted()).toEqual(TEXTS.toSorted());

    await visit(page, rig.site.url, '#/modems');
    await page.getByRole('button', { name: 'USSD' }).click();
    await page.getByRole('dialog').getByLabel('Code').fill('*101#');
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByText(TEXTS[0] ?? '')
      .waitFor();
    await page.context().close();
  });

  it('finds no serious fault with axe-core, light and dark', async () => {
    const page = await rig.as('owner');
    const found: string[] = [];
    for (const screen of screens) {
      await visit(page, rig.site.url, screen);
      // The page is the same from one screen to the next, so that it need not be read anew.
      if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // What is light or dark is the same page but for its colours.
        const run = `axe.run({ resultTypes: ['violations']${colorScheme === 'light' ? '' : ", runOnly: ['color-contrast']"} })`;
        const { violations } = await page.evaluate<axe.AxeResults>(run);
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical')
            found.push(
              `${screen} ${colorScheme} ${id}: ${nodes
                .map(({ html }) => html.slice(0, 160))
                .slice(0, 3)
                .join(' | ')}`,
            );
        }
      }
    }
    expect(found).toEqual([]);
    await page.context().close();
  }, 240_000);

  it.each(['uk', 'ru', 'en'] as const)(
    'speaks %s throughout, leaves no gap in a sentence, and fits a phone',
    async (language) => {
      const page = await rig.as('owner', { locale: language, viewport: { width: 360, height: 740 } });
      for (const label of await page.locator('nav .nav-link[href]').allTextContents())
        expect(/\p{Script=Cyrillic}/u.test(label), label).toBe(language !== 'en');
      for (const cell of await page.locator('.side li:visible').all()) {
        const [room, word] = [await cell.boundingBox(), await cell.locator('span:not(.badge)').boundingBox()];
        expect(word?.width, await cell.innerText()).toBeLessThanOrEqual(room?.width ?? 0);
      }
      for (const screen of screens) {
        await visit(page, rig.site.url, screen);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        const words = (await page.locator('h1, h2, h3, label, button, th, dt, .pill, summary, .banner, legend').allInnerTexts()).join('\n');
        expect(words, screen).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), screen).toBeLessThanOrEqual(360);
      }
      await page.context().close();
    },
    120_000,
  );
});
