import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../src/store/records/user.ts';
import { launchChromium } from './chromium.ts';
import { type LiveSite, liveSite } from './live-site.ts';

const PASSWORD = 'correct horse battery';

/** Of a browser; `now` is what its clock shows at first, milliseconds since 1970. */
type PageOptions = BrowserContextOptions & { readonly now?: number };

/** The console of a whole daemon on a virtual network, and a browser to look at it with. */
export interface ConsoleRig {
  readonly site: LiveSite;
  readonly browser: Browser;
  /** What went wrong in pages: dialogs, breaches of the content policy, errors of scripts. */
  readonly faults: string[];
  /** A page in a browser of its own, where nobody is logged in. */
  page(options?: PageOptions): Promise<Page>;
  /** A page where somebody of this role is logged in. @param at what stands after the `#/` */
  as(role: Role, options?: PageOptions & { readonly at?: string }): Promise<Page>;
  /** Asks the API with a key that may do everything. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** @param options of the site, besides what it lets everybody do */
export async function consoleRig(
  more = '',
  options: Omit<Parameters<typeof liveSite>[0] & object, 'more' | 'scopes'> = {},
): Promise<ConsoleRig> {
  const [site, browser] = await Promise.all([liveSite({ more, scopes: 'send,read:all,operate,admin', ...options }), launchChromium()]);
  const faults: string[] = [];
  /** The cookies of whoever logged in before: a password takes a while to check, on purpose. */
  const sessions = new Map<Role, BrowserContextOptions['storageState']>();

  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(site.url + path, {
      method,
      headers: { authorization: `Bearer ${site.key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text);
  };

  const page: ConsoleRig['page'] = async ({ now, ...options } = {}) => {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(15_000);
    if (now !== undefined) await context.clock.install({ time: now });
    const opened = await context.newPage();
    watch(opened, faults);
    return opened;
  };

  return {
    site,
    browser,
    faults,
    api,
    page,
    async as(role, { at = 'today', ...options } = {}) {
      const session = sessions.get(role);
      const opened = await page({ ...options, ...(session ? { storageState: session } : {}) });
      if (!session) await api('POST', '/v1/users', { name: role, password: PASSWORD, role });
      await opened.goto(`${site.url}/#/${at}`);
      if (!session) {
        await opened.locator('input[autocomplete=username]').fill(role);
        await opened.locator('input[type=password]').fill(PASSWORD);
        await opened.keyboard.press('Enter');
      }
      await opened.locator('.frame').waitFor();
      sessions.set(role, await opened.context().storageState());
      return opened;
    },
    async stop() {
      await browser.close();
      await site.stop();
    },
  };
}

/** Whoever is not logged in is told so by a status, which the browser writes into its log; that is no fault. */
function watch(page: Page, faults: string[]): void {
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && !message.text().includes('Content Security Policy')) return;
    if (!message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`);
  });
}
