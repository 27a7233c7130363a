import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Money } from '../base/money.ts';
import type { Random } from '../base/random.ts';
import type { AcceptRequest } from '../dispatch/accept.ts';
import { NOTICE_KEY } from '../dispatch/notice-key.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Occasion } from '../store/records/occasion.ts';
import type { OccasionNotice } from '../store/records/occasion-notice.ts';
import type { Store } from '../store/store.ts';
import type { Fields } from '../templates/field-value.ts';
import type { Asking } from './desk.ts';
import { afterDeed, type NoticeDeed, noticeFields, noticeMoment, notify } from './notice.ts';
import { CANCELLED, WAITING } from './sequence.ts';
import type { Sequences } from './sequences.ts';
import type { Wording } from './wording.ts';

/** Whom it concerns, what is done, and in which words. */
export interface NoticeWish {
  readonly kind: string;
  readonly from: number;
  readonly until: number;
  readonly resource: string | null;
  readonly deed: NoticeDeed;
  /** The words themselves, with fields; or the template that has them. */
  readonly text: string | null;
  readonly template: string | null;
}

/** What a notice would do. Segments and cost are of those who can be told. */
export interface NoticeEstimate {
  readonly count: number;
  /** Those who are told at once; the others when they may be written to. */
  readonly atOnce: number;
  /** Those whom no text can reach: they have ended texts, or a field is missing. */
  readonly untold: number;
  readonly segments: number;
  /** Null where no price is known. */
  readonly cost: Money | null;
  /** What the first of them would read. */
  readonly sample: string | null;
}

/** The door into the queue, as far as asking goes. */
interface Door {
  prepare(keyId: string, request: AcceptRequest): NewMessage;
  cost(message: NewMessage): Money | null;
}

/** A minute in which it can be undone, milliseconds. */
const UNDO = 60_000;

/** Above so many their number has to be given, so that nobody tells the whole town by a slip. */
const FEW = 20;

/** More than this is a campaign. */
const MOST = 2000;

/** Occasions that are read in one go. */
const TOGETHER = 200;

const TEMPLATES: Readonly<Record<NoticeDeed['kind'], string | null>> = {
  cancel: 'visit.forceMajeure',
  late: 'visit.late',
  tell: null,
};

/** Force majeure: one action tells everybody who is booked in a period, ahead of everything but codes. */
export class OccasionNotices {
  readonly #store: Store;
  readonly #door: Door;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #sequences: Sequences;
  readonly #wording: Wording;
  readonly #timeZone: string;
  readonly #openFrom: (to: string, at: number) => number;
  readonly #onChange: () => void;

  constructor(parts: {
    store: Store;
    door: Door;
    clock: Clock;
    random: Random;
    sequences: Sequences;
    wording: Wording;
    timeZone: string;
    openFrom: (to: string, at: number) => number;
    onChange: () => void;
  }) {
    this.#store = parts.store;
    this.#door = parts.door;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#sequences = parts.sequences;
    this.#wording = parts.wording;
    this.#timeZone = parts.timeZone;
    this.#openFrom = parts.openFrom;
    this.#onChange = parts.onChange;
  }

  /** What it would do and cost; nothing is done. @throws Fault `requestInvalid`, `templateUnknown` */
  async estimate(wish: NoticeWish, asking: Asking): Promise<NoticeEstimate> {
    return this.#estimate(wish, await this.#concerned(wish, asking));
  }

  /**
   * Does it in a minute, in which it can be undone.
   * @param count how many there are, as a person has read it
   * @throws Fault `countMismatch` where that is another number, or where there are more than a few and it is not given
   */
  async begin(wish: NoticeWish, count: number | undefined, asking: Asking): Promise<{ notice: OccasionNotice; estimate: NoticeEstimate }> {
    const concerned = await this.#concerned(wish, asking);
    const estimate = this.#estimate(wish, concerned);
    if (count === undefined ? concerned.length > FEW : count !== concerned.length) throw mismatch(concerned.length);
    const at = this.#clock.now();
    const notice: OccasionNotice = {
      id: newId('ntc', this.#random),
      keyId: asking.keyId,
      what: JSON.stringify(wish),
      refs: concerned.map(({ kind, externalId }) => ({ kind, externalId })),
      at,
      dueAt: at + UNDO,
      state: 'waiting',
    };
    await this.#store.occasions.addNotice(notice);
    this.#onChange();
    return { notice, estimate };
  }

  /** @throws Fault `notFound`, `tooLate` */
  async undo(id: string, asking: Asking): Promise<void> {
    const notice = this.#store.occasions.notice(id);
    if (!notice || !asking.reaches(notice.keyId)) throw new Fault('notFound', 'There is no notice with this id.');
    if (notice.state === 'undone') return;
    if (!(await this.#store.occasions.endNotice(id, 'undone'))) throw new Fault('tooLate', 'The minute is over: it is being told.');
  }

  /** Tells those whose minute is over; what a process that died had begun goes on. */
  async tell(): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      const notice = this.#store.occasions.dueNotice(now);
      if (!notice) return;
      const wish: NoticeWish = JSON.parse(notice.what);
      const sequence = this.#sequences.of(wish.kind) ?? { topic: wish.kind, ends: [], steps: [] };
      const facts = {
        deed: wish.deed,
        instance: `notice:${notice.id}`,
        sequence,
        now,
        timeZone: this.#timeZone,
        openFrom: this.#openFrom,
        write: (occasion: Occasion, more: Fields) => this.#write(wish, occasion, now, more),
      };
      for (const ref of notice.refs) await this.#store.occasions.amend(ref, now, notify(facts));
      await this.#store.occasions.endNotice(notice.id, 'begun');
    }
  }

  async #concerned({ kind, from, until, resource }: NoticeWish, asking: Asking): Promise<Occasion[]> {
    const found: Occasion[] = [];
    for (let after = 0; ; ) {
      const part = await this.#store.occasions.between(from, until, after, TOGETHER);
      for (const { seq, occasion } of part) {
        after = seq;
        const isTheirs = occasion.kind === kind && (resource === null || occasion.resource === resource) && asking.reaches(occasion.keyId);
        const isOn = occasion.status !== CANCELLED && occasion.status !== WAITING;
        if (isTheirs && isOn) found.push(occasion);
      }
      if (found.length > MOST) throw tooMany();
      if (part.length < TOGETHER) return found;
    }
  }

  #estimate(wish: NoticeWish, concerned: readonly Occasion[]): NoticeEstimate {
    const now = this.#clock.now();
    const estimate = { count: concerned.length, atOnce: 0, untold: 0, segments: 0 };
    const costs: (Money | null)[] = [];
    let sample: string | null = null;
    for (const before of concerned) {
      const text = this.#write(wish, afterDeed(wish.deed, before, now), now, noticeFields(wish.deed));
      sample ??= text ?? null;
      const message = text === undefined ? undefined : this.#prepared(before.to, text);
      if (!message) {
        estimate.untold += 1;
        continue;
      }
      if (noticeMoment(before.startsAt, this.#openFrom(before.to, now), now) === now) estimate.atOnce += 1;
      estimate.segments += message.segments.length;
      costs.push(this.#door.cost(message));
    }
    return { ...estimate, cost: sumOf(costs), sample };
  }

  /** Undefined where it would be refused. */
  #prepared(to: string, text: string): NewMessage | undefined {
    try {
      return this.#door.prepare(NOTICE_KEY, { to, text, purpose: 'urgent' });
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  #write({ deed, text, template }: NoticeWish, occasion: Occasion, now: number, more: Fields): string | undefined {
    const written =
      text === null
        ? this.#wording.text(template ?? TEMPLATES[deed.kind] ?? '', occasion, now, more)
        : this.#wording.own(text, occasion, now, more);
    if (!written) throw new Fault('templateUnknown', 'There is no such template; GET /v1/templates lists those that there are.');
    return written.missing.length === 0 ? written.text : undefined;
  }
}

/** Null where one is not known, or where they are of several currencies. */
function sumOf(costs: readonly (Money | null)[]): Money | null {
  const [first] = costs;
  if (!first) return null;
  let micros = 0;
  for (const cost of costs) {
    if (cost?.currency !== first.currency) return null;
    micros += cost.micros;
  }
  return { micros, currency: first.currency };
}

const mismatch = (count: number): Fault =>
  new Fault('countMismatch', `There are ${count} occasions: give that number as count to tell them all.`, [
    { pointer: '/count', detail: `must be ${count}` },
  ]);

const tooMany = (): Fault =>
  new Fault('requestInvalid', `There are more than ${MOST} occasions in this period: name a resource, or a shorter period.`, [
    { pointer: '/until', detail: `has more than ${MOST} occasions before it` },
  ]);
