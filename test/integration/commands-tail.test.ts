import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Fault } from '../../src/base/fault.ts';
import { deferred } from '../../src/base/waits.ts';
import { createKey } from '../../src/commands/keys.ts';
import { type TailCommand, tail } from '../../src/commands/tail.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';
import { freePort } from '../support/port-of.ts';

/** Where no daemon is. */
const NOBODY = `http://127.0.0.1:${await freePort()}`;

let site: LiveSite;
let operator: string;

beforeAll(async () => {
  site = await liveSite();
  operator = join(site.folder, 'operator.key');
  writeFileSync(operator, await createKey({ name: 'operator', scopes: 'read:all,operate,send', config: site.config }));
});
afterAll(() => site.stop());

/** Looks often, so that a test takes no seconds; its time is that of the system. */
const QUICK: Clock = { ...systemClock, setTimer: (_, fn) => systemClock.setTimer(5, fn) };

/** A tail, what it said, and its end. */
function tailing(options: Partial<TailCommand>, fetcher: typeof fetch = fetch) {
  const said: string[] = [];
  const stop = deferred<void>();
  const world = { fetch: fetcher, env: {}, clock: QUICK, stopped: stop.promise, out: (text: string) => void said.push(text) };
  const ended = tail({ url: site.url, keyFile: operator, ...options }, world);
  return { said, ended, stop: () => stop.resolve() };
}

async function send(): Promise<void> {
  const arrived = once(site.network.events, 'text');
  const headers = { authorization: `Bearer ${readFileSync(operator, 'utf8')}`, 'content-type': 'application/json' };
  await fetch(`${site.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify({ to: '+380501234567', text: 'Ваш код 4711' }) });
  await arrived;
}

describe('simpost tail', () => {
  it('says how each modem is, then what happens, without texts and whole numbers, until it is stopped', async () => {
    const { said, ended, stop } = tailing({});
    await expect.poll(() => said.length).toBe(1);
    expect(said[0]).toMatch(/^\d\d:\d\d:\d\d left ready: Ready\.\n$/);
    const both = async (): Promise<string> => {
      await send();
      return said.join('');
    };
    await expect.poll(both).toMatch(/message\.delivered msg_\w+ to \+38050\*\*\*4567 SIM …\d{4}\n/);
    expect(said.join('')).toMatch(/message\.sent msg_\w+/);
    // The random part of an identifier may hold any digits.
    expect(said.join('').replaceAll(/msg_\w+/g, '')).not.toMatch(/\d{7}|4711|код/);
    site.network.modem('left').unplug();
    await expect.poll(() => said.join('')).toMatch(/left absent: .*\.\n/);
    site.network.modem('left').plug();
    await expect.poll(() => said.at(-1)).toMatch(/left ready: Ready\.\n$/);
    stop();
    await ended;
  });

  it('shows the dialogue with a modem, from now on, each line once', async () => {
    const { said, ended, stop } = tailing({ modem: 'left' });
    await expect.poll(() => said.length).toBeGreaterThan(0);
    expect(said.join('')).not.toContain('AT+CMGS');
    await send();
    await expect.poll(() => said.join('')).toMatch(/left > AT\+CMGS=\d+\n[\s\S]*left < \+CMGS: \d+\n/);
    expect(said.join('').match(/left > AT\+CMGS=/g)).toHaveLength(1);
    stop();
    await ended;
  });

  it('waits for a daemon that goes away, and says so once each way', async () => {
    let away = false;
    const flaky: typeof fetch = (input, init) => (away ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init));
    const { said, ended, stop } = tailing({}, flaky);
    const ofDaemon = (): string[] => said.map((line) => line.slice('00:00:00 '.length)).filter((line) => line.startsWith('The daemon'));
    await expect.poll(() => said.length).toBeGreaterThan(0);
    away = true;
    await expect.poll(ofDaemon).toEqual(['The daemon does not answer; it is waited for.\n']);
    away = false;
    await expect.poll(ofDaemon).toEqual(['The daemon does not answer; it is waited for.\n', 'The daemon answers again.\n']);
    stop();
    await ended;
  });

  it.each([
    ['a modem that there is not', { modem: 'right' }, /^There is no modem with this port, IMEI or name/],
    ['a key that may not look into the dialogue', { modem: 'left', keyFile: 'desk' }, /and this needs operate/],
    ['a daemon that is not there', { url: NOBODY }, /^No daemon answers at/],
  ])('refuses %s in a sentence', async (_, options, sentence) => {
    const keyFile = 'keyFile' in options ? site.keyFile : operator;
    const fault: Fault = await tailing({ ...options, keyFile }).ended.then(
      () => expect.unreachable(),
      (error) => error,
    );
    expect(fault).toMatchObject({ name: 'Fault', message: expect.stringMatching(sentence) });
  });
});
