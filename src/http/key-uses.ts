import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds that further uses are gathered before they are written: a key may be used thousands of times a second. */
const GATHERED = 60_000;

/**
 * When each key was last used. The first use after a while is written at once, so that whoever tries a key sees it in
 * `simpost keys list`, which reads the store; further ones are written together.
 */
export class KeyUses {
  readonly #parts: { readonly store: Store; readonly clock: Clock; readonly log: Log };
  #uses = new Map<string, number>();
  /** Keys of which a use was written not long ago. */
  #written = new Set<string>();
  #timer: Timer | undefined;

  constructor(parts: { store: Store; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  used(id: string): void {
    this.#uses.set(id, this.#parts.clock.now());
    if (!this.#written.has(id)) this.#begin();
  }

  /** Writes what there is, and forgets after a while what it wrote. */
  #begin(): void {
    void this.#write();
    this.#timer ??= this.#parts.clock.setTimer(GATHERED, () => {
      this.#timer = undefined;
      this.#written.clear();
      if (this.#uses.size > 0) this.#begin();
    });
  }

  /** Writes what was gathered, at the end. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    if (this.#uses.size > 0) await this.#write();
  }

  /** When it was last used, where that is not written yet. */
  of(id: string): number | undefined {
    return this.#uses.get(id);
  }

  /** That it cannot be written stops nobody. */
  async #write(): Promise<void> {
    const uses = this.#uses;
    this.#uses = new Map();
    for (const id of uses.keys()) this.#written.add(id);
    try {
      await this.#parts.store.keysUsed(uses);
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'when keys were last used could not be written');
    }
  }
}
