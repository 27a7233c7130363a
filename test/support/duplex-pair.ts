import { Duplex } from 'node:stream';

class End extends Duplex {
  other: End | undefined;
  #wanted: (() => void) | undefined;

  override _read(): void {
    const go = this.#wanted;
    this.#wanted = undefined;
    go?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const { other } = this;
    if (!other || other.destroyed) {
      done(new Error('the other end is closed'));
      return;
    }
    // As on a wire: what was written arrives later, and as octets that nobody else holds.
    const copy = Buffer.from(chunk);
    setImmediate(() => {
      if (!other.destroyed && !other.push(copy)) other.#wanted = done;
      else done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const { other } = this;
    setImmediate(() => other?.destroy());
    done(error);
  }
}

/** Two streams of octets, each the other's far end: a cable in memory. Destroying one unplugs both. */
export function duplexPair(): [Duplex, Duplex] {
  const one = new End();
  const two = new End();
  one.other = two;
  two.other = one;
  for (const end of [one, two]) end.on('error', () => undefined);
  return [one, two];
}
