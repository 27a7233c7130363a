import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';
import type { AlertChannel, StoredAlert } from '../store/records/alert.ts';
import type { Store } from '../store/store.ts';
import { ALERT_KINDS, type AlertKind, alertSentence } from '../texts/alerts.ts';
import { type BoxState, type Condition, conditions } from './conditions.ts';
import { Strangers } from './strangers.ts';
import { type Telling, toTell } from './telling.ts';

/** Milliseconds between two looks. */
const LOOK = 30_000;
/** After a channel failed it is tried again no sooner, milliseconds. */
const AFTER_FAILURE = 300_000;
/** What was over longer ago is told of no more, milliseconds. */
const STALE = 86_400_000;
/** Messages that are looked through at a time. */
const AT_ONCE = 500;

/** One way to reach whoever looks after the box. */
export interface Channel {
  readonly name: AlertChannel;
  readonly tellsOver: boolean;
  /** Rejects when nobody was reached. */
  tell(telling: Telling): Promise<void>;
  /** Shows that it arrives; rejects likewise. */
  test(): Promise<void>;
}

export interface AlertWatchParts {
  readonly store: Pick<Store, 'alerts' | 'lastMessage' | 'writtenBetween'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly channels: readonly Channel[];
  readonly language: string;
  /** Milliseconds after a message in which none follows. */
  readonly quiet: number;
  /** How the box is now. @param strangers keys that write to many new numbers */
  box(strangers: readonly { readonly keyId: string; readonly count: number }[]): Promise<BoxState>;
}

/**
 * Looks at the box again and again, keeps what is wrong with it, and tells of it. An alert is
 *
 * - *seen* from the first look that finds it, in memory,
 * - *open* once it was so for as long as its kind asks: kept, with the event `alert.raised`,
 * - *told* by each channel, once: what opens within a minute together, and after a message nothing for a quiet period,
 * - *over* when a look finds it no more, with the event `alert.over`; what comes back within the quiet period is the same alert.
 */
export class AlertWatch {
  readonly #parts: AlertWatchParts;
  readonly #strangers = new Strangers();
  /** Since when each condition is so, on the monotonic clock. */
  #seen = new Map<string, number>();
  readonly #failedAt = new Map<AlertChannel, number>();
  /** Up to which message the strangers are counted. */
  #counted: number | undefined;
  #timer: Timer | undefined;
  #looking: Promise<void> | undefined;

  constructor(parts: AlertWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = every(this.#parts.clock, LOOK, () => void this.look());
  }

  async stop(): Promise<void> {
    this.#timer?.cancel();
    await this.#looking;
  }

  /** One look; resolves when what it led to is told or has failed. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#parts.log.error({ err: error }, 'the box could not be looked at'))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  /** What an alert says now, in the language of the site. One of a newer Simpost says its kind. */
  sentence({ kind, facts, overAt }: Pick<StoredAlert, 'kind' | 'facts' | 'overAt'>): string {
    return isKind(kind) ? alertSentence(kind, facts, overAt === null ? 'raised' : 'over', this.#parts.language) : kind;
  }

  /** Sends a test by each way there is. Never rejects. */
  test(): Promise<{ channel: AlertChannel; error: string | null }[]> {
    return Promise.all(
      this.#parts.channels.map((one) =>
        one.test().then(
          () => ({ channel: one.name, error: null }),
          (error: unknown) => ({ channel: one.name, error: error instanceof Error ? error.message : String(error) }),
        ),
      ),
    );
  }

  async #look(): Promise<void> {
    const { store, clock, channels } = this.#parts;
    await this.#count();
    const found = conditions(await this.#parts.box(this.#strangers.many(clock.monotonic())));
    await this.#keep(found);
    if (channels.length === 0) return;
    const now = clock.now();
    const alerts = await store.alerts.since(now - STALE);
    for (const channel of channels) await this.#tell(channel, alerts, now);
  }

  async #keep(found: readonly Condition[]): Promise<void> {
    const { store, clock, quiet } = this.#parts;
    const [now, at] = [clock.now(), clock.monotonic()];
    const seen = new Map(found.map((one) => [keyOf(one), this.#seen.get(keyOf(one)) ?? at]));
    this.#seen = seen;
    for (const one of found) {
      if (at - (seen.get(keyOf(one)) ?? at) < one.after) continue;
      await store.alerts.raise(one, this.sentence({ ...one, overAt: null }), now, quiet);
    }
    for (const alert of await store.alerts.open()) {
      if (!seen.has(keyOf(alert))) await store.alerts.end(alert.id, this.sentence({ ...alert, overAt: now }), now);
    }
  }

  async #tell(channel: Channel, alerts: readonly StoredAlert[], now: number): Promise<void> {
    const { store, clock, log, quiet } = this.#parts;
    const failed = this.#failedAt.get(channel.name);
    if (failed !== undefined && clock.monotonic() - failed < AFTER_FAILURE) return;
    const told = TOLD[channel.name];
    const last = alerts.map((alert) => told(alert).at ?? 0).reduce((a, b) => Math.max(a, b), 0);
    const telling = toTell(alerts, told, last === 0 ? null : last, now, { quiet, tellsOver: channel.tellsOver });
    if (!telling) return;
    try {
      await channel.tell(telling);
      this.#failedAt.delete(channel.name);
    } catch (error) {
      this.#failedAt.set(channel.name, clock.monotonic());
      log.error({ err: error, channel: channel.name }, 'nobody could be told what is wrong');
      return;
    }
    const ids = (of: readonly StoredAlert[]): string[] => of.map(({ id }) => id);
    await store.alerts.told(channel.name, ids(telling.raised), ids(telling.over), now);
    log.warn({ channel: channel.name, raised: telling.raised.length, over: telling.over.length }, 'whoever looks after the box was told');
  }

  /** Counts to whom was written since the last look. What came before the start is not counted. */
  async #count(): Promise<void> {
    const { store, clock } = this.#parts;
    const last = await store.lastMessage();
    let from = this.#counted ?? last;
    this.#counted = from;
    while (from < last) {
      const upto = Math.min(last, from + AT_ONCE);
      this.#strangers.add(await store.writtenBetween(from, upto), clock.monotonic());
      from = upto;
      this.#counted = upto;
    }
  }
}

const keyOf = ({ kind, subject }: { readonly kind: string; readonly subject: string }): string => `${kind} ${subject}`;

const isKind = (word: string): word is AlertKind => ALERT_KINDS.some((kind) => kind === word);

const TOLD: Readonly<Record<AlertChannel, (alert: StoredAlert) => { at: number | null; over: boolean }>> = {
  mail: ({ mailedAt, mailedOver }) => ({ at: mailedAt, over: mailedOver }),
  text: ({ textedAt }) => ({ at: textedAt, over: true }),
};
