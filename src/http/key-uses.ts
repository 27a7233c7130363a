import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds that uses are gathered before they are written: a key may be used thousands of times a second. */
const GATHERED = 60_000;

/** When each key was last used, written late and together. */
export class KeyUses {
  readonly #parts: { readonly store: Store; readonly clock: Clock; readonly log: Log };
  #uses = new Map<string, number>();
  #timer: Timer | undefined;

  constructor(parts: { store: Store; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  used(id: string): void {
    this.#uses.set(id, this.#parts.clock.now());
    this.#timer ??= this.#parts.clock.setTimer(GATHERED, () => void this.flush());
  }

  /** Writes what was gathered. That it cannot be written stops nobody. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    const uses = this.#uses;
    if (uses.size === 0) return;
    this.#uses = new Map();
    try {
      await this.#parts.store.keysUsed(uses);
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'when keys were last used could not be written');
    }
  }

  /** When it was last used, where that is not written yet. */
  of(id: string): number | undefined {
    return this.#uses.get(id);
  }
}
