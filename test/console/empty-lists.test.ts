import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { haveChromium } from '../support/chromium.ts';
import { type ConsoleRig, consoleRig } from '../support/console-rig.ts';

/** Every list of the console that is empty on a new box, or where nothing fits; and what makes it so. */
const LISTS: readonly { readonly at: string; readonly search?: string }[] = [
  { at: 'today/calls' },
  { at: 'today/tasks' },
  { at: 'conversations' },
  { at: 'conversations', search: 'нікого' },
  { at: 'visits' },
  { at: 'contacts' },
  { at: 'contacts', search: 'нікого' },
  { at: 'contacts/resources' },
  { at: 'templates', search: 'нічого такого' },
  { at: 'campaigns' },
  { at: 'campaigns/segments' },
  { at: 'dialogues' },
  { at: 'consent' },
  { at: 'consent/posters' },
  { at: 'queue' },
  { at: 'figures' },
  { at: 'settings/rules' },
  { at: 'settings/webhooks' },
  { at: 'settings/webhooks/:webhook' },
  { at: 'settings/backups' },
];

describe.runIf(haveChromium())('an empty list', () => {
  let rig: ConsoleRig;
  beforeAll(async () => {
    rig = await consoleRig();
  });
  afterAll(() => rig?.stop());
  afterEach(() => {
    expect(rig.faults.splice(0)).toEqual([]);
  });

  it.each(['uk', 'ru', 'en'] as const)(
    'says that it is, and what to do next, in %s',
    async (locale) => {
      const page = await rig.as('owner', { locale });
      page.setDefaultTimeout(5_000);
      const silent: string[] = [];
      for (const { at, search } of LISTS) {
        const webhook = at.endsWith(':webhook')
          ? await rig.api<{ id: string }>('POST', '/v1/webhooks', { url: 'https://hook.example/', events: ['call.missed'] })
          : undefined;
        await page.goto('about:blank');
        await page.goto(`${rig.site.url}/#/${at.replace(':webhook', webhook?.id ?? '')}`);
        if (search !== undefined) await page.locator('main input[type=search]').first().fill(search);
        // Beside the list of conversations the page says that none is open.
        const empty = page.locator('main .empty').first();
        try {
          await empty.waitFor();
          const next = (await empty.locator('p').allInnerTexts()).join(' ').trim();
          if (next.split(' ').length < 3 || /[а-яіїєґ]/i.test(next) !== (locale !== 'en')) silent.push(`${at} ${search ?? ''}: ${next}`);
        } catch (error) {
          silent.push(`${at} ${search ?? ''}: ${String(error).slice(0, 120)}`);
        }
        if (webhook) await rig.api('DELETE', `/v1/webhooks/${webhook.id}`);
      }
      expect(silent).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
