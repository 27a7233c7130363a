import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal, Simpost } from '../../examples/client/simpost.ts';
import document from '../../openapi.json' with { type: 'json' };
import { type LiveSite, liveSite } from '../support/live-site.ts';

let site: LiveSite;
let simpost: Simpost;
beforeAll(async () => {
  site = await liveSite({ scopes: 'send,read:all,operate' });
  simpost = new Simpost(site.url, site.key);
});
afterAll(() => site.stop());

describe('the typed client in examples/client', () => {
  it('is what the document gives: node examples/client/generate.mjs', () => {
    const made = join(site.folder, 'simpost.ts');
    execFileSync(process.execPath, ['examples/client/generate.mjs', made]);
    expect(readFileSync(made, 'utf8') === readFileSync('examples/client/simpost.ts', 'utf8')).toBe(true);
    const calls = Object.values(document.paths).flatMap((words) => Object.values(words).map(({ operationId }) => operationId));
    expect(calls.length).toBeGreaterThan(140);
    for (const call of calls) expect(call in simpost, call).toBe(true);
  });

  it('sends once under one key, and follows the message to its end', async () => {
    const asked = { body: { to: '050 123 45 67', text: 'Ваше авто готове', reference: 'car-1' }, idempotencyKey: 'car-1' };
    const first = await simpost.sendMessage(asked);
    const again = await simpost.sendMessage(asked);
    expect([again.id, first.to, first.segmentCount]).toEqual([first.id, '+380501234567', 1]);
    const path = { id: first.id ?? '' };
    await expect.poll(async () => (await simpost.getMessage({ path })).status).toMatch(/^(sent|delivered)$/);
    const { data, nextCursor } = await simpost.listMessages({ query: { limit: 10, to: '+380501234567' } });
    expect([data.map(({ id }) => id), nextCursor]).toEqual([[first.id], null]);
  });

  it('hands over a list as text and takes one back, and reads the stream of events', async () => {
    const list = await simpost.importContacts({ body: 'id;phone;name\np-1;0501234567;Олена\n' });
    expect(list.created).toBe(1);
    expect((await simpost.getContact({ path: { externalId: 'p-1' } })).name).toBe('Олена');
    expect(await simpost.exportContacts()).toContain('Олена');
    const stop = new AbortController();
    const stream = await simpost.streamEvents({ signal: stop.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    stop.abort();
  });

  it('throws what the API refuses, with its sentence and its fields', async () => {
    const refusal = await simpost.sendMessage({ body: { to: '12', text: 'x' } }).catch((error: unknown) => error);
    if (!(refusal instanceof Refusal)) throw new Error(String(refusal));
    expect(refusal.problem.status).toBeGreaterThanOrEqual(400);
    expect(refusal.message).toBe(refusal.problem.detail);
    await expect(new Simpost(site.url, 'simpost_wrong').listModems()).rejects.toMatchObject({ problem: { code: 'keyInvalid' } });
    await expect(simpost.createKey({ body: { name: 'x', scopes: ['read'] } })).rejects.toMatchObject({ problem: { code: 'scopeMissing' } });
  });
});
