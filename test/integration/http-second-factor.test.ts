import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import type { Trust } from '../../src/dispatch/trust.ts';
import { SecondFactors } from '../../src/http/second-factors.ts';
import { makeBackup } from '../../src/store/backup.ts';
import type { Role } from '../../src/store/records/user.ts';
import { restoreStore } from '../../src/store/restore.ts';
import { type ApiRig, apiRig, quickPasswords } from '../support/api-rig.ts';
import { openStore } from '../support/open-store.ts';
import { appCode } from '../support/totp-app.ts';

const PASSWORD = 'correct horse battery';
const STEP = 30_000;
const MINUTE = 60_000;
const FACTOR = '/v1/session/second-factor';

interface LoggedIn {
  readonly cookie: string;
  readonly csrfToken: string;
}

/** Of which the secrets here are made. */
const KEY = Buffer.alloc(32, 8);

let rig: ApiRig;
/** Of the password of everybody here. */
let kept: string;
let trust: Trust;
let logged = '';
beforeAll(async () => {
  const log = createLog('trace', {
    write: (line) => {
      logged += line;
    },
  });
  const time = {
    get trust() {
      return trust;
    },
    say: () => Promise.resolve(),
  };
  rig = await apiRig({ log, time, secondFactorKey: KEY });
  kept = await quickPasswords().hash(PASSWORD);
});
beforeEach(() => {
  trust = { trusted: true, reason: 'synchronized' };
});
afterAll(() => rig.close());

const logIn = (name: string, code?: string, password = PASSWORD, remoteAddress = '127.0.0.1'): Promise<LightMyRequestResponse> =>
  rig.app.inject({
    method: 'POST',
    url: '/v1/session',
    remoteAddress,
    payload: { name, password, ...(code === undefined ? {} : { code }) },
  });

async function sessionOf(response: LightMyRequestResponse): Promise<LoggedIn> {
  expect(response.statusCode, response.body).toBe(200);
  const cookie = String(response.headers['set-cookie']).split(';', 1)[0] ?? '';
  const { csrfToken } = (await rig.call('GET', '/v1/session', { key: null, headers: { cookie } })).json();
  return { cookie, csrfToken };
}

const as = ({ cookie, csrfToken }: LoggedIn, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) =>
  rig.call(method, url, {
    key: null,
    headers: { cookie, origin: 'http://localhost:80', 'x-csrf-token': csrfToken },
    ...(body ? { body } : {}),
  });

interface Person {
  readonly id: string;
  readonly secret: string;
  readonly recoveryCodes: string[];
}

/**
 * Somebody whose second factor is on, and whose app shows a code that was not used yet. Put into the store as the API does it: each password
 * that is checked takes a while.
 */
async function person(name: string, role: Role = 'desk'): Promise<Person> {
  const { store, clock } = rig;
  const id = newId('usr', systemRandom);
  const factors = new SecondFactors({ key: KEY, store, clock, random: systemRandom });
  const secret = factors.begin(id);
  const confirmed = factors.confirm(id, codeOf(secret));
  if (!confirmed) throw new Error('the code is wrong');
  const { factor, recoveryCodes } = confirmed;
  const entry = { at: clock.now(), actor: 'test', action: 'user.create', target: id, detail: {} } as const;
  await store.addUser({ id, name, role, password: kept, secondFactor: null, createdAt: clock.now() }, entry);
  await store.changeUser(id, { secondFactor: factor }, { ...entry, action: 'secondFactor.on' });
  await clock.advance(STEP);
  return { id, secret, recoveryCodes };
}

/** Logs somebody in by the code of now, and waits for the next. */
async function entered(name: string, { secret }: Person): Promise<LoggedIn> {
  const session = await sessionOf(await logIn(name, codeOf(secret)));
  await rig.clock.advance(STEP);
  return session;
}

/** What the app shows. @param steps so many steps from now */
const codeOf = (secret: string, steps = 0): string => appCode(secret, rig.clock.now() + steps * STEP);

const entriesOf = async (id: string): Promise<{ action: string; actor: string; target: string; detail: object }[]> => {
  const { data } = (await rig.call('GET', '/v1/audit?limit=500')).json();
  return data.filter((entry: { actor: string; target: string }) => entry.actor === id || entry.target === id);
};

describe('switching a second factor on', () => {
  it('X13: takes the password, counts from the first code that confirms it, and ends the other sessions', async () => {
    await rig.call('POST', '/v1/users', { body: { name: 'Olena: desk', password: PASSWORD, role: 'desk' } });
    const [here, there] = [await sessionOf(await logIn('Olena: desk')), await sessionOf(await logIn('Olena: desk'))];
    expect((await as(here, 'GET', FACTOR)).json()).toEqual({ on: false, recoveryCodesLeft: 0 });
    expect((await as(here, 'PUT', FACTOR, { code: '123456' })).json()).toMatchObject({ status: 409, code: 'stateDiffers' });
    expect((await as(here, 'POST', FACTOR, { current: 'a wrong one' })).json()).toMatchObject({
      code: 'loginRefused',
      errors: [{ pointer: '/current' }],
    });
    const begun = (await as(here, 'POST', FACTOR, { current: PASSWORD })).json();
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.uri).toBe(`otpauth://totp/Olena%20%20desk?secret=${begun.secret}&issuer=${encodeURIComponent('Клініка')}`);
    // Nothing counts yet.
    await sessionOf(await logIn('Olena: desk'));
    expect((await as(here, 'PUT', FACTOR, { code: codeOf(begun.secret, 3) })).json()).toMatchObject({
      code: 'loginRefused',
      errors: [{ pointer: '/code' }],
    });
    const on = await as(here, 'PUT', FACTOR, { code: codeOf(begun.secret) });
    expect(on.json().recoveryCodes).toHaveLength(10);
    expect(new Set(on.json().recoveryCodes).size).toBe(10);
    for (const code of on.json().recoveryCodes) expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    const now = await sessionOf(on);
    for (const before of [here, there]) expect((await as(before, 'GET', '/v1/session')).statusCode).toBe(401);
    expect((await as(now, 'GET', FACTOR)).json()).toEqual({ on: true, recoveryCodesLeft: 10 });
    expect((await as(now, 'POST', FACTOR, { current: PASSWORD })).json().code).toBe('stateDiffers');
    // The code that confirmed it was used with that.
    expect((await logIn('Olena: desk', codeOf(begun.secret))).json().code).toBe('loginRefused');
    const { data } = (await rig.call('GET', '/v1/users')).json();
    const olena = data.find(({ name }: { name: string }) => name === 'Olena: desk');
    expect(olena).toMatchObject({ secondFactor: true });
    expect((await entriesOf(olena.id)).filter(({ action }) => action.startsWith('secondFactor'))).toMatchObject([
      { action: 'secondFactor.on', actor: olena.id, target: olena.id, detail: {} },
    ]);
  });

  it('is not for API keys, which go on as they are', async () => {
    const { id } = await person('Keyed');
    expect((await rig.call('GET', FACTOR)).json().code).toBe('scopeMissing');
    expect((await rig.call('POST', FACTOR, { body: { current: PASSWORD } })).json().code).toBe('scopeMissing');
    expect((await rig.call('PUT', `/v1/users/${id}`, { body: { role: 'readOnly' } })).json()).toMatchObject({ secondFactor: true });
  });
});

describe('logging in with a second factor', () => {
  it('X13: the right password alone opens nothing, and only who knows it hears that a code is needed', async () => {
    const { id, secret } = await person('Ivan');
    const alone = await logIn('Ivan');
    expect(alone.json()).toMatchObject({ status: 401, code: 'codeNeeded' });
    expect(alone.headers['set-cookie']).toBeUndefined();
    const wrong = await logIn('Ivan', undefined, 'a wrong one');
    const nobody = await logIn('Nobody', undefined, 'a wrong one');
    expect(wrong.json()).toEqual(nobody.json());
    const answers = [await logIn('Ivan', codeOf(secret), 'a wrong one'), await logIn('Ivan', '000000'), await logIn('Nobody', '000000')];
    for (const answer of answers) expect(answer.json()).toEqual(answers[0]?.json());
    expect(answers[0]?.json().detail).toBe('The name, the password or the code is wrong.');
    await sessionOf(await logIn('Ivan', ` ${codeOf(secret).slice(0, 3)} ${codeOf(secret).slice(3)} `));
    const entries = await entriesOf(id);
    expect(entries.filter(({ action }) => action === 'session.refuse').map(({ detail }) => detail)).toEqual([
      { address: '127.0.0.1', secondFactor: true },
      { address: '127.0.0.1' },
      { address: '127.0.0.1' },
    ]);
    expect(entries.filter(({ action }) => action === 'session.begin')).toHaveLength(1);
  });

  it('X13: a code counts once, a step early and a step late and no more, whoever is first, also after a restart', async () => {
    const { secret } = await person('Maria');
    const code = codeOf(secret);
    const crowd = await Promise.all([logIn('Maria', code), logIn('Maria', code), logIn('Maria', code)]);
    expect(crowd.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401, 401]);
    await rig.restart();
    expect((await logIn('Maria', code)).statusCode).toBe(401);
    await rig.clock.advance(15 * MINUTE);
    for (const steps of [-2, 2]) expect((await logIn('Maria', codeOf(secret, steps))).statusCode, `${steps}`).toBe(401);
    expect((await logIn('Maria', codeOf(secret, -1))).statusCode).toBe(200);
    expect((await logIn('Maria', codeOf(secret, 1))).statusCode).toBe(200);
    // Later than that one none of before counts.
    expect((await logIn('Maria', codeOf(secret))).statusCode).toBe(401);
  });

  it('X13: of two who looked at the same moment, the store takes the code of one, and none of a factor of before', async () => {
    const { id } = await person('Ostap');
    const { seed, lastStep } = (await rig.store.userNamed('Ostap'))?.secondFactor ?? { seed: '', lastStep: 0 };
    const take = (step: number, of = seed): Promise<boolean> => rig.store.takeStep(id, of, step);
    expect(await Promise.all([take(lastStep + 1), take(lastStep + 1), take(lastStep)])).toEqual([true, false, false]);
    expect(await take(lastStep + 2, 'another')).toBe(false);
    expect(await take(lastStep + 2)).toBe(true);
  });

  it('X13: codes are guessed within the limits of passwords: 5 from an address and 10 from anywhere in 15 minutes', async () => {
    const petro = await person('Petro');
    const { secret } = petro;
    // The right password once more, in a session, takes nothing back.
    const session = await entered('Petro', petro);
    const own = ['000000', '000001', '000002', undefined, '000003', codeOf(secret)].map((code) => async () => {
      const answer =
        code === undefined ? as(session, 'PUT', '/v1/session/password', { current: PASSWORD, password: PASSWORD }) : logIn('Petro', code);
      return (await answer).statusCode;
    });
    const statuses: number[] = [];
    for (const ask of own) statuses.push(await ask());
    expect(statuses).toEqual([401, 401, 401, 200, 401, 429]);
    await rig.clock.advance(15 * MINUTE);
    // Nor does it between two guesses, alone.
    const codes: string[] = [];
    for (const code of [undefined, '000000', undefined, '000001', undefined, codeOf(secret)])
      codes.push((await logIn('Petro', code, PASSWORD, '10.0.0.1')).json().code);
    expect(codes).toEqual(['codeNeeded', 'loginRefused', 'codeNeeded', 'loginRefused', 'codeNeeded', 'rateLimited']);
    await rig.clock.advance(15 * MINUTE);
    let looked = 0;
    for (let minute = 0; minute < 15; minute += 3) {
      const guesses = Array.from({ length: 8 }, (_, i) => logIn('Petro', String(900_000 + i), PASSWORD, `10.0.${minute}.${i}`));
      for (const answer of await Promise.all(guesses)) if (answer.json().code !== 'rateLimited') looked += 1;
      await rig.clock.advance(3 * MINUTE);
    }
    expect(looked).toBe(10);
    await rig.clock.advance(15 * MINUTE);
    await sessionOf(await logIn('Petro', codeOf(secret)));
  });

  it('X13: a recovery code opens once, in any writing, and stands in the audit log', async () => {
    const { id, recoveryCodes } = await person('Iryna');
    const [code = '', other = ''] = recoveryCodes;
    const me = await sessionOf(await logIn('Iryna', code.toLowerCase().replaceAll('-', ' ')));
    expect((await as(me, 'GET', FACTOR)).json()).toEqual({ on: true, recoveryCodesLeft: 9 });
    expect((await logIn('Iryna', code)).json().code).toBe('loginRefused');
    expect((await logIn('Iryna', other.slice(0, -1))).json().code).toBe('loginRefused');
    const crowd = await Promise.all([logIn('Iryna', other), logIn('Iryna', other)]);
    expect(crowd.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401]);
    expect((await entriesOf(id)).filter(({ action }) => action === 'secondFactor.recover')).toMatchObject([
      { actor: id, target: id, detail: { address: '127.0.0.1' } },
      { actor: id, target: id, detail: { address: '127.0.0.1' } },
    ]);
  });

  it('X13: a box that does not know the time still refuses a wrong code, says so, and opens by a recovery code', async () => {
    const { secret, recoveryCodes } = await person('Oksana');
    const phone = codeOf(secret, 1_000_000);
    trust = { trusted: false, reason: 'nobodySays' };
    expect((await logIn('Oksana')).json().code).toBe('codeNeeded');
    expect((await logIn('Oksana', phone)).json().detail).toContain('a recovery code opens without one');
    expect((await logIn('Nobody', phone)).json().detail).toContain('a recovery code opens without one');
    await sessionOf(await logIn('Oksana', recoveryCodes[0]));
  });
});

describe('a second factor that goes', () => {
  it('X13: is switched off by the password and a code, and by neither alone', async () => {
    const taras = await person('Taras');
    const { id, secret } = taras;
    const session = await entered('Taras', taras);
    const off = (body: object) => as(session, 'POST', `${FACTOR}/off`, body);
    expect((await off({ current: 'a wrong one', code: codeOf(secret) })).json()).toMatchObject({ errors: [{ pointer: '/current' }] });
    expect((await off({ current: PASSWORD, code: '000000' })).json()).toMatchObject({
      code: 'loginRefused',
      errors: [{ pointer: '/code' }],
    });
    expect((await off({ current: PASSWORD })).statusCode).toBe(400);
    expect((await off({ current: PASSWORD, code: codeOf(secret) })).json()).toEqual({ on: false, recoveryCodesLeft: 0 });
    expect((await off({ current: PASSWORD, code: codeOf(secret) })).json().code).toBe('stateDiffers');
    await sessionOf(await logIn('Taras'));
    expect((await entriesOf(id)).map(({ action }) => action)).toEqual(expect.arrayContaining(['secondFactor.off', 'session.refuse']));
  });

  it('X13: is taken away by an owner from somebody else, whose sessions end, and not from the owner', async () => {
    const andriy = await person('Andriy');
    const { id } = andriy;
    const boss = await person('Boss', 'owner');
    const session = await entered('Andriy', andriy);
    const owner = { id: boss.id, session: await entered('Boss', boss) };
    expect((await as(owner.session, 'DELETE', `/v1/users/${owner.id}/second-factor`)).json().code).toBe('stateDiffers');
    expect((await as(owner.session, 'DELETE', `/v1/users/${id}/second-factor`)).json()).toMatchObject({ id, secondFactor: false });
    expect((await as(owner.session, 'DELETE', `/v1/users/${id}/second-factor`)).json().code).toBe('stateDiffers');
    expect((await as(owner.session, 'DELETE', '/v1/users/usr_nobody/second-factor')).statusCode).toBe(404);
    expect((await as(session, 'GET', '/v1/session')).statusCode).toBe(401);
    await sessionOf(await logIn('Andriy'));
    expect((await entriesOf(id)).find(({ action }) => action === 'secondFactor.takeAway')).toMatchObject({ actor: owner.id, target: id });
  });
});

describe('what is kept of it', () => {
  it('X13, X24: neither secret nor recovery code is in a file, a log, the audit log or a later answer', async () => {
    const { id, secret, recoveryCodes } = await person('Sofia');
    const used = codeOf(secret);
    const session = await sessionOf(await logIn('Sofia', used));
    await logIn('Sofia', recoveryCodes[0]);
    const answers = [
      await as(session, 'GET', FACTOR),
      await as(session, 'GET', '/v1/session'),
      await rig.call('GET', '/v1/users'),
      await rig.call('GET', '/v1/audit?limit=500'),
      await logIn('Sofia'),
    ].map(({ body }) => body);
    const files = readdirSync(rig.path).filter((name) => name.startsWith('simpost.db'));
    expect(files.length).toBeGreaterThan(0);
    const seen = [logged, ...answers, ...files.map((name) => readFileSync(join(rig.path, name), 'latin1'))].join('\n');
    expect(seen).toContain(id);
    for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(seen.includes(hidden)).toBe(false);
    expect(answers.join('\n')).not.toContain(used);
  });

  it('X13: comes back with a backup: the same app and the same recovery codes open', async () => {
    const { secret, recoveryCodes } = await person('Yuriy');
    const scratch = mkdtempSync(join(tmpdir(), 'simpost-factor-'));
    try {
      const { file } = await makeBackup({ folder: rig.path, directory: join(scratch, 'backups'), now: rig.clock.now() });
      const folder = join(scratch, 'data');
      await restoreStore({ folder, file, now: rig.clock.now(), by: 'cli:test' });
      const { clock } = rig;
      const store = await openStore({
        path: folder,
        clock,
        random: systemRandom,
      });
      const user = await store.userNamed('Yuriy');
      if (!user) throw new Error('nobody came back');
      const factors = new SecondFactors({ key: KEY, store, clock, random: systemRandom });
      expect(await factors.take(user, codeOf(secret), '::1')).toBe(true);
      expect(await factors.take(user, recoveryCodes[9] ?? '', '::1')).toBe(true);
      // Of another box, or where the key was lost, the app's codes are worth nothing.
      const others = new SecondFactors({ key: Buffer.alloc(32, 1), store, clock, random: systemRandom });
      expect(await others.take(user, codeOf(secret, 1), '::1')).toBe(false);
      expect(await others.take(user, recoveryCodes[8] ?? '', '::1')).toBe(true);
      await store.close();
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});
