import { Type } from 'typebox';
import { Instant } from './common.ts';

const EXAMPLE = { all: [{ tag: 'дитяча' }, { not: { heardWithin: 365 } }] };

/** Read in `contacts/segment.ts`, which says what is wrong and where. */
const ConditionJson = Type.Unsafe<unknown>({
  type: 'object',
  description:
    'One of `{"all": […]}`, `{"any": […]}`, `{"not": {…}}`, `{"tag": "…"}`, `{"branch": "…"}`, `{"language": "uk"}`, `{"channel": "sms"}`, `{"field": "visits", "above": 3}` (`is`, `isNot`, `above`, `below`, `contains`, or `known` with true or false), `{"agreesTo": "promotional", "topic"?: "…"}`, `{"suppressed": "purpose:promotional"}`, `{"occasion": {"kind": "visit", "status"?: "…", "attendance"?: "came", "within"?: 90, "ahead"?: 7}}` (days), `{"heardWithin": 365}`, `{"writtenWithin": 30}`, `{"newWithin": 7}` (days).',
  examples: [EXAMPLE],
});

export const SetSegment = Type.Object(
  { condition: ConditionJson },
  { $id: 'SetSegment', additionalProperties: false, examples: [{ condition: EXAMPLE }] },
);

const words = Type.String({ description: 'The same in words, in the language of the site.' });
const count = Type.Integer({ minimum: 0, description: 'Contacts who belong to it now.' });

export const Segment = Type.Object(
  { name: Type.String(), condition: ConditionJson, words, updatedAt: Instant('When it was written.') },
  { $id: 'Segment', additionalProperties: false, description: 'Contacts by what they are and did: a filter that is saved.' },
);

export const CountedSegment = Type.Object(
  { name: Type.String(), condition: ConditionJson, words, updatedAt: Instant('When it was written.'), count },
  { $id: 'CountedSegment', additionalProperties: false, description: 'A segment, and how many belong to it now.' },
);

export const SegmentCount = Type.Object(
  { words, count },
  { $id: 'SegmentCount', additionalProperties: false, description: 'How many contacts fit.' },
);

export const SegmentRemoved = Type.Object(
  { name: Type.String(), removed: Type.Literal(true) },
  { $id: 'SegmentRemoved', additionalProperties: false, description: 'The segment is gone; the contacts stay.' },
);

export const SegmentParams = Type.Object({
  name: Type.String({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*$', maxLength: 60, description: 'Letters, digits, ".", "_" and "-".' }),
});
