import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Amend, Attendance, Occasion, OccasionRef, OccasionView } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';
import { mark, type OccasionWish, type Planning, put } from './change.ts';
import type { Sequence } from './sequence.ts';
import type { Sequences } from './sequences.ts';

/** Whoever asks: under which key, and which keys' occasions they may touch. */
export interface Asking {
  readonly keyId: string;
  readonly by: 'desk' | 'program';
  reaches(keyId: string): boolean;
}

/** What callers may do with occasions. Each change is one transaction with all that follows; then the runner has its turn. */
export class OccasionDesk {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #sequences: Sequences;
  readonly #timeZone: string;
  readonly #onChange: () => void;

  constructor(parts: { store: Store; clock: Clock; random: Random; sequences: Sequences; timeZone: string; onChange: () => void }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#sequences = parts.sequences;
    this.#timeZone = parts.timeZone;
    this.#onChange = parts.onChange;
  }

  get sequences(): Sequences {
    return this.#sequences;
  }

  /**
   * Makes an occasion, or changes the one of this name.
   * @throws Fault `notFound` where there is no such kind, `nameTaken` where the name is another key's
   */
  async put(ref: OccasionRef, wish: OccasionWish, asking: Asking): Promise<{ readonly view: OccasionView; readonly isNew: boolean }> {
    const fresh = { ...ref, id: newId('occ', this.#random), keyId: asking.keyId };
    let isNew = false;
    await this.#amend(ref, (planning) => (before, steps) => {
      if (before && !asking.reaches(before.keyId)) throw taken(ref);
      isNew = before === undefined;
      return put(wish, fresh, planning)(before, steps);
    });
    return { view: await this.view(ref, asking), isNew };
  }

  /** Whether the client came. @throws Fault `notFound` */
  async mark(ref: OccasionRef, attendance: Attendance, asking: Asking): Promise<OccasionView> {
    await this.view(ref, asking);
    await this.#amend(ref, (planning) => mark(attendance, asking.by, planning));
    return await this.view(ref, asking);
  }

  /** Forgets it, with all that is not sent yet. @throws Fault `notFound` */
  async remove(ref: OccasionRef, asking: Asking): Promise<void> {
    const removed = await this.#store.occasions.remove(ref, this.#clock.now(), ({ keyId }) => asking.reaches(keyId));
    if (!removed) throw missing();
  }

  /** @throws Fault `notFound` */
  async view(ref: OccasionRef, asking: Asking): Promise<OccasionView> {
    const view = await this.#store.occasions.view(ref);
    if (!view || !asking.reaches(view.keyId)) throw missing();
    return view;
  }

  /** A contact is another: what is open of theirs is planned anew, and told to the number that they have now. */
  contactChanged(): void {
    this.#onChange();
  }

  /** Changes what is told of a kind from now on; null gives the shipped sequence back. */
  async setSequence(kind: string, sequence: Sequence | null): Promise<void> {
    await this.#sequences.set(kind, sequence, this.#clock.now());
    this.#onChange();
  }

  async #amend(ref: OccasionRef, how: (planning: Planning) => Amend): Promise<Occasion | undefined> {
    const sequence = this.#sequences.of(ref.kind);
    if (!sequence) {
      throw new Fault(
        'notFound',
        `There is no kind of occasion "${ref.kind}"; GET /v1/sequences lists those that there are, and PUT makes another.`,
      );
    }
    const now = this.#clock.now();
    const occasion = await this.#store.occasions.amend(ref, now, how({ sequence, now, timeZone: this.#timeZone }));
    this.#onChange();
    return occasion;
  }
}

const missing = (): Fault =>
  new Fault('notFound', 'There is no occasion of this kind and name; GET /v1/occasions lists those that there are.');

const taken = ({ kind, externalId }: OccasionRef): Fault =>
  new Fault('nameTaken', `Another key has a ${kind} "${externalId}" already: choose another name, or a key with the scope read:all.`);
