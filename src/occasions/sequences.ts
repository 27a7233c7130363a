import type { Store } from '../store/store.ts';
import { type Sequence, SHIPPED } from './sequence.ts';

/** The sequences in use: the site's own over those that are shipped. */
export class Sequences {
  readonly #store: Pick<Store, 'occasions'>;
  #own: ReadonlyMap<string, Sequence> = new Map();

  constructor(store: Pick<Store, 'occasions'>) {
    this.#store = store;
  }

  async load(): Promise<void> {
    const own = await this.#store.occasions.sequences();
    this.#own = new Map([...own].map(([kind, written]) => [kind, JSON.parse(written)]));
  }

  of(kind: string): Sequence | undefined {
    return this.#own.get(kind) ?? SHIPPED.get(kind);
  }

  isOwn(kind: string): boolean {
    return this.#own.has(kind);
  }

  kinds(): string[] {
    return [...new Set([...SHIPPED.keys(), ...this.#own.keys()])].sort();
  }

  /** @param sequence null for the shipped one */
  async set(kind: string, sequence: Sequence | null, now: number): Promise<void> {
    await this.#store.occasions.setSequence(kind, sequence && JSON.stringify(sequence), now);
    await this.load();
  }
}
