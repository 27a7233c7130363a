import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { iccidOf } from '../../src/simulator/identities.ts';
import { haveChromium } from '../support/chromium.ts';
import { type ConsoleRig, consoleRig } from '../support/console-rig.ts';
import { GoingClock } from '../support/going-clock.ts';
import { isDaytime } from '../support/wall-oracle.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const OLENA = '+380671111111';
const TARAS = '+380672222222';
const IVAN = '+380673333333';
const MARIA = '+380674444444';

interface Sent {
  readonly id: string;
}

describe.runIf(haveChromium())('the desk', () => {
  let rig: ConsoleRig;
  beforeAll(async () => {
    rig = await consoleRig();
  });
  afterAll(() => rig?.stop());
  afterEach(() => {
    expect(rig.faults.splice(0)).toEqual([]);
  });

  it('sees a reply arrive without touching anything, answers it, and sees the answer delivered', async () => {
    rig.site.network.addPhone({ number: OLENA, answers: [{ contains: 'Чекаємо', text: 'Чи можна о 12:00?', afterMs: 50 }] });
    const page = await rig.as('desk', { at: 'conversations' });
    await page.getByText('Replies of clients will be here').waitFor();
    await rig.api('POST', '/v1/messages', { to: OLENA, text: 'Чекаємо на вас завтра о 10:00' });
    const menu = page.getByRole('navigation').getByRole('link', { name: 'Conversations' });
    await menu.getByText('1', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Чи можна о 12:00?' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Чекаємо на вас завтра о 10:00' })
      .getByRole('button', { name: 'delivered' })
      .waitFor();
    await menu.getByText('1', { exact: true }).waitFor({ state: 'detached' });

    await page.getByLabel('Reply').fill('Так, записали вас на 12:00');
    await page.getByText('1 segment, 44 characters left').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('listitem').filter({ hasText: 'Так, записали вас на 12:00' }).getByRole('button', { name: 'delivered' }).waitFor();
    expect(rig.site.network.phone(OLENA).texts.map(({ text }) => text)).toEqual([
      'Чекаємо на вас завтра о 10:00',
      'Так, записали вас на 12:00',
    ]);
    await page.context().close();
  });

  it('goes from one conversation to the next by the keyboard alone: to the reply, back to the list, and out of a dialog to where it was', async () => {
    const [first, second] = ['+380675550001', '+380675550002'];
    for (const from of [first, second]) rig.site.network.inbound({ from, modem: 'left', text: 'Коли ви працюєте?' });
    const page = await rig.as('desk', { at: 'conversations' });
    const entry = (number: string) => page.locator('.talk-entry').filter({ hasText: number });
    await entry('+380 67 555 00 01').focus();
    await page.keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await page.getByRole('heading', { name: '+380 67 555 00 01' }).waitFor();
    await page.keyboard.type('З 9 до 18');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('button:focus', { hasText: 'Template' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+Enter');
    await page.locator('.bubble.out').getByText('З 9 до 18').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.talk-entry:focus[aria-current]').waitFor();
    // The same one again.
    await page.keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    await entry('+380 67 555 00 02').focus();
    await page.keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await page.getByRole('heading', { name: '+380 67 555 00 02' }).waitFor();
    // A mouse only opens: on a phone a keyboard would cover what was written.
    await entry('+380 67 555 00 01').click();
    await page.getByRole('heading', { name: '+380 67 555 00 01' }).waitFor();
    expect(await page.locator('textarea:focus').count()).toBe(0);
    await page.context().close();
  });

  it('asks on a phone what a client wants no more, in a question that fits it', async () => {
    const page = await rig.as('desk', {
      at: `conversations/${encodeURIComponent(MARIA)}`,
      locale: 'uk',
      viewport: { width: 360, height: 740 },
    });
    await page.getByRole('button', { name: 'Більше не писати' }).click();
    const question = page.getByRole('dialog').locator('.dialog');
    await question.getByRole('button', { name: 'Усе, крім кодів' }).waitFor();
    const width = (of: string): Promise<number> => page.evaluate<number>(`document.querySelector('dialog').${of}`);
    expect(await width('scrollWidth')).toBeLessThanOrEqual(await width('clientWidth'));
    await page.context().close();
  });

  it('counts and shows a text also while the number is not written to its end', async () => {
    const page = await rig.as('desk', { at: 'send' });
    await page.getByLabel('To', { exact: true }).fill('+38067');
    await page.getByLabel('Text', { exact: true }).fill('See you');
    await page.getByText('1 segment, 153 characters left').waitFor();
    await page.locator('.phone').getByText('See you').waitFor();
    await page.context().close();
  });

  it('sees an opt-out by reply at once, and that a missed call was one', async () => {
    rig.site.network.addPhone({ number: TARAS, answers: [{ contains: 'Знижка', text: 'СТОП', afterMs: 50 }] });
    await rig.api('POST', '/v1/consents', {
      to: TARAS,
      purpose: 'promotional',
      source: 'form',
      wording: 'Новини',
      actor: 'reception',
      at: '2026-11-01T10:00:00Z',
    });
    const page = await rig.as('desk', { at: `conversations/${encodeURIComponent(TARAS)}` });
    await page.getByText('Consent: offer').waitFor();
    await rig.api('POST', '/v1/messages', { to: TARAS, text: 'Знижка на ТО. Відмова: СТОП', purpose: 'promotional' });
    await page.getByText('Opted out: offer').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'СТОП' }).getByText('opt-out').waitFor();
    rig.site.network.call({ from: TARAS, modem: 'left', forMs: 300 });
    await page.getByText(/Missed call, \d+ s/).waitFor();

    await page.getByRole('button', { name: 'Stop texts' }).click();
    await page.getByRole('button', { name: 'Everything but codes' }).click();
    await page.getByText('Opted out of everything but codes').waitFor();
    await page.getByLabel('Reply').fill('Добрий день');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').getByText('does not want').waitFor();
    expect(await page.getByLabel('Reply').inputValue()).toBe('Добрий день');
    await page.context().close();
  });

  it('resolves a message in doubt, with its whole story before the eyes', async () => {
    rig.site.network.addFault({ fault: 'noReference', modem: 'left', to: IVAN, accepted: false });
    const page = await rig.as('desk', { at: 'today' });
    const { id } = await rig.api<Sent>('POST', '/v1/messages', { to: IVAN, text: 'Ваше авто готове' });
    const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'In doubt' }) });
    await card.getByRole('link', { name: '+380 67 333 33 33' }).click();
    await page.getByText('Nobody knows whether the message went out').waitFor();
    await page.getByText('it may have gone out', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Send once more' }).click();
    await page.getByText('The client may have got this twice.').waitFor();
    await page.locator('.page-head').getByText('delivered').waitFor();
    expect(await rig.api<{ possibleDuplicate: boolean }>('GET', `/v1/messages/${id}`)).toMatchObject({ possibleDuplicate: true });
    await page.context().close();
  });

  it('sees a modem unplugged, with what to do, and that it came back', async () => {
    const page = await rig.as('owner', { at: 'modems' });
    const modem = page.locator('.modem');
    await modem.locator('.pill', { hasText: 'works' }).waitFor();
    rig.site.network.modem('left').unplug();
    await modem.locator('.pill', { hasText: 'unplugged' }).waitFor();
    await modem.getByText('Plug the modem in').first().waitFor();
    await page.goto(`${rig.site.url}/#/today`);
    await page.getByText('No modem is ready: nothing is sent.').waitFor();
    rig.site.network.modem('left').plug();
    await page.getByText('No modem is ready: nothing is sent.').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('sends by the keyboard alone, and is told beforehand what will happen', async () => {
    const page = await rig.as('desk', { at: 'today' });
    const press = async (keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    /** Tab until what has the focus is called so. */
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let n = 0; n < 40; n += 1) {
        await page.keyboard.press('Tab');
        const focused = page.locator(':focus');
        const label = await focused.evaluate((node) => `${node.getAttribute('aria-label') ?? ''} ${node.textContent ?? ''} ${node.id}`);
        const named = (await page.locator(`label[for="${label.split(' ').at(-1)}"]`).allTextContents()).join();
        if (name.test(label) || name.test(named)) return;
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await tabTo(/^ ?Send/);
    await press(['Enter']);
    await page.getByRole('heading', { name: 'Send', exact: true }).waitFor();
    // Nobody has to look for the first field.
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('067 444 44 44');
    await press(['Tab']);
    await page.keyboard.type('See you tomorrow');
    await page.getByText('goes at once').waitFor();
    await tabTo(/Send to 1 person/);
    await press(['Enter']);
    await page.getByText('1 message accepted').waitFor();
    await expect.poll(() => rig.site.network.phone(MARIA).texts.map(({ text }) => text)).toEqual(['See you tomorrow']);
    await page.context().close();
  });

  it('plans for later by the clock of the site, says whom it will not reach, and can take back what waits', async () => {
    const page = await rig.as('desk', { at: 'send' });
    await page.getByLabel('To', { exact: true }).fill('067 111 11 11\n+7 900 000 00 00 000 00\n067 444 44 44');
    await page.getByLabel('Text', { exact: true }).fill('Завтра о 9:00');
    await page.getByText('will not go').waitFor();
    await page.getByText('Later', { exact: true }).click();
    await page.getByLabel('To', { exact: true }).fill('067 111 11 11, 067 444 44 44');
    await page
      .getByText(/goes .*\d\d:\d\d/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send to 2 people' }).click();
    await page.getByText('2 messages accepted').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Queue' }).click();
    await page.getByLabel('State').selectOption('held');
    const waiting = page.getByRole('row').filter({ hasText: 'Завтра о 9:00' });
    await expect.poll(() => waiting.count()).toBe(2);
    await waiting.first().getByRole('link').click();
    await page.getByText('scheduled for later').first().waitFor();
    await page.getByRole('button', { name: 'Withdraw the message' }).click();
    await page.locator('.page-head').getByText('cancelled').waitFor();
    await page.context().close();
  });

  it('sees of the pages only those of the role, whatever stands in the address', async () => {
    const pages = async (role: 'desk' | 'readOnly' | 'technician' | 'owner'): Promise<string[]> => {
      const page = await rig.as(role, { at: 'settings' });
      const links = await page.getByRole('navigation').getByRole('link').allTextContents();
      if (role === 'desk' || role === 'readOnly') await page.getByText('There is no such page').waitFor();
      await page.context().close();
      return links.map((link) => link.replace(/\d+$/, ''));
    };
    const desk = await pages('desk');
    expect(desk).toEqual(expect.arrayContaining(['Today', 'Conversations', 'Send', 'Queue']));
    expect(desk).not.toContain('Settings');
    expect(await pages('readOnly')).not.toContain('Send');
    expect(await pages('technician')).not.toContain('Conversations');
    expect(await pages('owner')).toEqual(
      expect.arrayContaining(['Today', 'Conversations', 'Send', 'Queue', 'Modems and SIMs', 'Virtual phones']),
    );
  });

  it('leaves nothing to read at an open desk after five minutes, and comes back with a PIN', async () => {
    const page = await rig.as('desk', { at: 'queue' });
    await page.clock.install();
    await page.reload();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.getByRole('button', { name: 'Language, appearance' }).click();
    await page.getByLabel('PIN for this browser').fill('2580');
    await page.keyboard.press('Enter');
    await page.getByText('The PIN is saved').waitFor();
    await page.keyboard.press('Escape');
    await page.clock.fastForward('04:00');
    await page.mouse.move(5, 5);
    await page.clock.fastForward('04:00');
    expect(await page.getByRole('heading', { name: 'Queue' }).count()).toBe(1);
    await page.clock.fastForward('02:00');
    await page.getByRole('heading', { name: 'The screen is locked' }).waitFor();
    expect(await page.locator('.frame').count()).toBe(0);
    await page.reload();
    await page.getByLabel('PIN').fill('1111');
    await page.keyboard.press('Enter');
    await page.getByText('The PIN is wrong.').waitFor();
    expect(await page.locator('.frame').count()).toBe(0);
    await page.getByLabel('PIN').fill('2580');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.context().close();
  });

  it('begins a text with a template, and does not send what is not filled in', async () => {
    await rig.api('PUT', '/v1/contacts/p-7', { name: 'Олена Коваль', firstName: 'Олена', numbers: [OLENA] });
    const page = await rig.as('desk', { at: `conversations/${encodeURIComponent(OLENA)}` });
    await page.getByRole('heading', { name: 'Олена Коваль' }).waitFor();
    await page.getByRole('button', { name: 'Template', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Visit booked' }).click();
    await expect.poll(() => page.getByLabel('Reply').inputValue()).toContain('[');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page
      .getByRole('alert')
      .getByText(/^Fill in \[/)
      .waitFor();
    await page.context().close();
  });

  it('answers from a virtual phone as a client does', async () => {
    const page = await rig.as('owner', { at: 'phones' });
    const phone = page.getByRole('region', { name: OLENA });
    await phone.getByText('Чекаємо на вас завтра о 10:00').waitFor();
    await phone.getByLabel('Write').fill('Дякую!');
    await page.keyboard.press('Enter');
    await phone.getByText('Дякую!').waitFor();
    await page.goto(`${rig.site.url}/#/conversations/${encodeURIComponent(OLENA)}`);
    await page.getByRole('listitem').filter({ hasText: 'Дякую!' }).first().waitFor();
    await page.context().close();
  });
});

describe.runIf(haveChromium())('the desk at night', () => {
  const HOUR = 3_600_000;
  let ahead = 0;
  /** The hours between are left out for both clocks: a wall clock that jumps alone is not believed at once. */
  const clock: Clock = {
    now: () => systemClock.now() + ahead,
    monotonic: () => systemClock.monotonic() + ahead,
    setTimer: (delay, fn) => systemClock.setTimer(delay, fn),
  };
  let rig: ConsoleRig;
  beforeAll(async () => {
    rig = await consoleRig(`[[sim]]\niccid = "${iccidOf(1)}"\nperDay = 2\n`, { manners: '', clock });
    rig.site.network.addPhone({ number: OLENA });
  });
  afterAll(() => rig?.stop());

  it('is warned before it answers at night whoever wrote by day, and is not kept from it', async () => {
    rig.site.network.inbound({ from: OLENA, modem: 'left', text: 'Чи є місце завтра?' });
    await expect.poll(async () => (await rig.api<{ data: unknown[] }>('GET', '/v1/inbound')).data.length).toBe(1);
    ahead = HOUR;
    while ([0, HOUR].some((later) => isDaytime(['Europe/Kyiv'], clock.now() + later))) ahead += HOUR;
    const page = await rig.as('desk', { at: `conversations/${encodeURIComponent(OLENA)}`, locale: 'uk-UA' });
    await page.getByLabel('Відповідь').fill('Так, о 12:00');
    await page.getByRole('status').getByText('піде одразу, хоча в клієнта зараз тихі години').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('listitem').filter({ hasText: 'Так, о 12:00' }).getByRole('button', { name: 'доставлено' }).waitFor();
    expect(rig.site.network.phone(OLENA).texts.map(({ text }) => text)).toEqual(['Так, о 12:00']);
    expect(rig.faults).toEqual([]);
    await page.context().close();
  });

  it('T08: opens after a stop of two hours with what was due, by the time of the visit, to be sent, called or left', async () => {
    ahead += 24 * HOUR;
    while (![0, 1, 2, 3, 4].every((later) => isDaytime(['Europe/Kyiv'], clock.now() + later * HOUR))) ahead += HOUR;
    await rig.api('PUT', '/v1/contacts/crm-1', { name: 'Олена Коваль', numbers: [OLENA] });
    const after = (hours: number): string => new Date(clock.now() + hours * HOUR).toISOString();
    for (const [to, visit] of [
      [TARAS, 30],
      [OLENA, 26],
      [IVAN, 28],
    ] as const) {
      await rig.api('POST', '/v1/messages', { to, text: 'Нагадуємо про візит', sendAt: after(0.5), notAfter: after(visit) });
    }
    await rig.site.end();
    ahead += 2 * HOUR;
    await rig.site.again();

    const page = await rig.as('owner');
    const rows = page.locator('.missed-row');
    await rows.nth(2).waitFor();
    const [first, second, third] = await rows.allInnerTexts();
    expect(first).toMatch(/Олена Коваль.*\+380 67 111 11 11/);
    expect([second, third]).toEqual([expect.stringContaining('+380 67 333 33 33'), expect.stringContaining('+380 67 222 22 22')]);
    expect(await rows.nth(1).getByRole('link', { name: 'Call' }).getAttribute('href')).toBe(`tel:${IVAN}`);
    await rows.nth(1).getByRole('button', { name: 'Leave' }).click();
    await rows.nth(2).waitFor({ state: 'detached' });
    await rows.first().getByRole('button', { name: 'Send now' }).click();
    await rows.nth(1).waitFor({ state: 'detached' });
    await expect.poll(() => rig.site.network.phone(OLENA).texts.map(({ text }) => text)).toContain('Нагадуємо про візит');
    await rows.first().getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'While the box was off' }).waitFor({ state: 'detached' });
    const { data } = await rig.api<{ data: { to: string; status: string }[] }>('GET', '/v1/messages?limit=3');
    expect(data.map(({ to, status }) => [to, status])).toEqual([
      [IVAN, 'expired'],
      [OLENA, 'delivered'],
      [TARAS, 'expired'],
    ]);
    expect(rig.faults).toEqual([]);
    await page.context().close();
  });

  it('is told when every SIM has used up its limit, and until when what waits will wait', async () => {
    const page = await rig.as('owner');
    for (const text of ['Один', 'Два']) await rig.api('POST', '/v1/messages', { to: OLENA, text });
    await page.getByText(/The caps of the SIMs are used up: messages wait, at least until .*\d/).waitFor();
    await page.getByRole('link', { name: 'See modems' }).click();
    await page.getByText('2 / 2').first().waitFor();
    expect(rig.site.network.phone(OLENA).texts.at(-1)?.text).toBe('Один');
    await page.context().close();
  });
});

describe.runIf(haveChromium())('the desk of a box that has raised something', () => {
  it('reads on Today all that mail and texts tell, in its own language, with the way to it, and not that all is well', async () => {
    const clock = new GoingClock(Date.UTC(2026, 10, 24, 13, 20));
    const going = clock.go();
    const rig = await consoleRig('[webhooks]\nallow = ["127.0.0.1/32"]\n', { clock });
    const shop = await WebhookReceiver.start();
    try {
      rig.site.network.addPhone({ number: OLENA });
      const page = await rig.as('owner', { locale: 'ru', now: clock.now() });
      const allWell = page.getByText('ничто не требует вашего внимания');
      await rig.api('POST', '/v1/messages', { to: OLENA, text: 'Ваше авто готове' });
      await allWell.waitFor();
      shop.behaviour = () => 410;
      await rig.api('POST', '/v1/webhooks', { url: shop.url });
      await rig.api('POST', '/v1/messages', { to: OLENA, text: 'Ваше авто готове' });
      await shop.until(1);
      // The box looks at itself each half minute.
      await clock.skip(60_000);
      await page.getByText('ответила, что её там больше нет (410)').click();
      await page.locator('.banner').getByText('Программа там ответила, что её больше нет (HTTP 410)').waitFor();
      await page.getByRole('link', { name: 'Сегодня' }).click();
      await page.getByRole('heading', { name: 'Требует внимания' }).waitFor();
      expect(await allWell.count()).toBe(0);
      expect(rig.faults).toEqual([]);
    } finally {
      await shop.close();
      await rig.stop();
      clock.stop();
      await going;
    }
  });
});
