import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { streamPair } from '../../../src/simulator/stream-pair.ts';

describe('a wire in memory', () => {
  it('carries octets both ways, never within the call to write', async () => {
    const [a, b] = streamPair();
    let heard = '';
    b.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
    });
    a.write('one');
    expect(heard).toBe('');
    a.write('two');
    b.write('back');
    expect(String(await once(a, 'data'))).toBe('back');
    expect(heard).toBe('onetwo');
  });

  it('closes both ends without `end` when one is destroyed', async () => {
    const [a, b] = streamPair();
    let ended = false;
    b.on('end', () => {
      ended = true;
    });
    b.resume();
    a.destroy();
    await once(b, 'close');
    expect(ended).toBe(false);
    expect(b.destroyed).toBe(true);
  });

  it('ends the other end when one is ended', async () => {
    const [a, b] = streamPair();
    b.resume();
    a.end('last');
    await once(b, 'end');
    b.end();
    await once(a.resume(), 'end');
  });

  it('holds the writer up while nobody reads', async () => {
    const [a, b] = streamPair();
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    let size = 0;
    expect(a.write(megabyte)).toBe(false);
    const drained = once(a, 'drain');
    b.on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
    await drained;
    expect(size).toBe(megabyte.length);
  });
});
