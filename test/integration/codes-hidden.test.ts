import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type ApiMessage, apiClient } from '../support/api-client.ts';
import { liveSite } from '../support/live-site.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const CANARIES = 20;

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });

it('X24 a code is in no log, answer, event, webhook or dialogue, and in no file once its message is final', async () => {
  let seen = '';
  const log = pino(
    { level: 'trace' },
    new Writable({
      write: (chunk, _encoding, done) => {
        seen += String(chunk);
        done();
      },
    }),
  );
  const receiver = await WebhookReceiver.start();
  const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const site = await liveSite({
    log,
    scopes: 'send,read:all,operate',
    more: `[messages.quota]\notp = 0\n[[webhook]]\nurl = "${receiver.url}"\nsecret = "${secret}"\n`,
  });
  try {
    const api = apiClient(site.url, readFileSync(site.keyFile, 'utf8').trim());
    const { data: modems } = await api.get<{ data: { id?: string; name: string }[] }>('/v1/modems');
    const recording = await fetch(`${site.url}/v1/modems/${modems[0]?.name}/trace`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${readFileSync(site.keyFile, 'utf8').trim()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ seconds: 60 }),
    });
    seen += await recording.text();
    const codes: string[] = [];
    const ids: string[] = [];
    for (let i = 0; i < CANARIES; i += 1) {
      const to = `+3805012345${String(i).padStart(2, '0')}`;
      const arrived = new Promise<string>((resolve) => {
        site.network.events.once('text', ({ text }) => resolve(text.text));
      });
      const { body } = await api.post<{ id: string; messageId: string }>('/v1/otp', { to, length: 10 });
      const code = /^\d{10}/.exec(await arrived)?.[0] ?? '';
      codes.push(code);
      ids.push(body.messageId);
      seen += JSON.stringify(body);
      seen += JSON.stringify((await api.post(`/v1/otp/${body.id}/verify`, { code: code === '1234567890' ? '0' : '1234567890' })).body);
      seen += JSON.stringify((await api.post(`/v1/otp/${body.id}/verify`, { code })).body);
    }
    expect(new Set(codes).size).toBe(CANARIES);
    const events = await api.eventsUntil(
      (() => {
        const delivered = new Set<string>();
        return (event) => {
          if (event.type === 'message.delivered') delivered.add(event.data.id);
          return delivered.size === CANARIES;
        };
      })(),
    );
    seen += JSON.stringify([events, await api.all('/v1/messages'), await api.get(`/v1/modems/${modems[0]?.name}/trace`)]);
    for (const id of ids) {
      const message = await api.get<ApiMessage & { textHidden: boolean; textErasedAt: string | null }>(`/v1/messages/${id}`);
      expect(message).toMatchObject({ status: 'delivered', text: null, textHidden: true, textErasedAt: expect.any(String) });
      seen += JSON.stringify(message);
    }
    seen += JSON.stringify(await receiver.until(CANARIES * 3));
    expect(seen).toContain('"valid":true');
    for (const code of codes) expect(seen).not.toContain(code);
    // The WAL goes with the last connection.
    const key = join(site.folder, 'store', 'otp.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    await site.end();
    const files = filesIn(site.folder);
    expect(files).toContain(join(site.folder, 'store', 'simpost.db'));
    for (const file of files) {
      const octets = readFileSync(file);
      for (const code of codes) {
        expect(octets.includes(code), file).toBe(false);
        // As the modem gets it: UCS2, in hexadecimal.
        expect(octets.includes(Buffer.from(code, 'utf16le').swap16().toString('hex').toUpperCase()), file).toBe(false);
      }
    }
  } finally {
    await site.stop();
    await receiver.close();
  }
}, 60_000);
