import { Ajv, type ErrorObject } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { Fault, type FaultPlace } from '../base/fault.ts';
import { OWN_SCHEMA } from '../base/own-schema.ts';
import { escapedName, reasonOf } from '../base/place-reason.ts';
import { NOT_BLANK } from './schemas/common.ts';

/**
 * Bodies are taken as they are: nothing is converted, nothing dropped, an unknown field is refused, since a misspelt
 * `validfor` that is quietly ignored is a message sent a day late. Query and path parameters are text on the wire, so there
 * numbers are read from text.
 *
 * A schema is compiled when it is first needed, and Ajv keeps what it has compiled: to compile those of all calls took a third
 * of the daemon's start.
 */
const common = {
  ...OWN_SCHEMA,
  removeAdditional: false,
  strict: true,
  strictTypes: false,
  formats: { 'date-time': true, 'uri-reference': true },
} as const;
const body = new Ajv({ ...common, coerceTypes: false, useDefaults: false });
const bodyAll = new Ajv({ ...common, coerceTypes: false, useDefaults: false, allErrors: true });
const query = new Ajv({ ...common, coerceTypes: true, useDefaults: true, allErrors: true });

/** More places than these are not listed. */
const MOST_PLACES = 20;

/** Whether a body is what a schema says, and if not, why. */
export interface BodyCheck<T> {
  accepts(data: unknown): data is T;
  /** For what was not accepted. */
  refusal(data: unknown): Fault;
}

/** @param whole what a sentence about all of it begins with */
export function bodyCheck<S extends TSchema>(schema: S, whole = 'The body'): BodyCheck<Static<S>> {
  return {
    accepts: (data): data is Static<S> => body.compile<Static<S>>(schema)(data),
    refusal(data) {
      // All mistakes at once are kinder, but a body of a thousand unknown fields is answered with the first.
      const few = typeof data !== 'object' || data === null || Object.keys(data).length <= 64;
      const validate = (few ? bodyAll : body).compile(schema);
      validate(data);
      return refusal(validate.errors ?? [], schema, whole);
    },
  };
}

/** For Fastify: `body` strict, the rest read from text. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  if (httpPart === 'body') {
    const check = bodyCheck(schema);
    // Fastify says null where there is no body.
    return (data: unknown) => outcome(data === null ? noBody() : check.accepts(data) ? undefined : check.refusal(data), data);
  }
  const numbers = integersIn(schema);
  return (data: unknown) => {
    const validate = query.compile(schema);
    const fault = notOnce(data) ?? notDigits(numbers, data) ?? (validate(data) ? undefined : queryRefusal(validate.errors ?? [], schema));
    return outcome(fault, data);
  };
};

function integersIn(schema: TSchema): string[] {
  const properties = propertiesOf(schema);
  return Object.keys(properties).filter((name) => properties[name]?.type === 'integer');
}

/** What JavaScript reads as a number (`1e2`, `0x10`, ` 5`) is none for a person: digits alone are. */
function notDigits(names: readonly string[], data: unknown): Fault | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const given = new Map<string, unknown>(Object.entries(data));
  for (const name of names) {
    const written = given.get(name);
    if (written === undefined || (typeof written === 'string' && /^\d{1,15}$/.test(written))) continue;
    return parameterFault(name, 'must be a whole number, in digits');
  }
  return undefined;
}

function notOnce(data: unknown): Fault | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const name = Object.entries(data).find(([, value]) => Array.isArray(value))?.[0];
  return name === undefined ? undefined : parameterFault(name.slice(0, 100), 'stands there more than once; give it once');
}

const parameterFault = (name: string, why: string): Fault =>
  new Fault('requestInvalid', `The parameter ${name} ${why}.`, [{ pointer: `?${name}`, detail: why }]);

const outcome = (fault: Fault | undefined, value: unknown) => (fault ? { error: fault } : { value });

const noBody = (): Fault => new Fault('requestInvalid', 'The request has no body, or null for one; send a JSON object.');

function refusal(errors: readonly ErrorObject[], schema: TSchema, whole: string): Fault {
  const places = distinct(errors.map((error) => placeOf(error, schema)));
  const first = places[0];
  const where = first && first.pointer !== '' ? `${first.pointer} ` : `${whole} `;
  return new Fault('requestInvalid', `${where}${first?.detail ?? 'is not as this call expects it'}.${more(places)}`, places);
}

const placeOf = (error: ErrorObject, schema: TSchema): FaultPlace => ({
  pointer: pointerOf(error),
  detail: sentenceOf(error, schema),
  ...(error.params.pattern === NOT_BLANK.pattern ? { reason: 'empty' as const } : reasonOf(error.keyword, error.params.limit)),
});

function queryRefusal(errors: readonly ErrorObject[], schema: TSchema): Fault {
  const places = distinct(errors.map((error) => ({ ...placeOf(error, schema), pointer: `?${pointerOf(error).slice(1)}` })));
  const first = places[0];
  return new Fault('requestInvalid', `The parameter ${first?.pointer.slice(1)} ${first?.detail}.${more(places)}`, places);
}

const more = (places: readonly FaultPlace[]): string => (places.length > 1 ? ` (${places.length - 1} more in errors.)` : '');

function distinct(places: readonly FaultPlace[]): FaultPlace[] {
  const seen = new Map<string, FaultPlace>();
  for (const place of places) if (!seen.has(place.pointer)) seen.set(place.pointer, place);
  return [...seen.values()].slice(0, MOST_PLACES);
}

function pointerOf(error: ErrorObject): string {
  if (error.keyword === 'required') return `${error.instancePath}/${escapedName(String(error.params.missingProperty))}`;
  if (error.keyword === 'additionalProperties') return `${error.instancePath}/${escapedName(String(error.params.additionalProperty))}`;
  return error.instancePath;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
};

/** The rest of the sentence that begins with the place. */
function sentenceOf(error: ErrorObject, schema: TSchema): string {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return `is not known here${known(schema)}`;
    case 'type':
      return `must be ${KINDS[String(params.type)] ?? params.type}`;
    case 'enum':
      return `must be one of ${Array.isArray(params.allowedValues) ? params.allowedValues.join(', ') : 'a few'}`;
    case 'minLength':
      return params.limit === 1 ? 'is empty' : `must have at least ${params.limit} characters`;
    case 'maxLength':
      return `may have at most ${params.limit} characters`;
    case 'minItems':
      return params.limit === 1 ? 'is empty' : `must have at least ${params.limit} entries`;
    case 'maxItems':
      return `may have at most ${params.limit} entries`;
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'maximum':
      return `may be at most ${params.limit}`;
    case 'pattern':
      return params.pattern === NOT_BLANK.pattern
        ? 'has nothing in it but blanks'
        : 'has a character that may not stand there, or none where one must';
    case 'minProperties':
      return params.limit === 1 ? 'says nothing; give at least one of its fields' : `must have at least ${params.limit} fields`;
    case 'maxProperties':
      return `may have at most ${params.limit} fields`;
    case 'propertyNames':
      return 'has a field whose name may not be one';
    case 'uniqueItems':
      return `has the same entry twice, at ${params.i} and ${params.j}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    default:
      return 'is not as this call expects it';
  }
}

function known(schema: TSchema): string {
  const names = Object.keys(propertiesOf(schema));
  return names.length > 0 ? `; known are ${names.join(', ')}` : '';
}

function propertiesOf(schema: TSchema): Readonly<Record<string, { readonly type?: unknown }>> {
  return 'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? { ...schema.properties } : {};
}
