import { Fault } from '../base/fault.ts';
import { writeAmount } from '../base/money.ts';
import { refuseEmpty } from '../dispatch/accept.ts';
import { planText } from '../pdu/plan.ts';
import { estimate, type TextSize, textSize, transliteratedSize, unitsOfEach } from '../policy/estimate.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { type Estimate, EstimateRequest } from './schemas/estimate.ts';
import { checkText } from './text.ts';

export function estimateRoutes(app: Api, parts: Pick<ApiParts, 'acceptance' | 'sims' | 'simPurposes' | 'simCaps' | 'simTerms'>): void {
  app.post(
    '/v1/costs/estimate',
    {
      schema: {
        operationId: 'estimateCosts',
        tags: ['costs'],
        summary: 'What a month will cost',
        description:
          'For so many clients and messages: segments, the cost, how many SIMs it takes under their caps and how many days, and what a shorter text or one in Latin letters saves. Offers get half of each cap. A SIM brings a segment onto the air in about four seconds. Nothing is stored.',
        body: EstimateRequest,
        response: answers({ 200: { description: 'The estimate.', schema: Shared('Estimate') } }, [
          ...BODY_FAULTS,
          'textInvalid',
          'textTooLong',
          'numberInvalid',
          'simUnknown',
        ]),
      },
    },
    (request) => Promise.resolve(estimateOf(request.body, parts)),
  );
}

function estimateOf(
  { recipients, sendsPerMonth, hoursPerDay = 12, shares, sims, to, sim, ...said }: EstimateRequest,
  parts: Pick<ApiParts, 'acceptance' | 'sims' | 'simPurposes' | 'simCaps' | 'simTerms'>,
): Estimate {
  const { otp = 0, service = 0, promotional = 0 } = shares ?? { service: 100 };
  if (otp + service + promotional !== 100) {
    const why = `make ${otp + service + promotional}, and must make 100: of a hundred messages, how many are of each purpose`;
    throw new Fault('requestInvalid', `The shares ${why}.`, [{ pointer: '/shares', detail: why }]);
  }
  const { text, transliterated } = sizes(said);
  parts.acceptance.refuseTooLong(text.segments, unitsOfEach(text), said.text === undefined ? '/length' : '/text');
  const wanted = { ...(to === undefined ? {} : { to }), ...(sim === undefined ? {} : { sim }) };
  const quote = parts.acceptance.quote(wanted, 1);
  const price = quote === null ? null : parts.simTerms(quote.sim, to).price;
  const newSim = parts.simCaps(null);
  const here = parts.sims().filter(({ iccid }) => parts.simPurposes(iccid).length > 0);
  // One that is asked for carries all of it.
  const carriers = sim === undefined ? here.map(({ iccid }) => iccid) : quote === null ? [] : [quote.sim];
  const there =
    sims === undefined
      ? here.map(({ iccid }) => ({ ...parts.simCaps(iccid), offers: parts.simPurposes(iccid).includes('promotional') }))
      : Array.from({ length: sims }, () => ({ ...newSim, offers: true }));
  const month = estimate({
    recipients,
    sendsPerMonth,
    text,
    transliterated,
    shares: { otp, service, promotional },
    price: price?.micros ?? null,
    packaged: sims === undefined ? carriers.reduce((sum, iccid) => sum + parts.simTerms(iccid, to).packaged, 0) : 0,
    hoursPerDay,
    sims: there,
    newSim,
  });
  const amount = (micros: bigint | null): string | null => (micros === null ? null : writeAmount(micros));
  return {
    encoding: text.alphabet,
    segmentsEach: text.segments,
    sends: month.sends,
    segments: month.segments,
    byPurpose: month.byPurpose.map((one) => ({ ...one })),
    amount: amount(month.amount),
    currency: price?.currency ?? null,
    simsThere: there.length,
    simsNeeded: month.simsNeeded,
    daysNeeded: month.daysNeeded,
    savings: month.savings.map(({ way, units, segments, monthlySegments, ...money }) => ({
      way,
      units,
      segmentsEach: segments,
      segments: monthlySegments,
      amount: amount(money.amount),
      saved: amount(money.saved),
    })),
  };
}

/** @throws Fault `requestInvalid` unless there is either a text, or its length and letters; `textInvalid` */
function sizes({ text, length, letters }: Pick<EstimateRequest, 'text' | 'length' | 'letters'>): {
  text: TextSize;
  transliterated: TextSize | null;
} {
  if (text !== undefined && length === undefined && letters === undefined) {
    checkText(text);
    refuseEmpty(text);
    return { text: planned(text, false), transliterated: planned(text, true) };
  }
  if (text === undefined && length !== undefined && letters !== undefined) {
    if (letters === 'latin') return { text: textSize('gsm7', length), transliterated: null };
    return { text: textSize('ucs2', length), transliterated: transliteratedSize(length) };
  }
  const why = 'is given by text, or by length and letters: give one of the two';
  throw new Fault('requestInvalid', `What is sent ${why}.`, [{ pointer: '/text', detail: why }]);
}

function planned(text: string, transliterate: boolean): TextSize {
  const { alphabet, units, segments } = planText(text, { transliterate });
  return { alphabet, units, segments: segments.length };
}
