import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

describe('what is refused is told in words of ours', () => {
  it.each([
    ['POST', '/v1/keys', { name: '   ', scopes: ['send'] }, '/name'],
    ['POST', '/v1/users', { name: ' ', role: 'desk', password: 'long enough to be one' }, '/name'],
    ['PUT', '/v1/contacts/blank', { name: '  ', numbers: ['+380501234567'] }, '/name'],
    ['PUT', '/v1/resources/blank', { kind: 'doctor', name: '  ' }, '/name'],
    ['PUT', '/v1/templates/blank', { texts: { uk: ' \n' } }, '/texts/uk'],
    ['PUT', '/v1/rules/blank', { words: ['ціна'], reply: '   ' }, '/reply'],
    [
      'POST',
      '/v1/consents',
      { to: '+380501234567', purpose: 'promotional', source: ' ', wording: 'a', actor: 'b', at: '2026-11-22T10:00:00Z' },
      '/source',
    ],
    ['PUT', `/v1/sims/${ICCID}/retirement`, { successor: 'front desk', reason: '  ' }, '/reason'],
  ] as const)('%s %s with nothing but blanks in a name', async (method, url, body, pointer) => {
    const answer = await rig.call(method, url, { body });
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'requestInvalid',
      errors: [{ pointer, detail: 'has nothing in it but blanks' }],
    });
  });

  it.each(['/v1/contacts/import', '/v1/suppressions/import?scope=all'])('a list that is not announced as CSV: %s', async (url) => {
    const answer = await rig.call('POST', url, { body: 'number\n+380501234567\n', headers: { 'content-type': 'text/plain' } });
    expect(answer.json()).toMatchObject({ status: 415, code: 'mediaTypeUnsupported' });
    expect(answer.json().detail).toMatch(/^Send the list as CSV, with the header Content-Type: text\/csv/);
  });

  it.each([
    ['POST', '/v1/keys', { name: 'x', scopes: ['send', 'send'] }, /^\/scopes has the same entry twice, at 0 and 1\.$/],
    ['PUT', '/v1/templates/x', { texts: {} }, /^\/texts says nothing; give at least one of its fields\.$/],
    ['PUT', '/v1/suppressions/state', { whole: false }, /^\/whole must be true\.$/],
  ] as const)('%s %s in no words of a library', async (method, url, body, sentence) => {
    const answer = await rig.call(method, url, { body });
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringMatching(sentence)]);
  });
});
