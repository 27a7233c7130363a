import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { haveChromium } from '../support/chromium.ts';
import { type ConsoleRig, consoleRig } from '../support/console-rig.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const OLENA = '+380671111111';
const TARAS = '+380672222222';
const MARIA = '+380673333333';

interface ListOf<T> {
  readonly data: readonly T[];
}

/** A day of the site so far ahead that no reminder of it is in the queue yet. */
const fourDaysOn = (): string => {
  const at = new Date(Date.now() + 4 * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Kyiv' }).format(at);
};

describe.runIf(haveChromium())('the office', () => {
  let rig: ConsoleRig;
  beforeAll(async () => {
    rig = await consoleRig('[webhooks]\nallow = ["127.0.0.1/32"]\n');
    for (const number of [OLENA, TARAS]) rig.site.network.addPhone({ number });
  });
  afterAll(() => rig?.stop());
  afterEach(() => {
    expect(rig.faults.splice(0)).toEqual([]);
  });

  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  it('writes a contact, finds it by its digits, changes it and keeps the fields that it does not show', async () => {
    const page = await rig.as('desk', { at: 'contacts' });
    await page.getByRole('link', { name: 'New contact' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Олена Коваль');
    await page.getByLabel('Numbers').fill('067 111 11 11');
    await page.getByLabel('Tags').fill('дитяча, VIP');
    await page.getByLabel('Id').fill('crm-1');
    await press(page, 'Save');
    await page.getByRole('heading', { name: 'Олена Коваль' }).waitFor();
    const debt = { amount: '450.00', currency: 'UAH' };
    await rig.api('PUT', '/v1/contacts/crm-1', {
      name: 'Олена Коваль',
      numbers: [OLENA],
      tags: ['VIP'],
      fields: { debt, visits: 12, insured: true },
    });

    await page.getByRole('link', { name: 'To the contacts' }).click();
    await page.getByLabel('Search').fill('1111');
    await page.getByRole('link', { name: 'Олена Коваль' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('How to address them').fill('Олено');
    await press(page, 'Save');
    await page.getByText('Олено', { exact: true }).waitFor();
    expect(await rig.api('GET', '/v1/contacts/crm-1')).toMatchObject({
      firstName: 'Олено',
      numbers: [OLENA],
      tags: ['VIP'],
      fields: { debt, visits: 12, insured: true },
    });

    await page.goto(`${rig.site.url}/#/contacts/new`);
    await page.getByLabel('Name', { exact: true }).fill('Somebody else');
    await page.getByLabel('Id').fill('crm-1');
    await press(page, 'Save');
    await page.getByText('There is a contact with this id already').waitFor();
    expect(await rig.api('GET', '/v1/contacts/crm-1')).toMatchObject({ name: 'Олена Коваль' });
    await page.context().close();
  });

  it('imports a list, says first what it would do, and asks what it cannot guess', async () => {
    const page = await rig.as('desk', { at: 'contacts/import' });
    await page.getByLabel('CSV file').setInputFiles({
      name: 'clients.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Хто;Телефон;Лікар\nТарас Олійник;${TARAS};Іваненко\nБез номера;12;Коваль\n`),
    });
    await page.getByLabel('Хто').selectOption('name');
    const counts = page.locator('.contact-counts');
    await counts.locator('div').filter({ hasText: 'New' }).getByText('1', { exact: true }).waitFor();
    await counts.locator('div').filter({ hasText: 'Not taken' }).getByText('1', { exact: true }).waitFor();
    await page.getByLabel('Лікар').selectOption('fields.Лікар');
    await press(page, 'Import 1 contact');
    await page.getByRole('link', { name: 'Тарас Олійник' }).waitFor();
    const { data } = await rig.api<ListOf<{ fields: unknown }>>('GET', `/v1/contacts?number=${encodeURIComponent(TARAS)}`);
    expect(data).toMatchObject([{ name: 'Тарас Олійник', fields: { Лікар: 'Іваненко' } }]);
    await page.context().close();
  });

  it('changes a shipped text in one language, sees its price grow, and takes the shipped one back', async () => {
    const page = await rig.as('desk', { at: 'templates' });
    await page.getByRole('link', { name: 'Order ready' }).click();
    const text = page.getByLabel('Text');
    await text.fill('{site}: замовлення {number} готове');
    await page.locator('.template-bubble').getByText('замовлення A-1204 готове').waitFor();
    await page.getByText('1 segment, ').waitFor();
    await text.fill(`{site}: замовлення {number} готове. ${'Чекаємо на вас. '.repeat(6)}`);
    await page.getByText('2 segments, ').first().waitFor();
    await text.fill(`{site}: замовлення {number} готове. ${'Чекаємо на вас. '.repeat(45)}`);
    await page.getByText('12 segments, too long: at most 10 segments').first().waitFor();
    await text.fill('{site}: замовлення {number');
    await page.getByRole('alert').getByText('that no } ends').waitFor();
    await text.fill('{site}: готове {number}');
    await press(page, 'Save');
    await page.getByText('The template is saved.').waitFor();
    expect(await rig.api('GET', '/v1/templates/order.ready')).toMatchObject({ own: ['uk'], texts: { uk: '{site}: готове {number}' } });
    await press(page, 'Take our text again');
    await page.getByRole('dialog').getByRole('button', { name: 'Take our text again' }).click();
    await page.getByText('The text is removed.').waitFor();
    expect(await rig.api('GET', '/v1/templates/order.ready')).toMatchObject({ own: [] });
    await page.context().close();
  });

  it('records a consent with its words, notes an opt-out, and lets only who operates lift it', async () => {
    const desk = await rig.as('desk', { at: 'consent' });
    await press(desk, 'Record a consent');
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Number').fill('067 222 22 22');
    await dialog.getByLabel('Words agreed to').fill('Надсилайте мені новини');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await desk.getByText('in person', { exact: false }).click();
    await desk.getByText('Надсилайте мені новини').waitFor();
    await press(desk, 'Add an opt-out');
    await desk.getByRole('dialog').getByLabel('What').selectOption('all');
    await desk.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
    await desk.locator('.pill', { hasText: 'Everything but codes' }).waitFor();
    expect(await desk.getByRole('button', { name: 'Lift' }).count()).toBe(0);
    await desk.context().close();

    const owner = await rig.as('owner', { at: `consent/of/${encodeURIComponent(TARAS)}` });
    await press(owner, 'Lift');
    await owner.getByRole('dialog').getByRole('button', { name: 'Lift' }).click();
    await owner.getByText('Has opted out of nothing.').waitFor();
    expect(await rig.api('GET', `/v1/suppressions?to=${encodeURIComponent(TARAS)}`)).toMatchObject({ data: [] });
    await owner.context().close();
  });

  it('books a visit, moves it, marks that the client came in one tap, and cancels another', async () => {
    const day = fourDaysOn();
    await rig.api('PUT', '/v1/contacts/crm-2', { name: 'Олена Бойко', numbers: [OLENA] });
    const page = await rig.as('desk', { at: `visits?day=${day}` });
    await press(page, 'Book');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Client').fill('Олен');
    await dialog.getByRole('button', { name: 'Олена Бойко' }).click();
    await dialog.getByLabel('When').fill(`${day}T10:00`);
    await dialog.getByRole('button', { name: 'Book' }).click();
    const row = page.locator('.visit').filter({ hasText: 'Олена Бойко' });
    await row.getByText('10:00').waitFor();
    // Told of by a program that knows no name.
    await rig.api('PUT', '/v1/contacts/crm-3', { name: 'Марія Гнатюк', numbers: [MARIA] });
    await rig.api('PUT', '/v1/occasions/visit/nameless', { contact: { to: MARIA }, startsAt: `${day}T15:00:00Z` });
    const nameless = page.locator('.visit').filter({ hasText: 'Марія Гнатюк' });
    // The list is told of it, and need not look.
    await nameless.getByText('+380 67 333 33 33').click({ timeout: 8_000 });
    await page.getByRole('heading', { name: 'Марія Гнатюк' }).waitFor();
    await page.goBack();
    // A click gets through that is under way while the list is read again.
    await nameless.getByRole('link').hover();
    await page.mouse.down();
    await rig.api('POST', '/v1/occasions/visit/nameless/attendance', { attendance: 'came' });
    await nameless.locator('button[aria-pressed=true]', { hasText: 'Came' }).waitFor();
    await page.mouse.up();
    await page.getByRole('heading', { name: 'Марія Гнатюк' }).waitFor();
    await page.goBack();

    await row.getByRole('link').click();
    const told = page.locator('.visit-steps');
    await told.locator('li').filter({ hasText: 'Confirmation' }).getByText('delivered').waitFor();
    await told.locator('li').filter({ hasText: 'Reminder the day before' }).getByText('planned').waitFor();
    await press(page, 'Move');
    await page.getByRole('dialog').getByLabel('When').fill(`${day}T16:30`);
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await told.locator('li').filter({ hasText: 'That it was moved' }).getByText('delivered').waitFor();
    expect(rig.site.network.phone(OLENA).texts.at(-1)?.text).toContain('16:30');
    await press(page, 'Came');
    await page.locator('button[aria-pressed=true]', { hasText: 'Came' }).waitFor();

    await page.getByRole('link', { name: 'To the visits' }).click();
    await press(page, 'Paste a list');
    await page.getByLabel('Rows').fill(`Час\tНомер\tІм’я\n9:15\t067 222 22 22\tТарас\nбез номера\t\t`);
    await page.getByText('Row 3: there is no time or no number.').waitFor();
    await press(page, 'Book them all');
    const pasted = page.locator('.visit').filter({ hasText: 'Тарас' });
    await pasted.getByText('09:15').waitFor();

    await press(page, 'We are late');
    await page.getByRole('dialog').getByLabel('By how many minutes').fill('40');
    await page
      .getByRole('dialog')
      .getByText(/09:55|17:10/)
      .waitFor();
    await page.getByRole('button', { name: /^Tell \d client/ }).click();
    await press(page, 'Undo');
    await page.getByText('Undone: nobody is told anything.').waitFor();

    await pasted.getByRole('link').click();
    await press(page, 'Cancel the visit');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the visit' }).click();
    await page.locator('.visit-columns .pill', { hasText: 'cancelled' }).first().waitFor();
    await page.getByRole('button', { name: 'Move' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('books a visit and writes to a client in so few keys and clicks that each is done in half a minute', async () => {
    const day = fourDaysOn();
    await rig.api('PUT', '/v1/contacts/crm-2', { name: 'Олена Бойко', numbers: [OLENA] });
    const page = await rig.as('desk', { at: `visits?day=${day}` });
    let steps = 0;
    const keys = async (...pressed: string[]): Promise<void> => {
      for (const key of pressed) await (key.length === 1 ? page.keyboard.type(key) : page.keyboard.press(key));
      steps += pressed.length;
    };
    const click = async (role: 'button' | 'link', name: string): Promise<void> => {
      await page.getByRole(role, { name, exact: true }).first().click();
      steps += 1;
    };
    await click('button', 'Book');
    const dialog = page.getByRole('dialog');
    await keys('О', 'л', 'е');
    await dialog.getByRole('button', { name: 'Олена Бойко' }).waitFor();
    // The client, then past day, month and year to the hour, one later than offered.
    await keys('Enter', 'Tab', 'Tab', 'Tab', 'ArrowUp', 'Enter');
    await page.locator('.visit').filter({ hasText: 'Олена Бойко' }).getByText('10:00').waitFor();
    expect(steps).toBeLessThanOrEqual(10);

    steps = 0;
    await click('link', 'Send');
    // Nobody has to look for the first field.
    await page.locator('textarea:focus').waitFor();
    await keys(...OLENA.replace('+38', ''), 'Tab', ...'Ok', 'Control+Enter');
    await expect.poll(() => rig.site.network.phone(OLENA).texts.at(-1)?.text).toBe('Ok');
    // Besides the number and what is written.
    expect(steps - 10 - 'Ok'.length).toBeLessThanOrEqual(3);

    steps = 0;
    await click('link', 'Today');
    await click('link', 'Send');
    await page.locator('textarea:focus').waitFor();
    await keys('О', 'л', 'е');
    await page.getByRole('button', { name: 'Олена Бойко' }).waitFor();
    await keys('Enter', 'Tab', ...'Hi', 'Control+Enter');
    await expect.poll(() => rig.site.network.phone(OLENA).texts.at(-1)?.text).toBe('Hi');
    expect(steps).toBeLessThanOrEqual(10);
    await page.context().close();
  });

  it('shows a key once, adds somebody to the desk, and writes down who did it', async () => {
    const page = await rig.as('owner', { at: 'settings/keys' });
    await press(page, 'New key');
    await page.getByRole('dialog').getByLabel('Name').fill('CRM');
    await press(page, 'Make the key');
    const secret = await page.getByRole('textbox', { name: 'The key “CRM” is made' }).inputValue();
    await press(page, 'I have kept it');
    const probe = await fetch(`${rig.site.url}/v1/messages`, { headers: { authorization: `Bearer ${secret}` } });
    expect(probe.status).toBe(200);
    const row = page.getByRole('row').filter({ hasText: 'CRM' });
    expect(await row.innerText()).not.toContain(secret);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    expect((await fetch(`${rig.site.url}/v1/messages`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(401);

    await page.getByRole('link', { name: 'People' }).click();
    await press(page, 'Add a person');
    await page.getByRole('dialog').getByLabel('Name to log in with').fill('Ірина');
    await page.getByRole('dialog').getByLabel('Password').fill('correct horse battery');
    await press(page, 'Save');
    await page.getByRole('row').filter({ hasText: 'Ірина' }).getByText('writes to clients').waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('row').filter({ hasText: 'owner' }).filter({ hasText: 'revoked an API key' }).waitFor();
    await page.context().close();
  });

  it('adds a webhook, shows its deliveries, gives it a new secret, and makes a backup', async () => {
    const page = await rig.as('owner', { at: 'settings/webhooks' });
    await press(page, 'New webhook');
    // Nobody listens there: what is told is tried again.
    await page.getByRole('dialog').getByLabel('Address').fill('http://127.0.0.1:9/sms');
    await press(page, 'Add');
    const first = await page.getByRole('textbox', { name: 'Its secret', exact: false }).inputValue();
    await press(page, 'I have kept it');
    await page.getByRole('link', { name: 'http://127.0.0.1:9/sms' }).click();
    await rig.api('POST', '/v1/messages', { to: OLENA, text: 'Ваше авто готове' });
    await page
      .getByRole('row')
      .filter({ hasText: 'message.accepted' })
      .or(page.getByRole('row').filter({ hasText: 'message.queued' }))
      .first()
      .waitFor();
    await page.getByRole('row').getByText('Nothing listens at this address').first().waitFor();
    await press(page, 'New secret');
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
    expect(await page.getByRole('textbox', { name: 'The new secret' }).inputValue()).not.toBe(first);
    await press(page, 'I have kept it');
    await page.getByText('The old secret signs until').waitFor();

    const shop = await WebhookReceiver.start();
    shop.behaviour = () => 410;
    await rig.api('POST', '/v1/webhooks', { url: shop.url });
    await rig.api('POST', '/v1/messages', { to: OLENA, text: 'Ваше авто готове' });
    await page.getByRole('link', { name: 'To the webhooks' }).click();
    await expect.poll(async () => (await rig.api<ListOf<{ goneSince: unknown }>>('GET', '/v1/webhooks')).data[1]?.goneSince).toBeTruthy();
    await page.reload();
    await page.getByRole('row').filter({ hasText: shop.url }).getByText('not called', { exact: true }).waitFor();
    await page.getByRole('link', { name: shop.url }).click();
    await page.locator('.banner').getByText('The program there said that it is gone').waitFor();
    await page.getByRole('row').getByText('The program there said that it is gone (HTTP 410)', { exact: true }).first().waitFor();
    shop.behaviour = () => 204;
    await press(page, 'Send again what failed within a day');
    await page.locator('.banner').getByText('The program there said that it is gone').waitFor({ state: 'detached' });
    await shop.close();

    await page.getByRole('link', { name: 'Backups' }).click();
    await press(page, 'Make a backup now');
    await page.getByRole('row').filter({ hasText: 'simpost-' }).waitFor();
    await page.context().close();
  });

  it('puts a shipped dialogue into use, follows one with a client, and takes it over', async () => {
    const page = await rig.as('owner', { at: 'dialogues/kinds' });
    const kind = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Rating' }) });
    await kind.getByText('not in use').waitFor();
    await kind.getByRole('button', { name: 'Put into use' }).click();
    await kind.getByText('in use', { exact: true }).waitFor();
    await rig.api('POST', '/v1/dialogues', { definition: 'rating', to: OLENA });
    await page.getByRole('link', { name: 'Conversations' }).last().click();
    await page.getByRole('link', { name: '+380 67 111 11 11' }).click();
    await press(page, 'Hand over to the desk');
    await page.getByRole('dialog').getByRole('button', { name: 'Hand over to the desk' }).click();
    await page.locator('.pill', { hasText: 'handed over' }).waitFor();
    await page.context().close();
  });

  it('offers nothing to who only reads that they could not do', async () => {
    await rig.api('PUT', '/v1/contacts/read', { name: 'Ганна', numbers: ['+380673333333'] });
    const page = await rig.as('readOnly', { at: 'templates/of/order.ready' });
    await page.getByText('{site}', { exact: false }).first().waitFor();
    expect(await page.locator('main form').locator('textarea, .template-field, [type=submit]').count()).toBe(0);
    await page.goto(`${rig.site.url}/#/contacts/of/read`);
    await page.getByRole('link', { name: 'Conversation', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: /^(Write|Edit)$/ }).count()).toBe(0);
    await page.context().close();
  });

  it('shows a receptionist no settings, and a technician neither texts nor clients', async () => {
    const menu = async (page: Page): Promise<string[]> => page.locator('nav .nav-link[href]').allInnerTexts();
    const desk = await rig.as('desk', { at: 'settings/keys' });
    await desk.getByRole('heading', { name: 'no such page', exact: false }).waitFor();
    expect(await menu(desk)).not.toContain('Settings');
    await desk.context().close();

    const technician = await rig.as('technician', { at: 'settings' });
    await technician.getByRole('link', { name: 'Backups' }).waitFor();
    for (const name of ['People', 'API keys', 'Webhooks', 'Audit log']) {
      expect(await technician.getByRole('link', { name }).count()).toBe(0);
    }
    const seen = await menu(technician);
    for (const name of ['Conversations', 'Contacts', 'Templates', 'Consent', 'Visits']) expect(seen).not.toContain(name);
    await technician.goto(`${rig.site.url}/#/contacts/of/crm-1`);
    await technician.getByRole('heading', { name: 'no such page', exact: false }).waitFor();
    const { id } = await rig.api<{ id: string }>('POST', '/v1/messages', { to: '+380671234567', text: 'Ваші аналізи готові' });
    await technician.goto(`${rig.site.url}/#/queue/${id}`);
    await technician.getByText('a technician sees no texts').waitFor();
    expect(await technician.locator('main').innerText()).not.toContain('аналізи');
    expect(await technician.getByRole('link', { name: 'Conversation' }).count()).toBe(0);
    await technician.context().close();
  });
});
