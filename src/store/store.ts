import type { Purpose } from '../base/purpose.ts';

/**
 * What the rest of Simpost may ask of a store: intentions, each of them one durable transaction, never a general
 * `transaction(fn)`. A promise that such a method returns resolves after the commit has reached the disk, and rejects
 * when nothing of it was kept. Intentions that wait together are committed together, each in a savepoint of its own, so
 * that one refusal leaves the others. Reads see everything that was committed before they were called.
 *
 * All instants are milliseconds since 1970, all durations milliseconds, all numbers MSISDNs in E.164 with the `+`
 * (senders may also be short codes or alphanumeric), a SIM is named by its ICCID.
 */
export interface Store {
  // ---- out: messages ------------------------------------------------------------------------------------------
  /** Takes messages into the queue, all in one transaction, with their segments, events and webhook rows. */
  accept(messages: readonly NewMessage[], idempotency?: NewIdempotency): Promise<AcceptOutcome>;
  /** What was answered under an Idempotency-Key, if anything was. */
  recall(keyId: string, idempotencyKey: string): Promise<Idempotency | undefined>;
  /**
   * Picks the next segment that the SIM may send and records the intent to send it: segment `sending`, attempt row,
   * concatenation reference, all committed before this resolves. Messages past their time are expired on the way.
   * Order: purpose, then messages already begun on this SIM, then age. One segment of a message is under way at a time.
   */
  claim(request: ClaimRequest): Promise<Claim | undefined>;
  /**
   * Records how an attempt ended. `sent` also ends a doubt (a late answer), and then wins over a decision that was taken
   * meanwhile; nothing else changes what is settled. False when it changed nothing (a late answer after a report, say).
   */
  settle(attemptId: number, settlement: Settlement): Promise<boolean>;
  /**
   * For the start: attempts without an outcome belong to a process that died. Each becomes `uncertain` (cause
   * `EV-PROC-DIED`); `decideAt` says when a decision about a message of that purpose is due, if ever.
   */
  recover(now: number, decideAt: (purpose: Purpose) => number | undefined): Promise<number>;
  /** Attempts whose outcome is uncertain and whose time to decide has come. */
  undecided(now: number, limit: number): Promise<UncertainAttempt[]>;
  /**
   * Ends an uncertain attempt by decision: `resend` queues its segment again, flagged as a possible duplicate, or expires
   * the message (reason `unconfirmed`) when it is past its time; `sent` and `failed` settle it. False when it is not
   * uncertain any more.
   */
  decide(attemptId: number, as: 'resend' | 'sent' | 'failed', now: number): Promise<boolean>;
  /**
   * Moves what is due from waiting to ready (and `held` to `queued`) and expires what is past its time, at most 1,000
   * messages in one go: `nextDue` says when there is more.
   */
  promote(now: number): Promise<{ promoted: number; expired: number }>;
  /** The next instant at which `promote` or `undecided` has something to do. */
  nextDue(): Promise<number | undefined>;
  /** How many segments wait, ready or held. */
  queueDepth(): Promise<QueueDepth>;
  /** Withdraws a message none of whose segments is on its way; otherwise says why not. */
  cancel(id: string, now: number): Promise<CancelOutcome>;

  // ---- out: status reports ------------------------------------------------------------------------------------
  /** Attempts through this SIM that a report with this TP-MR may be about, newest first (also by predicted TP-MR). */
  reportCandidates(iccid: string, mr: number, since: number): Promise<ReportCandidate[]>;
  /** Keeps a status report, matched to an attempt or not, and moves the segment and message accordingly. */
  report(report: NewReport): Promise<{ applied: boolean }>;
  /** Unmatched reports of this SIM with this TP-MR, for an answer that came after its own report. */
  unmatchedReports(iccid: string, mr: number, since: number): Promise<StoredReport[]>;

  // ---- in -----------------------------------------------------------------------------------------------------
  /** Was exactly this TPDU received through this SIM since then? The id of what it became, if it was. */
  findReceived(iccid: string, pdu: string, since: number): Promise<ReceivedBefore | undefined>;
  /** Groups of segments that a new segment of this sender and reference could belong to, newest first. */
  openGroups(key: GroupKey): Promise<InboundGroup[]>;
  /** Keeps one received TPDU, placed as `placement` says, with its event and webhook rows. */
  receive(received: NewReceived): Promise<{ inboundId: string | undefined }>;
  /** Shows what is still incomplete since `before` as it is (`inbound.received`, `complete: false`). */
  surfaceIncomplete(before: number, now: number): Promise<number>;
  /** When the oldest hidden incomplete message was begun. */
  oldestHidden(): Promise<number | undefined>;
  /** The latest message sent to a number since then (through this SIM rather than another). */
  latestTo(number: string, iccid: string, since: number): Promise<string | undefined>;

  // ---- SIMs ---------------------------------------------------------------------------------------------------
  /** Remembers a SIM that was seen in a modem. */
  seeSim(sim: SeenSim): Promise<void>;
  /** Every SIM ever seen, with its counters. */
  sims(): Promise<StoredSim[]>;
  /** Segments sent through each SIM since then, by ICCID: what "least loaded" is measured by. Reads each of them: ask at times. */
  sentSince(since: number): Promise<ReadonlyMap<string, number>>;

  // ---- reads for the API --------------------------------------------------------------------------------------
  message(id: string): Promise<MessageView | undefined>;
  messages(filter: MessageFilter, page: Page): Promise<Listing<MessageView>>;
  inbound(id: string): Promise<InboundView | undefined>;
  inbounds(filter: InboundFilter, page: Page): Promise<Listing<InboundView>>;
  /** Events after `after` (a sequence number), oldest first. */
  events(after: number, limit: number): Promise<StoredEvent[]>;
  /** The sequence number of the newest event, 0 when there is none. */
  lastEvent(): Promise<number>;
  /** Calls `listener` after each commit that added events. Returns the function that ends it. */
  onEvents(listener: () => void): () => void;

  // ---- webhooks -----------------------------------------------------------------------------------------------
  /** Which endpoints get which events; rows are written for these from now on. */
  setEndpoints(endpoints: readonly Endpoint[]): void;
  /** Deliveries of one endpoint that are due, oldest first. */
  dueDeliveries(endpoint: string, now: number, limit: number): Promise<Delivery[]>;
  /** When the next delivery to this endpoint is due. */
  nextDelivery(endpoint: string): Promise<number | undefined>;
  settleDelivery(deliveryId: number, outcome: DeliveryOutcome): Promise<void>;

  // ---- API keys -----------------------------------------------------------------------------------------------
  createKey(key: NewApiKey): Promise<void>;
  /** Ends a key for good. @returns whether there was such a key, not revoked yet */
  revokeKey(id: string, at: number): Promise<boolean>;
  /** The key with this SHA-256 (hex), unless revoked. Synchronous: it stands before every request. */
  findKey(hash: string): ApiKey | undefined;
  /** Those that are not revoked, oldest first. */
  keys(): Promise<ApiKey[]>;

  /**
   * Removes what is only kept for a time: idempotency keys after 72 h, settled webhook rows (and those of endpoints that
   * are configured no more) after a week, raw status reports after 30 days.
   */
  purge(now: number): Promise<void>;
  /** Throws when the store cannot be read. */
  check(): void;
  close(): Promise<void>;
}

// ---- words ----------------------------------------------------------------------------------------------------

export type Alphabet = 'gsm7' | 'ucs2';

export const MESSAGE_STATUSES = [
  'accepted',
  'held',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'refused',
  'failed',
  'expired',
  'cancelled',
  'uncertain',
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const SEGMENT_STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'uncertain',
  'failed',
  'expired',
  'cancelled',
] as const;

export type SegmentState = (typeof SEGMENT_STATES)[number];

/** How an attempt ended; `pending` while it is under way, `resent` for an uncertain one that was sent again. */
export type AttemptOutcome = 'pending' | 'sent' | 'refused' | 'notSent' | 'uncertain' | 'resent' | 'failed';

export type EventType = `message.${MessageStatus}` | 'inbound.received';

/** The verdict of policy as it is kept and shown. */
export interface PolicyRecord {
  readonly decision: 'send' | 'hold' | 'refuse';
  readonly until: number | null;
  readonly rules: readonly { readonly rule: string; readonly verdict: 'pass' | 'hold' | 'refuse'; readonly reason: string }[];
}

// ---- out ------------------------------------------------------------------------------------------------------

interface NewSegment {
  /** The text that this segment carries; `segments.map(s => s.text).join('')` is the text as it is sent. */
  readonly text: string;
}

export interface NewMessage {
  readonly id: string;
  readonly keyId: string;
  readonly to: string;
  /** The text as the caller gave it. */
  readonly text: string;
  readonly purpose: Purpose;
  readonly alphabet: Alphabet;
  readonly segments: readonly NewSegment[];
  readonly flash: boolean;
  readonly transliterated: boolean;
  /** The caller's own reference. */
  readonly reference: string | null;
  /** The ICCID asked for. */
  readonly sim: string | null;
  readonly sendAt: number | null;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly policy: PolicyRecord;
  /** `held` with its reason until `dueAt`, or `queued` when null. */
  readonly held: { readonly reason: string; readonly dueAt: number } | null;
}

export interface NewIdempotency {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** SHA-256 of the request body, hex. */
  readonly bodyHash: string;
  /** The answer to repeat. */
  readonly status: number;
  readonly response: string;
  readonly location: string | null;
  readonly at: number;
}

export type Idempotency = Omit<NewIdempotency, 'keyId' | 'idempotencyKey'>;

export type AcceptOutcome = { readonly kind: 'accepted' } | { readonly kind: 'repeated'; readonly earlier: Idempotency };

export interface ClaimRequest {
  readonly iccid: string;
  readonly imei: string;
  /** The TP-MR that the modem is expected to give, 0..255, when known. */
  readonly predictedMr: number | null;
  readonly now: number;
}

export interface Claim {
  readonly attemptId: number;
  readonly messageId: string;
  readonly to: string;
  readonly purpose: Purpose;
  readonly alphabet: Alphabet;
  readonly flash: boolean;
  readonly expiresAt: number;
  readonly acceptedAt: number;
  readonly possibleDuplicate: boolean;
  readonly policy: PolicyRecord;
  /** 1-based. */
  readonly n: number;
  readonly total: number;
  readonly text: string;
  /** Attempts of this segment before this one. */
  readonly tries: number;
  /** Whether another segment of this message was sent or may have been: if so, it cannot change SIM any more. */
  readonly begun: boolean;
  /** Concatenation reference when total > 1; 16 bits wide where the recipient's 8-bit ones are used up for a day. */
  readonly concat: { readonly ref: number; readonly bits: 8 | 16 } | null;
}

export type Settlement =
  | { readonly kind: 'sent'; readonly mr: number; readonly at: number }
  | {
      /** Surely not sent, and tried again: at once when `dueAt` is null. */
      readonly kind: 'retry';
      readonly outcome: 'refused' | 'notSent';
      readonly cause: string;
      readonly at: number;
      readonly dueAt: number | null;
      /** Leave it to other SIMs until then. */
      readonly avoid: { readonly iccid: string; readonly until: number } | null;
    }
  | {
      readonly kind: 'failed';
      readonly outcome: 'refused' | 'notSent';
      readonly cause: string;
      readonly reason: string;
      readonly at: number;
    }
  | { readonly kind: 'uncertain'; readonly cause: string; readonly at: number; readonly decideAt: number | null };

export interface UncertainAttempt {
  readonly attemptId: number;
  readonly messageId: string;
  readonly purpose: Purpose;
  readonly at: number;
  readonly expiresAt: number;
}

export interface QueueDepth {
  readonly ready: number;
  readonly waiting: number;
}

export type CancelOutcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'tooLate'; readonly status: MessageStatus };

export interface ReportCandidate {
  readonly attemptId: number;
  readonly to: string;
  readonly at: number;
  readonly state: AttemptOutcome;
  /** False when only the predicted TP-MR is equal. */
  readonly mrKnown: boolean;
  readonly reported: boolean;
}

export interface NewReport {
  readonly iccid: string;
  readonly mr: number;
  /** TP-RA as it came. */
  readonly recipient: string;
  /** TP-ST, 0..255. */
  readonly tpStatus: number;
  readonly meaning: 'delivered' | 'pending' | 'undelivered' | 'unknown';
  /** TP-SCTS and TP-DT, when they could be read. */
  readonly smscAt: number | null;
  readonly dischargedAt: number | null;
  readonly receivedAt: number;
  readonly pdu: string;
  readonly attemptId: number | null;
}

export interface StoredReport extends NewReport {
  readonly id: number;
}

// ---- in -------------------------------------------------------------------------------------------------------

export interface ReceivedBefore {
  readonly inboundId: string | null;
  readonly at: number;
}

export interface GroupKey {
  readonly iccid: string;
  readonly from: string;
  readonly ref: number;
  readonly bits: 8 | 16;
  readonly total: number;
}

export interface InboundGroup {
  readonly inboundId: string;
  readonly startedAt: number;
  readonly complete: boolean;
  readonly segments: readonly { readonly n: number; readonly pdu: string; readonly smscAt: number | null }[];
}

/** Where a received TPDU goes. */
export type Placement =
  /** A message of its own. */
  | { readonly kind: 'single' }
  /** The first segment of a message. */
  | { readonly kind: 'begin'; readonly key: GroupKey; readonly n: number }
  /** One more segment; `text` is the whole when that makes it complete, else null. */
  | { readonly kind: 'join'; readonly inboundId: string; readonly n: number; readonly text: string | null }
  /** Seen before: counted, kept raw, nothing else happens. */
  | { readonly kind: 'duplicate'; readonly inboundId: string | null }
  /** Not a readable SMS-DELIVER: kept raw and shown, with the sentence that says what was wrong. */
  | { readonly kind: 'unreadable'; readonly problem: string };

export interface NewReceived {
  /** For `single`, `begin` and `unreadable`. */
  readonly inboundId: string;
  readonly iccid: string;
  readonly imei: string;
  readonly from: string;
  readonly text: string;
  readonly alphabet: string;
  /** TP-SCTS. */
  readonly smscAt: number | null;
  /** TP-SCTS with its own offset, RFC 3339. */
  readonly smscTime: string | null;
  readonly receivedAt: number;
  /** The whole PDU as the modem gave it, hex. */
  readonly pdu: string;
  readonly placement: Placement;
  /** The outbound message that it most likely answers. */
  readonly answers: string | null;
}

// ---- SIMs, views, lists ---------------------------------------------------------------------------------------

export interface SeenSim {
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly at: number;
}

export interface StoredSim extends SeenSim {
  /** Segments that the network took (each copy of one), that reports said were delivered, tries that failed; TPDUs received. */
  readonly counters: { readonly sent: number; readonly delivered: number; readonly failed: number; readonly received: number };
}

export interface Page {
  /** At most this many. */
  readonly limit: number;
  /** What `nextCursor` said before. A cursor that is none gives a Fault `cursorInvalid`. */
  readonly cursor: string | null;
}

export interface Listing<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

export interface MessageFilter {
  readonly status?: MessageStatus;
  readonly to?: string;
  readonly purpose?: Purpose;
  /** Accepted at or after. */
  readonly since?: number;
}

export interface InboundFilter {
  readonly from?: string;
  readonly since?: number;
}

export interface MessageView {
  readonly id: string;
  readonly keyId: string;
  readonly to: string;
  readonly text: string;
  readonly purpose: Purpose;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly alphabet: Alphabet;
  readonly possibleDuplicate: boolean;
  readonly flash: boolean;
  readonly transliterated: boolean;
  readonly reference: string | null;
  /** The SIM that it goes or went through, or was asked for. */
  readonly sim: string | null;
  readonly sendAt: number | null;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly updatedAt: number;
  readonly policy: PolicyRecord;
  readonly segments: readonly SegmentView[];
  readonly events: readonly { readonly type: EventType; readonly at: number; readonly reason: string | null }[];
}

export interface SegmentView {
  readonly n: number;
  readonly state: SegmentState;
  readonly mr: number | null;
  readonly text: string;
  readonly attempts: readonly {
    readonly sim: string;
    readonly at: number;
    readonly outcome: AttemptOutcome;
    readonly cause: string | null;
  }[];
}

export interface InboundView {
  readonly id: string;
  readonly from: string;
  /** Null while segments are missing, and where nothing could be read; then `segments` has what came. */
  readonly text: string | null;
  readonly complete: boolean;
  /** 1, and one more each time that what was shown changed. */
  readonly revision: number;
  readonly receivedAt: number;
  readonly smscTime: string | null;
  readonly sim: string;
  readonly answers: string | null;
  readonly total: number;
  /** What was wrong, where the PDU could not be read. */
  readonly problem: string | null;
  readonly duplicates: number;
  readonly segments: readonly { readonly n: number; readonly text: string; readonly pdu: string; readonly receivedAt: number }[];
}

export interface StoredEvent {
  readonly seq: number;
  /** The one id of this event, over all retries and endpoints. */
  readonly id: string;
  readonly type: EventType;
  readonly at: number;
  readonly reason: string | null;
  /** The resource as the API shows it in a list (no attempts, no events), as it was right after the event. */
  readonly message: EventMessage | null;
  readonly inbound: InboundView | null;
}

export type EventMessage = Omit<MessageView, 'segments' | 'events' | 'policy'> & { readonly segmentCount: number };

export interface Endpoint {
  /** Its name in the rows: stable over restarts, so the URL. */
  readonly name: string;
  /** Event types, `message.*` for all of a family, `*` for all. */
  readonly events: readonly string[];
}

export interface Delivery {
  readonly id: number;
  readonly tries: number;
  readonly createdAt: number;
  readonly event: StoredEvent;
}

export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly at: number; readonly status: number }
  | { readonly kind: 'retry'; readonly dueAt: number; readonly error: string }
  | { readonly kind: 'abandoned'; readonly at: number; readonly error: string };

export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  /** The first characters, for recognition. */
  readonly prefix: string;
  /** SHA-256 of the key, hex. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
}

export type ApiKey = NewApiKey;
