import { Fault } from '../base/fault.ts';
import { refuseEmpty } from '../dispatch/accept.ts';
import { planText } from '../pdu/plan.ts';
import { alternatives } from '../pdu/transliterate.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { type Preview, PreviewRequest } from './schemas/preview.ts';
import { shapeCost } from './shape.ts';
import { checkText } from './text.ts';

/** As long as 255 segments of the GSM 7-bit alphabet: nothing longer can be one message, whatever the configuration. */
const LONGEST = 255 * 153;

export function previewRoutes(app: Api, { acceptance, lint }: Pick<ApiParts, 'acceptance' | 'lint'>): void {
  app.post(
    '/v1/segments/preview',
    {
      schema: {
        operationId: 'previewSegments',
        tags: ['messages'],
        summary: 'See how a text would be cut',
        description:
          'Alphabet, segments, whether a message may have so many, the price, the room left, the characters that make it UCS2, what would avoid them, and what could be better about the text. Nothing is stored.',
        body: PreviewRequest,
        response: answers({ 200: { description: 'The plan.', schema: Shared('Preview') } }, [
          ...BODY_FAULTS,
          'textInvalid',
          'linkUnavailable',
          'textTooLong',
          'numberInvalid',
          'simUnknown',
        ]),
      },
    },
    (request) => {
      const { text: written, transliterate = false, kind, ...wanted } = request.body;
      const text = acceptance.withLinks(written);
      const plan = preview(text, transliterate);
      const { advice } = lint(text, { purpose: wanted.purpose ?? 'service', kind });
      const size = acceptance.sizeOf(text, plan.segmentCount);
      return Promise.resolve({ ...plan, ...size, cost: shapeCost(acceptance.quote(wanted, plan.segmentCount)), advice: [...advice] });
    },
  );
}

function preview(text: string, transliterate: boolean): Omit<Preview, 'maxSegments' | 'tooLong' | 'cost' | 'advice'> {
  if (text.length > LONGEST) {
    const why = `has ${text.length} characters, and no message can have more than ${LONGEST}`;
    throw new Fault('textTooLong', `The text ${why}.`, [{ pointer: '/text', detail: why, reason: 'tooLong', limit: LONGEST }]);
  }
  checkText(text);
  refuseEmpty(text);
  const plan = planText(text, { transliterate });
  return {
    encoding: plan.alphabet,
    units: plan.units,
    segmentCount: plan.segments.length,
    unitsPerSegment: plan.unitsPerSegment,
    room: plan.room,
    segments: plan.segments.map((segment) => ({ text: segment.text, units: segment.units })),
    forcedBy: [...plan.offenders],
    suggestions: plan.alphabet === 'ucs2' ? suggestions(plan.text) : [],
    text: plan.text,
  };
}

const suggestions = (text: string): Preview['suggestions'] =>
  alternatives(text).flatMap(({ character, replacement }) => (replacement === null ? [] : [{ character, replacement }]));
