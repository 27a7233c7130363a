import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeConfig } from '../../src/config/describe.ts';
import { iccidOf } from '../../src/simulator/identities.ts';
import { settingsIn } from '../../src/store/settings-beside.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';
import { policySettings } from '../support/policy-settings.ts';

const OLENA = '+380671111111';
const NEVER = {
  purpose: 'service',
  days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  from: '00:00',
  to: '24:00',
};

describe('quiet hours that are changed while the box runs', () => {
  let rig: ApiRig;
  beforeAll(async () => {
    rig = await apiRig({ policy: policySettings({ profile: 'standard' }) });
  });
  afterAll(() => rig.close());

  const statusOfNext = async (): Promise<string> => {
    const { json } = await rig.call('POST', '/v1/messages', { body: { to: OLENA, text: 'Hello' } });
    return json().status;
  };

  it('hold for the next message, outlive a start, and go back to the file', async () => {
    expect(await statusOfNext()).toBe('queued');
    const changed = await rig.call('PUT', '/v1/settings', { body: { quietHours: [NEVER] } });
    expect(changed.json()).toMatchObject({ quietHours: [NEVER], changed: ['quietHours'], restarting: false });
    expect((await rig.call('GET', '/v1/manners')).json().quietHours).toContainEqual(NEVER);
    const refused = await rig.call('POST', '/v1/messages', { body: { to: OLENA, text: 'Hello' } });
    expect(refused.json()).toMatchObject({ code: 'noWindow' });
    await rig.restart();
    expect((await rig.call('GET', '/v1/settings')).json()).toMatchObject({ quietHours: [NEVER], changed: ['quietHours'] });
    expect((await rig.call('PUT', '/v1/settings', { body: { quietHours: null } })).json()).toMatchObject({ quietHours: [], changed: [] });
    expect(await statusOfNext()).toBe('queued');
  });

  it.each([
    [{ quietHours: [{ ...NEVER, from: '9' }] }, '/quietHours/0/from'],
    [{ quietHours: [{ ...NEVER, from: '09:00', to: '09:00' }] }, '/quietHours/0'],
    [{ holidays: { dates: ['2026-02-29'] } }, '/holidays/dates/0'],
    [{ site: { country: 'QQ' } }, '/site/country'],
    [{ site: { timeZone: 'Europe/Kyjiw' } }, '/site/timeZone'],
    [{ limits: { costPerDay: 'a lot' } }, '/limits/costPerDay'],
    [{ alarm: { phone: '103' } }, '/alarm/phone'],
    [{ openingHours: [{ days: ['monday'], from: '09:00', to: '09:00' }] }, '/openingHours/0'],
    [{ openingHours: [{ days: [], from: '09:00', to: '18:00' }] }, '/openingHours/0/days'],
  ])('are refused whole where one is wrong: %j', async (body, pointer) => {
    const { statusCode, ...answer } = await rig.call('PUT', '/v1/settings', { body });
    expect([400, 422]).toContain(statusCode);
    expect(answer.json().errors[0].pointer).toContain(pointer);
    expect((await rig.call('GET', '/v1/settings')).json().changed).toEqual([]);
  });
});

describe('an answer for closed hours', () => {
  let rig: ApiRig;
  beforeAll(async () => {
    rig = await apiRig();
  });
  afterAll(() => rig.close());
  const put = async (body: object) => (await rig.call('PUT', '/v1/settings', { body })).json();
  const WORKDAY = { days: ['monday', 'friday'], from: '09:00', to: '18:00' };

  it('is refused by a code of its own until somebody says when the site is open, and so are words of alarm that are none', async () => {
    const places = [{ pointer: '/away/phone', detail: expect.stringContaining('openingHours') }];
    expect(await put({ away: { phone: '103' } })).toMatchObject({ code: 'openingHoursMissing', errors: places });
    expect(await put({ alarm: { phone: OLENA } })).toMatchObject({ code: 'alarmWordsMissing', errors: [{ pointer: '/alarm/phone' }] });
    expect(await put({ away: { phone: '103' }, site: { country: 'QQ' } })).toMatchObject({ code: 'settingInvalid' });
    expect(await put({ away: { phone: '103' }, openingHours: [WORKDAY] })).toMatchObject({
      openingHours: [WORKDAY],
      away: { phone: '103' },
    });
  });

  it('holds the hours that it needs fast, over a start too, until both go', async () => {
    await rig.restart();
    expect((await rig.call('GET', '/v1/settings')).json()).toMatchObject({
      openingHours: [WORKDAY],
      away: { phone: '103' },
      changed: ['away.phone', 'openingHours'],
    });
    expect(await put({ openingHours: [] })).toMatchObject({ code: 'openingHoursMissing' });
    expect(await put({ openingHours: null })).toMatchObject({ code: 'openingHoursMissing' });
    expect(await put({ openingHours: null, away: { phone: null } })).toMatchObject({ openingHours: [], changed: [] });
  });
});

describe('a box that begins anew inside', () => {
  let site: LiveSite;
  beforeAll(async () => {
    const more = `[[openingHours]]\nfrom = "09:00"\nto = "18:00"\n[[sim]]\niccid = "${iccidOf(1)}"\npackage = 1000\n`;
    site = await liveSite({ scopes: 'admin,operate,read:all,send', more });
  });
  afterAll(() => site?.stop());

  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> =>
    await fetch(site.url + path, {
      method,
      headers: {
        authorization: `Bearer ${site.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
  const answerOf = async (response: Response): Promise<any> => await response.json();

  /** Asks until the box is there again and says so. */
  const eventually = async (path: string, isSo: (answer: Record<string, unknown>) => boolean): Promise<void> => {
    await expect
      .poll(async () => {
        const response = await ask('GET', path).catch(() => undefined);
        return response?.ok === true && isSo(await answerOf(response));
      })
      .toBe(true);
  };

  it('shows what is left of the package that the file names, before anything went out of it', async () => {
    const { data } = await answerOf(await ask('GET', '/v1/sims'));
    expect(data).toMatchObject([{ package: { size: 1000, used: 0, left: 1000, endsAt: null } }]);
    expect(data[0].outlook).toEqual([expect.stringContaining('The package has 1000 of 1000 segments left')]);
  });

  it('takes up words of alarm and whom to tell of them, shows what was changed, and gives it back to the file', async () => {
    const duty = '+380671110000';
    const change = await ask('PUT', '/v1/settings', {
      alarm: { phone: duty, words: ['кровотеча'] },
      away: { phone: '103', text: '{site}: відповімо зранку' },
      caps: { allPerDay: 7 },
      limits: { costPerDay: '300 UAH' },
    });
    expect(await answerOf(change)).toMatchObject({ restarting: true, alarm: { phone: duty, words: ['кровотеча'], perHour: 10 } });
    await eventually('/v1/settings', ({ restarting }) => restarting === false);
    await eventually('/readyz', () => true);
    site.network.inbound({ from: OLENA, modem: 'left', text: 'У мене кровотеча!' });
    await expect.poll(() => site.network.phone(duty).texts.length).toBe(1);
    expect(await answerOf(await ask('GET', '/v1/settings'))).toMatchObject({
      caps: { allPerDay: 7 },
      limits: { costPerDay: '300 UAH' },
      away: { phone: '103' },
      changed: ['alarm.phone', 'alarm.words', 'away.phone', 'away.text', 'caps.allPerDay', 'limits.costPerDay'],
    });
    const back = {
      alarm: { phone: null, words: null },
      away: { phone: null, text: null },
      caps: { allPerDay: null },
      limits: { costPerDay: null },
    };
    await ask('PUT', '/v1/settings', back);
    await eventually('/v1/settings', ({ restarting, changed }) => restarting === false && JSON.stringify(changed) === '[]');
  });

  it('takes up another country and name, keeps who is logged in, and `config print` says what was changed', async () => {
    await ask('POST', '/v1/users', { name: 'Olena', password: 'correct horse battery', role: 'owner' });
    const login = await fetch(`${site.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.url },
      body: JSON.stringify({ name: 'Olena', password: 'correct horse battery' }),
    });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    const change = await ask('PUT', '/v1/settings', { site: { country: 'PL', name: 'Gabinet' } });
    expect(await change.json()).toMatchObject({ restarting: true, changed: ['site.country', 'site.name'] });
    await eventually('/v1/site', ({ country, name }) => country === 'PL' && name === 'Gabinet');
    const session = await fetch(`${site.url}/v1/session`, { headers: { cookie } });
    expect([session.status, (await answerOf(session)).name]).toEqual([200, 'Olena']);
    const printed = describeConfig(site.config, {}, { changedIn: settingsIn });
    expect(printed).toMatch(/name = "Gabinet" +# changed \d{4}-\S+, in place of the file/);
    expect(printed).toMatch(/timeZone = "Europe\/Kyiv" +# line 4/);
    // A number as it is written there.
    expect(await (await ask('POST', '/v1/messages', { to: '512 345 678', text: 'Dzień dobry' })).json()).toMatchObject({
      to: '+48512345678',
    });
  });

  it('restores a backup, asks everybody to log in again, and sends nothing before somebody says so', async () => {
    const { name } = await answerOf(await ask('POST', '/v1/backups'));
    await ask('PUT', '/v1/contacts/after', { name: 'Came after the backup', numbers: [OLENA] });
    expect((await ask('POST', '/v1/backups/other.db/restore')).status).toBe(404);
    const restoring = await ask('POST', `/v1/backups/${name}/restore`);
    expect([restoring.status, (await answerOf(restoring)).name]).toEqual([202, name]);
    await eventually('/v1/sending', ({ state }) => state === 'paused');
    expect((await ask('GET', '/v1/contacts/after')).status).toBe(404);
    const { data } = await answerOf(await ask('GET', '/v1/audit'));
    expect(data[0]).toMatchObject({ action: 'store.restore', target: name });
  });
});
