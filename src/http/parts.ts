import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Money } from '../base/money.ts';
import type { Purpose } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import type { CampaignDesk } from '../campaigns/desk.ts';
import type { AcceptRequest, Prepared, QuoteRequest } from '../dispatch/accept.ts';
import type { CodeRequest, IssuedCode, IssueOutcome } from '../dispatch/codes.ts';
import type { Cost } from '../dispatch/quotes.ts';
import type { SendingRequest } from '../dispatch/sending.ts';
import type { Beside } from '../dispatch/together.ts';
import type { Trust } from '../dispatch/trust.ts';
import type { SiteRule } from '../inbound/rules/site-rules.ts';
import type { OccasionDesk } from '../occasions/desk.ts';
import type { OccasionNotices } from '../occasions/notices.ts';
import type { Language } from '../policy/language.ts';
import type { Lint } from '../policy/lint/lint.ts';
import type { PolicySettings } from '../policy/settings.ts';
import type { SimOutlook } from '../policy/sim-outlook.ts';
import type { AcceptOutcome, CancelOutcome, NewIdempotency, Resolution, ResolveOutcome } from '../store/records/acceptance.ts';
import type { AlertChannel, StoredAlert } from '../store/records/alert.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { CodeTrial } from '../store/records/code.ts';
import type { Dialogue, DialogueFields, StoredDefinition } from '../store/records/dialogue.ts';
import type { Listing, Page } from '../store/records/listing.ts';
import type { NewMessage, Release, ReleaseOutcome } from '../store/records/message.ts';
import type { SimCaps } from '../store/records/plan.ts';
import type { Rule } from '../store/records/rule.ts';
import type { Pause } from '../store/records/sending.ts';
import type { SignalSample } from '../store/records/signal.ts';
import type { SimLife } from '../store/records/sim-life.ts';
import type { MissedOutcome, MissedView } from '../store/records/time.ts';
import type { DeliveryRecord, DeliveryState } from '../store/records/webhook.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './auth.ts';
import type { Modem } from './schemas/hardware.ts';
import type { Site } from './schemas/site.ts';
import type { ForwardingCase } from './schemas/telephone.ts';
import type { Sessions } from './sessions.ts';
import type { VirtualPhones } from './virtual-phones.ts';

/** A modem as the API shows it; the pool of modems knows more. */
export type ModemFacts = Readonly<Omit<Modem, 'notes'>> & { readonly notes: readonly Readonly<Modem['notes'][number]>[] };

/** A SIM that is in a modem now. */
export interface LiveSim {
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly smsc: string | null;
  readonly state: 'ready' | 'notReady';
  readonly operator: string | null;
  readonly signalDbm: number | null;
}

/** What is wrong with a SIM and its operator. */
interface SimTrouble {
  readonly kind: 'barred' | 'silent';
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly sentence: string;
  readonly nextStep: string;
}

/** What the network said to a USSD text. */
interface UssdAnswer {
  readonly text: string;
  /** Null when the session is over. */
  readonly sessionId: string | null;
  readonly done: boolean;
}

/** What a SIM that is ready can do besides messages. All of it throws a Fault that says what is wrong. */
export interface SimTelephone {
  readonly ussd: {
    ask(code: string): Promise<UssdAnswer>;
    answer(sessionId: string, text: string): Promise<UssdAnswer>;
  };
  /** @param to E.164 */
  forward(when: ForwardingCase, to: string): Promise<void>;
  /** As the network has it now. */
  forwarding(): Promise<readonly { readonly when: ForwardingCase; readonly to: string }[]>;
  endForwarding(): Promise<void>;
}

/** One line of a modem's dialogue, redacted. */
interface DialogueLine {
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly direction: 'sent' | 'heard';
  readonly text: string;
}

/** A dialogue that is being written into a file, until a time in milliseconds since 1970. */
interface DialogueRecording {
  readonly file: string;
  readonly until: number;
}

/** What modems and we said to each other, by port. */
export interface Traces {
  /** Oldest first. */
  lines(port: string): readonly DialogueLine[];
  recording(port: string): DialogueRecording | undefined;
  /** Throws a Fault `unavailable` when the file cannot be made. */
  record(port: string, seconds: number): Promise<DialogueRecording>;
}

export interface Readiness {
  readonly ready: boolean;
  /** One sentence each; empty when ready. */
  readonly reasons: readonly string[];
}

/** The door into the queue, as `dispatch/accept.ts` has it. */
interface Door {
  /** Checks and plans, touches nothing. Throws a Fault that says what is wrong with the request. */
  prepare(keyId: string, request: AcceptRequest, beside?: Beside): Prepared;
  /** A text as long as it will be when its links are in it. Throws a Fault `linkUnavailable`. */
  withLinks(text: string): string;
  /** How long a message of this purpose will wait, whole seconds; undefined while the queue is short. */
  queueDelay(purpose: Purpose): number | undefined;
  /** What a message is expected to cost, through the SIM that would carry it; null where no price is known. */
  cost(message: NewMessage): Cost | null;
  /** The same of so many segments. Throws a Fault that says what is wrong with the request. */
  quote(request: QuoteRequest, segments: number): Cost | null;
  refuseTooLong(segments: number, each: number, pointer?: string): void;
  /** Resolves when the messages are on the disk, or with what the same Idempotency-Key was answered before. */
  commit(messages: readonly NewMessage[], idempotency?: NewIdempotency): Promise<AcceptOutcome>;
  cancel(id: string): Promise<CancelOutcome>;
  release(id: string, released: Release, audit: NewAudit): Promise<ReleaseOutcome>;
  resolve(id: string, as: Resolution, audit: NewAudit): Promise<ResolveOutcome>;
}

/** One-time codes, as `dispatch/codes.ts` has them. */
interface CodeDesk {
  issue(keyId: string, request: CodeRequest, keep?: (code: IssuedCode) => NewIdempotency): Promise<IssueOutcome>;
  /** Undefined where this key has no such code. */
  verify(keyId: string, id: string, typed: string): Promise<CodeTrial | undefined>;
}

/** What may be changed while the box runs, as `site-settings.ts` keeps it. */
interface SettingDesk {
  /** As it is in force, or will be in a moment. */
  readonly values: {
    readonly site: {
      readonly name: string;
      readonly country?: string | undefined;
      readonly language?: Language | undefined;
      readonly phone?: string | undefined;
      readonly timeZone: string;
    };
    readonly quietHours: readonly {
      readonly purpose: 'service' | 'promotional';
      readonly days: readonly string[];
      readonly from: string;
      readonly to: string;
    }[];
    readonly openingHours: readonly { readonly days: readonly string[]; readonly from: string; readonly to: string }[];
    readonly holidays: { readonly dates: readonly string[] };
    readonly caps: { readonly promotionalPer7Days: number; readonly allPerDay: number };
    readonly limits: { readonly recipientPerHour: number; readonly recipientPerDay: number; readonly costPerDay?: string | undefined };
    readonly away: { readonly phone?: string | undefined; readonly text?: string | undefined };
    readonly alarm: { readonly phone?: string | undefined; readonly words: readonly string[]; readonly perHour: number };
  };
  /** Names such as `site.country`. */
  readonly changed: string[];
  /** The box is about to begin anew. */
  readonly restarting: boolean;
  /** @returns whether the box begins anew for it. Throws a Fault `settingInvalid`, `openingHoursMissing` or `alarmWordsMissing`. */
  change(asked: Readonly<Record<string, unknown>>, audit: NewAudit): Promise<boolean>;
}

/** Dialogues with clients, as `dialogues/dialogues.ts` leads them. Each throws a Fault that says what is wrong. */
interface DialogueDesk {
  put(name: string, own: Readonly<Record<string, unknown>>, audit: NewAudit): Promise<StoredDefinition>;
  begin(asked: { definition: string; contact: string; sim: string | undefined; fields: DialogueFields }): Promise<Dialogue>;
  tell(id: string, event: string, fields: DialogueFields): Promise<Dialogue>;
  steer(id: string, to: 'cancel' | 'handOver', audit: NewAudit): Promise<Dialogue>;
}

/** The site's own rules, as `inbound/rules/site-rules.ts` has them. */
interface RuleBook {
  /** In the order in which they are asked. */
  list(): SiteRule[];
  /** False where the name is one of the configuration's. */
  put(rule: Rule, audit: NewAudit): Promise<boolean>;
  /** Whether there was one that was made by API. */
  remove(name: string, audit: NewAudit): Promise<boolean>;
  ruleFor(text: string): Rule | undefined;
  /** What a rule says, with the names filled in. */
  replyOf(rule: Rule): string | null;
}

/** Pause and resume, as `dispatch/sending.ts` has it. */
interface Switch {
  set(request: SendingRequest, audit: NewAudit): Promise<void>;
  /** The oldest first. */
  pauses(): readonly Pause[];
}

/** What waits for a person since the box was off, as `dispatch/missed.ts` has it. */
interface MissedList {
  /** In order of urgency. @param key what was handed over with it alone */
  list(page: Page, key?: string): Promise<Listing<MissedView>>;
  decide(id: string, as: 'send' | 'leave', audit: NewAudit): Promise<MissedOutcome>;
}

/** What will become of SIMs, as `dispatch/sim-keeper.ts` has it. */
interface SimLives {
  of(iccid: string): SimLife & SimOutlook;
  /** Somebody topped it up; resolves when that is on the disk. */
  toppedUp(iccid: string, at: number, entry: NewAudit): Promise<void>;
}

/** The verdict on the clock, as `dispatch/time-watch.ts` has it. */
interface TimeVerdict {
  readonly trust: Trust;
  /** A person's word; resolves when it has taken effect. */
  say(right: boolean): Promise<void>;
}

/** Backups, as `store/backup-schedule.ts` makes them. */
interface Backups {
  readonly directory: string;
  /** Milliseconds from one to the next; 0 is never. */
  readonly every: number;
  readonly keep: number;
  /** Why the last one could not be made, in a sentence. */
  readonly problem: string | null;
  /** The newest first. */
  list(): readonly BackupFile[];
  makeNow(): Promise<BackupFile>;
}

/** A file, when it was made (milliseconds since 1970) and how large it is. */
interface BackupFile {
  readonly at: number;
  readonly file: string;
  readonly octets: number;
}

/** Who is told what is wrong with the box. */
interface AlertDesk {
  /** What an alert says now. */
  sentence(alert: StoredAlert): string;
  /** Sends a test by each way there is. Never rejects. */
  test(): Promise<{ readonly channel: AlertChannel; readonly error: string | null }[]>;
}

/** A webhook, and when it was made (milliseconds since 1970; null for one of the configuration). */
export interface WebhookFacts {
  readonly id: string;
  readonly source: 'file' | 'api';
  readonly url: string;
  readonly events: readonly string[];
  readonly previousUntil: number | null;
  readonly createdAt: number | null;
}

/** The webhooks, as `webhooks/endpoints.ts` has them. All that name one throw a Fault `notFound` where there is none. */
interface WebhookList {
  list(): Promise<readonly WebhookFacts[]>;
  /** Throws a Fault `webhookRefused`. */
  create(
    wish: { readonly url: string; readonly events: readonly string[] },
    entryOf: (id: string) => NewAudit,
  ): Promise<{ readonly webhook: WebhookFacts; readonly secret: string }>;
  change(id: string, wish: { readonly url?: string; readonly events?: readonly string[] }, entry: NewAudit): Promise<WebhookFacts>;
  remove(id: string, entry: NewAudit): Promise<void>;
  rotate(id: string, entry: NewAudit): Promise<{ readonly webhook: WebhookFacts; readonly secret: string }>;
  deliveries(id: string, state: DeliveryState | undefined, page: Page): Promise<Listing<DeliveryRecord>>;
  resend(id: string, which: readonly number[] | { readonly failedSince: number }, entry: NewAudit): Promise<number>;
}

export interface Limits {
  /** Octets of a request body, and of one message in a batch. */
  readonly bodyBytes: number;
  /** Octets of the body of a batch. */
  readonly batchBytes: number;
  readonly batchMessages: number;
  /** Batches read at a time; 0 for any number, as for the next two. */
  readonly batchesAtOnce: number;
  readonly connections: number;
  /** Of one key, one user, or one address that has neither. */
  readonly requestsPerSecond: number;
}

/** Of each request; how many there may be is configured. */
export const SIZE_LIMITS = { bodyBytes: 2 ** 20, batchBytes: 8 * 2 ** 20, batchMessages: 1000 } as const;

/** Where and how a box without a screen is set up: by whoever has this word. */
export interface RemoteSetup {
  readonly word: string;
  /** In PEM. */
  readonly cert: string;
  readonly key: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** There is an owner. */
  used(): void;
}

/** Everything that the API stands on; `daemon.ts` joins them. */
export interface ApiParts {
  readonly store: Store;
  readonly acceptance: Door;
  /** What could be better about a text. */
  readonly lint: Lint;
  /** What policy goes by. */
  readonly manners: PolicySettings;
  readonly settings: SettingDesk;
  /** Those of before the box began anew inside; without it nobody is logged in. */
  readonly sessions?: Sessions | undefined;
  /** Of which the secrets of second factors are made: in the data folder and in no backup. */
  readonly secondFactorKey: Buffer;
  readonly codes: CodeDesk;
  readonly rules: RuleBook;
  readonly dialogues: DialogueDesk;
  /** Whether the duty phone is told of such a text. */
  isAlarm(text: string): boolean;
  readonly sending: Switch;
  readonly occasions: OccasionDesk;
  readonly notices: OccasionNotices;
  readonly missed: MissedList;
  readonly simKeeper: SimLives;
  /** The ICCID of a configured name, or of an ICCID that is known. */
  simNamed(name: string): string | undefined;
  /** Something changed that may let a SIM send. */
  wake(): void;
  /** Something may go past the caps of a SIM. */
  onAllowed(iccid: string): void;
  readonly time: TimeVerdict;
  readonly backups: Backups;
  /**
   * Looks whether a backup is whole, and begins anew with it once what is asked now is answered. Throws a Fault that says why not.
   * @param by who asks, for the audit log
   */
  restore(file: string, by: string): Promise<{ readonly messages: number; readonly open: number }>;
  readonly webhooks: WebhookList;
  readonly alerts: AlertDesk;
  /** The box in figures, in the text format of Prometheus. */
  metrics(): Promise<string>;
  modems(): readonly ModemFacts[];
  sims(): readonly LiveSim[];
  readonly campaigns: CampaignDesk;
  /** Undefined for a SIM that is in no modem that is ready. */
  telephone(iccid: string): SimTelephone | undefined;
  /**
   * Gives the SIM in the modem on a port its PIN, once; rejects with a Fault that says why it was not taken or not tried.
   * @returns whether it will ask for it again
   */
  givePin(port: string, pin: string, switchOff: boolean): Promise<{ readonly asksAgain: boolean }>;
  /** How well modems heard their networks. @param since milliseconds since 1970 */
  readonly signals: { since(imei: string, since: number): Promise<readonly SignalSample[]> };
  readonly traces: Traces;
  readiness(): Readiness;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly limits: Limits;
  /** Names of this box, besides `localhost`. */
  readonly hosts: readonly string[];
  /** That the box may be set up from its network; undefined where from itself alone. */
  readonly remoteSetup?: RemoteSetup | undefined;
  /** Certificate and key in PEM; without them it speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** What may go through a SIM, as it is configured; nothing where it is switched off. */
  simPurposes(iccid: string): readonly Purpose[];
  /** Its share beside other SIMs, as it is configured. */
  simWeight(iccid: string): number;
  /** Whether a SIM may carry a number. */
  simCarries(iccid: string, to: string): boolean;
  /** Null when nothing is known to be wrong. */
  simTrouble(iccid: string): SimTrouble | null;
  /** The limits of a SIM; null for those of one that nobody described. */
  simCaps(iccid: string | null): SimCaps;
  /** What a segment through a SIM costs by its prices, and how many such segments a month its plan has paid. @param to for any number of the site's country where it is not given */
  simTerms(iccid: string, to: string | undefined): { readonly price: Money | null; readonly packaged: number };
  /** The configured name of a SIM. */
  simName(iccid: string): string | null;
  /** A number in E.164 from any usual way to write it. Throws a Fault `numberInvalid`. */
  normalizeNumber(written: string): string;
  /** Whose days are counted: a name of the IANA zone database. */
  readonly timeZone: string;
  readonly version: string;
  /** What the site is called, where it is, how its desk is called, and in which language it writes to who has said none. */
  readonly site: Pick<Site, 'name' | 'country' | 'language'> & { readonly phone: string | undefined };
  /** Where the built console is; undefined where it is not built. */
  readonly consoleFolder: string | undefined;
  /** The phones of a virtual network; undefined where the modems are real. */
  readonly phones?: VirtualPhones | undefined;
}

/** Fastify with types from the schemas. */
export type Api = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Headers that the call reads, for the document alone. */
    headers?: TSchema;
  }
  interface FastifyRequest {
    /** Id of the API key that the request came with. */
    keyId: string;
    /** Who that is; null on routes that are open. */
    caller: Caller | null;
    /** SHA-256 of the body, hex; only where an Idempotency-Key came with it. */
    bodyHash: string;
  }
}
