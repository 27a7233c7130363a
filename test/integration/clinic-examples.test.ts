import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/commands/keys.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';
import { until } from '../support/until.ts';

const EXAMPLES = [
  { program: process.execPath, file: 'clinic.mjs' },
  { program: 'python3', file: 'clinic.py' },
  { program: 'php', file: 'clinic.php' },
];

let site: LiveSite;
let key: string;
beforeAll(async () => {
  site = await liveSite();
  key = readFileSync(site.keyFile, 'utf8').trim();
  site.network.inbound({ from: '+380501234567', modem: 'left', text: 'Прошу ПЕРЕНОС' });
  const seen = async (): Promise<number> =>
    JSON.parse(await (await fetch(`${site.url}/v1/inbound`, { headers: { authorization: `Bearer ${key}` } })).text()).data.length;
  await until(async () => (await seen()) > 0);
});
afterAll(() => site.stop());

/** What it says of faults, and the system of itself, goes where whoever runs the tests sees it. */
async function run(program: string, file: string, ownKey: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(program, [`examples/clinic/${file}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SIMPOST_URL: site.url, SIMPOST_KEY: ownKey, PYTHONIOENCODING: 'utf-8' },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  return { code: child.exitCode, out };
}

describe.each(EXAMPLES)('clinic software in $file', ({ program, file }) => {
  const here = spawnSync(program, ['--version']).status === 0;

  it('has about 30 lines', () => {
    const lines = readFileSync(`examples/clinic/${file}`, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(32);
  });

  it.skipIf(!here)('reminds of the visit, once however often it runs, and hears who wants to move theirs', async () => {
    // Each with a key of its own, as different programs have.
    const ownKey = await createKey({ name: file, scopes: 'send,read', config: site.config });
    const first = await run(program, file, ownKey);
    expect(first.out).toMatch(/^visit-17: msg_[0-9a-f]{24} \w+\ncall back: \+380501234567: Прошу ПЕРЕНОС\n$/);
    expect(first.code).toBe(0);
    expect((await run(program, file, ownKey)).out).toBe(first.out);
  });
});
