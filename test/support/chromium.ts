import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's; Playwright would fetch one of its own. */
const CHROMIUM = '/usr/bin/chromium';

/** Whether there is a browser. With CI=true there has to be: a test that skips itself there proves nothing. */
export function haveChromium(): boolean {
  const found = existsSync(CHROMIUM);
  if (!found && process.env.CI === 'true') throw new Error('chromium is missing and CI=true: install it (apt-get install chromium)');
  if (!found) process.stderr.write('chromium is not installed, so the tests of the console are skipped: apt-get install chromium\n');
  return found;
}

/** A browser without a window, that asks nobody outside of this machine for anything. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
