import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import { FAULTS, type FaultCode, PLACE_REASONS } from '../../base/fault.ts';

/** What every schema of the API is made of. Nothing but TypeBox and `base/` is imported here: the console uses these too. */

/** The schema, or null. */
export const Nullable = <S extends TSchema>(schema: S, options: { description?: string } = {}) =>
  Type.Union([schema, Type.Null()], options);

/** Of a text that people read: something must stand in it. */
export const NOT_BLANK = { minLength: 1, pattern: '\\S' } as const;

/** One of a few words. */
export const OneOf = <const V extends readonly string[]>(values: V, options: { description?: string; default?: V[number] } = {}) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: values, ...options });

/** A shared schema by its name in `components`. */
export const Shared = (name: string): TUnsafe<unknown> => Type.Unsafe<unknown>({ $ref: `${name}#` });

export const Instant = (description: string) => Type.String({ format: 'date-time', description, examples: ['2026-11-22T10:00:00.000Z'] });

export const PAGE_LIMIT = 50;
const PAGE_LIMIT_MAX = 500;

/** The two parameters that every list takes. */
export const pageParameters = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: PAGE_LIMIT_MAX, default: PAGE_LIMIT, description: 'At most this many entries in one answer.' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'What `nextCursor` said before: the entries after those.' }),
  ),
};

/** Of a list that takes nothing else. */
export const PageQuery = Type.Object(pageParameters, { additionalProperties: false });

/** What every list ends with. */
export const nextCursor = Nullable(Type.String(), { description: 'Give it as `cursor` for what follows; null when nothing does.' });

/** `{data, nextCursor}` around a shared schema. */
export const listOf = (name: string) =>
  Type.Object(
    {
      data: Type.Array(Shared(name)),
      nextCursor,
    },
    { additionalProperties: false },
  );

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(FAULTS, code);

export const FAULT_CODES: readonly FaultCode[] = Object.keys(FAULTS).filter(isFaultCode);

/** What programs ask of a refusal, to say it in a language of their own. */
const ofFault = {
  code: Type.Unsafe<FaultCode>({ type: 'string', enum: FAULT_CODES, description: 'The kind of problem, for programs.' }),
  errors: Type.Array(
    Type.Object(
      {
        pointer: Type.String({
          description: 'A JSON pointer into the body (`/messages/3/to`), `?name` for a query parameter, or the name of a header.',
        }),
        detail: Type.String(),
        reason: Type.Optional(
          OneOf(PLACE_REASONS, {
            description:
              'Why, for programs that say it in a language of their own; more may come, and some places have none. `kind` is a wrong type, `oneOf` a word that is none of those allowed, `notThere` the name of nothing that there is, `reserved` a word with a meaning of its own, `idle` a rule that would do nothing; `field` and `link` are what a template has in braces.',
          }),
        ),
        limit: Type.Optional(
          Type.Number({ description: 'The least or the most of what is counted there: characters, entries, the number itself.' }),
        ),
      },
      { additionalProperties: false },
    ),
    { description: 'The single places that are wrong; may be empty.' },
  ),
};

export const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri-reference', description: 'Where this kind of problem is explained.' }),
    title: Type.String({ description: 'The kind of problem, always the same words.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'What is wrong this time, where, and what to do.' }),
    ...ofFault,
    retryAfter: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'In a batch: seconds after which this entry may be taken. Elsewhere the header `Retry-After` says it.',
      }),
    ),
    reasons: Type.Optional(Type.Array(Type.String(), { description: 'For `GET /readyz`: why the box is not ready.' })),
  },
  {
    $id: 'Problem',
    additionalProperties: false,
    description: 'A refusal, as in RFC 9457.',
    examples: [
      {
        type: '/faults#numberInvalid',
        title: FAULTS.numberInvalid.title,
        status: 422,
        detail: '"12" cannot be a phone number: it is too short.',
        code: 'numberInvalid',
        errors: [{ pointer: '/to', detail: 'it is too short' }],
      },
    ],
  },
);

/** A row of a list that is not taken. */
export const RefusedRow = Type.Object(
  {
    row: Type.Integer({ minimum: 1, description: 'Its number in the file.' }),
    detail: Type.String({ description: 'What is wrong with it.' }),
    ...ofFault,
  },
  { additionalProperties: false },
);
export type RefusedRow = Static<typeof RefusedRow>;
