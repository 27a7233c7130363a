import type { FaultPlace, PlaceReason } from './fault.ts';

/** By the keywords of JSON Schema. */
const REASONS: Readonly<Record<string, PlaceReason>> = {
  required: 'missing',
  additionalProperties: 'unknown',
  type: 'kind',
  enum: 'oneOf',
  const: 'oneOf',
  minLength: 'tooShort',
  maxLength: 'tooLong',
  minItems: 'tooFew',
  minProperties: 'tooFew',
  maxItems: 'tooMany',
  maxProperties: 'tooMany',
  minimum: 'tooSmall',
  maximum: 'tooLarge',
  pattern: 'characters',
  uniqueItems: 'twice',
};

/** Why a schema refuses a place, for programs that say it in a language of their own. */
export function reasonOf(keyword: string, limit: unknown): Pick<FaultPlace, 'reason' | 'limit'> {
  if (limit === 1 && (keyword === 'minLength' || keyword === 'minItems')) return { reason: 'empty' };
  const reason = REASONS[keyword];
  return reason === undefined ? {} : { reason, ...(typeof limit === 'number' ? { limit } : {}) };
}

/** A field's name as a JSON pointer has it (RFC 6901 3), cut where it is endless. */
export const escapedName = (key: string): string => key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
