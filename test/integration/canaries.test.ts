import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { systemRandom } from '../../src/base/random.ts';
import { makeBackup } from '../../src/store/backup.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { liveSite } from '../support/live-site.ts';

/** Texts that are somebody's. */
const COUNT = 500;
const canary = (n: number): string => `CANARY${String(n).padStart(5, '0')}`;
const number = (n: number): string => `+38050777${String(n).padStart(4, '0')}`;

/** A canary, or a number of one of them, however it is written. */
const LEAK = /CANARY\d|38050777|0507770|8350707/;

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

it(`X24: ${COUNT} canaries, sent, withdrawn, answered and refused, stand in no log, no figure, no error, and no backup of what was purged`, async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
  const site = await liveSite({ scopes: 'send,read:all,operate,admin', log });
  const key = readFileSync(site.keyFile, 'utf8').trim();
  const ask = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(site.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const answers: string[] = [];
  try {
    // Some go out and are answered, most wait and are withdrawn.
    const messages = Array.from({ length: COUNT }, (_, n) => ({
      to: number(n),
      text: canary(n),
      ...(n < 20 ? {} : { sendAt: new Date(systemClock.now() + 86_400_000).toISOString() }),
    }));
    const { results }: { results: { id: string }[] } = JSON.parse(await (await ask('POST', '/v1/messages/batch', { messages })).text());
    expect(results.length).toBe(COUNT);
    for (const { id } of results.slice(20)) expect((await ask('DELETE', `/v1/messages/${id}`)).status).toBe(200);
    for (let n = 0; n < 20; n += 1) site.network.inbound({ from: number(n), modem: 'left', text: canary(n) });
    const settled = async (): Promise<boolean> => {
      const { data }: { data: { status: string }[] } = JSON.parse(
        await (await ask('GET', '/v1/messages?status=delivered&limit=50')).text(),
      );
      const inbound: { data: unknown[] } = JSON.parse(await (await ask('GET', '/v1/inbound?limit=50')).text());
      return data.length === 20 && inbound.data.length === 20;
    };
    while (!(await settled()));
    // What goes wrong says nothing of it either, but to whoever asked.
    await ask('POST', '/v1/messages', { to: 'CANARY1', text: '' });
    await ask('GET', `/v1/messages/${canary(1)}`);
    answers.push(await (await ask('GET', '/metrics')).text());
    answers.push(await (await ask('GET', '/readyz')).text());
    answers.push(await (await ask('GET', '/v1/alerts?all=true')).text());
    answers.push(await (await ask('GET', '/v1/audit')).text());
    answers.push(await (await ask('GET', '/v1/modems/left/trace')).text());
  } finally {
    await site.end();
  }
  for (const said of [...lines, ...answers]) expect(LEAK.exec(said)?.input.slice(0, 200)).toBeUndefined();
  expect(lines.length).toBeGreaterThan(3);

  const path = join(site.folder, 'store');
  const store = await openSqliteStore({ path, clock: systemClock, random: systemRandom, daemon: true, onFatal: () => undefined });
  const before = await makeBackup({ folder: path, directory: join(site.folder, 'before'), now: systemClock.now() });
  expect(readFileSync(before.file, 'latin1')).toMatch(/CANARY\d/);
  const now = systemClock.now() + 1000;
  const at = { otp: 0, urgent: 0, service: 0, promotional: 0, inbound: 0 };
  while ((await store.eraseTexts(at, now)).more);
  await store.purge(now + 40 * 86_400_000);
  mkdirSync(join(site.folder, 'after'));
  const after = await makeBackup({ folder: path, directory: join(site.folder, 'after'), now });
  expect(readFileSync(after.file, 'latin1')).not.toMatch(/CANARY\d/);
  await store.close();
  for (const file of filesUnder(path)) expect(/CANARY\d/.test(readFileSync(file, 'latin1')), file).toBe(false);
  await site.stop();
});
