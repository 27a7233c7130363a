import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { type Deferred, deferred } from '../../../src/base/waits.ts';
import { askedOnce } from '../../../src/webhooks/asked-once.ts';

const HOME: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];

test('D18 a name whose answer is long in coming is asked for once, however often it is called, and keeps no other name waiting', async () => {
  const questions: { host: string; answer: Deferred<LookupAddress[]> }[] = [];
  const resolve = askedOnce((host) => {
    const answer = deferred<LookupAddress[]>();
    questions.push({ host, answer });
    return answer.promise;
  });
  const calls = [resolve('slow.example'), resolve('slow.example'), resolve('slow.example')];
  const other = resolve('quick.example');
  expect(questions.map(({ host }) => host)).toEqual(['slow.example', 'quick.example']);
  questions[1]?.answer.resolve(HOME);
  expect(await other).toEqual(HOME);
  questions[0]?.answer.reject(new Error('ENOTFOUND'));
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  // What was answered is not kept: a name may lead elsewhere the next time.
  const again = resolve('slow.example');
  expect(questions.map(({ host }) => host)).toEqual(['slow.example', 'quick.example', 'slow.example']);
  questions[2]?.answer.resolve(HOME);
  expect(await again).toEqual(HOME);
});
