import type { Listing, Page } from './records/listing.ts';
import type {
  Amend,
  DueStep,
  FreedSlot,
  Occasion,
  OccasionFilter,
  OccasionRef,
  OccasionTask,
  OccasionView,
  StepMark,
} from './records/occasion.ts';
import type { OccasionNotice } from './records/occasion-notice.ts';

/** Occasions and what is told of them. A step becomes a message by `Store.accept`, which takes it in the same transaction. */
export interface OccasionStore {
  /** Changes an occasion, or makes one, with all that follows, in one transaction. Undefined where there is nothing to do. */
  amend(ref: OccasionRef, now: number, amend: Amend): Promise<Occasion | undefined>;
  /** Forgets it, and takes back what is not begun. @returns whether there was one that `may` let go */
  remove(ref: OccasionRef, now: number, may: (occasion: Occasion) => boolean): Promise<boolean>;
  /** Takes back one thing that was said, unless it is begun. @returns whether it was */
  takeBack(ref: OccasionRef, instance: string, now: number): Promise<boolean>;
  view(ref: OccasionRef): Promise<OccasionView | undefined>;
  /** The newest first. */
  list(filter: OccasionFilter, page: Page): Promise<Listing<OccasionView>>;
  /** The newest of a number. Synchronous. */
  ofNumber(to: string, limit: number): Occasion[];
  /** Those whose time lies between, in parts. @param after the `seq` that the part before ended with, 0 at first */
  between(from: number, until: number, after: number, limit: number): Promise<{ readonly seq: number; readonly occasion: Occasion }[]>;
  /** The client did something: whoever waits for a sign of them need not. */
  heard(to: string, now: number): Promise<void>;

  /** Those of a kind that begin at an instant. Synchronous. */
  at(kind: string, startsAt: number): Occasion[];
  /** Times that were given back and are still to be offered. Synchronous. */
  freed(limit: number): FreedSlot[];
  /** Nobody is offered this one any more. */
  closeSlot(seq: number): Promise<void>;
  /** Those of a kind with a status, the oldest first. Synchronous. */
  withStatus(kind: string, status: string, limit: number): Occasion[];
  /** How often something was said to a number in words of its own since then. Synchronous. */
  saidSince(to: string, since: number): number;

  addNotice(notice: OccasionNotice): Promise<void>;
  /** Synchronous. */
  notice(id: string): OccasionNotice | undefined;
  /** The first that waits and whose time has come. Synchronous. */
  dueNotice(now: number): OccasionNotice | undefined;
  /** @returns whether it was still waiting */
  endNotice(id: string, as: 'begun' | 'undone'): Promise<boolean>;

  /** Steps whose time has come, in order. Synchronous. */
  due(now: number, limit: number): DueStep[];
  /** Steps that are planned and may be told in one text. Synchronous. */
  together(joins: string): DueStep[];
  /** What a message told. Synchronous. */
  byMessage(messageId: string): DueStep[];
  /** Occasions that are to be planned anew. Synchronous. */
  toReplan(now: number, limit: number): OccasionRef[];
  /** When the next of those falls due. Synchronous. */
  next(): number | undefined;
  /** It is not told. @param reason camelCase @param task what a person is asked to do instead */
  skip(step: StepMark, reason: string, task: OccasionTask | null, now: number): Promise<void>;
  /** It is tried again then. */
  later(step: StepMark, takeAt: number): Promise<void>;

  /** The sequences that the site has changed, as JSON by kind. */
  sequences(): Promise<ReadonlyMap<string, string>>;
  /** Changes one, or with null gives the shipped one back; its occasions are planned anew. */
  setSequence(kind: string, sequence: string | null, now: number): Promise<void>;
}
