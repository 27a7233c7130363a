import { expect, test } from 'vitest';
import { duplexPair } from '../support/duplex-pair.ts';
import { ModemRig } from '../support/modem-rig.ts';

test('a modem that falls silent, or never was one, is told of with its trace, once until it was well again', async () => {
  const rig = new ModemRig([{ port: 'good' }, { port: 'rubbish' }]);
  rig.open = (port) => {
    if (port === 'good') return undefined;
    const [ours, theirs] = duplexPair();
    theirs.on('data', () => theirs.write('login: \r\n'));
    return Promise.resolve(ours);
  };
  rig.pool.start();
  await rig.until(() => rig.state('good') === 'ready' && rig.state('rubbish') === 'failed', 120_000);
  rig.prepare = (fake) => fake.instead.set('AT', null);
  rig.prepare(rig.fake('good'), 'good');
  await rig.until(() => rig.state('good') === 'failed', 120_000);
  const opened = rig.opened;
  await rig.clock.advance(300_000);
  expect(rig.opened).toBeGreaterThan(opened + 6);
  expect(rig.faults.map(({ port, kind }) => `${port} ${kind}`)).toEqual(['rubbish rubbish', 'good mute']);
  expect(rig.faults[0]?.lines.map((l) => l.text)).toContain('<7 characters>');
  expect(rig.faults[1]?.lines.at(-1)).toMatchObject({ direction: 'sent', text: expect.stringMatching(/^AT/) });
});
