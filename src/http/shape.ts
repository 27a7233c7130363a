import { rfc3339 } from '../base/clock.ts';
import { type Money, writeAmount } from '../base/money.ts';
import { rememberLast, rememberOf } from '../base/remember.ts';
import type { Prepared } from '../dispatch/accept.ts';
import type { Cost } from '../dispatch/quotes.ts';
import type { Balance } from '../store/records/balance.ts';
import type { CallView } from '../store/records/call.ts';
import type { CampaignHappening as StoredCampaignHappening } from '../store/records/campaign.ts';
import type { Dialogue as StoredDialogue } from '../store/records/dialogue.ts';
import type { EventMessage, StoredEvent } from '../store/records/event.ts';
import type { InboundView } from '../store/records/inbound.ts';
import type { MessageStatus, MessageView, PolicyRecord } from '../store/records/message.ts';
import type { Call } from './schemas/call.ts';
import type { CampaignHappening } from './schemas/campaign.ts';
import type { ExpectedCost, Price } from './schemas/cost.ts';
import type { Dialogue } from './schemas/dialogue.ts';
import type { Happening } from './schemas/event.ts';
import type { SimBalance } from './schemas/hardware.ts';
import type { Inbound } from './schemas/inbound.ts';
import type { Message, MessageSummary } from './schemas/message.ts';
import { shapeOccasionHappening } from './shape-occasion.ts';

/**
 * From what the store knows to what callers see. Each field is named here, so that a column that is added to the store
 * shows nowhere by accident, and webhooks, live events and answers show the same.
 */

const instant = (ms: number | null): string | null => (ms === null ? null : rfc3339(ms));

/** A code is shown to its recipient alone: not to other keys, receivers of webhooks, or a screen. */
const hidden = (purpose: MessageView['purpose']): boolean => purpose === 'otp';

type Policy = Message['policy'];

/** @param at when the message was accepted: policy was asked then, and again where the record says so */
const policyOf = (policy: PolicyRecord, at: number): Policy => ({ ...decisionOf(policy, at), rules: rulesOf(policy.rules) });

const decisionOf = (policy: PolicyRecord, at: number): Omit<Policy, 'rules'> => ({
  decidedAt: rfc3339(policy.decidedAt ?? at),
  decision: policy.decision,
  until: instant(policy.until),
  released: policy.released ? { ...policy.released, at: rfc3339(policy.released.at) } : null,
});

const rulesOf = (rules: PolicyRecord['rules']): Policy['rules'] => rules.map(({ rule, verdict, reason }) => ({ rule, verdict, reason }));

function common(m: Omit<EventMessage, 'segmentCount'>, segmentCount: number): MessageSummary {
  const textHidden = hidden(m.purpose);
  return {
    id: m.id,
    to: m.to,
    text: textHidden || m.textErasedAt !== null ? null : m.text,
    textHidden,
    textErasedAt: instant(m.textErasedAt),
    purpose: m.purpose,
    status: m.status,
    reason: m.reason,
    encoding: m.alphabet,
    segmentCount,
    possibleDuplicate: m.possibleDuplicate,
    flash: m.flash,
    transliterated: m.transliterated,
    topic: m.topic,
    reference: m.reference,
    sim: m.sim,
    sendAt: instant(m.sendAt),
    notAfter: instant(m.notAfter),
    acceptedAt: rfc3339(m.acceptedAt),
    expiresAt: rfc3339(m.expiresAt),
    updatedAt: rfc3339(m.updatedAt),
    key: m.keyId,
  };
}

export const shapeMoney = ({ micros, currency }: Money): Price => ({ amount: writeAmount(micros), currency });

export const shapeCost = (cost: Cost | null): ExpectedCost | null =>
  cost && { segments: cost.segments, ...shapeMoney(cost), sim: cost.sim };

export function shapeMessage(m: MessageView): Message {
  return {
    ...common(m, m.segments.length),
    damaged: m.damaged,
    dueAt: instant(m.dueAt),
    policy: policyOf(m.policy, m.acceptedAt),
    segments: m.segments.map((s) => ({
      n: s.n,
      state: s.state,
      mr: s.mr,
      attempts: s.attempts.map((a) => ({
        sim: a.sim,
        at: rfc3339(a.at),
        outcome: a.outcome,
        cause: a.cause,
        choice: a.choice,
        price: a.price && shapeMoney(a.price),
      })),
    })),
    events: m.events.map((e) => ({ type: e.type, at: rfc3339(e.at), reason: e.reason })),
  };
}

interface Newness {
  /** Shows it as it would be, with no id and nothing happened. */
  readonly dryRun?: boolean;
  /** How long it will wait for its turn, whole seconds, where that is told. */
  readonly queueDelay?: number | undefined;
}

/**
 * A message as it is right after it was accepted, in the octets of its JSON and without asking the store. All but its id, number, text and
 * reference is mostly the same in messages that come together: the octets of that are made once for a run of them.
 * @param cost what it is expected to cost
 * @returns two pieces, one after the other
 */
export function writeNew(m: Prepared, cost: Cost | null, newness: Newness = {}): [Buffer, Buffer] {
  const text = hidden(m.purpose) ? null : m.text;
  const own: Pick<Message, Own> = { id: newness.dryRun ? null : m.id, to: m.to, text, reference: m.reference };
  return [Buffer.from(`${JSON.stringify(own).slice(0, -1)},`), octetsOfRest(factsOf(m, cost, newness))];
}

/** What hardly two messages have in common. */
type Own = 'id' | 'to' | 'text' | 'reference';

/** What a new message shows besides what is its own, one beside the other, so that those of two messages can be compared. */
const factsOf = (m: Prepared, cost: Cost | null, { dryRun = false, queueDelay }: Newness) => ({
  dryRun,
  queueDelay,
  purpose: m.purpose,
  alphabet: m.alphabet,
  segmentCount: m.segments.length,
  flash: m.flash,
  transliterated: m.transliterated,
  topic: m.topic,
  sim: m.sim,
  sendAt: m.sendAt,
  notAfter: m.notAfter,
  acceptedAt: m.acceptedAt,
  expiresAt: m.expiresAt,
  keyId: m.keyId,
  isHeld: m.held !== null,
  heldFor: m.held?.reason ?? null,
  dueAt: m.held?.dueAt ?? null,
  cost: cost && theSame(cost),
  // Of the lint and of policy, which give the same ones again.
  advice: m.advice,
  decision: m.policy.decision,
  until: m.policy.until,
  rules: m.policy.rules,
});

/** One object for equal ones in a row. */
const theSame = rememberLast((cost: Cost) => cost);

type Facts = ReturnType<typeof factsOf>;

const octetsOfRest = rememberLast((facts: Facts) => {
  // The policy comes last, and in it the verdicts.
  return Buffer.from(`${JSON.stringify(restOf(facts)).slice(1, -'}}'.length)},"rules":${jsonOfRules(facts.rules)}}}`);
});

/** They are half of a message, and mostly the same ones, of which policy gives the same array. */
const jsonOfRules = rememberOf((rules: PolicyRecord['rules']) => JSON.stringify(rulesOf(rules)));

/** All but the verdicts, and what is the message's own. */
function restOf(f: Facts): Omit<Message, Own | 'policy'> & { policy: Omit<Policy, 'rules'> } {
  const acceptedAt = rfc3339(f.acceptedAt);
  const status: MessageStatus = f.isHeld ? 'held' : 'queued';
  return {
    textHidden: hidden(f.purpose),
    textErasedAt: null,
    purpose: f.purpose,
    status,
    reason: f.heldFor,
    encoding: f.alphabet,
    segmentCount: f.segmentCount,
    possibleDuplicate: false,
    flash: f.flash,
    transliterated: f.transliterated,
    topic: f.topic,
    sim: f.sim,
    sendAt: instant(f.sendAt),
    notAfter: instant(f.notAfter),
    acceptedAt,
    expiresAt: rfc3339(f.expiresAt),
    updatedAt: acceptedAt,
    key: f.keyId,
    damaged: false,
    dueAt: instant(f.dueAt),
    cost: shapeCost(f.cost),
    ...(f.queueDelay === undefined ? {} : { queueDelaySeconds: f.queueDelay }),
    ...(f.advice.length === 0 ? {} : { advice: [...f.advice] }),
    segments: Array.from({ length: f.segmentCount }, (_, i) => ({ n: i + 1, state: 'queued', mr: null, attempts: [] })),
    events: f.dryRun ? [] : [{ type: `message.${status}`, at: acceptedAt, reason: f.heldFor }],
    policy: decisionOf({ decision: f.decision, until: f.until, rules: f.rules }, f.acceptedAt),
  };
}

export function shapeInbound(i: InboundView): Inbound {
  return {
    id: i.id,
    kind: i.mms ? 'mms' : 'text',
    from: i.from,
    text: i.text,
    textErasedAt: instant(i.textErasedAt),
    receivedAt: rfc3339(i.receivedAt),
    complete: i.complete,
    sim: i.sim,
    smscTime: i.smscTime,
    answers: i.answers,
    meaning: i.meaning,
    rule: i.rule,
    tag: i.tag,
    total: i.total,
    revision: i.revision,
    mms: i.mms && { from: i.mms.from, size: i.mms.size },
    problem: i.problem,
    duplicates: i.duplicates,
    segments: i.segments.map((s) => ({ n: s.n, text: s.text, pdu: s.pdu, receivedAt: rfc3339(s.receivedAt) })),
  };
}

export function shapeCall(c: CallView): Call {
  return {
    id: c.id,
    from: c.from,
    withheld: c.withheld,
    sim: c.iccid,
    state: c.duration === null ? 'ringing' : 'missed',
    startedAt: rfc3339(c.startedAt),
    duration: c.duration === null ? null : Math.round(c.duration / 1000),
    rings: c.rings,
    hungUp: c.hungUp,
  };
}

export function shapeBalance(b: Balance): Omit<SimBalance, 'sim'> {
  const left = b.package;
  return {
    amount: b.amount,
    currency: b.currency,
    package: left && { left: left.left, unit: left.unit },
    checkedAt: rfc3339(b.at),
  };
}

/**
 * An event as webhooks carry it and `GET /v1/events` streams it. The same event gives the same octets each time, since a
 * webhook is signed anew at each try and receivers compare.
 */
export function shapeEvent(event: StoredEvent): Happening {
  return { type: event.type, timestamp: rfc3339(event.at), data: subjectOf(event) };
}

export function shapeDialogue(d: Omit<StoredDialogue, 'trail'>): Dialogue {
  const { options: _options, ...fields } = d.fields;
  return {
    id: d.id,
    definition: d.definition,
    version: d.version,
    contact: d.contact,
    sim: d.sim === '' ? null : d.sim,
    state: d.state,
    outcome: d.outcome,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, typeof field === 'object' ? field.map((one) => ({ ...one })) : field]),
    ),
    begunAt: rfc3339(d.begunAt),
    changedAt: rfc3339(d.changedAt),
  };
}

const shapeCampaignHappening = ({ id, name, state, reason, counts, optedOut, keyId }: StoredCampaignHappening): CampaignHappening => {
  const { accepted: waiting, ...others } = counts;
  return { campaign: id, name, state, reason, progress: { ...others, waiting }, optedOut, key: keyId };
};

function subjectOf({
  id,
  message,
  inbound,
  call,
  balance,
  standing,
  alert,
  notice,
  occasion,
  dialogue,
  campaign,
}: StoredEvent): Happening['data'] {
  if (message) return common(message, message.segmentCount);
  if (inbound) return shapeInbound(inbound);
  if (call) return shapeCall(call);
  if (balance) return { sim: balance.iccid, ...shapeBalance(balance) };
  if (alert) return { sim: alert.iccid, kind: alert.kind, sentence: alert.sentence };
  if (occasion) return shapeOccasionHappening(occasion.occasion, occasion.detail);
  if (notice !== null) return { detail: notice };
  if (dialogue) return shapeDialogue(dialogue);
  if (campaign) return shapeCampaignHappening(campaign);
  if (standing) return { sim: standing.iccid, standing: standing.standing, cause: standing.cause, at: rfc3339(standing.at) };
  throw new Error(`event ${id} is about nothing`);
}
