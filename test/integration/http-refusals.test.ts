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
      errors: [{ pointer, detail: 'has nothing in it but blanks', reason: 'empty' }],
    });
  });

  it.each([
    ['POST', '/v1/keys', { name: 'n'.repeat(101), scopes: ['send'] }, { pointer: '/name', reason: 'tooLong', limit: 100 }],
    ['POST', '/v1/keys', { name: 'x', scopes: ['send'], allowFrom: ['here'] }, { pointer: '/allowFrom/0', reason: 'network' }],
    ['POST', '/v1/users', { name: 'x', role: 'desk', password: 'short' }, { pointer: '/password', reason: 'tooShort' }],
    ['POST', '/v1/users', { name: 'x\u200b', role: 'desk', password: 'long enough to be one' }, { pointer: '/name', reason: 'characters' }],
    ['PUT', '/v1/contacts/c1', { name: 'O', numbers: ['soon'] }, { pointer: '/numbers/0', reason: 'number' }],
    ['PUT', '/v1/contacts/c1', { name: 'O', numbers: ['+380501234567'], timeZone: 'Kyjiw' }, { pointer: '/timeZone', reason: 'timeZone' }],
    [
      'PUT',
      '/v1/contacts/c1',
      { name: 'O', numbers: ['+380501234567'], fields: { '!': '1' } },
      { pointer: '/fields/!', reason: 'fieldName' },
    ],
    ['PUT', '/v1/templates/x', { texts: { uk: 'Чекаємо {date' } }, { pointer: '/texts/uk', reason: 'field' }],
    ['PUT', '/v1/rules/x', { words: ['ціна'] }, { pointer: '/reply', reason: 'idle' }],
    ['PUT', '/v1/rules/x', { words: ['!'], notify: true }, { pointer: '/words/0', reason: 'phrase' }],
    ['PUT', '/v1/posters/СТОП', { wording: 'Новини', number: '+380500000001' }, { pointer: '/word', reason: 'reserved' }],
    ['PUT', '/v1/segments/x', { condition: { newWithin: 9999 } }, { pointer: '/condition/newWithin', reason: 'tooLarge', limit: 3660 }],
    ['PUT', '/v1/segments/x y', { condition: { tag: 'a' } }, { pointer: '?name', reason: 'characters' }],
  ] as const)('%s %s with the place and a reason that programs know', async (method, url, body, place) => {
    const answer = await rig.call(method, url, { body });
    expect([answer.statusCode < 500, answer.json().errors[0]]).toEqual([true, expect.objectContaining(place)]);
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
