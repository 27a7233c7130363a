import { Duplex } from 'node:stream';

/**
 * One end of a wire in memory. What is written at one end comes out at the other a moment later, never within the call
 * to `write`, as it would on a real port. Destroying either end is pulling the plug: the other closes too, without
 * `end`, as a USB modem that vanishes does.
 */
class WireEnd extends Duplex {
  other: WireEnd | undefined;
  #resume: (() => void) | undefined;

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    queueMicrotask(() => {
      const other = this.other;
      if (!other || other.destroyed || other.readableEnded) return done();
      if (other.push(chunk)) done();
      else other.#resume = done;
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    queueMicrotask(() => {
      if (this.other && !this.other.destroyed) this.other.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const other = this.other;
    this.other = undefined;
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
    if (other && !other.destroyed) queueMicrotask(() => other.destroy());
    done(error);
  }
}

/** The two ends of a wire in memory, octets both ways. */
export function streamPair(): [Duplex, Duplex] {
  const a = new WireEnd();
  const b = new WireEnd();
  a.other = b;
  b.other = a;
  return [a, b];
}
