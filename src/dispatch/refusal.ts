import { Fault } from '../base/fault.ts';
import type { Refusal } from '../policy/rule.ts';

interface Words {
  readonly pointer: string;
  /** The sentence, after "This message is not taken: ". */
  readonly why: string;
}

const WORDS: Readonly<Record<Refusal, Words>> = {
  optedOut: { pointer: '/to', why: 'the client does not want it; GET /v1/suppressions?to=... says what they have ended' },
  consentMissing: {
    pointer: '/to',
    why: 'nothing proves that this client has agreed to offers; record the consent with POST /v1/consents, or ask with a text of the topic "consent"',
  },
  suppressionsUnknown: {
    pointer: '/purpose',
    why: 'the opt-out list was lost, and nothing but codes goes out until it was imported again; then PUT /v1/suppressions/state',
  },
  expired: {
    pointer: '/sendAt',
    why: 'it would be past its time when it may go; give a later notAfter, a longer validFor or an earlier sendAt',
  },
  countryNotAllowed: {
    pointer: '/to',
    why: 'it is for a number of a country that this site does not send to; if that is meant, add the country to countries in [policy]',
  },
  premiumNumber: { pointer: '/to', why: 'numbers that charge whoever writes to them are not sent to; give an ordinary number' },
  noWindow: {
    pointer: '/notAfter',
    why: 'between now and its time there is no hour at which the client may be written to; give it longer, or ifNoWindow "send" where it must go all the same',
  },
  promotionalPer7Days: {
    pointer: '/to',
    why: 'this number has had as many offers as caps.promotionalPer7Days allows, and the next would come too late',
  },
  monthlyOffers: {
    pointer: '/to',
    why: 'the client wants offers at most once a month, and the next would come too late',
  },
  unanswered: { pointer: '/to', why: 'the client has written and waits for an answer; answer first, or give a longer validFor' },
  visitNear: { pointer: '/to', why: 'the client has a visit within a day, and an offer may follow only after it; give a longer validFor' },
  repairUnderWay: { pointer: '/to', why: 'the client waits for a repair; tell of it when it is ready, or give a longer validFor' },
  lowRating: { pointer: '/to', why: 'the client was not content less than 30 days ago; give no offer before that is past' },
  allPerDay: {
    pointer: '/to',
    why: 'this number has had as many messages in a day as caps.allPerDay allows, and the next would come too late',
  },
};

/** What a caller is told whose message policy refuses: the code is the rule's reason. */
export function refusalOf(reason: Refusal): Fault {
  const { pointer, why } = WORDS[reason];
  return new Fault(reason, `This message is not taken: ${why}.`, [{ pointer, detail: why }]);
}
