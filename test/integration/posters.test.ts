import jsQR from 'jsqr';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { posterAnswers } from '../../src/inbound/poster-answers.ts';
import { judgeInbound } from '../../src/inbound/rules/judge-inbound.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { newReceived } from '../support/store-samples.ts';

const OLENA = '+380501234567';
const IVAN = '+380671112233';
const WORDING = 'Надсилайте мені новини й пропозиції <кав’ярні>.';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
  const body = { wording: WORDING, number: '044 123 45 67' };
  expect((await rig.call('PUT', `/v1/posters/${encodeURIComponent('КАВА')}`, { body })).statusCode).toBe(200);
});
afterAll(() => rig.close());

/** A client writes; what the poster makes of it. */
async function hear(text: string, from = OLENA): Promise<'taken' | 'passed' | undefined> {
  await rig.clock.advance(1000);
  const { store, clock } = rig;
  await store.receive(newReceived(clock.now(), { from, text }), judgeInbound);
  const followed = store.desk.toFollow(0, 50, clock.now()).find((waiting) => waiting.text === text && waiting.from === from);
  return followed && (await posterAnswers({ store, clock, onReply: () => {} })(followed));
}

const consents = async (to: string) => (await rig.store.consents.list(to, { limit: 9, cursor: null })).data;
const agrees = (to: string): boolean => rig.store.consents.covers(to, 'promotional', null, rig.clock.now());

/** What a phone would read from the page: by another decoder, from the shape that is drawn. */
function scanned(html: string): string | undefined {
  const [, size = '0'] = /viewBox="0 0 (\d+) /.exec(html) ?? [];
  const side = Number(size);
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width, height] of html.matchAll(/M(\d+),(\d+)h(\d+)v(\d+)h-\d+z/g)) {
    for (let row = Number(y); row < Number(y) + Number(height); row += 1)
      pixels.fill(0, (row * side + Number(x)) * 4, (row * side + Number(x) + Number(width)) * 4);
  }
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  return jsQR(pixels, side, side)?.data;
}

it('a poster has a code that opens a ready text, and a page to print', async () => {
  const [poster] = (await rig.call('GET', '/v1/posters')).json().data;
  expect(poster).toMatchObject({ word: 'КАВА', kind: 'consent', number: '+380441234567', text: 'ТАК КАВА' });
  expect(poster.smsUri).toBe(`sms:+380441234567?body=${encodeURIComponent('ТАК КАВА')}`);
  const page = await rig.app.inject({
    url: `/v1/posters/${encodeURIComponent('КАВА')}/page`,
    headers: { authorization: `Bearer ${rig.key}` },
  });
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(scanned(page.body)).toBe(poster.smsUri);
  expect(page.body).toContain('&lt;кав’ярні&gt;');
  expect(page.body).toContain('<strong>ТАК КАВА</strong>');
  const optOut = await rig.call('PUT', '/v1/posters/exit', {
    body: { kind: 'optOut', wording: 'Без реклами', number: OLENA, language: 'en' },
  });
  expect(optOut.json()).toMatchObject({ text: 'STOP', smsUri: `sms:${OLENA}?body=STOP` });
});

it('O08 YES with the word of a poster is a consent to the words on it, and without one it is none', async () => {
  expect(await hear('ТАК')).toBe('passed');
  expect(await hear('ТАК ЧАЙ')).toBe('passed');
  expect(await hear('ТАК КАВА будь ласка')).toBe('passed');
  expect(agrees(OLENA)).toBe(false);
  // As it is typed on a phone: Latin letters that look alike, another case, a point.
  expect(await hear('так, кaвa.')).toBe('taken');
  expect(await consents(OLENA)).toMatchObject([{ source: 'poster КАВА', wording: WORDING, actor: 'client' }]);
  expect(rig.store.desk.openReplies()).toMatchObject([{ to: OLENA, kind: 'agreed' }]);
  expect(await hear('ТАК КАВА', '10101')).toBe('passed');
});

it('X23 it lifts no opt-out of somebody of whom nothing proves that they ever agreed', async () => {
  await hear('СТОП', IVAN);
  expect(await hear('ТАК КАВА', IVAN)).toBe('taken');
  expect(rig.store.optOut.over(IVAN, 'promotional', null)).toBe('purpose:promotional');
  expect(await hear('ТАК КАВА', OLENA)).toBe('taken');
  await hear('СТОП', OLENA);
  expect(rig.store.optOut.over(OLENA, 'promotional', null)).toBe('purpose:promotional');
  await hear('ТАК КАВА', OLENA);
  expect(rig.store.optOut.over(OLENA, 'promotional', null)).toBeNull();
});

it('a poster that is taken away means nothing, and a word that means something else is none', async () => {
  for (const word of ['STOP', 'a-b', '12|3', 'так']) {
    const response = await rig.call('PUT', `/v1/posters/${encodeURIComponent(word)}`, { body: { wording: 'x', number: OLENA } });
    expect(response.json(), word).toMatchObject({ status: 422, code: 'posterInvalid' });
  }
  await rig.call('DELETE', `/v1/posters/${encodeURIComponent('КАВА')}`);
  expect((await rig.call('DELETE', `/v1/posters/${encodeURIComponent('КАВА')}`)).statusCode).toBe(404);
  expect(await hear('ТАК КАВА', '+380631234567')).toBe('passed');
});
