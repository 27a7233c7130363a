import type { Fault } from '../base/fault.ts';
import type { Money } from '../base/money.ts';
import type { Purpose } from '../base/purpose.ts';
import type { AlertStore } from './alert-store.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { DeskStore } from './desk-store.ts';
import type { DialogueStore } from './dialogue-store.ts';
import type { OccasionStore } from './occasion-store.ts';
import type { ConsentStore, OptOutStore } from './opt-out-store.ts';
import type { PersonStore } from './person-store.ts';
import type {
  Accepted,
  AcceptedUrgent,
  AcceptOutcome,
  CancelOutcome,
  Idempotency,
  NewIdempotency,
  Resolution,
  ResolveOutcome,
} from './records/acceptance.ts';
import type { WrittenTo } from './records/alert.ts';
import type { Allowance } from './records/allowance.ts';
import type { AuditEntry, AuditFilter, AuditMark, AuditVerdict, NewAudit } from './records/audit.ts';
import type { NewBalance } from './records/balance.ts';
import type { CallFilter, CallView, NewCall } from './records/call.ts';
import type { CampaignMark, CampaignStore } from './records/campaign.ts';
import type { ClientState } from './records/client-state.ts';
import type { CodeTrial, NewCode, StoredCode } from './records/code.ts';
import type { ContactStore, ResourceStore } from './records/contact.ts';
import type { CostFilter, CostSum } from './records/cost.ts';
import type { Delivery, DeliveryOutcome, Endpoint, StoredEvent } from './records/event.ts';
import type { StoreGauges } from './records/gauges.ts';
import type { GroupKey, InboundFilter, InboundGroup, InboundView, NewReceived, Received, ReceivedBefore } from './records/inbound.ts';
import type { JudgeInbound } from './records/inbound-rules.ts';
import type { ApiKey, KeyCaps, NewApiKey } from './records/key.ts';
import type { Listing, Page } from './records/listing.ts';
import type { MessageFilter, MessageView, NewMessage, NoticeType, Release, ReleaseOutcome } from './records/message.ts';
import type { Telling } from './records/occasion.ts';
import type { Passage, SimPlans, SimUse } from './records/plan.ts';
import type { PosterStore } from './records/poster.ts';
import type { PublicStore } from './records/public-page.ts';
import type { Claim, ClaimRequest, QueueDepth, RecoveredAttempt, SentBefore, Settlement, UncertainAttempt } from './records/queue.ts';
import type { FinalReport, NewReport, ReportCandidate, StoredReport } from './records/report.ts';
import type { Erased, RetentionPeriods } from './records/retention.ts';
import type { Retirement } from './records/retirement.ts';
import type { SegmentStore } from './records/segment.ts';
import type { Pause, SendingChange } from './records/sending.ts';
import type { SettingStore } from './records/setting.ts';
import type { SeenSim, StoredSim } from './records/sim.ts';
import type { SimAlert, SimLife } from './records/sim-life.ts';
import type { SimReports, SimStanding } from './records/standing.ts';
import type { TemplateStore } from './records/template.ts';
import type { BootFacts, MissedJudged, MissedOutcome, MissedRules, MissedView } from './records/time.ts';
import type { User, UserChange, UserOutcome } from './records/user.ts';
import type { SignalStore } from './signals.ts';
import type { StatisticStore } from './statistic-store.ts';
import type { WebhookStore } from './webhook-store.ts';

/**
 * What the rest of Simpost may ask of a store: intentions, each of them one durable transaction, never a general
 * `transaction(fn)`. A promise that such a method returns resolves after the commit has reached the disk, and rejects
 * when nothing of it was kept. Intentions that wait together are committed together, each in a savepoint of its own, so
 * that one refusal leaves the others. Reads see everything that was committed before they were called.
 *
 * All instants are milliseconds since 1970, all durations milliseconds, all numbers MSISDNs in E.164 with the `+`
 * (senders may also be short codes or alphanumeric), a SIM is named by its ICCID.
 *
 * What only a person in charge may do takes an entry for the audit log, which is written in the same transaction if it is done.
 */
export interface Store {
  // ---- out: messages ------------------------------------------------------------------------------------------
  /**
   * Takes messages into the queue, all in one transaction, with their segments, events and webhook rows.
   * @param code what one of them carries: codes of the same key to the same number end, and messages with them that are not begun
   * @param tells the steps of occasions, or the recipient of a campaign, that one of them tells; nothing is taken, and a Fault `tooLate` is thrown, where one has changed meanwhile
   */
  accept(
    messages: readonly NewMessage[],
    idempotency?: NewIdempotency,
    code?: NewCode,
    tells?: Telling | CampaignMark,
  ): Promise<AcceptOutcome>;
  /** What was answered under an Idempotency-Key within the last 72 hours, if anything was. */
  recall(keyId: string, idempotencyKey: string, now: number): Promise<Idempotency | undefined>;
  /**
   * Picks the next segment that the SIM may send and records the intent to send it: segment `sending`, attempt row,
   * concatenation reference, all committed before this resolves. Messages past their time are expired on the way,
   * and those that policy does not let go are held again or refused.
   * Order: purpose (each that waits has one of every ten segments at least), then messages already begun on this SIM, then
   * the keys in turn, by their weights, then age. Nothing that is paused, nothing past a cap of the SIM. One segment of a message is under way at a time.
   */
  claim(request: ClaimRequest): Promise<Claim | undefined>;
  /**
   * Records how an attempt ended. `sent` also ends a doubt (a late answer), and then wins over a decision that was taken
   * meanwhile; nothing else changes what is settled. False when it changed nothing (a late answer after a report, say).
   */
  settle(attemptId: number, settlement: Settlement): Promise<boolean>;
  /**
   * For the start: attempts without an outcome belong to a process that died. Each becomes `uncertain` (cause
   * `EV-PROC-DIED`); `decideAt` says when a decision about a message of that purpose is due, if ever. Gives those that
   * are in doubt now, so that reports which came before the end can be looked through.
   */
  recover(now: number, decideAt: (purpose: Purpose) => number | undefined): Promise<RecoveredAttempt[]>;
  /** Attempts whose outcome is uncertain and whose time to decide has come. */
  undecided(now: number, limit: number): Promise<UncertainAttempt[]>;
  /**
   * Ends an uncertain attempt by decision: `resend` queues its segment again, flagged as a possible duplicate, or expires
   * the message (reason `unconfirmed`) when it is past its time; `sent` and `failed` settle it. False when it is not
   * uncertain any more.
   */
  decide(attemptId: number, as: Resolution, now: number): Promise<boolean>;
  /** The same for a whole message, by a person; only while it is uncertain. */
  resolve(id: string, as: Resolution, now: number, audit?: NewAudit): Promise<ResolveOutcome>;
  /**
   * Moves what is due from waiting to ready (and `held` to `queued`) and expires what is past its time, at most 1,000
   * messages in one go: `nextDue` says when there is more.
   */
  promote(now: number): Promise<{ promoted: number; expired: number }>;
  /** Makes messages ready now that wait for another try of theirs; others are left as they are. */
  hasten(messageIds: readonly string[], now: number): Promise<void>;
  /** The next instant at which `promote` or `undecided` has something to do. */
  nextDue(): Promise<number | undefined>;
  /** Pauses sending, or ends a pause: durable, and heeded by every claim that is committed after. */
  setSending(change: SendingChange, audit?: NewAudit): Promise<void>;
  /** What is paused, the oldest first. Synchronous: it is told with every look at the state of the box. */
  pauses(): Pause[];
  /** What may go through each SIM from now on, and how much; until then everything. Once for each process, before the first claim. */
  setPlans(plans: SimPlans): Promise<void>;
  /** What a SIM has used of its caps, and what is held back for how long. Synchronous: each lane that finds nothing asks. */
  simUse(iccid: string): SimUse;
  /** Whether the caps of a SIM let a purpose through to a number now. */
  withinCaps(passage: Passage): boolean;
  /** What a segment to a number costs through a SIM now, nothing out of its package; null where no price is known. From memory. */
  priceOf(iccid: string, to: string, now: number): Money | null;
  /** The SIM that a client knows: it was last written to from that one, or wrote to it. Synchronous: asked before a message is taken. */
  homeOf(client: string): string | null;
  /** When messages to a number began to be sent since then, codes and answers apart. Synchronous: it is asked with every message. */
  sentBefore(number: string, since: number): readonly SentBefore[];
  /** How things are with a client. Synchronous: asked with every offer. */
  clientState(to: string, now: number): ClientState;
  /** Whether somebody wrote or called from a number since then. Synchronous. */
  heardSince(number: string, since: number): boolean;
  /** How many segments wait, ready or held. Counted, not looked up: it is asked with every message. */
  queueDepth(): QueueDepth;
  /** The sequence number of the newest message, 0 when there is none. */
  lastMessage(): Promise<number>;
  /** To how many numbers each key wrote in messages after `after` and up to `upto`, and to how many for the first time ever; codes apart. */
  writtenBetween(after: number, upto: number): Promise<WrittenTo[]>;
  /** How full it is, for whoever watches. */
  gauges(): Promise<StoreGauges>;
  /** How many segments are ready and go before a new message of this purpose. */
  ahead(purpose: Purpose): number;
  /** What was accepted as `otp` or `urgent` since then. Reads all that was accepted since: for the start. */
  urgentSince(since: number): Promise<AcceptedUrgent[]>;
  /** Lets go a message that policy holds. */
  release(id: string, released: Release, audit?: NewAudit): Promise<ReleaseOutcome>;
  /** What was accepted since then. Reads all of it: for the start. */
  acceptedSince(since: number): Promise<Accepted[]>;
  /** Withdraws a message none of whose segments is on its way; otherwise says why not. */
  cancel(id: string, now: number): Promise<CancelOutcome>;

  /** Who does not want what. */
  readonly optOut: OptOutStore;
  /** The figures that the owner asks about. */
  readonly statistics: StatisticStore;
  /** What clients have a date for, and what they are told of it. */
  readonly occasions: OccasionStore;
  /** Who agreed to what. */
  readonly consents: ConsentStore;
  /** Clients. */
  readonly contacts: ContactStore;
  /** Filters of them that a site has saved. */
  readonly segments: SegmentStore;
  /** One text, or several, to a segment. */
  readonly campaigns: CampaignStore;
  /** Whom and where they visit. */
  readonly resources: ResourceStore;
  /** The texts of the site's own. */
  readonly templates: TemplateStore;
  // ---- one-time codes -----------------------------------------------------------------------------------------
  /** One try at a code of this key, judged and recorded in one transaction. Undefined where the key has no such code. */
  tryCode(id: string, keyId: string, now: number, judge: (code: StoredCode) => CodeTrial): Promise<CodeTrial | undefined>;
  /** How many tries at codes of this key to this number were wrong; of each code all, where the last one is later than `since`. */
  wrongTries(keyId: string, to: string, since: number): Promise<number>;

  // ---- time, and what was missed ------------------------------------------------------------------------------
  /**
   * For the start, where the clock may lie: durations of this boot are moved to what the wall says now. After another boot
   * a code is expired unless time that is trusted proves it valid; while the clock is not trusted, service messages of
   * before wait. Until `judgeMissed` is through, nothing of before expires or falls due and no offer is claimed. A store
   * that is never told takes the clock as it is.
   */
  begin(facts: BootFacts): Promise<void>;
  /** The wall clock was set: wall time less the time since the boot is `base` now, and all that lasts is moved with it. */
  rebase(base: number): Promise<void>;
  /** From now on the clock is trusted, or not. */
  setTrusted(trusted: boolean, now: number): Promise<void>;
  /** Once the clock is trusted: judges what was due while the box was off, a part at a time; again until there is no more. */
  judgeMissed(rules: MissedRules, now: number): Promise<MissedJudged>;
  /** The box is on: kept only while the time is known. */
  stayAlive(now: number): Promise<void>;
  /** What waits for a person, in order of urgency. @param key what was handed over with it alone */
  missed(page: Page, key?: string): Promise<Listing<MissedView>>;
  /** Synchronous: it is told with every look at the state of the box. */
  missedCount(): number;
  /** `send` queues it again, for as long as it was worth sending; `leave` expires it (reason `missed`). */
  decideMissed(id: string, as: 'send' | 'leave', now: number, audit?: NewAudit): Promise<MissedOutcome>;

  // ---- out: status reports ------------------------------------------------------------------------------------
  /**
   * Attempts through this SIM that a report with this TP-MR may be about, newest first: also those of which the TP-MR is
   * only predicted, or not even that.
   */
  reportCandidates(iccid: string, mr: number, since: number): Promise<ReportCandidate[]>;
  /** The reports with this TP-MR that were the last word on an attempt through this SIM, received since then. */
  finalReports(iccid: string, mr: number, since: number): Promise<FinalReport[]>;
  /**
   * Attempts through this SIM, begun in this time (milliseconds since 1970), of which the TP-MR is only predicted and the answer
   * is not known, or not yet: a report with another TP-MR may be about them. Newest first.
   */
  attemptsInDoubt(iccid: string, from: number, to: number): Promise<ReportCandidate[]>;
  /** Keeps a status report, matched to an attempt or not, and moves the segment and message accordingly. */
  report(report: NewReport): Promise<{ applied: boolean }>;
  /** The same for one that was kept unmatched; nothing where somebody else matched it meanwhile. */
  matchReport(report: StoredReport, attemptId: number): Promise<{ applied: boolean }>;
  /** Unmatched reports of this SIM with this TP-MR (null: with any), for an answer that came after its own report. */
  unmatchedReports(iccid: string, mr: number | null, since: number): Promise<StoredReport[]>;

  // ---- in -----------------------------------------------------------------------------------------------------
  /** Was exactly this TPDU received through this SIM since then? The id of what it became, if it was. */
  findReceived(iccid: string, pdu: string, since: number): Promise<ReceivedBefore | undefined>;
  /** Groups of segments that a new segment of this sender and reference could belong to, newest first. */
  openGroups(key: GroupKey): Promise<InboundGroup[]>;
  /**
   * Keeps one received TPDU, placed as `placement` says, with its event and webhook rows; and what follows from a text that is
   * whole with it, as `judge` says.
   */
  receive(received: NewReceived, judge?: JudgeInbound): Promise<Received>;
  receive(received: NewReceived, judge?: JudgeInbound): Promise<{ inboundId: string | undefined; replies: boolean }>;
  /** The same and calls, by client. */
  readonly conversations: ConversationStore;
  /** What follows from that and is still to be done. */
  readonly desk: DeskStore;
  /** Dialogues with clients, which go on by what they write. */
  readonly dialogues: DialogueStore;
  /** How well SIMs heard their networks of late. */
  readonly signals: SignalStore;
  /** What hangs at the desk. */
  readonly posters: PosterStore;
  /** What was changed while the box runs, in place of the file. */
  readonly settings: SettingStore;
  /** What clients do on the pages that are for them. */
  readonly publicPages: PublicStore;
  /** Shows what is still incomplete since `before` as it is (`inbound.received`, `complete: false`). */
  surfaceIncomplete(before: number, now: number): Promise<number>;
  /** When the oldest hidden incomplete message was begun. */
  oldestHidden(): Promise<number | undefined>;
  /** The latest message sent to a number since then (through this SIM rather than another). */
  latestTo(number: string, iccid: string, since: number): Promise<string | undefined>;

  // ---- calls --------------------------------------------------------------------------------------------------
  /** Keeps what is known of a call, named by SIM and start; when it is over, with its event. One that is over stays as it is. With `judge`
   * also what follows from it; true when a reply of our own is to go out. */
  keepCall(call: NewCall, now: number, judge?: JudgeInbound): Promise<boolean>;
  /** For the start: calls that rang when a process died are over. */
  endRingingCalls(now: number): Promise<void>;
  calls(filter: CallFilter, page: Page): Promise<Listing<CallView>>;

  // ---- SIMs ---------------------------------------------------------------------------------------------------
  /** Remembers a SIM that was seen in a modem. */
  seeSim(sim: SeenSim): Promise<void>;
  /** Takes a SIM out of use: its clients and what waits for it go to its successor; only what it has begun it finishes. */
  retire(retirement: Retirement, entry: NewAudit): Promise<void>;
  /** @returns whether it was retired */
  endRetirement(iccid: string, entry: NewAudit): Promise<boolean>;
  /** An owner lets urgent segments go through a SIM past its caps; it takes the place of what was allowed before. */
  allow(allowance: Allowance, entry: NewAudit): Promise<void>;
  /** @returns whether anything was still allowed */
  endAllowance(iccid: string, entry: NewAudit): Promise<boolean>;
  retirement(iccid: string): Retirement | undefined;
  /** The SIM that stands in for one that is retired; any other for itself. */
  standIn(iccid: string): string;
  /** What was used of a SIM: its package, and when it was topped up and last paid with. Synchronous, and not for every message. */
  simLife(iccid: string, now: number): SimLife;
  /** A person topped a SIM up. */
  toppedUp(iccid: string, at: number, entry?: NewAudit): Promise<void>;
  /** What a SIM needs somebody for now; `sim.attention` for what it did not need before. */
  keepSimAlerts(iccid: string, alerts: readonly SimAlert[], now: number): Promise<void>;
  /** Every SIM ever seen, with its counters. */
  sims(): Promise<StoredSim[]>;
  /** Keeps what is left on a SIM; `sim.balanceLow` when it is low and was not before. */
  keepBalance(balance: NewBalance): Promise<void>;
  /** Keeps that a SIM stands otherwise with its operator than before, with its event. */
  keepStanding(standing: SimStanding): Promise<void>;
  /** The latest of each SIM that ever had one. */
  standings(): Promise<SimStanding[]>;
  /** How many segments since then were reported on, for each SIM. Reads each of them: ask at times. */
  reportsSince(since: number): Promise<SimReports[]>;
  /** Segments sent through each SIM since then, by ICCID: what "least loaded" is measured by. Reads each of them: ask at times. */
  sentSince(since: number): Promise<ReadonlyMap<string, number>>;
  /** The TP-MR of the newest segment that each SIM sent or may have sent, by ICCID. */
  lastReferences(): Promise<ReadonlyMap<string, number>>;

  /** Whether a PIN, known by its mark (0..255), may be tried on a SIM: never again once it was not taken. From now on it was tried. */
  tryPin(iccid: string, mark: number, at: number): Promise<boolean>;
  /** How many PINs the SIM was tried with and did not take, since it took one. */
  pinsRefused(iccid: string): Promise<number>;
  /** The SIM took it, so it may be tried again. */
  pinTaken(iccid: string, mark: number): Promise<void>;

  // ---- reads for the API --------------------------------------------------------------------------------------
  message(id: string): Promise<MessageView | undefined>;
  /** The key that a message was handed over with. */
  keyOf(id: string): Promise<string | undefined>;
  messages(filter: MessageFilter, page: Page): Promise<Listing<MessageView>>;
  inbound(id: string): Promise<InboundView | undefined>;
  inbounds(filter: InboundFilter, page: Page): Promise<Listing<InboundView>>;
  /** What was spent, summed in parts; `rest` is awaited between them, so that others have a turn. */
  costs(filter: CostFilter, rest: () => Promise<void>): Promise<CostSum[]>;
  /** Events after `after` (a sequence number), oldest first. */
  events(after: number, limit: number): Promise<StoredEvent[]>;
  /** The sequence number of the newest event, 0 when there is none. */
  lastEvent(): Promise<number>;
  /** Keeps that something happened to the box itself, as an event. @param detail one sentence */
  notice(type: NoticeType, detail: string, at: number): Promise<void>;
  /** Calls `listener` after each commit that added events. Returns the function that ends it. */
  onEvents(listener: () => void): () => void;

  // ---- webhooks -----------------------------------------------------------------------------------------------
  /** Which endpoints get which events; rows are written for these from now on. */
  setEndpoints(endpoints: readonly Endpoint[]): void;
  /** Deliveries of one endpoint that are due, oldest first. */
  dueDeliveries(endpoint: string, now: number, limit: number): Promise<Delivery[]>;
  /** When the next delivery to this endpoint is due; of those due later than `after` only, where it is given. */
  nextDelivery(endpoint: string, after?: number): Promise<number | undefined>;
  settleDelivery(deliveryId: number, outcome: DeliveryOutcome): Promise<void>;

  readonly webhooks: WebhookStore;

  // ---- persons ------------------------------------------------------------------------------------------------
  readonly persons: PersonStore;

  // ---- alerts -------------------------------------------------------------------------------------------------
  readonly alerts: AlertStore;

  // ---- API keys -----------------------------------------------------------------------------------------------
  createKey(key: NewApiKey, audit?: NewAudit): Promise<void>;
  /** Ends a key for good. @returns whether there was such a key, not revoked yet */
  revokeKey(id: string, at: number, audit?: NewAudit): Promise<boolean>;
  /** The key with this SHA-256 (hex), unless revoked. Synchronous: it stands before every request. */
  findKey(hash: string): ApiKey | undefined;
  /** When keys were last used, by id. */
  keysUsed(uses: ReadonlyMap<string, number>): Promise<void>;
  /** The caps of a key by its id. */
  keyCaps(id: string): KeyCaps | undefined;
  /** When a key handed over its newest messages since then, at most `most` of them, oldest first. */
  keyTaken(id: string, since: number, most: number): number[];
  /** Those that are not revoked, oldest first. */
  keys(): Promise<ApiKey[]>;

  // ---- users --------------------------------------------------------------------------------------------------
  addUser(user: User, audit: NewAudit): Promise<UserOutcome>;
  changeUser(id: string, change: UserChange, audit: NewAudit): Promise<UserOutcome>;
  removeUser(id: string, audit: NewAudit): Promise<UserOutcome>;
  /**
   * A code of this time step counts, once.
   * @param seed of the second factor that it is of
   * @returns false where a code of this step or of a later one has counted before, or the user has another factor by now
   */
  takeStep(id: string, seed: string, step: number): Promise<boolean>;
  /** A recovery code, known by its hash, counts, once. */
  takeRecovery(id: string, hash: string, audit: NewAudit): Promise<boolean>;
  /** Without regard to case. */
  userNamed(name: string): Promise<User | undefined>;
  /** Oldest first. */
  users(): Promise<User[]>;
  /** Whether there is an API key or a user. Synchronous: it stands before requests. */
  accessible(): boolean;

  // ---- audit log ----------------------------------------------------------------------------------------------
  /** Writes down what is done outside the store, before it is done. */
  audit(entry: NewAudit): Promise<void>;
  auditLog(filter: AuditFilter, page: Page): Promise<Listing<AuditEntry>>;
  /** Follows the chain of the whole log. @param noted an entry that it must have */
  verifyAudit(noted?: AuditMark): Promise<AuditVerdict>;
  /** Writes into it how many messages of each purpose came from whom since the last time. */
  auditAccepted(now: number): Promise<void>;

  /**
   * Removes what is only kept for a time: idempotency keys after 72 h, settled webhook rows (and those of endpoints that
   * are configured no more) after a week, one-time codes after a day, raw status reports after 30 days, what caps count by after 32 days.
   */
  purge(now: number): Promise<void>;
  /**
   * Erases the texts whose time is over and that cannot be needed any more; rows and totals stay. In short transactions,
   * a fifth of each list at most. Nothing of what was erased is left in the file or its WAL.
   */
  eraseTexts(periods: RetentionPeriods, now: number): Promise<Erased>;
  /** Reads every page, in a thread. @throws Fault `storeDamaged` */
  examine(): Promise<void>;
  /** Throws when the store cannot be read. */
  check(): void;
  /** What an error with which a read ended says of the store: that its file is damaged, or its disk fails; undefined when it says nothing of it. */
  faultOf(error: unknown): Fault | undefined;
  close(): Promise<void>;
}
