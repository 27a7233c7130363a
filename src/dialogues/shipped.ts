import { faultIn } from '../base/fault.ts';
import { type Definition, readDefinition } from './definition.ts';
import auction from './shipped/auction.json' with { type: 'json' };
import doubleOptIn from './shipped/doubleOptIn.json' with { type: 'json' };
import hire from './shipped/hire.json' with { type: 'json' };
import order from './shipped/order.json' with { type: 'json' };
import rating from './shipped/rating.json' with { type: 'json' };
import reschedule from './shipped/reschedule.json' with { type: 'json' };
import table from './shipped/table.json' with { type: 'json' };

/** Dialogues to begin with. None of them begins by itself: a site puts one into use, as it is or with its own menu, words and times. */
const SHIPPED: ReadonlyMap<string, unknown> = new Map(Object.entries({ order, table, hire, auction, rating, reschedule, doubleOptIn }));

export const SHIPPED_DIALOGUES: readonly string[] = [...SHIPPED.keys()];

/** @throws Fault `dialogueInvalid` for a mistake of ours, which a test finds first */
export function shippedDefinition(name: string): Definition | undefined {
  const body = SHIPPED.get(name);
  return body === undefined ? undefined : readDefinition(body);
}

/**
 * A shipped definition with what a site says instead: whole parts, single states and single data.
 * @throws Fault `dialogueInvalid`
 */
export function definitionFrom(own: Readonly<Record<string, unknown>>): Definition {
  const { from, ...parts } = own;
  const base = typeof from === 'string' ? shippedDefinition(from) : undefined;
  if (from !== undefined && !base) {
    const why = `names none that is shipped: there are ${SHIPPED_DIALOGUES.join(', ')}`;
    throw faultIn('dialogueInvalid', 'from', why, 'oneOf');
  }
  if (!base) return readDefinition(own);
  const over = (name: 'data' | 'states'): object => ({ ...base[name], ...(isParts(parts[name]) ? parts[name] : {}) });
  return readDefinition({ ...base, ...parts, data: over('data'), states: over('states') });
}

const isParts = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
