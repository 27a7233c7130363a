import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/console/i18n/catalogue.ts';
import { allowanceWords } from '../../src/console/pages/modems/allowance-words.ts';
import { words as modemWords } from '../../src/console/pages/modems/words.ts';
import { words as queueWords } from '../../src/console/pages/queue/words.ts';
import { emergencyWords } from '../../src/console/pages/visits/emergency-words.ts';
import { secondFactorWords } from '../../src/console/shell/second-factor-words.ts';
import { words as shellWords } from '../../src/console/shell/words.ts';
import { placeWords } from '../../src/console/words/places.ts';
import { iccidOf } from '../../src/simulator/identities.ts';
import { haveChromium } from '../support/chromium.ts';
import { NO_LIMITS } from '../support/config-text.ts';
import { type ConsoleRig, consoleRig } from '../support/console-rig.ts';

const OLENA = '+380671111111';
const TARAS = '+380672222222';
/** A second message in a day waits, as one at night does, and may be let go. */
const MANNERS = `${NO_LIMITS}[policy]\nprofile = "standard"\nconsent = false\n[caps]\nallPerDay = 1\n`;
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

interface FormAt {
  /** The file of the console that it stands in. */
  readonly file: string;
  /** What stands after the `#/`. */
  readonly at: string;
  /** Opens it, where it is not there at once. */
  readonly open?: (page: Page) => Promise<void>;
  /** Fills what is not filled like any other field, before those are. */
  readonly fill?: (form: Locator) => Promise<void>;
  /** What is written into some of its fields, by their places, since another value would not leave the browser. */
  readonly values?: Readonly<Record<number, string>>;
  /** Fields whose value is left as it is. */
  readonly leave?: string;
  /** What is wrong with a password or a code is said in words of its own. */
  readonly isSecret?: true;
  /** It is a page, though something is opened in it. */
  readonly isPage?: true;
}

const click =
  (selector: string, n = 0) =>
  async (page: Page) =>
    page.locator(selector).nth(n).click();
/** Presses what is called so, in whichever language. */
const press = (entry: Entry) => async (page: Page) => {
  const names = Object.values(entry).map((said) => String(said));
  await page
    .getByRole('button', { name: new RegExp(`^(${names.join('|')})$`) })
    .first()
    .click();
};
const main = 'main .button.primary';

/** Every form of the console that asks the box for something. */
const FORMS: readonly FormAt[] = [
  { file: 'pages/send/send.tsx', at: 'send', values: { 0: '+380674440000' } },
  { file: 'pages/conversations/reply.tsx', at: `conversations/${encodeURIComponent(OLENA)}` },
  { file: 'pages/conversations/tasks.tsx', at: `conversations/${encodeURIComponent(OLENA)}`, open: click('.talk-notes button', 1) },
  { file: 'pages/conversations/client-notes.tsx', at: `conversations/${encodeURIComponent(OLENA)}`, open: click('.talk-notes button') },
  { file: 'pages/contacts/edit.tsx', at: 'contacts/new', values: { 6: 'crm-7' } },
  { file: 'pages/contacts/edit-resource.tsx', at: 'contacts/resources', open: click(main) },
  { file: 'pages/templates/edit.tsx', at: 'templates/new' },
  { file: 'pages/campaigns/new-campaign.tsx', at: 'campaigns/new', open: click('summary'), isPage: true },
  { file: 'pages/campaigns/new-segment.tsx', at: 'campaigns/segments', open: click(main) },
  { file: 'pages/visits/book.tsx', at: 'visits', open: click(main), fill: chooseNewClient },
  { file: 'pages/visits/move.tsx', at: 'visits/of/v1', open: click('.page-head .button') },
  { file: 'pages/visits/emergency.tsx', at: `visits?day=${TOMORROW.slice(0, 10)}`, open: late, leave: '[type=datetime-local]' },
  { file: 'pages/dialogues/edit-kind.tsx', at: 'dialogues/kinds', open: click('section .button.slim'), leave: 'textarea' },
  { file: 'parts/stop-texts.tsx', at: 'consent', open: click('section.card .row .button'), fill: chooseLast },
  { file: 'parts/give-consent.tsx', at: 'consent', open: click('section.card .row .button', 1), fill: chooseLastOfEach },
  {
    file: 'pages/consent/new-poster.tsx',
    at: 'consent/posters',
    open: click(main),
    fill: (form) => form.locator('select').nth(2).waitFor(),
  },
  { file: 'pages/modems/allowance.tsx', at: 'modems', open: press(allowanceWords.entries.open) },
  { file: 'pages/modems/give-pin.tsx', at: 'modems', open: press(modemWords.entries.givePin) },
  { file: 'pages/modems/ussd.tsx', at: 'modems', open: click('.button:has-text("USSD")') },
  { file: 'pages/queue/actions.tsx', at: 'queue/HELD', open: press(queueWords.entries.release) },
  { file: 'pages/settings/business.tsx', at: 'settings/business' },
  { file: 'pages/settings/limits-and-duty.tsx', at: 'settings/limits' },
  { file: 'pages/settings/edit-rule.tsx', at: 'settings/rules', open: click(main) },
  { file: 'pages/settings/people.tsx', at: 'settings/people', open: click(main) },
  { file: 'pages/settings/new-key.tsx', at: 'settings/keys', open: newKey },
  { file: 'pages/settings/edit-webhook.tsx', at: 'settings/webhooks', open: click(main) },
  { file: 'shell/own-password.tsx', at: 'today', open: ownPage(shellWords.entries.ownPassword), isSecret: true },
  { file: 'shell/second-factor.tsx', at: 'today', open: ownPage(secondFactorWords.entries.title), isSecret: true },
];

/** Forms that ask the box for nothing, or that are not refused by their fields; and what proves those. */
const OTHERS: Readonly<Record<string, string>> = {
  'parts/form.tsx': 'what a form is',
  'shell/door.tsx': 'who logs in is told nothing of what was wrong; test/browser/first-run.test.ts',
  'shell/lock-screen.tsx': 'a wrong password is not kept',
  'shell/pin-choice.tsx': 'the PIN of the screen never leaves the browser',
  'pages/consent/ledger.tsx': 'opens a page',
  'pages/consent/import-stops.tsx': 'a file: its rows are told of one by one',
  'pages/contacts/import.tsx': 'a file: its rows are told of one by one; test/browser/office.test.ts',
  'pages/visits/paste.tsx': 'a list: its rows are told of one by one',
  'pages/campaigns/estimate.tsx': 'its one field must be the number that is shown',
  'pages/today/first-message.tsx': 'test/browser/first-run.test.ts',
  'pages/today/where-it-is.tsx': 'test/browser/first-run.test.ts',
  'pages/phones/phones.tsx': 'the virtual phones of the demo',
};

async function chooseNewClient(form: Locator): Promise<void> {
  await form.locator('input[type=search]').fill(OLENA.replace(/1$/, '9'));
  await form.locator('.client-choices button').last().click();
}
async function late(page: Page): Promise<void> {
  await press(emergencyWords.entries.late)(page);
  await page.locator('dialog form button[type=submit]:enabled').waitFor();
}
async function chooseLast(form: Locator): Promise<void> {
  const select = form.locator('select').last();
  await select.selectOption({ index: (await select.locator('option').count()) - 1 });
}
async function chooseLastOfEach(form: Locator): Promise<void> {
  for (const select of await form.locator('select').all())
    await select.selectOption({ index: (await select.locator('option').count()) - 1 });
}
async function newKey(page: Page): Promise<void> {
  await page.locator(main).click();
  await page.locator('dialog summary').click();
  await page.locator('dialog input[type=checkbox]').first().check();
}
function ownPage(entry: Entry): (page: Page) => Promise<void> {
  return async (page) => {
    await page.locator('.side-end button').first().click();
    await press(entry)(page);
  };
}

/** What is written into a field so that the browser lets it go, and that is found again in what was asked. */
async function valueFor(input: Locator, n: number): Promise<string> {
  const attribute = (name: string) => input.getAttribute(name);
  const before = await input.inputValue();
  switch ((await attribute('type')) ?? 'text') {
    case 'number':
      return String(31 + n);
    case 'datetime-local':
      return `2031-12-${10 + n}T10:07`;
    case 'date':
      return `2031-12-${10 + n}`;
    case 'tel':
      return `+38067444000${n}`;
  }
  const pattern = await attribute('pattern');
  if (pattern === '[0-9]{4,8}') return '4321';
  if (before.startsWith('https://')) return `https://hook.example/${n}`;
  if (pattern !== null || (await attribute('maxlength')) === '12') return pattern === null ? `${31 + n}` : `word${n}`;
  return `слово${n} і ще одне`.slice(0, Number((await attribute('maxlength')) ?? 40));
}

/** Every place of what was asked, as a JSON pointer. */
function pointersIn(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, one]) => pointersIn(one, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`));
}

describe.runIf(haveChromium())('every form', () => {
  let rig: ConsoleRig;
  let held = '';
  /** The paths of the API with the names of what stands in them. */
  let paths: { readonly pattern: RegExp; readonly names: readonly string[] }[] = [];

  beforeAll(async () => {
    rig = await consoleRig(`[[sim]]\niccid = "${iccidOf(1)}"\nperDay = 1000\n`, {
      modems: [{ name: 'left' }, { name: 'right', pin: '1234' }],
      manners: MANNERS,
    });
    const { api } = rig;
    const document = await api<{ paths: Record<string, unknown> }>('GET', '/openapi.json');
    paths = Object.keys(document.paths).map((path) => ({
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
      names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
    }));
    await api('PUT', '/v1/contacts/olena', { name: 'Олена', numbers: [OLENA] });
    await api('PUT', '/v1/occasions/visit/v1', { contact: { to: OLENA }, startsAt: TOMORROW });
    for (const text of ['Ваше авто готове', 'Чекаємо на вас']) {
      held = (await api<{ id: string }>('POST', '/v1/messages', { to: TARAS, text: `Simpost: ${text}`, validFor: 172_800 })).id;
    }
  });
  afterAll(() => rig?.stop());
  afterEach(() => {
    expect(rig.faults.splice(0)).toEqual([]);
  });

  it('is here, or it is said why not', () => {
    const root = join(import.meta.dirname, '../../src/console');
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.tsx') && /<[Ff]orm\b/.test(readFileSync(join(root, name), 'utf8')),
    );
    expect(found.toSorted()).toEqual([...FORMS.map(({ file }) => file), ...Object.keys(OTHERS)].toSorted());
  });

  it.each(['uk', 'ru', 'en'] as const)(
    'keeps what was typed when it is refused, and says beside each field why, in %s',
    async (locale) => {
      const page = await rig.as('owner', { locale });
      page.setDefaultTimeout(5_000);
      const said = String(placeWords.entries.characters[locale]);
      let isRefusing = false;
      let asked: string[] = [];
      await page.route('**/v1/**', async (route) => {
        const request = route.request();
        const body = request.postData() ?? '{}';
        // Whoever tells many clients at once is shown first whom.
        const isLook = request.url().endsWith('/notify') && !body.includes('"go":true');
        if (request.method() === 'GET' || isLook || !isRefusing) return route.continue();
        const { pathname } = new URL(request.url());
        const path = paths.find(({ pattern }) => pattern.test(pathname));
        const pointers = [...(path?.names.map((name) => `/${name}`) ?? []), ...pointersIn(JSON.parse(body))];
        asked.push(decodeURIComponent(pathname), body);
        return route.fulfill({
          status: 400,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            ...{ type: 'about:blank', title: 'Invalid', status: 400, code: 'requestInvalid', detail: 'The request is wrong.' },
            errors: pointers.map((pointer) => ({ pointer, detail: 'is wrong', reason: 'characters' })),
          }),
        });
      });
      const wrong: string[] = [];
      for (const { file, at, open, fill, values = {}, leave, isSecret, isPage } of FORMS) {
        isRefusing = false;
        asked = [];
        await page.goto('about:blank');
        await page.goto(`${rig.site.url}/#/${at.replace('HELD', held)}`);
        await page.locator('main h1:visible, main h2:visible').first().waitFor();
        await page.locator('.spinner').first().waitFor({ state: 'detached' });
        try {
          await open?.(page);
          const form = page.locator(open && !isPage ? 'dialog form' : 'main form').last();
          await form.waitFor();
          await fill?.(form);
          const typed: { input: Locator; value: string }[] = [];
          const inputs = form.locator('input:visible:not([type=checkbox], [type=radio], [type=file], [type=search]), textarea:visible');
          for (const [n, input] of (await inputs.all()).entries()) {
            const isLeft = leave !== undefined && (await input.and(page.locator(leave)).count()) > 0;
            if (!isLeft) await input.fill(values[n] ?? (await valueFor(input, n)));
            typed.push({ input, value: await input.inputValue() });
          }
          expect(typed.length).toBeGreaterThan(0);
          isRefusing = true;
          await form.locator('button[type=submit]').click();
          await form.locator('.problem, .banner.bad').first().waitFor();
          const all = asked.join('\n');
          for (const { input, value } of typed) {
            const called = `${file}: ${(await input.getAttribute('aria-label')) ?? (await input.locator('xpath=..').locator('label').innerText())}`;
            if ((await input.inputValue()) !== value) wrong.push(`${called}: what was typed is gone`);
            const id = await input.getAttribute('id');
            const beside =
              id === null
                ? 0
                : await page
                    .locator(`[id="${id}-problem"]`)
                    .filter({ hasText: isSecret ? /./ : said })
                    .count();
            if (beside === 0) wrong.push(`${called}: nothing is said beside it, in ${all.slice(0, 160)}`);
          }
        } catch (error) {
          wrong.push(`${file}: ${String(error).slice(0, 200)}`);
        }
      }
      expect(wrong).toEqual([]);
      await page.context().close();
    },
    240_000,
  );
});
