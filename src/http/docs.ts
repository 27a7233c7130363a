import { type TSchema, Type } from 'typebox';
import { FAULTS, type FaultCode } from '../base/fault.ts';
import { Shared } from './schemas/common.ts';

/** The words that go into `/openapi.json` beside a route. */

export interface Documented {
  readonly description: string;
  readonly schema?: TSchema;
  /** `application/json` unless given. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, { type: string; description: string }>>;
}

/** What goes wrong with any call that needs a key. */
const GUARDED: readonly FaultCode[] = [
  'keyMissing',
  'keyInvalid',
  'sessionOver',
  'scopeMissing',
  'addressForbidden',
  'crossSite',
  'setupNeeded',
  'rateLimited',
];

/** Faults of a body that is read at all. */
export const BODY_FAULTS: readonly FaultCode[] = [
  'requestInvalid',
  'bodyInvalid',
  'bodyTooLarge',
  'mediaTypeUnsupported',
  'requestTimeout',
];

/** What a text is refused for where the site says so (`[lint]`). */
export const LINT_FAULTS: readonly FaultCode[] = ['textShouts', 'textThreatens', 'textUnsigned', 'wayOutMissing', 'confirmationIncomplete'];
/** What policy may say of a message. */
export const POLICY_FAULTS: readonly FaultCode[] = [
  'optedOut',
  'suppressionsUnknown',
  'consentMissing',
  'expired',
  'countryNotAllowed',
  'premiumNumber',
  'noWindow',
  'promotionalPer7Days',
  'allPerDay',
  'monthlyOffers',
  'unanswered',
  'visitNear',
  'repairUnderWay',
  'lowRating',
  'linkUnavailable',
];

/**
 * The `response` of a route's schema: what it answers, and every problem that it can end in, by status.
 * @param guarded whether a key is needed
 */
export function answers(
  good: Readonly<Record<number, Documented>>,
  problems: readonly FaultCode[],
  guarded = true,
): Record<string, object> {
  const responses: Record<string, object> = {};
  for (const [status, { description, schema, contentType, headers }] of Object.entries(good)) {
    responses[status] = {
      description,
      ...(headers ? { headers } : {}),
      content: { [contentType ?? 'application/json']: { schema: schema ?? { type: 'string' } } },
    };
  }
  const codes: FaultCode[] = [...(guarded ? GUARDED : []), ...problems, 'hostUnknown', 'internal', 'unavailable'];
  for (const status of new Set(codes.map((code) => FAULTS[code].status))) {
    const here = [...new Set(codes)].filter((code) => FAULTS[code].status === status);
    responses[status] ??= {
      description: here.map((code) => `\`${code}\`: ${FAULTS[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: Shared('Problem') } },
    };
  }
  return responses;
}

export const IDEMPOTENCY_NOTE =
  'With an `Idempotency-Key` a repeated request is done once: the same key and body, in whatever order its fields stand, give the same answer again, with `Idempotent-Replayed: true`.';

export const IdempotencyHeader = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'Visible ASCII, such as a UUID; kept for 72 hours for each API key.' }),
  ),
});

export const LastEventHeader = Type.Object({
  'Last-Event-ID': Type.Optional(Type.String({ description: 'The `id` of the last event that was seen: the stream begins after it.' })),
});
