import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { liveSite } from '../support/live-site.ts';
import { median } from './median.ts';

const PASSWORD = 'correct horse battery';
const RUNS = 5;
/** How many times slower the processor is made: a cheap tablet at a desk. */
const SLOWER = 4;

export interface ConsoleFigures {
  /** Milliseconds from the navigation to the first contentful paint, cold cache, over loopback; median of 5. */
  readonly firstPaintMs: number;
  /** The same until the cards of Today are there, for somebody who is logged in. */
  readonly todayMs: number;
  /** Octets of script that came over the line for that, compressed. */
  readonly scriptOctets: number;
}

/** How soon the console is there, on a slow processor. */
export async function consoleFigures(): Promise<ConsoleFigures> {
  const site = await liveSite({ scopes: 'admin' });
  const browser = await launchChromium();
  try {
    const response = await fetch(`${site.url}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'bench', password: PASSWORD, role: 'owner' }),
    });
    if (!response.ok) throw new Error(await response.text());
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    await page.locator('input[autocomplete=username]').fill('bench');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.today').waitFor();
    const session = await context.storageState();
    await context.close();
    const runs: Awaited<ReturnType<typeof once>>[] = [];
    for (let n = 0; n < RUNS; n += 1) runs.push(await once(browser, site.url, session));
    return {
      firstPaintMs: median(runs.map((run) => run.firstPaint)),
      todayMs: median(runs.map((run) => run.today)),
      scriptOctets: Math.max(...runs.map((run) => run.script)),
    };
  } finally {
    await browser.close();
    await site.stop();
  }
}

type Session = NonNullable<NonNullable<Parameters<Browser['newContext']>[0]>['storageState']>;

async function once(browser: Browser, url: string, session: Session): Promise<{ firstPaint: number; today: number; script: number }> {
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(url);
  await page.locator('.today').waitFor();
  const today = await page.evaluate<number>('performance.now()');
  const firstPaint = await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
  const script = await page.evaluate<number>(
    "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).reduce((sum, one) => sum + one.encodedBodySize, 0)",
  );
  await context.close();
  return { firstPaint, today, script };
}
