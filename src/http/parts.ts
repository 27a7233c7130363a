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
import type { OccasionDesk } from '../occasions/desk.ts';
import type { OccasionNotices } from '../occasions/notices.ts';
import type { Lint } from '../policy/lint/lint.ts';
import type { PolicySettings } from '../policy/settings.ts';
import type { SimCaps } from '../store/records/plan.ts';
import type { SignalSample } from '../store/records/signal.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './auth.ts';
import type {
  AlertDesk,
  Backups,
  CodeDesk,
  DialogueDesk,
  Door,
  MissedList,
  RuleBook,
  SettingDesk,
  SimLives,
  Switch,
  TimeVerdict,
  WebhookList,
} from './desks.ts';
import type { LiveSim, ModemFacts, SimTelephone, SimTrouble, Traces } from './live-hardware.ts';
import type { Passwords } from './passwords.ts';
import type { Site } from './schemas/site.ts';
import type { Sessions } from './sessions.ts';
import type { VirtualPhones } from './virtual-phones.ts';

export interface Readiness {
  readonly ready: boolean;
  /** One sentence each; empty when ready. */
  readonly reasons: readonly string[];
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

/** Everything that the API stands on; `daemon/api-parts.ts` joins it. */
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
  readonly passwords: Passwords;
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
