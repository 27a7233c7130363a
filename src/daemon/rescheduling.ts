import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { Dialogues } from '../dialogues/dialogues.ts';
import { MOST_OFFERED, poolField, readableDefinition } from '../dialogues/machine.ts';
import type { Rescheduled, Rescheduling } from '../occasions/answers.ts';
import type { Dialogue, DialogueOption } from '../store/records/dialogue.ts';
import type { Occasion } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';

/** The dialogue that ПЕРЕНОС begins, once it is in use. */
const NAME = 'reschedule';

/** Dialogues that are looked through for ended ones: after each turn, and at the start. */
const LATELY = 50;
const AT_START = 500;

/**
 * Where occasions and dialogues are joined: who wants another time for a visit is led through the dialogue `reschedule`, as long as its
 * pool has times (RFC 3339) that are free; what comes of it becomes of the visit. Which visit it is stands in the field `occasion` of the
 * dialogue, so that a process that dies in between leaves it to the next one.
 */
export class DialogueRescheduling implements Rescheduling {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #begin: Dialogues['begin'];
  readonly #onEnded: (ended: Rescheduled) => Promise<void>;
  readonly #settled = new Set<string>();

  constructor(parts: { store: Store; clock: Clock; begin: Dialogues['begin']; onEnded: (ended: Rescheduled) => Promise<void> }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#begin = parts.begin;
    this.#onEnded = parts.onEnded;
  }

  async offers(occasion: Occasion): Promise<boolean> {
    return (await this.#times(occasion)).options.length > 0;
  }

  async begin(ref: Occasion, sim: string): Promise<boolean> {
    const { kind, externalId, to } = ref;
    const occasion = `${kind}/${externalId}`;
    const { choice, pool, options } = await this.#times(ref);
    try {
      const fields = { occasion, [choice]: options, [poolField(choice)]: pool };
      await this.#begin({ definition: NAME, contact: to, sim, fields });
      return true;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'dialogueOpen') throw error;
      const { data } = await this.#store.dialogues.list({ contact: to, state: 'open' }, { limit: 5, cursor: null });
      return data.some(({ definition, fields }) => definition === NAME && fields.occasion === occasion);
    }
  }

  /** Lets what ended become of its occasion. */
  async settle(when: 'turn' | 'start'): Promise<void> {
    const { data } = await this.#store.dialogues.list({}, { limit: when === 'start' ? AT_START : LATELY, cursor: null });
    for (const dialogue of data) {
      if (dialogue.outcome === null || this.#settled.has(dialogue.id)) continue;
      const ended = endOf(dialogue);
      if (ended) await this.#onEnded(ended);
      this.#settled.add(dialogue.id);
    }
  }

  /** The times that are ahead and free: those of the resource of an occasion, where it has a pool of its own, else those of the site. */
  async #times({ resource }: Occasion): Promise<{ choice: string; pool: string; options: readonly DialogueOption[] }> {
    const choice = this.#choice();
    if (choice === undefined) return { choice: '', pool: '', options: [] };
    const own = resource === null ? [] : await this.#store.dialogues.stock(`${choice}.${resource}`);
    const [pool, things] = own.length > 0 ? [`${choice}.${resource}`, own] : [choice, await this.#store.dialogues.stock(choice)];
    const now = this.#clock.now();
    const free = things.filter(({ thing, dialogue, sold }) => dialogue === null && !sold && (readInstant(thing) ?? 0) > now);
    return { choice, pool, options: free.slice(0, MOST_OFFERED).map(({ thing, label }) => ({ value: thing, label })) };
  }

  /** From which pool its first question lets choose. */
  #choice(): string | undefined {
    const stored = this.#store.dialogues.definitions().find(({ name }) => name === NAME);
    const definition = stored && readableDefinition(stored.body);
    const moves = definition?.first === undefined ? [] : (definition.states[definition.first]?.moves ?? []);
    return moves.flatMap(({ on }) => ('choice' in on ? [on.choice] : []))[0];
  }
}

/** Undefined where it was about no occasion. */
function endOf({ id, definition, outcome, fields }: Dialogue): Rescheduled | undefined {
  const [, kind, externalId] = /^([^/]+)\/(.+)$/.exec(String(fields.occasion ?? '')) ?? [];
  if (definition !== NAME || kind === undefined || externalId === undefined) return undefined;
  const startsAt = outcome === 'completed' ? (readInstant(String(fields.slot ?? '')) ?? null) : null;
  // A dialogue that is left to a person says so by itself, and who ended texts is left alone.
  return { kind, externalId, dialogue: id, startsAt, needsPerson: outcome !== 'handedOver' && outcome !== 'stopped' };
}
