import { CONSENT_SCOPES, CONSENT_TOPIC, type SuppressionScope } from '../../base/suppression-scope.ts';
import { type Reading, readKeyword } from '../../policy/keywords.ts';
import type { InboundFacts, InboundOutcome, OwnWords } from '../../store/records/inbound-rules.ts';
import { mayReply } from './may-reply.ts';

/**
 * What follows from a client's text: facts in, outcome out. An opt-out comes first, and it may only take away: nobody can
 * send, set or read anything by a text (X21). What a word means depends on what it answers.
 *
 * - STOP after an offer ends offers and greetings; after a service text its topic (its purpose where it has none) and offers;
 *   STOP ALL everything but codes.
 * - CANCEL and its like after a reminder mean the visit: a person is asked, and offers wait a day.
 * - What may be an opt-out and says more is read by a person, and offers wait a day (O03).
 * - A wrong number gets nothing more, not even a reply, and a person is told.
 * - YES to a text with the topic `consent` is one, to the words of that text (double opt-in).
 * - In a dialogue CANCEL, YES and HELP are for that.
 * - START gives back what the sender had ended; offers only where the ledger proves that they once agreed (X23).
 */
export function judgeInbound(facts: InboundFacts): InboundOutcome {
  const outcome = outcomeOf(readKeyword(facts.text), facts);
  return outcome.reply !== null && !mayReply(facts) ? { ...outcome, reply: null } : outcome;
}

/** What follows from a missed call to a SIM that takes opt-outs so: offers end, and nothing else can (O11). */
export function judgeCall(facts: InboundFacts): InboundOutcome {
  const { suppress, reply } = stop(false, { ...facts, answered: null });
  return { ...NOTHING, suppress, reply: mayReply(facts) ? reply : null };
}

/** What greets belongs to offers: nobody who is weary of them wants it. */
const OFFERS = CONSENT_SCOPES;

/** Offers wait so long for a person, milliseconds. */
const HOLD = 24 * 3_600_000;

const NOTHING: InboundOutcome = { meaning: null, suppress: [], release: [], agrees: null, holdOffersUntil: null, task: null, reply: null };

function outcomeOf(reading: Reading, facts: InboundFacts): InboundOutcome {
  const holdOffersUntil = facts.now + HOLD;
  if (facts.inDialogue) {
    // There these words mean the dialogue; STOP ends that too, and START is what it always is.
    if ((reading.kind === 'stop' && reading.visit && !reading.all) || reading.kind === 'visit') return { ...NOTHING, meaning: 'cancel' };
    if (reading.kind === 'yes' || reading.kind === 'help') return { ...NOTHING, meaning: reading.kind };
  }
  const isReminder = facts.answered !== null && (facts.answered.remindsOf !== null || facts.answered.topic === 'reminder');
  switch (reading.kind) {
    case 'stop':
      if (isReminder && reading.visit && !reading.all) return { ...NOTHING, meaning: 'visit', holdOffersUntil, task: 'visit' };
      return stop(reading.all, facts);
    case 'visit':
      if (isReminder) return { ...NOTHING, meaning: 'visit', holdOffersUntil, task: 'visit' };
      return { ...NOTHING, meaning: 'unsure', holdOffersUntil, task: 'optOutUnsure' };
    case 'unsure':
      if (reading.of === 'wrongNumber') return { ...NOTHING, meaning: 'unsure', task: 'wrongNumber' };
      return { ...NOTHING, meaning: 'unsure', holdOffersUntil, task: 'optOutUnsure' };
    case 'wrongNumber':
      return { ...NOTHING, meaning: 'wrongNumber', suppress: ['all', 'purpose:otp'], task: 'wrongNumber' };
    case 'start':
      return start('start', facts);
    case 'yes':
      if (asksForConsent(facts)) return agree(facts);
      // After anything else it answers that, and is no business of ours.
      return facts.answersOwnReply ? start('yes', facts) : { ...NOTHING, meaning: 'yes' };
    case 'help':
      return { ...NOTHING, meaning: 'help', reply: 'help' };
    case 'none':
      return NOTHING;
  }
}

function stop(all: boolean, { answered, ended }: InboundFacts): InboundOutcome {
  const [kind, scopes] = stopped(all, answered);
  const isNew = !ended.includes('all') && scopes.some((scope) => !ended.includes(scope));
  // A second STOP is obeyed as the first one was, without a word.
  return { ...NOTHING, meaning: 'stop', suppress: scopes, reply: isNew || (all && !ended.includes('all')) ? kind : null };
}

function stopped(all: boolean, answered: InboundFacts['answered']): [OwnWords, readonly SuppressionScope[]] {
  if (all) return ['stoppedAll', ['all']];
  if (answered === null || answered.purpose === 'promotional' || answered.purpose === 'otp') return ['stoppedOffers', OFFERS];
  const { topic, purpose } = answered;
  return ['stoppedKind', [topic === null ? `purpose:${purpose}` : `topic:${topic}`, ...OFFERS]];
}

function start(meaning: 'start' | 'yes', { ended, hasAgreed, text }: InboundFacts): InboundOutcome {
  if (ended.length === 0) return { ...NOTHING, meaning };
  // Who only seems to be the client must not be able to order offers: they stay ended, the rest comes back.
  const offers = ended.includes('all') || ended.includes('purpose:promotional');
  const keep: SuppressionScope[] = offers && !hasAgreed ? ['purpose:promotional'] : [];
  const release = ended.filter((scope) => !keep.includes(scope));
  const agrees =
    hasAgreed && (release.includes('all') || release.includes('purpose:promotional'))
      ? ({ source: 'start', wording: text } as const)
      : null;
  return { ...NOTHING, meaning, release, agrees, suppress: keep, reply: keep.length > 0 ? 'startedButOffers' : 'started' };
}

/** A question waits so long for its answer, milliseconds. */
const QUESTION = 7 * 86_400_000;

function asksForConsent({ answered, now }: InboundFacts): boolean {
  return answered !== null && answered.topic === CONSENT_TOPIC && now - answered.at <= QUESTION && answered.text !== '';
}

/** Who ended offers before takes that back by the same word. */
function agree({ answered, ended }: InboundFacts): InboundOutcome {
  const agrees = { source: 'doubleOptIn', wording: answered?.text ?? '' } as const;
  return { ...NOTHING, meaning: 'yes', agrees, release: OFFERS.filter((scope) => ended.includes(scope)), reply: 'agreed' };
}
