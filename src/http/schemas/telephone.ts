import { Type } from 'typebox';
import { Nullable, OneOf } from './common.ts';

export const SimParams = Type.Object({ iccid: Type.String({ description: 'The ICCID of the SIM, as `GET /v1/sims` shows it.' }) });

export const AskUssd = Type.Object(
  {
    code: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'A question to the operator, such as `*101#`; begins a session.' }),
    ),
    sessionId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'Of the answer before, where the network asked back.' }),
    ),
    answer: Type.Optional(
      Type.String({ minLength: 1, maxLength: 182, description: 'What to answer; with characters outside of the GSM alphabet at most 80.' }),
    ),
  },
  {
    $id: 'AskUssd',
    additionalProperties: false,
    description: 'Either `code`, or `sessionId` and `answer`.',
    examples: [{ code: '*101#' }],
  },
);

export const UssdAnswer = Type.Object(
  {
    text: Type.String({ description: 'What the network said; may be empty.' }),
    sessionId: Nullable(Type.String(), { description: 'To answer with within two minutes; null when the session is over.' }),
    done: Type.Boolean({ description: 'The session is over.' }),
  },
  {
    $id: 'UssdAnswer',
    additionalProperties: false,
    examples: [{ text: '1 Баланс\n2 Пакети', sessionId: 'ussd_5f0c1d2e3a4b5c6d7e8f9a0b', done: false }],
  },
);

const FORWARDING_CASES = ['unreachable', 'busy', 'noReply', 'always'] as const;
export type ForwardingCase = (typeof FORWARDING_CASES)[number];

export const Forwarding = Type.Object(
  {
    to: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Where calls shall go: a number in any usual writing of the country of the site.',
    }),
    when: OneOf(FORWARDING_CASES, { description: 'With `always` no call rings here, so none is listed as missed.' }),
  },
  { $id: 'Forwarding', additionalProperties: false, examples: [{ to: '+380441234567', when: 'unreachable' }] },
);

export const ForwardingState = Type.Object(
  {
    forwarding: Type.Array(
      Type.Object(
        { when: OneOf(FORWARDING_CASES), to: Type.String({ description: 'As the network has it; mostly E.164.' }) },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'ForwardingState', additionalProperties: false, examples: [{ forwarding: [{ when: 'unreachable', to: '+380441234567' }] }] },
);

export const ForwardingEnded = Type.Object({ forwarding: Type.Null() }, { $id: 'ForwardingEnded', additionalProperties: false });

export const ForwardingSet = Type.Object(
  {
    to: Type.String({ description: 'E.164.' }),
    when: OneOf(FORWARDING_CASES),
    costs: Type.Boolean(),
    notice: Type.String({ description: 'What it costs, in a sentence to show to a person.' }),
  },
  { $id: 'ForwardingSet', additionalProperties: false },
);
