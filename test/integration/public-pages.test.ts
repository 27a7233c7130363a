import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { publicApp } from '../../src/http/public/public-app.ts';
import { judgeInbound } from '../../src/inbound/rules/judge-inbound.ts';
import { toE164 } from '../../src/policy/e164.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { newReceived } from '../support/store-samples.ts';

const DAY = 86_400_000;

let rig: ApiRig;
let pages: FastifyInstance;
let replies = 0;
beforeAll(async () => {
  rig = await apiRig();
  pages = await publicApp({
    store: rig.store,
    clock: rig.clock,
    log: silentLog,
    site: '<b>Клініка & "Ко"</b>',
    language: 'uk',
    normalizeNumber: (written) => toE164(written, 'UA'),
    onReply: () => {
      replies += 1;
    },
  });
});
afterAll(async () => {
  await pages.close();
  await rig.close();
});
beforeEach(() => rig.clock.advance(60_000));

let count = 0;
/** A client who got a text with the link: the number and the path of the page. */
async function client(more: object = {}): Promise<{ to: string; path: string }> {
  count += 1;
  const to = `+38050123${String(count).padStart(4, '0')}`;
  const { statusCode, body } = await rig.call('POST', '/v1/messages', { body: { to, text: 'Знижки! Відмова: {optOutLink}', ...more } });
  expect(statusCode, body).toBe(202);
  const path = /https:\/\/s\.clinic\.example(\/o\/\S+)/.exec(rig.accepted.at(-1)?.text ?? '')?.[1] ?? '';
  return { to, path };
}

const get = (url: string, headers: Record<string, string> = {}) => pages.inject({ url, headers });
const post = (url: string, form: string) =>
  pages.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: form });
const ended = (to: string) =>
  rig.store.optOut
    .of(to)
    .map(({ scope, source }) => `${scope} ${source}`)
    .sort();

describe('a short link of a campaign', () => {
  it('leads where it should, tells nothing of anybody, and is counted once for each who followed it', async () => {
    for (const i of [1, 2])
      await rig.call('PUT', `/v1/contacts/link${i}`, { body: { name: 'Ann', numbers: [`+38050777000${i}`], tags: ['link'] } });
    const url = 'https://clinic.example/offer?utm=1&x=[2]';
    const body = {
      ...{ name: 'Links', condition: { tag: 'link' }, purpose: 'service' },
      variants: [{ name: 'A', share: 100, texts: { uk: `{site}: {link:${url}} {optOutLink}` } }],
    };
    const { id } = (await rig.call('POST', '/v1/campaigns', { body })).json();
    await rig.call('POST', `/v1/campaigns/${id}/start`, { body: {} });
    await rig.campaignsDone();
    const texts = rig.accepted.filter(({ to }) => to.startsWith('+38050777000')).map(({ text }) => text);
    const paths = texts.map(
      (text) => /https:\/\/s\.clinic\.example(\/l\/[\w-]{8}) https:\/\/s\.clinic\.example\/o\//.exec(text)?.[1] ?? '',
    );
    expect(new Set(paths).size).toBe(2);
    while (
      await rig.store
        .claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() })
        .then(async (claim) => claim && (await rig.store.settle(claim.attemptId, { kind: 'sent', mr: 1, at: rig.clock.now() })))
    );
    await pages.inject({ method: 'HEAD', url: paths[0] ?? '' });
    const clicked = async () => (await rig.call('GET', `/v1/campaigns/${id}/results?measure=clicked`)).json().variants[0].clicked.count;
    expect(await clicked()).toBe(0);
    for (let i = 0; i < 2; i += 1) expect((await get(paths[0] ?? '')).headers.location).toBe(url);
    expect(await clicked()).toBe(1);
    expect((await get('/l/AAAAAAAA')).statusCode).toBe(404);
    expect((await get('/l/x')).statusCode).toBe(404);
  });
});

describe('the page on which a client ends texts', () => {
  it('O11 is led to by 128 bits that tell no number; to look at it changes nothing, to send its form does', async () => {
    const { to, path } = await client();
    expect(path).toMatch(/^\/o\/[\w-]{22}$/);
    expect(Buffer.from(path.slice(3), 'base64url')).toHaveLength(16);
    for (let i = 0; i < 3; i += 1) {
      const shown = await get(path);
      expect(shown.statusCode).toBe(200);
      expect(shown.body).toContain('+38050***');
      expect(shown.body).not.toContain(to.slice(1));
    }
    await pages.inject({ method: 'HEAD', url: path });
    expect(ended(to)).toEqual([]);
    expect((await post(path, 'choice=offers')).body).toContain('Готово');
    expect(ended(to)).toEqual(['purpose:promotional link', 'topic:greeting link']);
    // The same link in every text to a client, another for everybody else.
    expect((await client()).path).not.toBe(path);
  });

  it('ends everything, or only the topics that were chosen of those there were', async () => {
    const all = await client();
    await post(all.path, 'choice=all');
    expect(ended(all.to)).toEqual(['all link']);
    const some = await client({ topic: 'rating' });
    expect((await get(some.path)).body).toContain('value="rating"');
    expect((await post(some.path, 'choice=topics')).statusCode).toBe(422);
    expect((await post(some.path, 'choice=topics&topic=visit')).statusCode).toBe(422);
    expect(ended(some.to)).toEqual([]);
    await post(some.path, 'choice=topics&topic=rating&topic=visit');
    expect(ended(some.to)).toEqual(['topic:rating link']);
    expect((await post(some.path, 'choice=nothing')).statusCode).toBe(422);
  });

  it('has offers come at most once a month, whatever the profile', async () => {
    const { to, path } = await client({ purpose: 'promotional' });
    for (;;) {
      const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
      expect(claim).toBeDefined();
      if (claim?.to === to) break;
    }
    await post(path, 'choice=monthly');
    const offer = (validFor: number) =>
      rig.call('POST', '/v1/messages', { body: { to, text: 'Ще знижки!', purpose: 'promotional', validFor, dryRun: true } });
    expect((await offer(86_400)).json()).toMatchObject({ status: 422, code: 'monthlyOffers' });
    expect((await offer(40 * 86_400)).json()).toMatchObject({ status: 'held', reason: 'monthlyOffers' });
    const number = encodeURIComponent(to);
    const wishes = async () => (await rig.call('GET', `/v1/suppressions?to=${number}`)).json();
    expect(await wishes()).toMatchObject({ offersMonthly: true, data: [] });
    const undone = await rig.call('DELETE', `/v1/suppressions?to=${number}&scope=${encodeURIComponent('offers:monthly')}`);
    expect(undone.json()).toMatchObject({ offersMonthly: false });
    expect((await offer(86_400)).json()).toMatchObject({ status: 'queued' });
    await rig.call('POST', '/v1/suppressions', { body: { to, scope: 'offers:monthly' } });
    expect((await offer(86_400)).json()).toMatchObject({ code: 'monthlyOffers' });
    await rig.store.receive(newReceived(rig.clock.now(), { from: to, text: 'СТАРТ' }), judgeInbound);
    expect(await wishes()).toMatchObject({ offersMonthly: false });
    await post(path, 'choice=monthly');
    await rig.clock.advance(31 * DAY);
    expect((await offer(86_400)).json()).toMatchObject({ status: 'queued' });
    const other = await client();
    expect((await rig.call('POST', '/v1/messages', { body: { to: other.to, text: 'a', purpose: 'promotional' } })).statusCode).toBe(202);
  });

  it('asks somebody to call instead, ends offers, and keeps that with every contact of the number', async () => {
    const { to, path } = await client();
    for (const name of ['mother', 'child'])
      await rig.call('PUT', `/v1/contacts/${name}`, { body: { name, numbers: ['+380671111111', to], tags: ['family'] } });
    await post(path, 'choice=call');
    for (const name of ['mother', 'child'])
      expect((await rig.call('GET', `/v1/contacts/${name}`)).json()).toMatchObject({ preferredChannel: 'call', tags: ['family'] });
    const { data } = await rig.store.desk.tasks(false, { limit: 5, cursor: null });
    expect(data[0]).toMatchObject({ kind: 'call', contact: to });
    expect(ended(to)).toHaveLength(2);
  });

  it('speaks the language of the browser, and nothing of the site is read as HTML', async () => {
    const { path } = await client();
    const [uk, ru, en] = await Promise.all(
      ['', 'ru-RU,ru;q=0.9', 'fr, en-GB'].map((language) => get(path, { 'accept-language': language })),
    );
    expect([uk?.body, ru?.body, en?.body]).toEqual([
      expect.stringContaining('Не надсилати реклами'),
      expect.stringContaining('Не присылать рекламы'),
      expect.stringContaining('No offers and greetings'),
    ]);
    for (const page of [uk, ru, en]) expect(page?.body).toContain('&lt;b&gt;Клініка &amp; &quot;Ко&quot;&lt;/b&gt;');
    expect(uk?.body).not.toContain('<b>');
  });
});

describe('the page for who has no link', () => {
  it('asks by text, once a day, and does not tell whether a number is known', async () => {
    const { to } = await client();
    const before = replies;
    const known = await post('/', `number=${encodeURIComponent(to)}`);
    const again = await post('/', `number=${encodeURIComponent(to.replace('+38', ''))}`);
    const unknown = await post('/', 'number=%2B380999999999');
    expect(new Set([known.body, again.body, unknown.body]).size).toBe(1);
    expect(replies - before).toBe(1);
    expect(rig.store.desk.openReplies()).toMatchObject([{ to, kind: 'confirm', topic: 'optOut', text: expect.stringContaining('СТОП') }]);
    expect((await post('/', 'number=12')).statusCode).toBe(422);
    expect((await get('/')).body).toContain('type="tel"');
    await rig.clock.advance(DAY + 1000);
    await post('/', `number=${encodeURIComponent(to)}`);
    expect(replies - before).toBe(2);
  });
});

describe('the listener of the pages', () => {
  it('X06 serves them with strict headers, and nothing else', async () => {
    const { path } = await client();
    for (const url of [path, '/', '/nothing', '/o/short']) {
      const { headers, statusCode } = await get(url);
      expect(statusCode, url).toBe(url === path || url === '/' ? 200 : 404);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
        ),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'cache-control': 'no-store',
      });
    }
    const { paths } = (await rig.call('GET', '/openapi.json')).json();
    for (const url of [...Object.keys(paths), '/openapi.json', '/console', '/metrics']) {
      await rig.clock.advance(1000);
      expect((await get(url.replace(/\{\w+\}/g, 'x'), { authorization: `Bearer ${rig.key}` })).statusCode, url).toBe(404);
    }
    expect((await post(path, `choice=${'a'.repeat(5000)}`)).statusCode).toBe(413);
    const json = await pages.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json' },
      payload: '{"choice":"all"}',
    });
    expect(json.statusCode).toBe(415);
  });

  it('is not flooded', async () => {
    const statuses = await Promise.all(Array.from({ length: 80 }, async () => (await get('/')).statusCode));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(20);
  });
});

it('a text may not hold the link where there are no pages, and says so', async () => {
  const { OptOutLinks } = await import('../../src/dispatch/opt-out-links.ts');
  const links = new OptOutLinks(undefined, Buffer.alloc(32));
  expect(() => links.fill('Відмова: {optOutLink}', '+380501234567')).toThrow('[public]');
  expect(links.fill('Без посилання', '+380501234567')).toBe('Без посилання');
});
