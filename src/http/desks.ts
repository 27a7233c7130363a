import type { Purpose } from '../base/purpose.ts';
import type { AcceptRequest, MessageSize, Prepared, QuoteRequest } from '../dispatch/accept.ts';
import type { CodeRequest, IssuedCode, IssueOutcome } from '../dispatch/codes.ts';
import type { Cost } from '../dispatch/quotes.ts';
import type { SendingRequest } from '../dispatch/sending.ts';
import type { Beside } from '../dispatch/together.ts';
import type { Trust } from '../dispatch/trust.ts';
import type { SiteRule } from '../inbound/rules/site-rules.ts';
import type { Language } from '../policy/language.ts';
import type { SimOutlook } from '../policy/sim-outlook.ts';
import type { AcceptOutcome, CancelOutcome, NewIdempotency, Resolution, ResolveOutcome } from '../store/records/acceptance.ts';
import type { AlertChannel, StoredAlert } from '../store/records/alert.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { BackupTrouble } from '../store/records/backup.ts';
import type { CodeTrial } from '../store/records/code.ts';
import type { Dialogue, DialogueFields, StoredDefinition } from '../store/records/dialogue.ts';
import type { Listing, Page } from '../store/records/listing.ts';
import type { NewMessage, Release, ReleaseOutcome } from '../store/records/message.ts';
import type { Rule } from '../store/records/rule.ts';
import type { Pause } from '../store/records/sending.ts';
import type { SimLife } from '../store/records/sim-life.ts';
import type { MissedOutcome, MissedView } from '../store/records/time.ts';
import type { DeliveryRecord, DeliveryState } from '../store/records/webhook.ts';

// What the API asks of the rooms below: of each no more than it needs.

/** The door into the queue, as `dispatch/accept.ts` has it. */
export interface Door {
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
  /** Whether a text that takes so many segments is refused. */
  sizeOf(text: string, segments: number): MessageSize;
  refuseTooLong(segments: number, each: number, pointer?: string): void;
  /** Resolves when the messages are on the disk, or with what the same Idempotency-Key was answered before. */
  commit(messages: readonly NewMessage[], idempotency?: NewIdempotency): Promise<AcceptOutcome>;
  cancel(id: string): Promise<CancelOutcome>;
  release(id: string, released: Release, audit: NewAudit): Promise<ReleaseOutcome>;
  resolve(id: string, as: Resolution, audit: NewAudit): Promise<ResolveOutcome>;
}

/** One-time codes, as `dispatch/codes.ts` has them. */
export interface CodeDesk {
  issue(keyId: string, request: CodeRequest, keep?: (code: IssuedCode) => NewIdempotency): Promise<IssueOutcome>;
  /** Undefined where this key has no such code. */
  verify(keyId: string, id: string, typed: string): Promise<CodeTrial | undefined>;
}

/** What may be changed while the box runs, as `site-settings.ts` keeps it. */
export interface SettingDesk {
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
export interface DialogueDesk {
  put(name: string, own: Readonly<Record<string, unknown>>, audit: NewAudit): Promise<StoredDefinition>;
  begin(asked: { definition: string; contact: string; sim: string | undefined; fields: DialogueFields }): Promise<Dialogue>;
  tell(id: string, event: string, fields: DialogueFields): Promise<Dialogue>;
  steer(id: string, to: 'cancel' | 'handOver', audit: NewAudit): Promise<Dialogue>;
}

/** The site's own rules, as `inbound/rules/site-rules.ts` has them. */
export interface RuleBook {
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
export interface Switch {
  set(request: SendingRequest, audit: NewAudit): Promise<void>;
  /** The oldest first. */
  pauses(): readonly Pause[];
}

/** What waits for a person since the box was off, as `dispatch/missed.ts` has it. */
export interface MissedList {
  /** In order of urgency. @param key what was handed over with it alone */
  list(page: Page, key?: string): Promise<Listing<MissedView>>;
  decide(id: string, as: 'send' | 'leave', audit: NewAudit): Promise<MissedOutcome>;
}

/** What will become of SIMs, as `dispatch/sim-keeper.ts` has it. */
export interface SimLives {
  of(iccid: string): SimLife & SimOutlook;
  /** Somebody topped it up; resolves when that is on the disk. */
  toppedUp(iccid: string, at: number, entry: NewAudit): Promise<void>;
}

/** The verdict on the clock, as `dispatch/time-watch.ts` has it. */
export interface TimeVerdict {
  readonly trust: Trust;
  /** A person's word; resolves when it has taken effect. */
  say(right: boolean): Promise<void>;
}

/** Backups, as `store/backup-schedule.ts` makes them. */
export interface Backups {
  readonly directory: string;
  /** Milliseconds from one to the next; 0 is never. */
  readonly every: number;
  readonly keep: number;
  /** Why the last one could not be made, in a sentence. */
  readonly problem: string | null;
  /** The same for programs. */
  readonly trouble: BackupTrouble | null;
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
export interface AlertDesk {
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
  readonly goneSince: number | null;
}

/** The webhooks, as `webhooks/endpoints.ts` has them. All that name one throw a Fault `notFound` where there is none. */
export interface WebhookList {
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
